"""What a cue adds to a wording: "praised" and "has yet to endorse" say more than that something was said."""

from functools import lru_cache
from typing import NamedTuple

from claims.matching.attributions import REPORTING
from claims.matching.vocabulary import NEGATING_PHRASES, look_up
from claims.matching.words import canonical, is_stopword, level, tokens

MAX_CUE_WORDS = 40  # of a cue, that are read

_REPORTING_STEMS = frozenset(canonical(word) for word in REPORTING)


class Cue(NamedTuple):
    """A cue as far as its words tell.

    `stems`: of its words that carry more than grammar. `adds`: those that do more than report ("said" does not).
    `denies`: a word in it negates ("denied", "has not said", "has yet to endorse").
    """

    stems: frozenset[str]
    adds: frozenset[str]
    denies: bool


@lru_cache(maxsize=20_000)
def read_cue(cue: str) -> Cue:
    """What the words of a cue say beside the wording that they bring."""
    words = [look_up(token) for token in tokens(level(cue))[:MAX_CUE_WORDS]]
    stems = frozenset(word.found for word in words if word.found and not is_stopword(word.lower))
    denies = any(word.negates or word.undone or word.base in NEGATING_PHRASES for word in words)
    return Cue(stems, stems - _REPORTING_STEMS, denies)
