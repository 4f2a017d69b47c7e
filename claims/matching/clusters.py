"""Clusters of statements: those that say the same, as far as none of them conflicts with another."""

import gc
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import combinations

from claims.matching.agreement import CHECKED, SUPPORT, backers
from claims.matching.decision import decide
from claims.matching.nearby import Signatures
from claims.matching.numbers import number_conflict
from claims.matching.prepared import Prepared, Statement, prepare
from claims.matching.shelf import Shelf

THOROUGH = 128
"""Statements that hang together but do not all agree are all compared with each other, where they are so many at most:
only then shows which few are at odds with most. That lifts the pairs found of 10,000 made claims (seed 5), where one of
60 wordings falls apart, from .988 to .9999 of those that comparing everything with everything finds."""


def cluster(statements: Iterable[Statement]) -> list[int]:
    """The number of each statement's cluster, in input order, from 0 as clusters first appear.

    All statements are read before any are compared, so that the order in which they come decides ties alone. They take
    about 0.5 GB for 100,000 and 1.0 to 1.3 GB for a million, and 0.8 KB each in a temporary file from
    the 50,001st on.
    """
    with Shelf() as shelf, _no_garbage_collection():
        signatures = Signatures()
        for statement in statements:
            prepared = prepare(statement)
            shelf.append(prepared)
            signatures.add(prepared)
        return clustered(shelf, signatures.pairs())


def clustered(prepared: Sequence[Prepared], pairs: Iterable[tuple[int, int]]) -> list[int]:
    """The same for prepared statements, of which only the `pairs`, given by number, are compared."""
    alike: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        a, b = prepared[one], prepared[other]
        if a.letters != b.letters and number_conflict(a.numbers, b.numbers):
            continue  # most pairs end here, at a quarter of what a decision costs
        if decide(a, b).same:
            alike[one].add(other)
            alike[other].add(one)
    home = list(range(len(prepared)))
    for component in _components(alike):
        for group in _divided(component, alike, prepared):
            first = min(group)
            for member in group:
                home[member] = first
    order: dict[int, int] = {}
    return [order.setdefault(group, len(order)) for group in home]


def _components(alike: Mapping[int, set[int]]) -> Iterator[list[int]]:
    """The statements that hang together by pairs that are the same, two or more at a time."""
    seen: set[int] = set()
    for start in alike:
        if start in seen:
            continue
        seen.add(start)
        found = [start]
        for member in found:
            new = alike[member] - seen
            seen |= new
            found += new
        yield found


def _divided(component: list[int], alike: Mapping[int, set[int]], prepared: Sequence[Prepared]) -> list[list[int]]:
    """Statements that hang together, divided so that no group holds a conflict, nor two claims with a bridge between.

    The one that is like most others comes first, so that what few conflict with most are left out, not the others.
    Each joins the group that holds most of those it is like, if it fits; groups that it fits both become one if they
    fit each other.
    """
    if len(component) == 2:
        return [component]
    wordings = {number: prepared[number] for number in component}
    groups = _grouped(component, alike, wordings)
    if len(groups) > 1 and len(component) <= THOROUGH:
        groups = _grouped(component, _all_alike(wordings), wordings)
    return [group.members for group in groups]


def _all_alike(wordings: Mapping[int, Prepared]) -> dict[int, set[int]]:
    """What each of a few statements says the same as, whether or not they were worth comparing before."""
    alike: dict[int, set[int]] = {number: set() for number in wordings}
    for (one, a), (other, b) in combinations(wordings.items(), 2):
        if decide(a, b).same:
            alike[one].add(other)
            alike[other].add(one)
    return alike


def _grouped(component: list[int], alike: Mapping[int, set[int]], wordings: Mapping[int, Prepared]) -> list["_Group"]:
    groups: dict[int, _Group] = {}
    place: dict[int, _Group] = {}
    for number in sorted(component, key=lambda n: (-len(alike[n]), wordings[n].letters, n)):
        votes = Counter(place[other] for other in alike[number] if other in place)
        chosen: _Group | None = None
        for group in sorted(votes, key=lambda group: (-votes[group], group.number)):
            if chosen is None:
                if group.fits([[number]], alike, wordings):
                    chosen = group
            elif group.fits([[number]], alike, wordings) and group.fits(chosen.examples, alike, wordings):
                chosen.absorb(group)
                place.update(dict.fromkeys(group.members, chosen))
                del groups[group.number]
        if chosen is None:
            chosen = _Group(len(place))
            groups[chosen.number] = chosen
        chosen.add(number, wordings[number])
        place[number] = chosen
    return list(groups.values())


class _Group:
    """Statements taken for one claim. Of members with the same facts the first one stands for all.

    `number`: how many statements had their group before this one was opened.
    """

    def __init__(self, number: int) -> None:
        self.number = number
        self.members: list[int] = []
        self.alike: dict[object, list[int]] = {}

    @property
    def examples(self) -> list[list[int]]:
        return list(self.alike.values())[:CHECKED]

    def add(self, number: int, prepared: Prepared) -> None:
        self.members.append(number)
        self.alike.setdefault(_facts(prepared), []).append(number)

    def absorb(self, other: "_Group") -> None:
        self.members += other.members
        for facts, members in other.alike.items():
            self.alike.setdefault(facts, []).extend(members)

    def fits(self, others: list[list[int]], alike: Mapping[int, set[int]], wordings: Mapping[int, Prepared]) -> bool:
        """Whether none of `others` conflicts with the group, and each says the same as enough of it."""
        examples = self.examples
        known = [wordings[members[0]] for members in examples]
        enough = SUPPORT * sum(map(len, examples))
        for other, *_ in others:
            links = alike[other]
            same = [place for place, members in enumerate(examples) if members[0] in links]
            found = backers(wordings[other], known, same)
            if found is None or sum(len(examples[place]) for place in found) < enough:
                return False
        return True


def _facts(prepared: Prepared) -> object:
    """What conflicts come from."""
    numbers = frozenset((number.kind, number.value) for number in prepared.numbers)
    return numbers, prepared.names, prepared.negated, prepared.modality, prepared.speaker


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Nothing here refers to itself, and looking for what does takes a third of the time that preparing takes."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
