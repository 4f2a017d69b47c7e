"""Bodies of state, and which country's a body is where its name does not tell ("the Foreign Ministry")."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from claims.language.lexicons import lexicon_lines
from claims.speakers.lexicon import countries, country_called, lexicon

_WORD = re.compile(r"(?:[A-Z]\.){2,}|\w+(?:[’'.&-]\w+)*[’']?")
_POSSESSIVE = re.compile(r"[’']s?$")
_SURELY = 3  # times as often as any other country is the one named whose bodies need no name
_MOST_BODIES = 50  # for each the text is read once more
_NOT_AMERICAN = ("ministry", "parliament", "cabinet", "prime minister’s office")


@dataclass(frozen=True)
class Body:
    """A kind of body of state: the one country that has it, "" for many; `loose` where the noun alone names none."""

    country: str
    loose: bool


@cache
def _bodies() -> dict[str, Body]:
    rows = (line.split("\t") for line in lexicon_lines(Path(__file__).with_name("bodies_of_state.txt")))
    found = {row[0].lower().replace("'", "’"): Body("".join(row[1:2]), row[2:] == ["loose"]) for row in rows}
    return found | {seat: Body(country, False) for seat, country in lexicon().seats.items() if country != "Scotland"}


@cache
def _in_one_country() -> re.Pattern[str]:
    lines = lexicon_lines(Path(__file__).with_name("bodies_of_state.txt"))
    names = sorted((line.split("\t")[0] for line in lines if line.count("\t") == 1), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(_with_either_apostrophe, names))})\b")


@cache
def _more_words() -> dict[str, str]:
    rows = (line.split("\t") for line in lexicon_lines(Path(__file__).with_name("country_words.txt")))
    return dict(rows)


@lru_cache(maxsize=16384)
def country_of_word(words: str) -> str:
    """The country that a name, an adjective or a capital stands for, "" for none or several ("Georgia", "Korean")."""
    low = _POSSESSIVE.sub("", words).replace(".", "").lower()
    known, more = countries(), _more_words()
    if low in known.states or not words[:1].isupper() or (low == "us" and words == "Us"):
        return ""
    if low in more:
        return more[low].removeprefix("-")
    country = known.names.get(low) or country_called(_POSSESSIVE.sub("", words))
    return country or known.adjectives.get(low) or known.capitals.get(low, "")


def body_of_state(name: str) -> tuple[str, Body] | None:
    """The body of state that a name is, its country taken off ("Russian Defense Ministry"), in lower case; or None."""
    words = name.replace("'", "’").split()
    if words and words[0].lower() in ("the", "a", "an"):
        words = words[1:]
    for begin in reversed(range(min(4, len(words)))):
        low = " ".join(words[begin:]).lower()
        before = " ".join(words[:begin])
        if before and not country_of_word(before):
            continue
        body, _, owner = low.rpartition(" of ")
        found = _body(low)
        if found is not None:
            return low, found
        if body and country_of_word(" ".join(words[-len(owner.split()) :])) and (found := _body(body)):
            return body, found
    return None


def _body(low: str) -> Body | None:
    if low.endswith(" ministry") or low.startswith("ministry of "):
        return Body("", False)
    return _bodies().get(low)


def _with_either_apostrophe(name: str) -> str:
    return re.sub("[’']", "[’']", re.escape(name))


class Countries:
    """Which country's the bodies of state in one article are."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._around: dict[str, str] = {}
        self._of_a_state: dict[str, bool] = {}

    def of(self, words: str, name: str) -> str:
        """The country of the body of state that `words` name as `name`; "" where it is none or that is open."""
        known = body_of_state(name)
        if known is None:
            return ""
        body, kind = known
        told = _told_by(name, _find(name, body), body) or _told_by(words, _find(words, body), body)
        return told or kind.country or self._elsewhere(body) or self._by_article(body, kind)

    def _elsewhere(self, body: str) -> str:
        """The one country beside this body's name anywhere in the article."""
        if body not in self._around:
            if len(self._around) >= _MOST_BODIES:
                return ""
            self._around[body] = self._only_one(body)
        return self._around[body]

    def _only_one(self, body: str) -> str:
        found: set[str] = set()
        for match in re.finditer(_with_either_apostrophe(body), self.text, re.IGNORECASE):
            words = self.text[max(0, match.start() - 40) : match.end() + 40]
            begin = match.start() - max(0, match.start() - 40)
            before = re.split(r"[,;:.!?\n](?=\s)|[“”\"()]", words[:begin])[-1]
            capitals = re.search(r"((?:[A-Z][\w.’'-]*\s)+)(?:\w+\s)?$", before)
            if capitals and _is_state(capitals[1]):
                found.add("a state")
            country = _told_by(before + words[begin:], len(before), body)
            if country:
                found.add(country)
        return found.pop() if len(found) == 1 and "a state" not in found else ""

    def _by_article(self, body: str, kind: Body) -> str:
        """The country of all bodies of state in the article, where it is by far the one most named."""
        country = self._only_country
        if body == "security council":
            return ""  # the United Nations', if no country stands beside it
        if not country or kind.loose or body.endswith("committee") or body not in self._around:
            return ""
        if country == "United States" and (body.endswith(_NOT_AMERICAN) or body.startswith("ministry")):
            return ""
        if body not in self._of_a_state:
            self._of_a_state[body] = self._is_of_a_state(body)
        return "" if self._of_a_state[body] else country

    def _is_of_a_state(self, body: str) -> bool:
        """Whether the article has a state's body of this name, too ("the Ohio Supreme Court")."""
        for match in re.finditer(_with_either_apostrophe(body), self.text, re.IGNORECASE):
            before = re.search(r"((?:[A-Z][\w.’'-]*\s)+)$", self.text[max(0, match.start() - 40) : match.start()])
            if (before and _is_state(before[1])) or self.text[max(0, match.start() - 6) : match.start()] == "state ":
                return True
        return False

    @cached_property
    def _only_country(self) -> str:
        names = {name.lower().replace("'", "’") for name in _in_one_country().findall(self.text)}
        bodies = {_bodies()[name].country for name in names}
        if len(bodies) != 1:
            return ""
        named = Counter(country for country in self._named() if country)
        country = bodies.pop()
        others = max((count for other, count in named.items() if other != country), default=0)
        return country if named[country] >= _SURELY * others else ""

    def _named(self) -> Iterator[str]:
        words = [word for word in _WORD.findall(self.text) if word[0].isupper()]
        for word in words:
            if word not in lexicon().first_names:
                yield country_of_word(word)


def _find(words: str, body: str) -> int:
    return words.replace("'", "’").lower().find(body)


def _told_by(words: str, at: int, body: str) -> str:
    """The country in words around the body's name at `at` ("Tokyo’s defense ministry", "Supreme Court of India")."""
    if at < 0:
        return ""
    before = _WORD.findall(words[:at])
    for length in (3, 2, 1):
        owner = " ".join(before[-length:])
        if _is_state(owner) or (body == "police" and owner.lower() in countries().capitals):
            return ""  # "New Mexico Supreme Court"; a town's police are no body of state
        if len(before) >= length and (country := country_of_word(owner)):
            return country
    after = re.match(r" of (?:the )?((?:[A-Z][\w.]+ ?){1,3})", words[at + len(body) :])
    return country_of_word(after[1].strip()) if after else ""


def _is_state(words: str) -> bool:
    """Whether capitalised words end in the name of a state of the USA."""
    parts = [_POSSESSIVE.sub("", word).lower() for word in words.split()]
    return any(" ".join(parts[-length:]) in countries().states for length in (1, 2))
