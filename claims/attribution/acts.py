"""Whether an attribution reports words or an attitude that nobody is said to have voiced."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from claims.attribution.stance import LONGEST_CUE, Reading, lemma, lemmas_of
from claims.language.lexicons import lexicon_lines

_QUOTATION = re.compile(r"(?:“|\"|''|``|«|„)([^”\"»]+?)(?:”|\"|''|»|$)")
_WORDS_OF_A_QUOTATION = 4  # fewer are a term that the reporter keeps at a distance
_LONGEST = 4
_LIGHT = frozenset(["be", "have", "take", "hold", "no", "not", "never", "little", "in", "under", "of", "the", "a"])


def act_of(cue: str, content: str, form: str, reading: Reading) -> str:
    """ "speech" for what was said, written or shown, "attitude" for what a source is said to believe, want, fear, know.

    `cue` and `content` are as `read_cue` takes them, `form` is "direct", "indirect", "mixed" or "narrated". Without a
    cue that the lexicon knows, words are words.
    """
    attitude = () if form in ("direct", "narrated") else _attitude_in(cue[:LONGEST_CUE], _opening(content))
    if not attitude:
        return "speech"
    if form == "mixed" and any(len(quoted.split()) >= _WORDS_OF_A_QUOTATION for quoted in _QUOTATION.findall(content)):
        return "speech"
    # "criticized plans", "raised fears": the word that decided the stance is what was done with the attitude.
    decided = reading.stance == "asserts" or len(attitude) > 1 or _head(lemmas_of(reading.lemma)) in _heads()
    return "attitude" if decided else "speech"


def _opening(content: str) -> str:
    return " ".join(content[:80].split(None, 2)[:2])


def _head(lemmas: Sequence[str]) -> str:
    """The first word that carries the sense: "confident" of "be confident"."""
    return next((form for form in lemmas if form not in _LIGHT), "")


@lru_cache(maxsize=20_000)
def _attitude_in(cue: str, opening: str) -> tuple[str, ...]:
    """The longest entry that begins in `cue`, if it is an attitude and nothing else there says that it was voiced."""
    lemmas = lemmas_of(cue)
    found = _longest(lemmas + lemmas_of(opening), len(lemmas))
    if found is None or not _lexicon()[found[1]]:
        return ()
    start, entry = found
    rest = lemmas[:start] + lemmas[start + len(entry) :]
    return entry if _voiced().isdisjoint(rest) else ()


def _longest(sequence: Sequence[str], starts: int) -> tuple[int, tuple[str, ...]] | None:
    """Where the longest entry that begins before `starts` stands, the earliest of equals, and what it is."""
    lexicon = _lexicon()
    for length in range(_LONGEST, 0, -1):
        for start in range(starts):
            entry = tuple(sequence[start : start + length])
            if len(entry) == length and entry in lexicon:
                return start, entry
    return None


@cache
def _lexicon() -> dict[tuple[str, ...], bool]:
    """Lemmas of cues to whether they are attitudes, from `attitudes.txt` beside this module."""
    entries: dict[tuple[str, ...], bool] = {}
    for kind, listed in _lines():
        if kind != "voiced":
            entries |= {tuple(map(lemma, entry.split())): kind == "attitude" for entry in listed}
    return entries


@cache
def _heads() -> frozenset[str]:
    return frozenset(_head(entry) for entry, is_attitude in _lexicon().items() if is_attitude)


@cache
def _voiced() -> frozenset[str]:
    return frozenset(lemma(word) for kind, listed in _lines() if kind == "voiced" for word in listed)


@cache
def _lines() -> tuple[tuple[str, tuple[str, ...]], ...]:
    lines = (line.partition(":") for line in lexicon_lines(Path(__file__).with_name("attitudes.txt")))
    return tuple((kind, tuple(map(str.strip, listed.split(",")))) for kind, _, listed in lines)
