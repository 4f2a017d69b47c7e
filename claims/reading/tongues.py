"""The language of a text, told by its script and its small words; only English is read."""

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from claims.errors import InputRefused
from claims.language.lexicons import lexicon_lines
from claims.terms import Article

_SAMPLE = 60_000
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("ru", "Russian, or another language in Cyrillic letters", "\u0400-\u052f"),
    ("el", "Greek", "\u0370-\u03ff\u1f00-\u1fff"),
    ("he", "Hebrew", "\u0590-\u05ff"),
    ("ar", "Arabic, or another language in its letters", "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff"),
    ("hi", "Hindi, or another language in its letters", "\u0900-\u097f"),
    ("bn", "Bengali", "\u0980-\u09ff"),
    ("ta", "Tamil", "\u0b80-\u0bff"),
    ("th", "Thai", "\u0e00-\u0e7f"),
    ("my", "Burmese", "\u1000-\u109f"),
    ("ka", "Georgian", "\u10a0-\u10ff"),
    ("hy", "Armenian", "\u0530-\u058f"),
    ("ko", "Korean", "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"),
    ("ja", "Japanese", "\u3040-\u30ff"),
    ("zh", "Chinese", "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"),
)
_BY_SCRIPT = tuple((code, name, re.compile(f"[{letters}]")) for code, name, letters in _SCRIPTS)
_NO_WORDS = re.compile(
    # what stands before the last part of a name (Rodrigo de Paz): it tells where a family is from, not the text
    r"(?<=\b[A-ZÀ-Þ])(?P<name>\w*)(?: (?:al|bin|da|das|de|del|della|den|der|di|do|dos|du|el|la|las|le|los|van|von|y))+"
    r"(?= [A-ZÀ-Þ])"
    # English endings, which other languages have as words
    r"|['’](?:s|t|d|m|re|ve|ll)\b"
)
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


class Tongue(NamedTuple):
    """A language: its code (ISO 639-1; "und" for one that is only known not to be English) and its English name."""

    code: str
    name: str


ENGLISH = Tongue("en", "English")
_UNKNOWN = Tongue("und", "a language that is not known here")


def in_english(article: Article, given: str | None = None) -> Article:
    """The article with its language. Raises InputRefused for one that is not in English.

    A text too short to tell keeps what it says of itself and passes, and so does one that is `given` to be English.
    """
    if given is not None:
        return article
    tongue = tongue_of(article.text)
    if tongue is None:
        return article
    if tongue != ENGLISH:
        raise InputRefused(
            article.path,
            f"seems to be in {tongue.name}; only English can be read yet (if it is English: --language en)",
        )
    return replace(article, language=ENGLISH.code)


def tongue_of(text: str) -> Tongue | None:
    """The language that `text` is mostly in; None if it is too short or too bare of sentences to tell."""
    text = text[:_SAMPLE]
    return _by_script(text) or _by_words(text)


def _by_script(text: str) -> Tongue | None:
    """The language of a text most of whose letters are not Latin."""
    latin = len(_LATIN.findall(text))
    counts = {(code, name): len(letters.findall(text)) for code, name, letters in _BY_SCRIPT}
    others = sum(counts.values())
    # A Chinese word has two characters, an English one five letters.
    if others < 20 or others < latin:
        letters = sum(map(str.isalpha, text))
        return _UNKNOWN if letters > 60 and latin + others < letters // 2 else None
    if counts["ja", "Japanese"] * 10 > counts["zh", "Chinese"] and counts["ja", "Japanese"]:
        return Tongue("ja", "Japanese")
    return Tongue(*max(counts, key=lambda key: counts[key]))


def _by_words(text: str) -> Tongue | None:
    """The language whose small words make up most of a text in Latin letters.

    Capitalized words are names more often than not, so that they count only where all is in capitals.
    """
    words = _WORD.findall(_NO_WORDS.sub(r"\g<name>", text))
    small = [word for word in words if word[0].islower()]
    if len(small) * 3 < len(words):
        small = [word.casefold() for word in words]
    counts = Counter(small)
    number = len(small)
    shares = {tongue: sum(counts[word] for word in known) / max(number, 1) for tongue, known in _profiles().items()}
    english = shares.pop(ENGLISH)
    other = max(shares, key=lambda tongue: shares[tongue])
    told_by = len(_profiles()[other] & counts.keys())
    # Where English words are this many, the others are of a quotation, however long.
    if number >= 12 and told_by >= 5 and shares[other] >= 0.15 and shares[other] > 1.5 * english and english < 0.18:
        return other
    if len(counts) >= 40 and english < 0.05:
        return _UNKNOWN
    return ENGLISH if number >= 8 and english >= 0.15 and english > shares[other] else None


@cache
def _profiles() -> dict[Tongue, frozenset[str]]:
    profiles = {}
    for line in lexicon_lines(Path(__file__).with_name("tongues.txt")):
        head, _, words = line.partition(":")
        code, _, name = head.partition(" ")
        profiles[Tongue(code, name)] = frozenset(words.split())
    return profiles
