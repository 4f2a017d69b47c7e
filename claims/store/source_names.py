"""Names as they are compared and kept, whatever their case, article and apostrophes."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from claims.language.lexicons import lexicon_lines

MOST_NAMES = 20
"""Of the names that one article uses for a speaker so many are kept."""

LONGEST_NAME = 200
"""Characters that a person may give a source as a name."""

SO_CALLED = "so-called"
"""The rule of a name that is only an article's words for a source: it is searched, but leads to nobody."""

_LONGEST_WORDING = 40
_NO_NAME = re.compile(r"[,;:()\[\]\"“”]|\s--?\s|['’]s?$")

_ARTICLES = ("the", "an", "a")
_APOSTROPHES = str.maketrans("‘’ʼ＇`´", "''''''")


def plain(name: str) -> str:
    """A name on one line, with single spaces."""
    return " ".join(name.split())


def name_key(name: str) -> str:
    """A name for comparison; empty where there is no name in it."""
    level = unicodedata.normalize("NFKC", name).translate(_APOSTROPHES).casefold()
    return " ".join(_without_article(level.split()))


def is_pronoun(name: str) -> bool:
    """Whether a name is none: "I" in two articles is two speakers."""
    return name_key(name) in _pronouns()


def is_name(words: str) -> bool:
    """Whether words for a source name it: "KCNA" and "the Kremlin" do, "The organization", "He" do not."""
    return any(letter.isupper() for word in _without_article(words.split()) for letter in word) and not is_pronoun(
        words
    )


def is_short_name(words: str) -> bool:
    """Whether an article's words for a source are worth keeping as a name: nothing is added to it, as by a comma."""
    return is_name(words) and len(words) <= _LONGEST_WORDING and not _NO_NAME.search(words)


def _without_article(words: list[str]) -> list[str]:
    return words[1:] if len(words) > 1 and words[0].casefold() in _ARTICLES else words


@cache
def _pronouns() -> frozenset[str]:
    return frozenset(lexicon_lines(Path(__file__).with_name("pronouns.txt")))
