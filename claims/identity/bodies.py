"""The name of a body brought to a comparable form: its country, its words, its initials; and two of them compared."""

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

from claims.identity.governments import country_named, country_of, is_open_country
from claims.identity.letters import fold, fold_bare, squeeze
from claims.identity.people import is_full_name, read_person
from claims.language.lexicons import lexicon_lines
from claims.speakers.identified import is_known_body, owned_body
from claims.speakers.lexicon import lexicon, word_set
from claims.speakers.states import body_of_state

_GLUE = word_set("of for on in and the a an to at by &")
_COMPANY_FORMS = word_set("inc corp co ltd limited llc plc gmbh ag sa nv")
_COMPANY_WORDS = word_set("corporation company companies")
_RESPELLED = {
    "&": "and", "+": "and", "ny": "new york", "organisation": "organization", "centre": "center",
    "defence": "defense", "dept": "department", "natl": "national", "nat'l": "national", "int'l": "international",
    "assn": "association", "univ": "university", "labour": "labor", "programme": "program",
}  # fmt: skip
_COURTESY = word_set("mr mrs ms dr")  # "Mrs. Clinton's campaign"
_AGENCY = (" news agency", " agency", " newspaper")
_TURNED = ("department", "ministry")
_UNITED_STATES = "United States"
SHORTEST_ACRONYM, _LONGEST_ACRONYM = 3, 7
_SHORTEST_MISSPELT = 14
_SHORTEST_MISSPELT_WORD = 7


@dataclass(frozen=True)
class BodyName:
    """A body's name: `country` whose it is or that it stands for, `words` without articles, company forms and country.

    `whole` is its letters in one; `initials` those of its words, with and without the small ones; `acronym` is the name
    itself where it is one; `is_government` tells that it stands for the country's government; `is_generic` that every
    country or town has a body of that name ("Supreme Court").
    """

    whole: str
    words: tuple[str, ...]
    country: str = ""
    initials: frozenset[str] = frozenset()
    acronym: str = ""
    is_government: bool = False
    is_generic: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the name tells nobody until the country is known."""
        return self.is_generic and not self.country


@lru_cache(maxsize=16384)
def read_body(name: str, country: str = "") -> BodyName:
    """A body's name in comparable form; `country` is what the article tells, what the name tells goes before it."""
    bare = fold_bare(name)
    owner, noun = owned_body(name.strip())
    if owner and not country_named(fold(owner)):
        return _owned(owner, noun)
    full = _short_names().get(bare, "")
    if country and full.startswith("united nations"):
        full = ""  # a country's security council is not theirs
    if full:
        bare = full
    for ending in _AGENCY:  # "Yonhap News Agency"
        if bare.endswith(ending) and bare.removesuffix(ending) in _media():
            bare = bare.removesuffix(ending)
            break
    government = country_of(bare)
    if government:
        return BodyName(fold(government), (fold(government),), government, _initials(bare.split()), is_government=True)
    if is_open_country(bare):
        return BodyName(bare, (bare,), country, is_government=True, is_generic=True)
    tokens = [part for word in bare.split() for part in _respell(word).split() if part not in _COURTESY]
    initials = _initials(tokens)
    told, core = _without_country(tokens, country)
    core = [word for word in core if word != "the"]
    while len(core) > 1 and (core[-1] in _COMPANY_FORMS or (core[-1] in _COMPANY_WORDS and len(core) > 2)):
        core = core[:-1]
    core = _turned(core)
    country = told or country or _country_of_its_own(" ".join(core)) or _country_of_its_own(bare)
    generic = _is_generic(core) and bare not in _media() and not is_known_body(name)
    return BodyName(
        whole=squeeze("".join(core)),
        words=tuple(core),
        country=country,
        initials=initials | _initials(_to_front(core)),
        acronym="" if full or " " in bare else _acronym(name),
        is_generic=generic,
    )


def owner_in_full(name: str) -> str:
    """The full name, in comparable form, of whose campaign or administration a body is; "" where a surname is told."""
    owner, _ = owned_body(name)
    return " ".join(_owner_words(owner)) if owner and is_full_name(owner) else ""


def _owned(owner: str, noun: str) -> BodyName:
    """A body of its owner, whose middle names and titles count nothing: "Ann K. Lee’s campaign", "Ann Lee’s camp"."""
    words = (*_owner_words(owner), noun)
    return BodyName(squeeze("".join(words)), words)


def _owner_words(owner: str) -> tuple[str, ...]:
    read = read_person(owner)
    if not read:
        return (squeeze(fold(owner)),)
    return (*read[0].calling[:1], read[0].surname + read[0].suffix)


@dataclass(frozen=True)
class BodyLikeness:
    """What comparing two bodies' names gave: "same-name", "government", "prefix", "acronym", "misspelt", or ""."""

    rule: str = ""
    reason: str = ""
    score: float = 0.0


@lru_cache(maxsize=16384)
def compare_bodies(name: str, country: str, other: str, other_country: str) -> BodyLikeness:
    """How alike two names of bodies are, each with the country that its articles tell."""
    a, b = read_body(name, country), read_body(other, other_country)
    pair = f'"{name}" and "{other}"'
    if a.is_government or b.is_government:
        if not (a.is_government and b.is_government and a.country and a.country == b.country):
            return BodyLikeness()
        same = fold_bare(name) == fold_bare(other)
        if same:
            return BodyLikeness("same-name", f"same name: {pair}", 1.0)
        return BodyLikeness("government", f"both stand for the government of {a.country}: {pair}", 0.95)
    if a.country != b.country and ((a.country and b.country) or a.is_open or b.is_open):
        return BodyLikeness()
    if a.is_open and b.is_open:
        return BodyLikeness()
    if a.whole == b.whole:
        if squeeze(fold_bare(name)) == squeeze(fold_bare(other)):
            return BodyLikeness("same-name", f"same name: {pair}", 1.0)
        return BodyLikeness("same-body", f"one name but for what is left out or turned around: {pair}", 0.95)
    if len(a.acronym) >= SHORTEST_ACRONYM and a.acronym in b.initials:
        return BodyLikeness("acronym", f"{name} are the initials of {other}", 0.9)
    if len(b.acronym) >= SHORTEST_ACRONYM and b.acronym in a.initials:
        return BodyLikeness("acronym", f"{other} are the initials of {name}", 0.9)
    if _is_misspelt(a, b):
        return BodyLikeness("misspelt", f"a letter apart: {pair}", 0.85)
    return BodyLikeness()


def _is_misspelt(a: BodyName, b: BodyName) -> bool:
    """Whether two long names differ by a letter of a long word that is no word in one of them."""
    if min(len(a.whole), len(b.whole)) < _SHORTEST_MISSPELT or any(c.isdigit() for c in a.whole + b.whole):
        return False
    if len(a.words) != len(b.words) or OSA.distance(a.whole, b.whole, score_cutoff=1) != 1:
        return False
    word, other = next((x, y) for x, y in zip(a.words, b.words, strict=True) if x != y)
    if min(len(word), len(other)) < _SHORTEST_MISSPELT_WORD or word.rstrip("s") == other.rstrip("s"):
        return False
    from simplemma import is_known  # here and not above: its dictionary is large, and few names come so near

    return not (is_known(word, "en") and is_known(other, "en"))


def _respell(word: str) -> str:
    word = word.strip(',;:.()"“”')
    word = word[:-2] if word.endswith("'s") and len(word) > 2 else word.rstrip("'")
    return _RESPELLED.get(word, word)


def _without_country(words: list[str], told: str) -> tuple[str, list[str]]:
    """The country that a body's name opens or ends with, and the rest, where the rest is a body that countries have.

    `told` is the country that the article tells.
    """
    for length in (3, 2, 1):
        if len(words) > length:
            opening, rest = " ".join(words[:length]).replace("-", " "), words[length:]
            country = country_named(opening)
            if not country and "ministry" in rest and country_of(opening) == told:
                country = told  # the capital's: "Tokyo's defense ministry", but not "Paris police"
            american = words[0] in ("us", "united") and country == _UNITED_STATES and len(rest) > 1
            if country and (american or _is_national(rest)):
                return country, rest
            country, rest = country_named(" ".join(words[-length:])), words[:-length]
            rest = rest[:-1] if rest[-1] == "the" else rest
            if country and len(rest) > 2 and rest[-1] == "of" and _is_national(rest[:-1]):
                return country, rest[:-1]  # not so the Bank of England
    return "", words


def _is_national(words: list[str]) -> bool:
    return _is_generic(words) or body_of_state(" ".join(_turned(words))) is not None


def _country_of_its_own(name: str) -> str:
    """The country that alone has a body of this name ("State Department"), "" for others."""
    found = body_of_state(name)
    return found[1].country if found else ""


def _is_generic(words: list[str]) -> bool:
    """Whether a name tells no body without its country or its town: "Supreme Court", "Times"."""
    core = [word for word in words if word not in _GLUE]
    return all(word in _generic() for word in core) or all(word in _nouns() for word in core)


def _turned(words: list[str]) -> list[str]:
    """ "Department of Justice" as "Justice Department", without small words; "affairs" after "foreign" is left out."""
    head = next((word for word in _TURNED if word in words), "")
    if not head:
        return words
    rest = [word for word in words if word != head and word not in _GLUE]
    if "foreign" in rest:
        rest = [word for word in rest if word != "affairs"]
    return [*rest, head]


def _to_front(words: list[str]) -> list[str]:
    """ "justice department" as "department of justice": DOJ."""
    return [words[-1], "of", *words[:-1]] if words and words[-1] in _TURNED else words


def _initials(words: list[str]) -> frozenset[str]:
    """Initials of a name of several words, with and without the small ones."""
    parts = [part for word in words for part in word.split("-") if part[:1].isalnum()]
    large = [part for part in parts if part not in _GLUE]
    enough = (chosen for chosen in (parts, large) if len(chosen) >= SHORTEST_ACRONYM)
    return frozenset("".join(part[0] for part in chosen) for chosen in enough)


def _acronym(name: str) -> str:
    """A short name all in capitals, without its points; "" for others."""
    letters = "".join(c for c in name if c.isalnum())
    return letters.lower() if letters.isupper() and SHORTEST_ACRONYM <= len(letters) <= _LONGEST_ACRONYM else ""


@cache
def _generic() -> frozenset[str]:
    words = " ".join(lexicon_lines(Path(__file__).with_name("generic_bodies.txt"))).split()
    return frozenset(words) | _GLUE


@cache
def _nouns() -> frozenset[str]:
    """Nouns for bodies and media, which alone name none ("Daily News", "Times")."""
    named = word_set("nato fbi kremlin pentagon treasury")
    papers = word_set("super sunday morning evening star sun herald globe")
    return frozenset(lexicon().organizations.keys() - named) | papers


@cache
def _media() -> frozenset[str]:
    return frozenset(fold_bare(name) for name in lexicon().media)


@cache
def _short_names() -> dict[str, str]:
    """Full names of short ones, both folded."""
    rows = (line.split("\t") for line in lexicon_lines(Path(__file__).with_name("short_names.txt")))
    return {fold(short): fold(full) for short, full in rows}
