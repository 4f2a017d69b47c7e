"""A person's name taken apart: given names, surname, suffix, and what the name lists know about them."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from claims.identity.letters import expand_umlauts, fold, squeeze
from claims.language.lexicons import lexicon_lines
from claims.speakers.lexicon import lexicon, word_set
from claims.speakers.names import DETERMINERS, PARTICLES, role_of

STYLES = word_set("pope king queen prince princess patriarch emperor empress sultan emir sheikh lord lady saint dalai")
"""Titles that make a name of their own with a single name ("Pope Francis")."""

_SUFFIXES = {"jr": "jr", "sr": "sr", "ii": "ii", "iii": "iii", "iv": "iv", "junior": "jr", "senior": "sr"}
_ARTICLES = word_set("al el")
_NO_OPENING = word_set("van von al della la el")  # Van Jones, Al Gore; La Stampa and El País are no people
SURNAME_OPENS = (PARTICLES - _NO_OPENING) | word_set("vander vanden")
"""Particles that open a surname and are hardly ever anything else ("De Blasio", "Bin Laden")."""

_FAMILY_NAME_FIRST = word_set("kim lee park moon chung kang yoon")  # these are given names in English, too
_COMMON_SURNAMES = 60
_QUANTITIES = DETERMINERS | word_set("neither either at about more less only even")
_BESIDE_THE_NAME = re.compile(r"\([^()]*\)|[“”\"]|(?<!\w)'(?=\w)|(?<=\w)'(?!\w)")
_POINTED_INITIAL = re.compile(r"(?<=\b\w)\.(?=\w)")


@dataclass(frozen=True)
class PersonName:
    """A name's parts, folded: `given` names and initials, `surname` with its particles, `suffix` ("jr"), a `style`.

    `whole` holds all its letters in one, initials between points ("Paul A." is not "Paula"). `given` is empty for a
    lone surname or a mononym.
    """

    whole: str
    given: tuple[str, ...]
    surname: str
    suffix: str = ""
    style: str = ""

    @property
    def is_full(self) -> bool:
        """Whether the name tells who it is: a given name and a surname, or a style and a name."""
        return bool(self.style) or any(len(given) > 1 for given in self.given) or len(self.given) > 1

    @property
    def calling(self) -> tuple[str, ...]:
        """The given names without initials before them: "ross" in "H. Ross Perot"; initials alone stay."""
        first = next((i for i, given in enumerate(self.given) if len(given) > 1), 0)
        return self.given[first:]

    @property
    def surnames(self) -> tuple[str, ...]:
        """What may be the surname: the last name, and the first where family names come first."""
        if self.style or not self.given:
            return (self.surname,)
        first = self.given[0]
        several = len(self.given) > 1 or len(first) > 1
        if (first in _FAMILY_NAME_FIRST and len(self.given) > 1) or (
            several and len(first) > 1 and first not in given_names() and self.surname not in surname_ranks()
        ):
            return (self.surname, first)
        return (self.surname,)


@cache
def given_names() -> dict[str, str]:
    """Established given names, folded, with the gender of most who bear them ("m", "f" or "")."""
    return {fold(name): gender for name, gender in lexicon().first_names.items()}


@cache
def surname_ranks() -> dict[str, int]:
    """The rank of a frequent surname, from 0."""
    names = " ".join(lexicon_lines(Path(__file__).with_name("surnames.txt"))).split()
    return {name: rank for rank, name in enumerate(names)}


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """The given names that a name is short for or that are short for it; only direct ones."""
    found: dict[str, set[str]] = {}
    for line in lexicon_lines(Path(__file__).with_name("nicknames.txt")):
        name, *short = line.split()
        for other in short:
            found.setdefault(name, set()).add(other)
            found.setdefault(other, set()).add(name)
    return {name: frozenset(others) for name, others in found.items()}


def is_common_surname(surname: str) -> bool:
    """Whether many people bear a surname, so that a given name and it do not tell who somebody is."""
    return surname_ranks().get(surname, _COMMON_SURNAMES) < _COMMON_SURNAMES


@lru_cache(maxsize=16384)
def read_person(name: str) -> tuple[PersonName, ...]:
    """A name taken apart; once more with the other spelling of its umlauts (Müller, Mueller) where it has some.

    Titles before it are left out, but for styles before a single name. Empty for what is no name: a description ("one
    State Department official"), a title alone, nothing with letters.
    """
    if _describes(name):
        return ()
    readings = (_read(form) for form in dict.fromkeys((name, expand_umlauts(name))))
    return tuple(reading for reading in readings if reading.surname)


@lru_cache(maxsize=16384)
def is_full_name(name: str) -> bool:
    """Whether a name of a person tells who it is."""
    return any(reading.is_full for reading in read_person(name))


def _describes(name: str) -> bool:
    words = name.split()
    last = words[-1].strip(".,") if words else ""
    if not last or (last.islower() and last.isascii()) or words[0].lower() in _QUANTITIES:
        return True
    return role_of(last) is not None and fold(last) not in surname_ranks() and len(words) != 2


def _read(name: str) -> PersonName:
    name = _BESIDE_THE_NAME.sub(" ", name.replace("’", "'").replace("‘", "'").replace(",", " "))
    words = [part for word in _POINTED_INITIAL.sub(". ", name).split() for part in _initials(word)]
    words = [folded for word in words if squeeze(folded := fold(word).strip(".-'"))]
    style = ""
    while len(words) > 1 and (words[0] in _titles() or words[0] in STYLES):
        title = words.pop(0)
        style = title if title in STYLES else style
    suffix = _SUFFIXES[words.pop()] if len(words) > 1 and words[-1] in _SUFFIXES else ""
    words = words[:1] + [word for word in words[1:] if word not in _ARTICLES]
    words = [word[3:] if word.startswith(("al-", "el-")) and len(word) > 3 else word for word in words]
    begin = len(words) - 1
    while begin > 1 and words[begin - 1] in SURNAME_OPENS | PARTICLES:
        begin -= 1
    if begin == 1 and words[0] in SURNAME_OPENS:
        begin = 0
    given = tuple(squeeze(word) for word in words[: max(begin, 0)])
    surname = squeeze("".join(words[max(begin, 0) :]))
    style = "" if given else style  # "Lord Peter Ham" is Peter Ham
    marked = (name if len(name) > 1 else f".{name}." for name in given)
    return PersonName("".join((style, *marked, surname, suffix)), given, surname, suffix, style)


def _initials(word: str) -> list[str]:
    """ "JD" as two initials, other words as they are."""
    return list(word) if len(word) == 2 and word.isupper() and not set(word) & set("AEIOUY") else [word]


@cache
def _titles() -> frozenset[str]:
    """Titles of one word before a name, folded, but for those that are given names ("Dean", "Judge" is none)."""
    words = {fold(title).strip(".") for title in lexicon().titles if " " not in title}
    return frozenset((words | {"pres", "fr"}) - given_names().keys() | {"sir"})
