"""The word lists of this room, read once, and the countries of the package countryinfo."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from claims.language.lexicons import lexicon_lines

_COMPASS = {"n": "north", "s": "south", "e": "east", "w": "west"}
_LETTERS = re.compile(r"(?:[a-z]\.){2,5}|(?:[a-z]\.)+[a-z]")


@dataclass(frozen=True)
class RoleNoun:
    """What a noun for a person tells: gender ("m", "f" or ""), the noun it counts as, whether it is an epithet."""

    gender: str
    office: str
    epithet: bool


@dataclass(frozen=True)
class Lexicon:
    """All word lists. Keys are lower case but for `titles`, `long_titles` and `media`, which keep their capitals."""

    titles: dict[str, str]
    long_titles: tuple[str, ...]
    roles: dict[str, RoleNoun]
    organizations: dict[str, str]
    media: frozenset[str]
    documents: dict[str, str]
    groups: frozenset[str]
    seats: dict[str, str]
    function_words: frozenset[str]
    first_names: dict[str, str]


@dataclass(frozen=True)
class Countries:
    """Countries by the words that stand for them, all in lower case; of two countries with one adjective ("American")
    the more populous has it."""

    names: dict[str, str]
    capitals: dict[str, str]
    adjectives: dict[str, str]
    states: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The word lists beside this module."""
    titles = {fields[0]: _field(fields, 1) for fields in _rows("titles.txt")}
    return Lexicon(
        titles=titles,
        long_titles=tuple(sorted((t for t in titles if " " in t or "." in t), key=len, reverse=True)),
        roles={fields[0]: _role(fields) for fields in _rows("roles.txt")},
        organizations={fields[0]: {"o": "organization", "g": "government", "m": "media"}[fields[1]]
                       for fields in _rows("organizations.txt")},
        media=frozenset(fields[0] for fields in _rows("media.txt")),
        documents={fields[0]: _field(fields, 1) for fields in _rows("documents.txt")},
        groups=frozenset(fields[0] for fields in _rows("groups.txt")),
        seats={fields[0].lower(): fields[1] for fields in _rows("seats.txt")},
        function_words=frozenset(word for fields in _rows("function_words.txt") for word in fields[0].split()),
        first_names={
            name: gender.replace("-", "")
            for gender, _, names in (fields[0].partition(" ") for fields in _rows("first_names.txt"))
            for name in names.split()
        },
    )  # fmt: skip


@cache
def countries() -> Countries:
    """Countries, their capitals and the adjectives for them, from countryinfo (12 ms, at the first call only)."""
    from countryinfo import CountryInfo, all_countries  # here and not above: most uses of the program need no country

    names: dict[str, str] = {}
    capitals: dict[str, str] = {}
    adjectives: dict[str, tuple[int, str]] = {}
    for country in all_countries():
        name = country.name()
        spellings = [name, *country.alt_spellings()]
        for spelling in spellings:
            # Codes of two and three letters are no words of a text, but for those that newspapers print as names.
            if len(spelling) > 3 or spelling in ("US", "USA", "UK", "UAE"):
                names.setdefault(spelling.lower(), name)
        capital = country.capital()
        if isinstance(capital, str) and capital:
            capitals.setdefault(capital.removesuffix(" D.C.").lower(), name)
        demonym = country.demonym()
        people = country.population() or 0
        for adjective in demonym.lower().split(",") if isinstance(demonym, str) else ():
            if adjective and people > adjectives.get(adjective, (-1, ""))[0]:
                adjectives[adjective] = (people, name)
    names |= {fields[0]: fields[1] for fields in _rows("country_names.txt")}
    states = frozenset(state.lower() for state in CountryInfo("United States").provinces())
    return Countries(names, capitals, {word: name for word, (_, name) in adjectives.items()}, states)


@lru_cache(maxsize=16384)
def country_called(name: str) -> str:
    """The country of a name, in full or short ("N. Korea", "U.K."), as countryinfo has it; "" for other words."""
    low = name.lower()
    if low == "us" and name != "US":
        return ""
    compass, _, rest = low.partition(".")
    if compass in _COMPASS and len(rest.strip()) > 1 and "." not in rest:
        low = f"{_COMPASS[compass]} {rest.strip()}"
    elif _LETTERS.fullmatch(low):
        low = low.replace(".", "")
    return countries().names.get(low, "")


@cache
def halves() -> dict[str, str]:
    """What two countries share whose names a compass point tells apart, with the name of one of them ("korea")."""
    names = countries().names
    return {
        name.removeprefix("north "): names[name]
        for name in names
        if name.startswith("north ") and f"south {name.removeprefix('north ')}" in names
    }


@lru_cache(maxsize=16384)
def is_place(name: str) -> bool:
    """Whether a name is that of a country, a capital, a state of the USA, or the adjective of a country."""
    if country_called(name):
        return True
    known, name = countries(), name.lower()
    return name in known.names or name in known.capitals or name in known.adjectives or name in known.states


def is_media(name: str) -> bool:
    """Whether a name is a medium's, with or without its "The"."""
    return name in lexicon().media or f"The {name}" in lexicon().media


def is_seat(name: str) -> bool:
    """Whether a name is that of a building or place that stands for a government."""
    return name.lower() in lexicon().seats


def word_set(words: str) -> frozenset[str]:
    """The words of a string, for short closed lists that stand in the code that uses them."""
    return frozenset(words.split())


def _rows(name: str) -> Iterator[list[str]]:
    for line in lexicon_lines(Path(__file__).with_name(name)):
        yield line.split("\t")


def _field(fields: list[str], number: int) -> str:
    return fields[number] if len(fields) > number else ""


def _role(fields: list[str]) -> RoleNoun:
    gender, _, office = _field(fields, 1).partition("=")
    return RoleNoun(gender, office or fields[0], _field(fields, 2) == "epithet" or "epithet" in fields)
