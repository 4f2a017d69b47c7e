"""Countries by the words that stand for their governments: names, capitals, seats, "the Turkish government"."""

import re
from functools import cache, lru_cache

from claims.identity.letters import fold, fold_bare
from claims.speakers.lexicon import countries, lexicon, word_set
from claims.speakers.states import country_of_word

_OPEN = word_set("georgia congo korea guinea macedonia")
"""Words for more than one country, or for a country and a state of another."""

_SMALLEST = 1_300_000
"""Inhabitants of a country below which its capital's name is more often that of another town (Kingston, Hamilton)."""

_CAPITALS_OF_MORE = word_set("brussels georgetown")
"""Capitals that mean something else when they speak: Brussels is the European Union."""

_OTHER_SEATS = frozenset([
    "pentagon", "capitol hill", "foggy bottom", "westminster", "holyrood", "quai d'orsay", "south block", "bundestag",
    "knesset",
])  # fmt: skip
"""Seats of a ministry or a parliament, which are sources of their own."""

_GOVERNMENT = re.compile(
    r"^(?:(?:national|central|federal) )?government (?:of|in) (?:the )?(?P<of>.+)$|^(?P<whose>.+?)(?:'s?)? government$"
)


@lru_cache(maxsize=4096)
def country_of(name: str) -> str:
    """The country whose government a name stands for ("the Kremlin", "Seoul", "the Turkish government"), "" if none."""
    words = fold_bare(name)
    found = _words().get(words, "")
    if not found and (match := _GOVERNMENT.match(words)):
        inner = (match["of"] or match["whose"]).removeprefix("the ")
        found = _words().get(inner, "") or _adjectives().get(inner, "")
    return found


@lru_cache(maxsize=4096)
def country_named(words: str) -> str:
    """The country that folded words name as a country: a noun or an adjective, no capital and no seat; "" if none."""
    found = _names().get(words, "") or _adjectives().get(words, "")
    if found or words in _OPEN or words in _capitals():
        return found
    return country_of_word(words.title())  # words that countryinfo lacks


@lru_cache(maxsize=4096)
def is_open_country(name: str) -> bool:
    """Whether a name is one that several countries or states share ("Congo", "Georgia")."""
    return fold_bare(name) in _OPEN


@cache
def _words() -> dict[str, str]:
    """Nouns for a country's government, folded: names, capitals, seats of power."""
    found = dict(_names())
    for capital, country in _capitals().items():
        if capital not in _CAPITALS_OF_MORE:
            found.setdefault(capital, country)
    for seat, country in lexicon().seats.items():
        if fold(seat) not in _OTHER_SEATS:
            found.setdefault(fold(seat), country)
    return found


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for spelling, name in countries().names.items():
        found.setdefault(fold_bare(spelling), name)
    found["kiev"] = "Ukraine"
    return {word: name for word, name in found.items() if word not in _OPEN and word != "island" and name}


@cache
def _adjectives() -> dict[str, str]:
    """Adjectives for a country, folded."""
    return {fold(word): name for word, name in countries().adjectives.items()}


@cache
def _capitals() -> dict[str, str]:
    """Capitals of countries that are not too small, folded; of two with one name the first."""
    from countryinfo import all_countries  # here and not above: most uses of the program need no country

    found: dict[str, str] = {}
    for country in all_countries():
        capital, people = country.capital(), country.population() or 0
        if isinstance(capital, str) and capital and people >= _SMALLEST:
            found.setdefault(fold(capital.removesuffix(" D.C.")), country.name())
    return found
