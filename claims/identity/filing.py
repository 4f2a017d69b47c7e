"""The name that a source is filed under, which names alone tell who it is, and what a name is compared as."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from claims.identity.bodies import SHORTEST_ACRONYM, read_body
from claims.identity.governments import country_of
from claims.identity.letters import fold, squeeze
from claims.identity.people import SURNAME_OPENS, given_names, is_full_name, surname_ranks
from claims.speakers.identified import is_known_body
from claims.speakers.lexicon import lexicon, word_set
from claims.speakers.names import singular

_LONGEST_SURE_ACRONYM = 4
_BODIES = ("organization", "government", "media")
_SMALL = word_set("of for the and & in on at to de la von van")
_PRONOUNS = word_set(
    "i me we us you he him she her it they them who whom whoever which that this these those one ones some someone"
    " somebody anyone anybody everyone everybody nobody none others another many most all both each several few"
)


@lru_cache(maxsize=16384)
def classes(name: str, kind: str) -> tuple[str, ...]:
    """What a name of a kind is compared as: "person", "body", "group", "document"; both of what it may be."""
    if kind in ("person", "group") and (_is_written_like_body(name) or (kind == "group" and country_of(name))):
        return ("body",)
    if kind == "person":
        return ("person",)
    if kind in _BODIES:
        return ("body", "person") if may_be_person(name) else ("body",)
    if kind in ("group", "document"):
        return (kind,)
    return ("person", "body") if may_be_person(name) else ("body",)


@lru_cache(maxsize=16384)
def may_be_person(name: str) -> bool:
    """Whether words of unknown kind read like a full name: an established given name, then no noun for a body."""
    words = fold(name).split()
    return 2 <= len(words) <= 4 and words[0] in given_names() and not set(words) & lexicon().organizations.keys()


@lru_cache(maxsize=16384)
def identifies(name: str, kind: str, country: str = "") -> bool:
    """Whether a name alone tells who it is: a full name, a body, a country; no bare surname, no description.

    `country` is whose body of state it is: "Foreign Ministry" tells a body where that is known.
    """
    folded = fold(name)
    if not squeeze(folded) or name == name.lower():
        return False
    if name.lower() in _PRONOUNS and not (kind in _BODIES and name.isupper()):  # "US" and "WHO" are bodies
        return False
    found = classes(name, kind)
    if found[0] in ("group", "document"):
        return _is_proper(name)
    if "person" in found and is_full_name(name):
        return True
    if "body" not in found or read_body(name, country).is_open:
        return False
    return kind != "unknown" or not _may_be_surname(name)


def _is_proper(name: str) -> bool:
    """Whether a group or document is called by a name: capitals throughout, and no family ("the Ortegas")."""
    words = name.removeprefix("The ").removeprefix("the ").split()
    capital = all(word[:1].isupper() or word[:1].isdigit() or word in _SMALL for word in words)
    return capital and singular(fold(words[-1])) not in surname_ranks()


def _is_written_like_body(name: str) -> bool:
    """Whether a name is a known body's, or one word written as only theirs are: in capitals, with capitals inside."""
    if " " in name:
        return is_known_body(name)
    letters = squeeze(name)
    inside = any(a.islower() and b.isupper() for a, b in pairwise(letters))
    camel = inside and not name.startswith(("Mc", "Mac", "De", "Di", "La", "Le", "O'", "O’")) and "-" not in name
    short = SHORTEST_ACRONYM <= len(letters) <= _LONGEST_SURE_ACRONYM and fold(name) not in surname_ranks()
    return camel or (short and letters.isupper() and letters.isalpha()) or name in lexicon().media


def _may_be_surname(name: str) -> bool:
    """Whether a name of unknown kind may be somebody's surname: one plain word that is no known body's, "De Lee"."""
    bare = name.removeprefix("The ").removeprefix("the ")
    if is_known_body(bare):
        return False
    opening, _, rest = bare.partition(" ")
    if rest and fold(opening) in SURNAME_OPENS:
        return rest.isalpha()
    shouted = bare.isupper() and len(bare) > _LONGEST_SURE_ACRONYM  # "KEATING:" in a transcript
    plain = bare.isalpha() and bare[:1].isupper() and (bare[1:].islower() or shouted)
    return plain and bare not in lexicon().media and not country_of(bare) and fold(bare) not in lexicon().organizations


def better_name(names: Mapping[str, int], kind: str) -> str:
    """The name to file a source under, of its names with the number of articles of each; `ValueError` if none.

    A government's is the country's; initials give way to what they stand for; else the name of most articles, of
    several the fuller.
    """
    usable = {name: count for name, count in names.items() if identifies(name, kind, "?")} or dict(names)
    if kind != "person":
        lands = {country for name in usable if (country := country_of(name))}
        if len(lands) == 1 and all(country_of(name) or read_body(name).is_generic for name in usable):
            return lands.pop()
        spelled = {name: count for name, count in usable.items() if not _is_acronym(name)}
        usable = spelled or usable
    return max(usable, key=lambda name: (usable[name], len(squeeze(fold(name))), not name.isupper(), name))


def _is_acronym(name: str) -> bool:
    letters = squeeze(name)
    return 2 <= len(letters) <= 2 * SHORTEST_ACRONYM and letters.isupper() and " " not in name
