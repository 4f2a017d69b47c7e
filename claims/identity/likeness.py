"""Two names of people compared: one person, two, or nothing in common."""

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from claims.identity.people import PersonName, given_names, nicknames, read_person, surname_ranks
from claims.speakers.lexicon import word_set

_SHORTEST_MISSPELT = 6
_SHORTEST_PET_NAME = 3
_SHORTEST_RESPELT = 5
_WELL_KNOWN_SURNAMES = 200
_ALIKE_IN_PRINT = str.maketrans("yl", "ii")  # Sergey and Sergei; a capital I for an l
_RHYMED = word_set("bill billy bob bobby dick ted teddy tony liz beth gene drew")


@dataclass(frozen=True)
class Likeness:
    """What comparing two names gave.

    `rule` is "same-name", "middle-name", "suffix", "double-surname", "nickname" or "misspelt" where they may be one
    person, "conflict" where they are two of like names, "near" where only a person can tell, "" for nothing in common.
    `needs_role` tells that the names alone do not carry it: both must be said to be the same.
    """

    rule: str = ""
    reason: str = ""
    score: float = 0.0
    needs_role: bool = False


NOTHING = Likeness()


@lru_cache(maxsize=16384)
def compare_people(name: str, other: str) -> Likeness:
    """How alike two names of people are; the best of their spellings."""
    found = [_compare(a, b) for a in read_person(name) for b in read_person(other)]
    best = max(found, key=lambda likeness: likeness.score, default=NOTHING)
    return Likeness(best.rule, f'{best.reason}: "{name}" and "{other}"', best.score, best.needs_role)


def _compare(a: PersonName, b: PersonName) -> Likeness:
    if a.whole == b.whole and (a.surname == b.surname or a.given[:1] == b.given[:1]):  # not so Ann Alee and Anna Lee
        return Likeness("same-name", "same name", 1.0)
    if not (a.is_full and b.is_full) or a.style or b.style:
        return NOTHING
    if a.surname != b.surname:
        return _other_surname(a, b)
    if (double := _double_surname(a, b)) is not NOTHING:
        return double
    if a.suffix != b.suffix and a.suffix and b.suffix:
        return Likeness("conflict", "different suffixes", 0.1)
    likeness = _same_surname(a, b)
    if a.suffix != b.suffix and likeness.rule not in ("", "conflict", "near"):
        return Likeness("suffix", f"one of them with {a.suffix or b.suffix}", 0.8, needs_role=True)
    return likeness


def _same_surname(a: PersonName, b: PersonName) -> Likeness:
    """Two full names with one surname."""
    called, other = a.calling, b.calling
    if called[0] == other[0]:
        return _middle_names(a, b)
    if len(called[0]) == 1 or len(other[0]) == 1:
        return NOTHING
    if _are_one_given_name(called[0], other[0]):
        if not _agree(called[1:], other[1:]):
            return Likeness("conflict", "different middle names", 0.1)
        reason = f"{called[0].title()} and {other[0].title()} are one given name"
        rank = surname_ranks().get(a.surname, len(surname_ranks()))
        rare = rank >= (_WELL_KNOWN_SURNAMES if len(a.given) == len(b.given) else len(surname_ranks()))
        return Likeness("nickname", reason, 0.9, needs_role=not (rare and _is_usual_nickname(called[0], other[0])))
    if _one_edit(called[0], other[0]) and (likeness := _misspelt_given_name(a, b)) is not NOTHING:
        return likeness
    if called[0] in other[1:] or other[0] in called[1:]:
        return Likeness("near", "one's given name is the other's middle name", 0.4)
    return NOTHING


def _misspelt_given_name(a: PersonName, b: PersonName) -> Likeness:
    """Two full names with one surname whose given names differ by a letter."""
    short, long = sorted((a.calling[0], b.calling[0]), key=len)
    rare = a.surname not in surname_ranks()
    established = [name in given_names() for name in (short, long)]
    respelt = len(short) >= _SHORTEST_RESPELT and short.translate(_ALIKE_IN_PRINT) == long.translate(_ALIKE_IN_PRINT)
    if all(established):
        if len(long) < _SHORTEST_MISSPELT:
            return NOTHING  # John, Joan
        swapped = sorted(short) == sorted(long) and given_names()[short] == given_names()[long]  # Kirsten, Kristen
        if not (swapped and rare):
            return Likeness("near", "given names that differ by a letter", 0.4)
        return Likeness("misspelt", "two letters swapped", 0.85, needs_role=True)
    if not _agree(a.calling[1:], b.calling[1:]):
        return NOTHING
    if len(long) >= _SHORTEST_MISSPELT or respelt:
        certain = respelt or (any(established) and len(short) >= _SHORTEST_MISSPELT)  # not two rare names
        return Likeness("misspelt", "a letter apart", 0.85, needs_role=not (certain and rare))
    if rare and any(established) and len(short) >= _SHORTEST_PET_NAME:
        return Likeness("misspelt", "a letter apart", 0.85, needs_role=True)
    return NOTHING


def _are_one_given_name(given: str, other: str) -> bool:
    """Whether one given name is short for the other, by the list or because it opens it (Stan, Stanley)."""
    if other in nicknames().get(given, ()):
        return True
    short, long = sorted((given, other), key=len)
    genders = {given_names().get(short, ""), given_names().get(long, "")}
    return len(short) >= _SHORTEST_PET_NAME and long.startswith(short) and genders != {"m", "f"}


def _is_usual_nickname(given: str, other: str) -> bool:
    """Whether hardly anything else is meant: a listed one with the same initial, or one of the usual rhymes (Bill)."""
    return other in nicknames().get(given, ()) and (given[0] == other[0] or bool({given, other} & _RHYMED))


def _middle_names(a: PersonName, b: PersonName) -> Likeness:
    """Two full names with one surname and one calling name."""
    before, other_before = a.given[: -len(a.calling)], b.given[: -len(b.calling)]
    middle, other_middle = a.calling[1:], b.calling[1:]
    if not _agree(before, other_before) or not _agree(middle, other_middle):
        return Likeness("conflict", "different middle names", 0.1)
    return Likeness("middle-name", "with and without a middle name or initial", 0.95)


def _agree(middle: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether middle names may be those of one person: one has none, or the same ones, initials for names allowed."""
    if not middle or not other:
        return True
    if len(middle) != len(other):
        return False
    return all(x == y or (min(len(x), len(y)) == 1 and x[0] == y[0]) for x, y in zip(middle, other, strict=True))


def _double_surname(a: PersonName, b: PersonName) -> Likeness:
    """ "Wasserman Schultz" beside "Debbie Wasserman Schultz": two surnames that follow a given name."""
    short, long = sorted((a, b), key=lambda name: len(name.given))
    inner = len(short.given) == 1 and len(short.given[0]) > 2 and short.given[0] not in given_names()
    if inner and len(long.given) > 1 and short.given[0] == long.given[-1] and len(long.given[0]) > 1:
        return Likeness("double-surname", "both surnames", 0.85)
    return NOTHING


def _other_surname(a: PersonName, b: PersonName) -> Likeness:
    """Two full names whose surnames differ: a misspelling in one of them, or two people."""
    if min(len(a.surname), len(b.surname)) < _SHORTEST_MISSPELT or a.suffix != b.suffix:
        return NOTHING
    if a.calling != b.calling and not (a.calling[:1] == b.calling[:1] and _agree(a.calling[1:], b.calling[1:])):
        return NOTHING
    if len(a.calling[0]) == 1 or not _one_edit(a.surname, b.surname):
        return NOTHING
    if a.surname in surname_ranks() and b.surname in surname_ranks():
        return NOTHING
    return Likeness("misspelt", "a letter apart", 0.85, needs_role=a.calling[0] in given_names())


def _one_edit(word: str, other: str) -> bool:
    """Whether one letter dropped, added, changed or swapped with the next makes one word the other."""
    return OSA.distance(word, other, score_cutoff=1) == 1
