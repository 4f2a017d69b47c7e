"""Which of the candidates a speaker is: the rules in their order, and what is near without being the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.identity.bodies import compare_bodies, owner_in_full, read_body
from claims.identity.filing import classes, identifies
from claims.identity.known import KnownSource, Possible, Recognition
from claims.identity.letters import fold_bare, squeeze
from claims.identity.likeness import NOTHING, Likeness, compare_people
from claims.identity.people import PersonName, is_common_surname, is_full_name, read_person
from claims.identity.roles import contradict, gender, shared_office, shared_role, with_style
from claims.terms import Role, Source

_RANKS = (
    "same-name", "government", "same-body", "middle-name", "suffix", "office-and-surname", "double-surname", "acronym",
    "nickname", "misspelt",
)  # fmt: skip
"""Rules that make two sources one, the surest first."""

_FIRM = _RANKS[: _RANKS.index("middle-name")]
"""Rules under which a second candidate does no harm to the first: the name itself says it."""

_MOST_POSSIBLE = 5


@dataclass(frozen=True)
class _Fit:
    """A candidate and what speaks for it."""

    known: KnownSource
    likeness: Likeness


def recognize(source: Source, candidates: Sequence[KnownSource]) -> Recognition:
    """The known source among `candidates` (those that share a key) that `source` is, or a new one.

    `rule` is one of `_RANKS` for a known source. For a new one it is "new", "several-fit" (known ones fit, none more
    than another), or one of `known.IN_ONE_ARTICLE`. The order of the candidates changes nothing.
    """
    if not source.named:
        return Recognition(None, "anonymous", f'"{source.name}" describes somebody without naming them', 1.0)
    telling = [name for name in source.names if identifies(name, source.kind, source.country)]
    names = tuple(dict.fromkeys((source.name, *telling)))
    told = bool(telling) or identifies(source.name, source.kind, source.country)
    fits, near = [], []
    for known in sorted(candidates, key=lambda known: known.id):
        likeness = _compare(source, names, known)
        if likeness.rule in _RANKS:
            fits.append(_Fit(known, likeness))
        elif likeness.rule in ("conflict", "near"):
            near.append(_Fit(known, likeness))
    chosen, doubt = _choose(source, fits)
    if chosen is None:
        return _new(source, told, doubt, (*fits, *near))
    others = [fit for fit in (*fits, *near) if fit.known.id != chosen.known.id and fit.likeness.rule != "conflict"]
    likeness = chosen.likeness
    return Recognition(chosen.known.id, likeness.rule, likeness.reason, likeness.score, _possible(others))


def _compare(source: Source, names: Sequence[str], known: KnownSource) -> Likeness:
    """How a speaker and a known source are alike: the best of their names, unless two of them tell two people apart."""
    others: Sequence[str] = sorted(known.names | {known.name})
    if source.kind == known.kind == "person":
        full, known_full = (tuple(filter(is_full_name, group)) for group in (names, others))
        if full and known_full:  # a surname of it says nothing that the full name does not
            names, others = full, known_full
    found = [_compare_names(source, name, known, other) for name in names for other in others]
    best = max(found, key=lambda likeness: likeness.score, default=NOTHING)
    if best.rule in ("same-name", "acronym") and _only_initials_agree(source, names, known):
        return Likeness("near", f"{best.reason}, but they stand for something else", 0.4)
    if best.rule and _of_two_owners(names, others):
        return Likeness("near", f"{best.reason}, but of two owners", 0.4)
    if best.rule == "same-name" or best.rule == "":
        return best
    return next((likeness for likeness in found if likeness.rule == "conflict"), best)


def _compare_names(source: Source, name: str, known: KnownSource, other: str) -> Likeness:
    groups = set(classes(name, source.kind)), set(classes(other, known.kind))
    shared = groups[0] & groups[1]
    if "person" in shared:
        likeness = _compare_persons(source, name, known, other)
        certain = "person" in (source.kind, known.kind) or likeness.rule == "same-name"
        if likeness.rule and certain:
            return likeness
    if "body" in shared:
        found = compare_bodies(name, source.country, other, known.country)
        return Likeness(found.rule, found.reason, found.score)
    if not shared or not shared & {"person", "body"}:
        return _compare_letters(source, name, known, other)
    return NOTHING


def _compare_letters(source: Source, name: str, known: KnownSource, other: str) -> Likeness:
    """Two names that are compared as different things, or as none: one source if the name is the same and tells it.

    A wrong kind does not make two of one where the name has several words; one word may be a surname or a country.
    """
    if _level(name) != _level(other) or not identifies(name, source.kind, source.country):
        return NOTHING
    kinds = {source.kind, known.kind}
    if len(kinds) == 1 or (len(name.split()) > 1 and "document" not in kinds):
        return Likeness("same-name", f'same name: "{name}" and "{other}"', 1.0)
    return NOTHING


def _compare_persons(source: Source, name: str, known: KnownSource, other: str) -> Likeness:
    likeness = compare_people(name, other)
    a, b = read_person(name), read_person(other)
    if not (a and b):
        return NOTHING
    if not (is_full_name(name) and is_full_name(other)):
        roles, known_roles = with_style(source.roles, a[0].style), with_style(tuple(known.roles), b[0].style)
        for surname in _shared_surnames(a, b):
            if office := shared_office(roles, known_roles, surname):
                return Likeness("office-and-surname", f'both are said to be "{office}": "{name}" and "{other}"', 0.85)
        return NOTHING
    if not likeness.rule:
        return likeness
    if {gender(source.roles), gender(known.roles)} == {"m", "f"}:
        return Likeness("conflict", f'a man and a woman: "{name}" and "{other}"', 0.1)
    if likeness.rule in ("nickname", "misspelt") and contradict(source.roles, known.roles):
        return Likeness("near", f"{likeness.reason}, but said to be different things", 0.5)
    common = likeness.rule == "middle-name" and is_common_surname(a[0].surname)
    other_form = likeness.rule == "nickname" and len(a[0].given) != len(b[0].given)
    doubtful = likeness.needs_role or common
    if doubtful or (other_form and not (source.roles or known.roles)):  # then nothing but half a likeness speaks for it
        if role := shared_role(source.roles, known.roles):
            return Likeness(likeness.rule, f'{likeness.reason}, both said to be "{role}"', likeness.score)
        return Likeness("near", likeness.reason, 0.5)
    return likeness


def _shared_surnames(a: Sequence[PersonName], b: Sequence[PersonName]) -> list[str]:
    """What may be the surname of both, unless an initial before it contradicts the other's given name.

    A name with a style shares it with a bare one ("Pope Francis", "Francis") alone.
    """
    found = set()
    for one in a:
        for other in b:
            initials = {name.given[0][0] for name in (one, other) if name.given}
            styled = (one.style or other.style) and (one.given or other.given or (one.style and other.style))
            if not styled and len(initials) < 2:
                found |= {*one.surnames} & {*other.surnames}
    return sorted(found)


def _only_initials_agree(source: Source, names: Sequence[str], known: KnownSource) -> bool:
    """Whether two bodies have full names of the same initials that are not one name."""
    if "person" in (source.kind, known.kind):
        return False
    ours = [read for name in names if not (read := read_body(name, source.country)).acronym]
    theirs = [read for name in known.names | {known.name} if not (read := read_body(name, known.country)).acronym]
    if any(our.whole == their.whole for our in ours for their in theirs):
        return False
    return any(our.initials & their.initials for our in ours for their in theirs)


def _of_two_owners(names: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two campaigns are, by full names that their articles know, of two people."""
    ours, theirs = ({owner for name in group if (owner := owner_in_full(name))} for group in (names, others))
    return bool(ours and theirs) and not ours & theirs


def _choose(source: Source, fits: list[_Fit]) -> tuple[_Fit | None, str]:
    """The one candidate that the speaker is, or None and why it cannot be told ("" where there is none)."""
    if not fits:
        return None, ""
    ranked = sorted(_without_lesser(fits), key=lambda fit: _RANKS.index(fit.likeness.rule))
    best = ranked[0].likeness.rule
    first = [fit for fit in ranked if fit.likeness.rule == best]
    others = [fit for fit in ranked if fit not in first]
    rivals = [fit for fit in others if best not in _FIRM or _tell_apart(first[0].known, fit.known)]
    if len(first) == 1 and not rivals:
        return first[0], ""
    agreeing = [fit for fit in (*first, *rivals) if shared_role(source.roles, fit.known.roles)]
    if len(agreeing) == 1:
        return agreeing[0], ""
    return None, "several-bear-this-name" if len(first) > 1 and best == "same-name" else "several-fit"


def _without_lesser(fits: list[_Fit]) -> list[_Fit]:
    """The candidates without rows of a mere surname that the office makes one with a fuller one, or with each other."""
    bare = [fit for fit in fits if not any(is_full_name(name) for name in fit.known.names | {fit.known.name})]
    bare = [fit for fit in bare if fit.likeness.rule == "office-and-surname"]
    full = [fit for fit in fits if fit not in bare]
    return full or bare[:1]


def _tell_apart(known: KnownSource, other: KnownSource) -> bool:
    """Whether the names of two known people say that they are two (George W. and George H. W. Bush)."""
    if "person" not in (known.kind, other.kind):
        return False
    return any(
        compare_people(name, another).rule == "conflict"
        for name in known.names | {known.name}
        for another in other.names | {other.name}
    )


def _new(source: Source, told: bool, doubt: str, others: Iterable[_Fit]) -> Recognition:
    possible = _possible(others)
    if doubt == "several-bear-this-name":
        return Recognition(None, doubt, f'several known sources are called "{source.name}"', 0.5, possible)
    if doubt:
        rule = "several-fit" if told else "several-bear-this-name"
        return Recognition(None, rule, f'"{source.name}" may be one of several known sources', 0.5, possible)
    if not told and not _held_offices(source.roles):
        if classes(source.name, source.kind)[0] in ("group", "document"):
            return Recognition(None, "anonymous", f'"{source.name}" is said of many', 0.8, possible)
        if source.kind in ("person", "unknown"):
            reason, rule = f'"{source.name}" alone does not tell which of its bearers it is', "surname-alone"
        else:
            reason, rule = f'"{source.name}" alone does not tell whose it is', "country-open"
        return Recognition(None, rule, reason, 0.8, possible)
    return Recognition(None, "new", f'nobody known is called "{source.name}"', 0.9, possible)


def _held_offices(roles: Iterable[Role]) -> bool:
    return any(role.office for role in roles)


def _possible(fits: Iterable[_Fit]) -> tuple[Possible, ...]:
    found = [Possible(fit.known.id, fit.likeness.reason, min(fit.likeness.score, 0.6)) for fit in fits]
    found = [near for near in found if near.score > 0.3]
    return tuple(sorted(found, key=lambda near: (-near.score, near.id))[:_MOST_POSSIBLE])


def _level(name: str) -> str:
    return squeeze(fold_bare(name))
