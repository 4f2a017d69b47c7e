"""Reads the articles in `tests/articles/` (its README explains their marks) and scores attributions against them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from claims.evaluation.scoring import Rate, Tokens, pairs
from claims.terms import STANCES, Relation, Span

FOLDER = Path(__file__).parent / "articles"
_OPENING = re.compile(r"\[((?:[sqc]\d+\+)*[sqc]\d+):")


@dataclass(frozen=True)
class Gold:
    """An attribution marked by hand; `name` is the source's full name, several joined by "; ", empty if unknown.

    A `nested` one stands inside another's content. Whoever finds it is right; whoever passes it over loses nothing,
    as with an `optional` one: the corpus that the tagger learns from marks the outer one only.
    """

    relation: Relation
    stance: str
    name: str
    optional: bool
    nested: bool

    @property
    def counts(self) -> bool:
        """Whether missing it is an error."""
        return not (self.optional or self.nested)


@dataclass(frozen=True)
class StyledArticle:
    """One text with its hand-made attributions, in the order of their numbers."""

    name: str
    style: str
    text: str
    gold: tuple[Gold, ...]


@dataclass(frozen=True)
class Comparison:
    """What became of an article's gold: each attribution that was found, with its prediction and whether the sources
    agree, what was missed, and what nobody marked."""

    pairs: tuple[tuple[Gold, Relation, bool], ...]
    missed: tuple[Gold, ...]
    extra: tuple[Relation, ...]

    def rate(self, sources: bool = True) -> Rate:
        """How many are right in content and, with `sources`, in their source, too."""
        needed = [agree for gold, _, agree in self.pairs if gold.counts]
        right = sum(needed) if sources else len(needed)
        return Rate(right, found=len(needed) + len(self.extra), annotated=len(needed) + len(self.missed))


def styled_articles() -> list[StyledArticle]:
    """All the articles, in the order of their file names."""
    return [read_styled(path.read_text("utf-8"), path.stem) for path in sorted(FOLDER.glob("*.txt"))]


def read_styled(marked: str, name: str) -> StyledArticle:
    """An article from its marked form. Raises ValueError if a mark is not closed, or a relation's line is missing."""
    title, body, lines = re.split(r"^---\n", marked, flags=re.MULTILINE)
    text, pieces = _plain(body.strip("\n").replace("␣", "\u00a0"), name)
    gold = []
    for line in lines.splitlines():
        described = re.fullmatch(r"(\d+) (\w+)( optional)? \|(.*)", line)
        if described is None or described[2] not in STANCES or int(described[1]) not in pieces:
            raise ValueError(f"{name}: no line on an attribution: {line!r}")
        roles = pieces.pop(int(described[1]))
        source, cue, content = (tuple(roles.get(role, ())) for role in "sqc")
        relation = Relation(source, cue, content, confidence=1.0, rule="annotated")
        gold.append(Gold(relation, described[2], described[4].strip(), bool(described[3]), nested=False))
    if pieces or not all(g.relation.content for g in gold):
        raise ValueError(f"{name}: attributions {sorted(pieces)} lack their line, or one lacks its content")
    return StyledArticle(name, title.strip(), text, tuple(_with_nesting(gold)))


def _plain(body: str, name: str) -> tuple[str, dict[int, dict[str, list[Span]]]]:
    """The text without its marks, and the spans of each attribution's roles in it."""
    written: list[str] = []
    length = place = 0
    opened: list[tuple[str, int]] = []
    pieces: dict[int, dict[str, list[Span]]] = {}
    while place < len(body):
        opening = _OPENING.match(body, place)
        if opening:
            opened.append((opening[1], length))
            place = opening.end()
        elif body[place] == "]":
            if not opened:
                raise ValueError(f"{name}: a bracket closes nothing: {body[max(0, place - 40) : place + 1]!r}")
            labels, start = opened.pop()
            for label in labels.split("+"):
                pieces.setdefault(int(label[1:]), {}).setdefault(label[0], []).append(Span(start, length))
            place += 1
        elif body[place] == "[":
            raise ValueError(f"{name}: a bracket opens no mark: {body[place : place + 40]!r}")
        else:
            written.append(body[place])
            place, length = place + 1, length + 1
    if opened:
        raise ValueError(f"{name}: marks left open: {opened}")
    for roles in pieces.values():
        for spans in roles.values():
            spans.sort()
    return "".join(written), pieces


def _with_nesting(gold: Sequence[Gold]) -> list[Gold]:
    def inside(inner: Gold, outer: Gold) -> bool:
        span = inner.relation.content[0]
        return outer is not inner and any(
            s.start <= span.start and span.end <= s.end and s != span for s in outer.relation.content
        )

    return [Gold(g.relation, g.stance, g.name, g.optional, any(inside(g, o) for o in gold)) for g in gold]


def compare(article: StyledArticle, predicted: Sequence[Relation]) -> Comparison:
    """Gold and predictions paired as `claims.evaluation` does; what need not be found neither costs nor gains."""
    gold = sorted(article.gold, key=lambda one: not one.counts)  # of equally good pairs the first wins
    agreed = pairs(Tokens(article.text), [one.relation for one in gold], predicted)
    found, used = {pair.annotated for pair in agreed}, {pair.found for pair in agreed}
    return Comparison(
        tuple((gold[p.annotated], predicted[p.found], "content + source" in p.agrees) for p in agreed),
        missed=tuple(one for number, one in enumerate(gold) if number not in found and one.counts),
        extra=tuple(relation for number, relation in enumerate(predicted) if number not in used),
    )
