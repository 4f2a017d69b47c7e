"""What an article tells of its sources beside a name: other names, countries, roles, whether the name names."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from claims.speakers.figures import Figure, Mention
from claims.speakers.identified import is_known_body, is_named, is_quantified, owned_body, owner_of_team
from claims.speakers.lexicon import lexicon, word_set
from claims.speakers.names import BODY_GLUE, PARTICLES, without_possessive
from claims.speakers.offices import RELATIVE_TO, Reading, is_office
from claims.speakers.printed import Print
from claims.speakers.pronouns import HE_SHE, person_meant
from claims.speakers.register import initials
from claims.speakers.roles import roles_beside
from claims.speakers.scene import Scene
from claims.speakers.states import Countries
from claims.terms import Relation, Role, Source, Span

_MOST_ROLES = 6
_MOST_MENTIONS = 40  # of one person; who is named more often has told his roles by then
_MOST_NAMES = 6
_DEFINED = re.compile(r"(?<=\w) \(((?:[A-Z]\.?){2,7}|[A-Z][A-Za-z&]{1,6})\)")
_LONGEST_NAME = 90  # characters before its acronym
_NAME_WORDS = re.compile(r"\w[\w’'.&-]*|[^\s\w]")
_ACRONYM = re.compile(r"\b[A-Z]{3,7}\b")
_SUFFIXES = word_set("jr sr ii iii iv")

Key = tuple[str, str, str, bool]
"""A source of one article: name, kind, for a body of state the country, and whether the words mean some of many."""


class Portraits:
    """The portraits of one article's sources: the same for every attribution of the same one."""

    def __init__(self, scene: Scene, printed: Print) -> None:
        self.scene = scene
        self.text = scene.layout.text
        self.print = printed
        self.countries = Countries(self.text)

    def paint(self, found: Sequence[tuple[Source, ...]], relations: Sequence[Relation]) -> list[tuple[Source, ...]]:
        """The sources of each relation with what the article tells of them; text, name, kind and rule stay."""
        words: dict[Key, dict[str, None]] = defaultdict(dict)
        spans: dict[Key, list[Span]] = defaultdict(list)
        called: dict[str, dict[str, None]] = defaultdict(dict)
        keys: dict[Source, Key] = {}
        for sources, relation in zip(found, relations, strict=True):
            for source in sources:
                if source not in keys:
                    some = source.kind != "person" and is_quantified(source.text)
                    keys[source] = (source.name, source.kind, self._country(source), some)
                key = keys[source]
                words[key][source.text] = called[source.name][source.text] = None
                if len(spans[key]) < _MOST_MENTIONS:
                    spans[key] += relation.source[:1]
        told = {}
        for key in words:
            last = key[0].rpartition(" ")[2]
            telling = words[key] if any(last in text for text in words[key]) else called[key[0]]
            told[key] = self._portrait(key, tuple(telling), spans[key])
        return [
            tuple(replace(told[keys[source]], text=source.text, rule=source.rule) for source in sources)
            for sources in found
        ]

    def _country(self, source: Source) -> str:
        if source.kind in ("person", "media", "document"):
            return ""
        return self.countries.of(source.text, source.name)

    def _portrait(self, key: Key, words: tuple[str, ...], spans: Iterable[Span]) -> Source:
        """A source without words and rule, with all that the article tells of it."""
        name, kind, country, _ = key
        figure = self.scene.cast.known(name) or self.scene.cast.known(name.removeprefix("The "))
        is_person = figure is not None and figure.is_person
        named = is_named(name, kind, words, self.print, country, is_person) and not self._is_misread(name, kind)
        named = named or bool(self._by_owner(name))
        return Source(
            "", name, kind, "",
            named=named,
            names=self._names(name, kind, figure) if named else (),
            country=country,
            roles=self._roles(name, figure, spans) if named and kind == "person" else (),
        )  # fmt: skip

    # Other names

    def _names(self, name: str, kind: str, figure: Figure | None) -> tuple[str, ...]:
        if kind == "person":
            found = [spelling for spelling in figure.spellings if _is_same_person(spelling, name)] if figure else []
        elif kind in ("organization", "government", "media", "unknown"):
            bare = name.removeprefix("The ")
            found = [*self._acronyms.get(bare, ()), *self._long_names.get(bare, ()), *self._by_owner(name)]
        else:
            found = []
        others = dict.fromkeys(other for other in found if other.lower() != name.lower())
        return tuple(others)[:_MOST_NAMES]

    def _by_owner(self, name: str) -> tuple[str, ...]:
        """The name with its owner's full one for "the Lee campaign", where the article has one such person."""
        team = owner_of_team(name)
        owner, noun = (team, "campaign") if team else owned_body(name)
        words = owner.split()
        for begin in range(len(words)):  # "Rival Ann Lee’s campaign"
            people = self._people_called(" ".join(words[begin:]))
            if people:
                return (f"{people[0].name} {noun}",) if len(people) == 1 and len(people[0].words) > 1 else ()
        return ()

    def _people_called(self, name: str) -> list[Figure]:
        known = self.scene.cast.known(name)
        bearers = [known] if known is not None and len(known.words) > 1 else self.scene.cast.bearers(name)
        return [figure for figure in bearers if figure.is_person]

    def _is_misread(self, name: str, kind: str) -> bool:
        """Whether a name is a surname of the article's people: alone as a body's, or after a stray word ("Co. Lee")."""
        words = name.split()
        if len(words) == 1 and kind in ("organization", "group") and not is_known_body(name):
            return self._is_surname(name.title() if name.isupper() else name)
        if kind in ("media", "document", "government") or len(words) != 2 or owner_of_team(name):
            return False
        stray, surname = words
        if kind == "person" and stray in lexicon().titles:
            return False  # an office and a surname may tell who it is
        low = stray.lower().rstrip(".")
        common = (
            stray.endswith(".")
            or low in lexicon().function_words
            or low == "pres"
            or is_office(stray)
            or self.print.has(low)
        )
        if not common or low in PARTICLES or stray in lexicon().first_names or surname in lexicon().first_names:
            return False
        return self._is_surname(surname, stray)

    def _is_surname(self, word: str, other: str = "") -> bool:
        """Whether somebody with a full name, in which the other word is not, has this surname."""
        people = (figure for figure in self._people_called(word) if len(figure.words) > 1)
        return any(figure.words[-1] == word and other not in figure.words for figure in people)

    @cached_property
    def _pairs(self) -> list[tuple[str, str]]:
        """Long names with the acronyms that the article has for them."""
        pairs = {}
        for match in _DEFINED.finditer(self.text):
            before = self.text[max(0, match.start() - _LONGEST_NAME) : match.start()]
            long = _spelled_out(_NAME_WORDS.findall(before), match[1].replace(".", ""))
            if long:
                pairs[match[1]] = long
        used = set(_ACRONYM.findall(self.text)) - pairs.keys()
        fitting: dict[str, set[str]] = defaultdict(set)
        for figure in self.scene.cast.figures if used else ():
            if len(figure.words) > 2 and not figure.is_person:
                fitting[initials(figure.words)].add(figure.name)
        pairs |= {short: next(iter(fitting[short])) for short in used if len(fitting.get(short, ())) == 1}
        return [(long, short) for short, long in pairs.items()]

    @cached_property
    def _acronyms(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for long, short in self._pairs:
            found[long].append(short)
        return found

    @cached_property
    def _long_names(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for long, short in self._pairs:
            found[short].append(long)
        return found

    # Roles

    @cached_property
    def _mentions(self) -> dict[int, list[Mention]]:
        found: dict[int, list[Mention]] = defaultdict(list)
        skipped = self.scene.cast.headlines  # every word has a capital there: nothing shows where a title begins
        for mention in self.scene.cast.mentions:
            places = found[id(mention.figure)]
            if not mention.quoted and mention.paragraph not in skipped and len(places) < _MOST_MENTIONS:
                places.append(mention)
        return found

    def _roles(self, name: str, figure: Figure | None, spans: Iterable[Span]) -> tuple[Role, ...]:
        """What stands beside the full name wherever the article, in its own voice, prints it."""
        places = dict.fromkeys(self._places(name, figure, spans))
        readings = [reading for place in places for reading in roles_beside(self.scene.layout, *place)]
        roles = [role for reading in readings if (role := self._with_owner(reading, figure)) is not None]
        told = {role.office for role in roles if role.of}
        kept: dict[tuple[str, str], Role] = {}
        for role in roles:
            if role.of or role.office not in told:
                kept.setdefault((role.office, role.of.lower()), role)
        return tuple(kept.values())[:_MOST_ROLES]

    def _places(self, name: str, figure: Figure | None, spans: Iterable[Span]) -> Iterable[Span]:
        for span in spans:
            at = self.text.find(name, *span)
            if at >= 0 and not self.scene.layout.is_quoted(at):
                yield Span(at, at + len(name))
        for mention in self._mentions.get(id(figure), ()) if figure is not None else ():
            begin = self.text.find(figure.words[0], mention.start, mention.end) if figure else -1
            last = self.text.rfind(figure.words[-1], mention.start, mention.end) if figure else -1
            if figure and begin >= 0 and last >= begin:
                yield Span(begin, last + len(figure.words[-1]))

    def _with_owner(self, reading: Reading, figure: Figure | None) -> Role | None:
        """The role with the name that "his" stands for; None where it says nothing without that name."""
        role, gender = reading.role, HE_SHE.get(reading.owner, "")
        opens = self.scene.layout.starts_sentence(reading.start) and role.text.startswith(role.of)
        if opens and role.of and self._is_common(role.of):
            role = replace(role, of="")  # "Family spokesman Bo Ray"
        if gender and (owner := self._only_owner(reading.start, gender, figure)) is not None:
            role = replace(role, of=owner.name)
        return None if reading.owner and not role.of and role.office in RELATIVE_TO else role

    def _only_owner(self, offset: int, gender: str, described: Figure | None) -> Figure | None:
        """Whom "his" or "her" means, where this sentence and the one before name nobody else whom it can mean."""
        layout, sentence = self.scene.layout, self.scene.layout.sentence_at(offset)
        near = {
            id(mention.figure): mention.figure
            for mention in self.scene.cast.within(layout.sentences[max(sentence - 1, 0)], offset)
            if mention.figure is not described and mention.figure.may_be_person and mention.figure.takes_gender(gender)
        }
        if len(near) != 1:
            return None
        meant = person_meant(self.scene, offset, gender, lambda other: other is not described)
        return meant if isinstance(meant, Figure) and meant.is_person and id(meant) in near else None

    def _is_common(self, word: str) -> bool:
        """Whether a word that opens a sentence is printed in lower case elsewhere."""
        return word.lower() not in lexicon().organizations and self.print.has(word.lower())


def _is_same_person(spelling: str, name: str) -> bool:
    """Whether two full names differ in what stands in the middle only."""
    one, other = (without_possessive(words).lower().split() for words in (spelling, name))
    if len(one) < 2 or len(other) < 2 or (spelling.isupper() and not name.isupper()):
        return False
    if {word.rstrip(".") for word in one[-1:]} & _SUFFIXES:
        return one[-1] == other[-1] and one[0] == other[0] and one[-2] == other[-2]
    return one[0] == other[0] and one[-1] == other[-1]


def _spelled_out(words: Sequence[str], acronym: str) -> str:
    """The last of `words` whose initials are the acronym's letters; "" where none are."""
    wanted = acronym.upper()
    for begin in range(len(words) - 1, -1, -1):
        long = words[begin:]
        if not long[0][0].isalnum():
            return ""
        if not long[0][0].isupper() or not long[-1][0].isupper():
            continue
        every = "".join(word[0] for word in long).upper()
        parts = "".join(part[0] for word in long for part in word.split("-") if part and part not in BODY_GLUE).upper()
        if wanted in (every, initials(long), parts) and (len(long) > 1):
            return " ".join(long)
    return ""
