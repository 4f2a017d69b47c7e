"""What a person typed into the search box, read as words, phrases, a stance and names that may be in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from claims.language.lexicons import lexicon_lines
from claims.store.source_names import name_key

MOST_WORDS = 24
"""Of the words and phrases that a person asks for, so many are looked for."""

MOST_CHARACTERS = 300
"""Of the text that a person asks for, so many are read."""

LONGEST_NAME = 4
"""Words of a name that is looked for in what was asked."""

EMPTY_SEARCH = '""'
"""A full-text query that finds nothing; an empty string would be a syntax error."""

_UNIT = re.compile(r'"([^"]*)"?|([^\s"]+)')
_QUOTATION_MARKS = str.maketrans("“”„«»\0", '""""" ')
_OWNED = re.compile(r"['’]s?$", re.I)


@dataclass(frozen=True)
class Word:
    """A word, or some in quotation marks: as it is looked for, as it was typed, and whether it was in such marks."""

    text: str
    typed: str
    quoted: bool = False

    @property
    def is_asking(self) -> bool:
        """Whether it only puts the question."""
        return not self.quoted and self.text.casefold() in _asking_words()

    @property
    def stance(self) -> str | None:
        """The stance that it asks for, as "denied" may."""
        return None if self.quoted else _stances().get(self.text.casefold())


@dataclass(frozen=True)
class Asked:
    """What was typed, made plain, its words, and whether there were more than are looked for."""

    text: str
    words: tuple[Word, ...]
    cut: bool


@dataclass(frozen=True)
class Window:
    """Words `start` to `end` of those asked, which may be a name, and the keys that it would be filed under."""

    start: int
    end: int
    keys: tuple[str, ...]


def asked_for(typed: str) -> Asked:
    """Read any text; half characters and NUL, which SQLite does not take, are left out."""
    text = " ".join(typed.encode("utf-8", "replace").decode("utf-8").replace("\0", " ").split())
    words = [word for word in map(_word, _UNIT.findall(text[:MOST_CHARACTERS].translate(_QUOTATION_MARKS))) if word]
    cut = len(words) > MOST_WORDS or len(text) > MOST_CHARACTERS
    return Asked(text[:MOST_CHARACTERS], tuple(words[:MOST_WORDS]), cut)


def windows(asked: Asked) -> list[Window]:
    """All stretches of the words that may be a name, the first first, of those that start together the longest."""
    found = []
    for start in range(len(asked.words)):
        for end in range(min(start + LONGEST_NAME, len(asked.words)), start, -1):
            words = asked.words[start:end]
            if all(word.is_asking for word in words) and not (end - start == 1 and words[0].text.isupper()):
                continue
            forms = (" ".join(word.text for word in words), " ".join(word.typed for word in words))
            keys = tuple(dict.fromkeys(filter(None, map(name_key, forms))))
            found.append(Window(start, end, keys))
    return found


def telling(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words that say what is asked about, without those that put the question."""
    return tuple(word for word in words if not word.is_asking)


def by_stance(words: tuple[Word, ...]) -> list[tuple[str | None, tuple[Word, ...]]]:
    """The ways to read words: the first one that may name a stance does, or none does."""
    ways: list[tuple[str | None, tuple[Word, ...]]] = [(None, words)]
    for word in words:
        if word.stance:
            return [(word.stance, tuple(other for other in words if other is not word)), *ways]
    return ways


def full_text(words: Sequence[Word], joint: str = " ") -> str:
    """A full-text query for texts that have all the words, or with " OR " any of them."""
    return joint.join(f'"{word.text}"' for word in words)


def any_text_to_fts(text: str) -> str:
    """The words of `text` as a full-text query that no text makes a syntax error; words in quotation marks stay one."""
    # SQLite ends a query at a NUL, so these go.
    parts = (phrase or word for phrase, word in _UNIT.findall(text.replace("\0", " ")))
    return " ".join(f'"{part}"' for part in parts if part.strip()) or EMPTY_SEARCH


def typed(words: Sequence[Word]) -> str:
    """Words as a person types them."""
    return " ".join(f'"{word.typed}"' if word.quoted else word.typed for word in words)


def _word(unit: tuple[str, str]) -> Word | None:
    phrase, word = unit
    text = " ".join(phrase.split()) if phrase else _OWNED.sub("", _plain(word))
    return Word(text, phrase or word, bool(phrase)) if any(sign.isalnum() for sign in text) else None


def _plain(word: str) -> str:
    """A word without the punctuation around it."""
    signs = [place for place, sign in enumerate(word) if sign.isalnum()]
    return word[signs[0] : signs[-1] + 1] if signs else ""


@cache
def _asking_words() -> frozenset[str]:
    return frozenset(lexicon_lines(Path(__file__).with_name("asking_words.txt")))


@cache
def _stances() -> dict[str, str]:
    lines = [line.split() for line in lexicon_lines(Path(__file__).with_name("stance_words.txt"))]
    return {form: stance for stance, *forms in lines for form in forms}
