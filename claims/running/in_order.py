"""Articles through an engine: many in flight, the outcomes in the articles' order, and no more in memory than that."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError
from dataclasses import dataclass

from claims.errors import ClaimsError, InputRefused, RunningError
from claims.running.engines import Engine, Extraction
from claims.terms import Article, Attribution

MOST_CHARACTERS = 16_000_000
"""In flight at once: the window's articles, were they all long, would take gigabytes."""

DIED = "workers died over it, each time that it was tried (killed, out of memory, or without end); the rest goes on"

ALONE = 2
"""So often an article is tried alone after a worker's death: it may have been another's the first time, or chance."""


@dataclass(frozen=True)
class Extracted:
    """An article and what was found in it."""

    article: Article
    attributions: list[Attribution]


@dataclass(frozen=True)
class Known:
    """An article that needs no extraction, and the path under which its text is known."""

    article: Article
    known_as: str


Outcome = Extracted | Known | InputRefused


@dataclass
class _Pending:
    """An article in flight; `extraction` is None once it has cost workers their lives."""

    article: Article
    extraction: Extraction | None


def run(
    found: Iterable[Article | InputRefused],
    engine: Engine,
    known_as: Callable[[Article], str | None] = lambda article: None,
) -> Iterator[Outcome]:
    """What becomes of each of `found`, in their order, whatever the engine.

    An article that `known_as` has a name for is not extracted. One that costs a worker its life is tried once more,
    alone, and then refused; one that the extractor fails on is refused. Other errors of the engine are raised
    (ModelError, RunningError).
    """
    line = _Line(engine)
    for one in found:
        name = None if isinstance(one, InputRefused) else known_as(one)
        if isinstance(one, InputRefused):
            line.add(one)
        elif name is not None:
            line.add(Known(one, name))
        else:
            line.submit(one)
        while line.full or line.first_is_done:
            yield line.first()
    while len(line):
        yield line.first()


class _Line:
    """What waits for its turn, first come first."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: deque[_Pending | Known | InputRefused] = deque()
        self._characters = 0

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def full(self) -> bool:
        return len(self) > self._engine.window or self._characters > MOST_CHARACTERS

    @property
    def first_is_done(self) -> bool:
        first = self._waiting[0] if self._waiting else None
        if isinstance(first, _Pending):
            return first.extraction is None or first.extraction.done()
        return first is not None

    def add(self, outcome: Known | InputRefused) -> None:
        self._waiting.append(outcome)

    def submit(self, article: Article) -> None:
        try:
            extraction = self._engine.submit(article)
        except BrokenExecutor:
            self._recover()
            extraction = self._engine.submit(article)
        self._waiting.append(_Pending(article, extraction))
        self._characters += len(article.text)

    def first(self) -> Outcome:
        """What became of the first in the line, which leaves it; waits until that is known."""
        first = self._waiting[0]
        if isinstance(first, _Pending) and _broke(first):
            self._recover()
        self._waiting.popleft()
        if not isinstance(first, _Pending):
            return first
        self._characters -= len(first.article.text)
        return self._outcome(first)

    def _recover(self) -> None:
        """After a worker's death nobody knows whose article it was: those in flight are tried again, each alone."""
        suspects = [one for one in self._waiting if isinstance(one, _Pending) and _broke(one)]
        self._engine.restart()
        for suspect in suspects:
            for _ in range(ALONE):
                suspect.extraction = self._engine.submit(suspect.article)
                if not _broke(suspect):
                    break
                self._engine.restart()
            else:
                suspect.extraction = None

    def _outcome(self, pending: _Pending) -> Outcome:
        name = pending.article.path
        if pending.extraction is None:
            return InputRefused(name, DIED)
        try:
            return Extracted(pending.article, pending.extraction.result())
        except self._engine.fatal:
            return InputRefused(name, DIED)
        except InputRefused as refusal:
            return refusal
        except ClaimsError:
            raise
        except CancelledError as error:
            raise RunningError("the workers are gone; start the command again when they are back") from error
        except Exception as error:
            fault = f"{type(error).__name__}: {error}".rstrip(": ")
            return InputRefused(
                name, f"a fault of the program ({fault}); please report it with the article. The rest goes on"
            )


def _broke(pending: _Pending) -> bool:
    """Whether a worker died while the article was in flight; waits until that is known."""
    if pending.extraction is None:
        return False
    try:
        return isinstance(pending.extraction.exception(), BrokenExecutor)
    except CancelledError:
        return False
