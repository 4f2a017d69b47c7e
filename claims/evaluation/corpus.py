"""Articles annotated in brat standoff, as PolNeAR publishes them: texts beside their attribution relations."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from claims.errors import InputRefused
from claims.terms import ROLES, Relation, Span

LAYOUT = "text/NAME.txt with attributions/NAME_ANNOTATOR.ann beside it"

_RECORD = re.compile(r"[A-Z][0-9]+\s|[*#]")
"""How a brat line opens; any other goes on with the words of the line before it."""
_SPAN_LINE = re.compile(r"(T[0-9]+)\t(\S+) ([0-9]{1,9} [0-9]{1,9}(?:;[0-9]{1,9} [0-9]{1,9})*)(?:\t(.*))?")
_RELATION_LINE = re.compile(r"(E[0-9]+)\t(\S+:\S+(?: \S+:\S+)*)\s*")
_ROLE = re.compile(r"(Source|Cue|Content)[0-9]*")


@dataclass(frozen=True)
class AnnotatedArticle:
    """A text and its relations by one annotator."""

    name: str
    text: str
    relations: tuple[Relation, ...]


@dataclass(frozen=True)
class Corpus:
    """What a folder holds: the articles that can be used, what is wrong with others, texts that nobody annotated."""

    articles: tuple[AnnotatedArticle, ...]
    refused: tuple[InputRefused, ...] = ()
    unannotated: tuple[str, ...] = ()


def open_corpus(folder: Path) -> Corpus:
    """Read `folder/text/*.txt` with `folder/attributions/<name>_<annotator>.ann`.

    Of several annotators the alphabetically first counts. Relations without content are dropped. An article whose text
    or annotations are broken is refused, the others go on.

    Raises InputRefused where nothing can be used.
    """
    annotations = _annotations(folder)
    texts = {path.stem: path for path in _files(folder / "text", ".txt")}
    refused = [_stray(path, name) for name, paths in annotations.items() if name not in texts for path in paths]
    articles = []
    for name, path in texts.items():
        if name in annotations:
            try:
                articles.append(_article(name, path, annotations[name][0]))
            except InputRefused as refusal:
                refused.append(refusal)
    if not articles and refused:
        raise InputRefused(str(folder), f"none of its articles can be used; the first fault is in {refused[0]}")
    if not articles:
        raise InputRefused(str(folder), f"holds no annotated article; a corpus has {LAYOUT}")
    if not any(article.relations for article in articles):
        raise InputRefused(
            str(folder),
            'no attribution in it; each is a line such as "E1<tab>Attribution:T2 Source:T1 Cue:T2 Content:T3"',
        )
    return Corpus(tuple(articles), tuple(refused), tuple(name for name in texts if name not in annotations))


def read_corpus(folder: Path) -> list[AnnotatedArticle]:
    """The articles of a corpus that has to be whole. Raises InputRefused at the first fault."""
    corpus = open_corpus(folder)
    if corpus.refused:
        raise corpus.refused[0]
    return list(corpus.articles)


def _annotations(folder: Path) -> dict[str, list[Path]]:
    """The annotators' files of each article, by its name."""
    if not folder.is_dir():
        raise InputRefused(str(folder), f"no such folder; a corpus is a folder that has {LAYOUT}")
    missing = [name for name in ("text", "attributions") if not (folder / name).is_dir()]
    if missing:
        raise InputRefused(str(folder), f"has no folder {' and no folder '.join(missing)}; a corpus has {LAYOUT}")
    found = defaultdict(list)
    for path in _files(folder / "attributions", ".ann"):
        found[path.stem.rpartition("_")[0]].append(path)
    return found


def _files(folder: Path, suffix: str) -> list[Path]:
    """In order of their names; hidden ones are another program's."""
    return sorted(path for path in folder.glob(f"*{suffix}") if not path.name.startswith("."))


def _stray(annotations: Path, name: str) -> InputRefused:
    if not name:
        return InputRefused(str(annotations), "names no annotator; call it NAME_ANNOTATOR.ann for text/NAME.txt")
    return InputRefused(str(annotations), f"its text is missing; put it at text/{name}.txt")


def _article(name: str, text_file: Path, annotations: Path) -> AnnotatedArticle:
    text = _decoded(text_file)
    if not text.strip():
        raise InputRefused(str(text_file), "is empty: there is no text in it")
    return AnnotatedArticle(name, text, _Standoff(annotations, text).relations())


def _decoded(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputRefused(str(path), f"is not UTF-8 (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise InputRefused(str(path), f"cannot be read ({error.strerror or error})") from None


class _Standoff:
    """One annotator's file, read line by line against the text that it annotates."""

    def __init__(self, path: Path, text: str) -> None:
        self._path, self._text = path, text
        self._spans: dict[str, tuple[Span, ...]] = {}
        self._lines = [line.rstrip("\r") for line in _decoded(path).split("\n")]

    def relations(self) -> tuple[Relation, ...]:
        """The relations that have a content, in the order of their lines. Raises InputRefused, naming the line."""
        events = []
        words = ""  # what of the last span's words is still to come
        for number, line in enumerate(self._lines, start=1):
            if _RECORD.match(line):
                words = self._span(number, line) if line.startswith("T") else ""
                if line.startswith("E"):
                    events.append((number, line))
            elif line.strip():
                words = self._goes_on(number, line, words)
        found = (self._relation(number, line) for number, line in events)
        return tuple(relation for relation in found if relation.content)

    def _span(self, number: int, line: str) -> str:
        """Note a T line's spans; returns what of their words the line leaves out, without white space."""
        match = _SPAN_LINE.fullmatch(line)
        if match is None:
            raise self._refusal(number, 'is no span; one reads "T1<tab>Source 0 7<tab>Ann Lee"')
        spans = tuple(Span(*map(int, piece.split())) for piece in match[3].split(";"))
        for start, end in spans:
            if not start < end <= len(self._text):
                raise self._refusal(
                    number,
                    f"{match[1]} stands at {start} to {end}, the text has {len(self._text):,} characters; "
                    "annotate the text as it is now, or put back the text that was annotated",
                )
        self._spans[match[1]] = tuple(sorted(spans))
        there = "".join("".join(self._text[start:end].split()) for start, end in spans)
        written = "".join((match[4] or "").split())
        if not there.startswith(written):
            raise self._refusal(
                number,
                f'{match[1]} stands for "{_short(match[4])}", but the text has "{_short(there)}" at {spans[0].start}; '
                "put back the text that was annotated",
            )
        return there[len(written) :]

    def _goes_on(self, number: int, line: str, words: str) -> str:
        """A line that opens with no mark goes on with the words of the span before it."""
        written = "".join(line.split())
        if not words.startswith(written):
            raise self._refusal(number, f'"{_short(line)}" is nothing that brat writes; mend the line or take it out')
        return words[len(written) :]

    def _relation(self, number: int, line: str) -> Relation:
        match = _RELATION_LINE.fullmatch(line)
        if match is None:
            raise self._refusal(number, 'is no relation; one reads "E1<tab>Attribution:T2 Source:T1 Cue:T2 Content:T3"')
        parts: dict[str, list[Span]] = {role: [] for role in ROLES}
        for role, reference in _arguments(match[2]):
            if reference not in self._spans:
                raise self._refusal(number, f"speaks of {reference}, which no line of the file describes")
            parts[role] += self._spans[reference]
        source, cue, content = (tuple(sorted(parts[role])) for role in ROLES)
        return Relation(source, cue, content, confidence=1.0, rule="annotated")

    def _refusal(self, number: int, reason: str) -> InputRefused:
        return InputRefused(f"{self._path}, line {number}", reason)


def _arguments(listed: str) -> Iterable[tuple[str, str]]:
    """Role and span of each argument that is one of ours."""
    for argument in listed.split():
        name, _, reference = argument.partition(":")
        role = _ROLE.fullmatch(name)
        if role:
            yield role[1].lower(), reference


def _short(words: str) -> str:
    return words if len(words) <= 40 else words[:39] + "…"
