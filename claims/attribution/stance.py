"""The stance that a cue takes to its content, and the cue's lemma."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from claims.language.lexicons import lexicon_lines

_WORD = re.compile(r"[\w’'-]+")
_NEGATION = re.compile(
    r"\b(?:not|never|no longer|without|cannot|declin(?:e|es|ed|ing)|refus(?:e|es|ed|ing))\b|n['’]t\b", re.IGNORECASE
)
_UNDONE = {  # what a negated cue comes down to
    "believes": "doubts", "confirms": "doubts", "denies": "asserts", "criticizes": "asserts", "praises": "criticizes",
    "accuses": "asserts", "promises": "asserts", "demands": "asserts", "warns": "asserts",
}  # fmt: skip
# "asked him to go", "told supporters to vote": the content is an errand, not a question or a statement.
_ERRAND = re.compile(r"^(?!if\b|whether\b|wh|how\b|that\b|[“\"'])(?:[\w’'.-]+\s){0,6}?to\s[a-z]+")
# Cues that say only that something was voiced leave the stance to the noun that their content opens with.
_VOICING = frozenset("express voice reiterate repeat raise echo cite share air convey register note".split())  # noqa: SIM905
_VOICED = re.compile(
    r"^(?:(?:his|her|its|their|the|some|serious|grave|deep|growing|strong|renewed|fresh|great)\s+)*"
    r"(?:(?P<warns>concerns?|fears?|worry|worries|alarm|anxiety)|(?P<doubts>doubts?|skepticism|scepticism)|"
    r"(?P<criticizes>criticism|outrage|anger|disapproval|dismay)|(?P<believes>hopes?|confidence|optimism|belief))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reading:
    """How a cue is understood: its stance and the lemma that decided it."""

    stance: str
    lemma: str


def read_cue(cue: str, content: str) -> Reading:
    """The stance of `cue` ("has denied", "according to", ":") to `content`; without a cue, or with one that the
    lexicon lacks, it asserts."""
    lemmas = [lemma(word) for word in _WORD.findall(cue)]
    found = _longest_known(lemmas)
    if found is None:
        around = _words_around()
        rest = [word for word in lemmas if word not in around and not word.endswith("ly")]
        return Reading("asserts", rest[0] if rest else cue.strip())
    stance, words = found
    if words in (("ask",), ("tell",)):
        stance = "demands" if _ERRAND.match(content) else stance
    elif words[0] in _VOICING:
        voiced = _VOICED.match(content)
        if voiced and voiced.lastgroup:
            stance = voiced.lastgroup
    elif _NEGATION.search(cue):
        stance = _UNDONE.get(stance, stance)
    return Reading(stance, _lexicon()[words].written)


@lru_cache(maxsize=20_000)
def lemma(word: str) -> str:
    """The dictionary form of an English word, in lower case."""
    from simplemma import lemmatize

    return lemmatize(word.lower().replace("’", "'").strip("'-") or word, "en").lower()


@dataclass(frozen=True)
class _Entry:
    stance: str
    written: str


def _longest_known(lemmas: list[str]) -> tuple[str, tuple[str, ...]] | None:
    """The lexicon's longest entry in `lemmas`, the earliest of equals; an entry that asserts yields to any other."""
    lexicon = _lexicon()
    best: tuple[tuple[int, bool, int], str, tuple[str, ...]] | None = None
    for start in range(len(lemmas)):
        for length in (3, 2, 1):
            words = tuple(lemmas[start : start + length])
            entry = lexicon.get(words) if len(words) == length else None
            if entry is None:
                continue
            rank = (length if length > 1 else 0, entry.stance != "asserts", -start)
            if best is None or rank > best[0]:
                best = (rank, entry.stance, words)
    return best and (best[1], best[2])


@cache
def _lexicon() -> dict[tuple[str, ...], _Entry]:
    """Lemmas to entries, from `stances.txt` beside this module."""
    entries = {}
    for line in lexicon_lines(Path(__file__).with_name("stances.txt")):
        stance, _, cues = line.partition(":")
        for cue in filter(None, map(str.strip, cues.split(","))):
            entries[tuple(map(lemma, cue.split()))] = _Entry(stance, cue)
    return entries


@cache
def _words_around() -> frozenset[str]:
    """Words of a cue that are never what it is about: what stands before and around the verb."""
    return frozenset(lexicon_lines(Path(__file__).with_name("cue_function_words.txt")))
