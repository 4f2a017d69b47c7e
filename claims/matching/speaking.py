"""Who made a claim, read from the words for its source, and whether two sources can be the same."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from claims.matching.vocabulary import INITIALS
from claims.matching.words import canonical, classes, is_stopword, level, often_capital, tokens

if TYPE_CHECKING:
    from claims.matching.prepared import Prepared

_GRAMMAR = classes("grammar.txt")
_TITLES, _ANYBODY = frozenset(_GRAMMAR["title"]), frozenset(_GRAMMAR["anybody"])
_GENDER = {word: kind for kind in ("he", "she", "they") for word in _GRAMMAR[kind]}
_PRONOUNS = frozenset(["who", "which", "it", "that", "i", "one", "another"])
_GENERATIONS = frozenset(["jr", "sr", "ii", "iii"])
_APPOSITION = re.compile(r",|\(|\bwho\b|\bwhich\b")


class Speaker(NamedTuple):
    """A source as far as its words tell.

    `names`: the stems of its names ("Mr. Joseph Biden": joseph, biden); `around`: of these and of names beside them, as
    in "Biden, who leads Trump". `words`: the stems of what else it is called ("delegates on the Cruz slate": delegate,
    slate). `gender`: he, she or they, where it is only a pronoun.
    """

    names: frozenset[str]
    around: frozenset[str]
    words: frozenset[str]
    gender: str


@lru_cache(maxsize=20_000)
def read_speaker(source: str) -> Speaker:
    """The speaker that the words of a source mean."""
    plain = level(source).strip()
    head = _APPOSITION.split(plain, 1)[0].strip() or plain
    around = names_in(plain)
    names = names_in(head) or around
    lower = [token.lower() for token in tokens(head)]
    words = frozenset(
        canonical(word)
        for word in lower
        if not is_stopword(word) and word not in _TITLES and word not in _GENDER and canonical(word) not in names
        and word not in _ANYBODY
    )  # fmt: skip
    gender = _GENDER.get(plain.lower(), "")
    return Speaker(names, around, words, gender)


@lru_cache(maxsize=20_000)
def names_in(source: str) -> frozenset[str]:
    """The stems of the names in words: those with a capital but no titles, nor a first word that is no name."""
    found = set()
    for place, token in enumerate(tokens(level(source))):
        word = token.replace(".", "")
        lower = word.lower()
        if not word[:1].isupper() or lower in _TITLES or lower in _GENDER or is_stopword(lower):
            continue
        name = INITIALS.get(word, canonical(lower))
        if len(name) > 1 and (place or often_capital(name)):
            found.add(name)
    return frozenset(found)


def anybody(a: "Prepared") -> bool:
    """Whether the source may be anyone named elsewhere: "he", "the candidate", or none is given."""
    return not a.speaker and not a.described


def is_pointed_at(a: "Prepared") -> bool:
    """Whether the source is somebody named elsewhere, "he" or "the candidate", and nobody has looked there who."""
    source = (a.statement.source or "").lower()
    return bool(a.gender) or (anybody(a) and (source in _PRONOUNS or source.startswith("the ")))


def share_a_word(a: "Prepared", b: "Prepared") -> bool:
    """Whether both sources are called by one word of content, however common it is ("judge", "statement")."""
    return not _words(a.statement.source or "").isdisjoint(_words(b.statement.source or ""))


@lru_cache(maxsize=20_000)
def _words(source: str) -> frozenset[str]:
    lower = (token.lower() for token in tokens(level(source)))
    return frozenset(canonical(word) for word in lower if not is_stopword(word) and word not in _GENDER)


def speakers_agree(a: "Prepared", b: "Prepared") -> bool:
    """Whether the sources share a name, or are described by the same words."""
    if a.speaker and b.speaker:
        return not a.speaker.isdisjoint(b.speaker) and not _namesakes(a, b)
    return not a.speaker and not b.speaker and not a.described.isdisjoint(b.described)


def speakers_differ(a: "Prepared", b: "Prepared") -> bool:
    """Whether the sources as far as known cannot be the same; "he" may be anybody but "she"."""
    if a.gender and b.gender:
        return a.gender != b.gender
    if a.speaker and b.speaker:
        return a.around.isdisjoint(b.around) or _namesakes(a, b)
    return bool(a.described and b.described) and not a.speaker and not b.speaker and not speakers_agree(a, b)


def _namesakes(a: "Prepared", b: "Prepared") -> bool:
    """Whether two whole names that share a word are two: "Ann Lee" and "Ann Moor", a town's Post and its Times."""
    return _are_namesakes(a.statement.source or "", b.statement.source or "")


@lru_cache(maxsize=50_000)
def _are_namesakes(one: str, other: str) -> bool:
    left, right = _whole_name(one), _whole_name(other)
    if min(len(left), len(right)) < 2 or set(left) <= set(right) or set(right) <= set(left):
        return False
    # One surname with first names that may be short for each other ("Joe", "Joseph") may be one person.
    return left[-1] != right[-1] or left[0][0] != right[0][0]


def _whole_name(source: str) -> tuple[str, ...]:
    """The words of a source that is nothing but a name, without titles and initials; of any other none."""
    words = [word.replace(".", "") for word in tokens(level(source))]
    if not words or not all(word[:1].isupper() or is_stopword(word.lower()) for word in words):
        return ()
    plain = (word.lower() for word in words if len(word) > 1 and not is_stopword(word.lower()))
    return tuple(word for word in plain if word not in _TITLES and word not in _GENERATIONS)


def speakers_unlike(a: "Prepared", b: "Prepared") -> bool:
    """Whether one is named and the other only described ("voters"), by no word of the name."""
    if anybody(a) or anybody(b) or bool(a.speaker) == bool(b.speaker):
        return False
    return a.described.isdisjoint(b.speaker | b.described) and b.described.isdisjoint(a.speaker)
