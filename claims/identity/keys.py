"""Index keys: what a source is filed under and looked for.

A key is a short string that two names share whenever `recognize` may find them to be one. The first sign tells which
likeness it serves: "=" one name, "p" one surname and given names that may be one, "m" a misspelling, "o" office and
surname, "a" initials.
"""

from collections.abc import Iterable
from functools import lru_cache

from claims.identity.bodies import SHORTEST_ACRONYM, read_body
from claims.identity.filing import classes, identifies
from claims.identity.letters import skeleton
from claims.identity.people import nicknames, read_person, surname_ranks
from claims.identity.roles import offices, with_style
from claims.terms import Role, Source

_MOST = 24
_MOST_FORMS = 5
_EDGE = 5


def keys(source: Source) -> tuple[str, ...]:
    """The keys under which a speaker is filed and looked for; none for one that is known in its article alone."""
    if not source.named:
        return ()
    return keys_of_names((source.name, *source.names), source.kind, source.country, source.roles)[:_MOST]


def keys_of_names(names: Iterable[str], kind: str, country: str = "", roles: Iterable[Role] = ()) -> tuple[str, ...]:
    """The same for the names of a stored source: file it under these when it learns a name or a role.

    Some eight for a name, those of whole names first.
    """
    found: dict[str, None] = {}
    surnames: dict[str, str] = {}  # with the style of the name that it is in
    for name in names:
        for group in classes(name, kind):
            if group == "person":
                found |= dict.fromkeys(_full_name_keys(name))
                surnames |= {surname: person.style for person in read_person(name) for surname in person.surnames}
            elif group == "body":
                found |= dict.fromkeys(_body_keys(name, country))
            elif identifies(name, kind, country):
                found[f"={read_body(name).whole}"] = None
    if surnames:
        for surname, style in surnames.items():
            found |= dict.fromkeys(f"o{office} {surname}" for office in offices(with_style(tuple(roles), style)))
    return tuple(found)


@lru_cache(maxsize=16384)
def _full_name_keys(name: str) -> tuple[str, ...]:
    found = []
    for person in read_person(name):
        if not person.is_full:
            continue
        found.append(f"={person.whole}")
        if person.style:
            continue
        first = person.calling[0]
        found += [f"p{start} {person.surname}" for start in _starts(first)]
        if person.surname not in surname_ranks():
            found.append(f"p{first[0]} {person.surname}")  # few share it, and one may be misspelt
        found.append(f"m{first} {skeleton(person.surname)}")
        found.append(f"m{skeleton(first)} {person.surname}")
        found.append(f"={person.given[-1]}{person.surname}")  # in case these are both surnames
    return tuple(found)


@lru_cache(maxsize=4096)
def _starts(given: str) -> tuple[str, ...]:
    """How a given name and those that it is short for, or that are short for it, begin."""
    forms = (given, *sorted(nicknames().get(given, ())))
    return tuple(dict.fromkeys(form[:3] for form in forms))[:_MOST_FORMS]


def _body_keys(name: str, country: str) -> list[str]:
    body = read_body(name, country)
    if body.is_open or not body.whole:
        return []
    found = [f"={body.whole}@{body.country}" if body.is_generic else f"={body.whole}"]
    found += [f"a{initials}" for initials in sorted(body.initials)]
    if len(body.acronym) >= SHORTEST_ACRONYM:
        found.append(f"a{body.acronym}")
    if len(body.whole) > 2 * _EDGE:
        found.append(f"m{body.whole[:_EDGE]}{body.whole[-_EDGE:]}")
    return found
