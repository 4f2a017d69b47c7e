"""Which earlier claims of an article a denial means that only points back at them ("denied these accusations")."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from claims.language.paragraphs import paragraph_spans, sentence_starts, words_at
from claims.matching.pointing import Pointer, pointer
from claims.matching.prepared import Statement, prepare
from claims.matching.words import canonical, classes, is_stopword, level, stem, tokens
from claims.terms import ROLES, Attribution, Source

PARAGRAPHS = 2  # before the denial's own, in which the claim may stand
_CLAIMING = frozenset(["asserts", "accuses", "criticizes", "confirms", "warns", "doubts", "believes", "denies"])
MOST = 30  # attributions before the denial that are looked at
_TOGETHER = 3  # claims that one plural points at
_LEAST = 2  # stems that the claim must have: "BuzzFeed …" tells nobody what was denied
_OPENING = 25  # characters before a denial in its sentence that hold no claim of their own ("On Friday, ")
_SHOWN = 14  # words of the claim that a reason shows
_INITIALS = re.compile(r"(?:[A-Z]\.?){2,}")
_THAT = re.compile(r"\b(?:that|this|these|those|the)\s+\Z", re.IGNORECASE)
_REACH = 10  # characters before a content in which that word is looked for
_COMPASS = frozenset(["north", "south", "east", "west"])  # half the name of a country
_TITLES = frozenset(classes("grammar.txt")["title"])


@dataclass(frozen=True)
class Denied:
    """A denial (an attribution's id), an earlier attribution whose claim it denies, how sure that is, and why."""

    denial: str
    denied: str
    score: float
    reason: str


def denials(text: str, attributions: Sequence[Attribution]) -> list[Denied]:
    """Each denial that points back, with what it points at; `attributions` are those of one article, whose text is
    `text`.

    There is none where it is not clear which claim is meant. In the order of the article, whatever theirs is.
    """
    ordered = sorted(attributions, key=lambda a: (a.relation.content, a.id))
    pointing = [(a, found) for a in ordered if (found := _pointer(text, a))]
    if not pointing:
        return []
    scene = _Scene(text, ordered, frozenset(a.id for a, _ in pointing))
    return [link for denial, found in pointing for link in scene.meant(denial, found)]


def _pointer(text: str, attribution: Attribution) -> Pointer | None:
    """What an attribution points back at; "that" in front of a content belongs to it, conjunction or not."""
    start, end = attribution.relation.content[0]
    before = _THAT.search(text, max(0, start - _REACH), start)
    return pointer(attribution.cue, words_at(text, before.start() if before else start, end), attribution.stance)


@dataclass(frozen=True)
class _Candidate:
    """An earlier attribution of somebody else, where it stands, and how well it fits: 0 for nothing but its place."""

    attribution: Attribution
    paragraph: int
    sentence: int
    fit: int

    @property
    def speakers(self) -> frozenset[str]:
        return frozenset(source.name for source in self.attribution.sources)


class _Scene:
    """An article's attributions in order, with its sentences and paragraphs; `back` are ids that only point back."""

    def __init__(self, text: str, ordered: Sequence[Attribution], back: frozenset[str]) -> None:
        paragraphs = list(paragraph_spans(text))
        self._paragraphs = [span.start for span in paragraphs]
        self._sentences = [start for span in paragraphs for start in sentence_starts(text, *span)]
        self._ordered = ordered
        self._starts = [attribution.relation.content[0].start for attribution in ordered]
        self._back = back

    def meant(self, denial: Attribution, found: Pointer) -> list[Denied]:
        """What `denial` points at."""
        start = denial.relation.content[0].start
        begin = min(span.start for role in ROLES for span in getattr(denial.relation, role))
        here = bisect_right(self._sentences, start)
        opens = begin - self._sentences[max(0, here - 1)] <= _OPENING
        nearest = 0 if found.cues else here - opens
        paragraph = self._paragraph(start)
        candidates = []
        place = bisect_right(self._starts, start)
        for other in reversed(self._ordered[max(0, place - MOST) : place]):
            end = other.relation.content[-1].end
            sentence = bisect_right(self._sentences, end - 1)
            there = self._paragraph(end - 1)
            if end > start or sentence < nearest or paragraph - there > PARAGRAPHS or other.id in self._back:
                continue
            if not _same_side(denial.sources, other.sources):
                candidates.append(_Candidate(other, there, sentence, self._fit(denial, found, other)))
        candidates.reverse()
        return [
            Denied(denial.id, c.attribution.id, 0.6 + 0.1 * min(c.fit, 3), _reason(found, c.attribution))
            for c in _chosen(candidates, found)
        ]

    def _paragraph(self, place: int) -> int:
        return bisect_right(self._paragraphs, place)

    @staticmethod
    def _fit(denial: Attribution, found: Pointer, other: Attribution) -> int:
        if other.stance not in _CLAIMING or prepare(Statement(other.text)).content < _LEAST:
            return 0
        content = {canonical(_bare(word)) for word in tokens(level(other.text))}
        about = any(handle <= content for source in denial.sources for handle in _handles(source))
        if not found.cues:
            return 1 + about
        if found.whose:
            whose = _names(found.whose)
            if not any(whose <= _around(source) for source in other.sources):
                return 0
            about = True
        brought = {stem(word) for word in tokens(level(other.cue.lower()))} | {stem(other.stance)}
        return about + (not brought.isdisjoint(found.cues)) + bool(found.whose)


def _chosen(candidates: Sequence[_Candidate], found: Pointer) -> list[_Candidate]:
    """Those that fit best in the nearest paragraph in which any does, the last of its sentences where they do; none
    where it is not clear which.

    One behind which a claim of others stands has to fit twice over, and better than that claim.
    """
    last: dict[frozenset[str], int] = {}
    for c in candidates:
        last[c.speakers] = max(c.sentence, last.get(c.speakers, 0))
    fits = [c for c in candidates if c.fit > any(at > c.sentence for who, at in last.items() if who != c.speakers)]
    if not fits:
        return []
    paragraph = max(c.paragraph for c in fits)
    best = max(c.fit for c in fits if c.paragraph == paragraph)
    group = [c for c in fits if c.paragraph == paragraph and c.fit == best]
    group = [c for c in group if c.sentence == max(c.sentence for c in group)]
    holders = {c.attribution.parent for c in group}
    inner = [c for c in group if c.attribution.id not in holders]
    if len(inner) <= 1 or (found.several and found.these and len(inner) <= _TOGETHER):
        return inner
    return inner[-1:] if len({c.speakers for c in inner}) == 1 and (found.several or not found.cues) else []


def _reason(found: Pointer, other: Attribution) -> str:
    words = other.text.split()
    shown = " ".join(words) if len(words) <= _SHOWN else " ".join(words[:_SHOWN]) + " …"
    return f"“{found.words}” points at the claim before it: “{shown}”"


def _bare(word: str) -> str:
    return word.replace(".", "").lower().removesuffix("'s")


@lru_cache(maxsize=10_000)
def _names(words: str) -> frozenset[str]:
    """The stems of the capitalised words, without titles and words of grammar."""
    capitalised = [word for word in tokens(level(words)) if word[0].isupper()]
    return frozenset(
        canonical(bare)
        for word in capitalised
        if (bare := _bare(word)) in _COMPASS
        or (bare not in _TITLES and (_INITIALS.fullmatch(word) or not is_stopword(bare)))
    )


def _handles(source: Source) -> list[frozenset[str]]:
    """Sets of stems, each of which tells that a wording speaks of the source, or of whom it speaks for."""
    named = _names(source.name.split()[-1]) if source.kind == "person" and source.name else _names(source.name)
    others = (source.country, *(role.of for role in source.roles))
    return [handle for handle in (named, _names(source.text), *map(_names, others)) if handle]


def _around(source: Source) -> frozenset[str]:
    return frozenset().union(_names(source.name), *_handles(source))


def _same_side(some: Sequence[Source], others: Sequence[Source]) -> bool:
    return any(_same(one, other) or _same(other, one) for one in some for other in others)


def _same(one: Source, other: Source) -> bool:
    """Whether `one` is the other, a shorter name of it, or speaks for it."""
    name, there = _names(one.name), _names(other.name)
    if one.name.casefold() == other.name.casefold() or (name and name <= there):
        return True
    if one.kind == "person" and other.kind != "person" and one.name and _names(one.name.split()[-1]) <= there:
        return bool(there)
    return any(of and of <= there for of in (_names(role.of) for role in one.roles))
