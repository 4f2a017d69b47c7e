"""Names brought to comparable letters: case, accents, apostrophes and points levelled."""

import re
import unicodedata
from functools import lru_cache

_PLAIN = str.maketrans({
    "‘": "'", "’": "'", "ʼ": "'", "＇": "'", "`": "'", "´": "'", "ʻ": "'", "‐": "-", "‑": "-", "–": "-", "—": "-",
    "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
})  # fmt: skip
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Å": "Aa", "Ø": "Oe"}
)
_POINTS = re.compile(r"(?<=\b\w)\.")
_SILENT = re.compile(r"[aeiouyh]+")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=16384)
def fold(name: str) -> str:
    """A name in lower case without accents, its apostrophes and hyphens plain, the points of "U.S." left out."""
    lowered = unicodedata.normalize("NFKC", name).casefold().translate(_PLAIN)
    if not lowered.isascii():
        lowered = "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
    return " ".join(_POINTS.sub("", lowered).split())


def fold_bare(name: str) -> str:
    """The same without a "the" before it."""
    return fold(name).removeprefix("the ")


def expand_umlauts(name: str) -> str:
    """ "Müller" as "Mueller"; other names unchanged."""
    return name if name.isascii() else unicodedata.normalize("NFC", name).translate(_UMLAUTS)


def squeeze(folded: str) -> str:
    """Only the letters and digits."""
    return folded if folded.isalnum() else "".join(c for c in folded if c.isalnum())


@lru_cache(maxsize=16384)
def skeleton(word: str) -> str:
    """The consonants of a folded word, doubled ones once: what most misspellings leave as it is."""
    return word[:1] + _DOUBLED.sub(r"\1", _SILENT.sub("", word[1:]))
