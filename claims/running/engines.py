"""What extracts articles for a run: here, one after the other, or through an executor of concurrent.futures."""

from concurrent.futures import Future
from types import TracebackType
from typing import Protocol, Self

from claims.errors import RunningError
from claims.running.work import Job
from claims.terms import Article, Attribution

Extraction = Future[list[Attribution]]


class Engine(Protocol):
    """Takes articles and promises their attributions; a context manager whose end ends its workers.

    `window` is how many articles may be in flight, `fatal` the errors of a promise that say that the article cost
    workers their lives and is not to be tried again.
    """

    window: int
    fatal: tuple[type[BaseException], ...]

    def submit(self, article: Article) -> Extraction:
        """Raises BrokenExecutor where a worker died: then `restart` comes next."""

    def restart(self) -> None:
        """Begin anew after BrokenExecutor. Raises RunningError where that is no use."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Here:
    """No workers: each article is extracted in this process when it is submitted."""

    window = 1
    fatal: tuple[type[BaseException], ...] = ()

    def __init__(self, job: Job) -> None:
        self._job = job

    def submit(self, article: Article) -> Extraction:
        done: Extraction = Future()
        try:
            done.set_result(self._job(article))
        except Exception as error:  # as an executor does
            done.set_exception(error)
        return done

    def restart(self) -> None:
        raise RunningError("extraction in this process broke down")  # nothing here raises BrokenExecutor

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass
