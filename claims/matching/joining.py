"""Joins statements that hang together to claims: on the whole alike, and no two of them in conflict."""

from collections.abc import Iterable, Sequence

from claims.matching.agreement import CHECKED, opposition
from claims.matching.decision import Decision, decide
from claims.matching.numbers import number_conflict
from claims.matching.prepared import Prepared

ALIKE = 0.64
"""The score that wordings of two groups must have on average to become one. Among a million made claims .60, .64 and
.68 give F1 .956, .957 and .954; what only hangs together by a wording between (half the links of one and half of
the other) gave .924."""
EXAMPLES = 8  # statements of a group that are compared with another's; all instead lift F1 among a million by .003
TOLERATED = 0.1  # share of pairs in conflict up to which two groups become one, which then casts out those few
_REMEMBERED = 100_000  # comparisons

Links = list[tuple[int, int]]


def joined(links: Links, prepared: Sequence[Prepared]) -> list[list[int]]:
    """Groups of the statements in `links`, which are those that are the same by `decide`, the most alike first."""
    if len(links) == 1:
        return [list(links[0])]
    return _Joining(prepared).groups(links, TOLERATED)


class _Joining:
    """Joins the statements of one component; `prepared` by number."""

    def __init__(self, prepared: Sequence[Prepared]) -> None:
        self._prepared = prepared
        self._known: dict[tuple[int, int], float] = {}

    def groups(self, links: Links, tolerated: float) -> list[list[int]]:
        """The groups that following the links makes, without those that conflict with most, and what these make."""
        place = {number: [number] for link in links for number in link}
        unsure: set[int] = set()  # first members of groups not all of whose pairs were looked at
        self._follow(links, place, unsure, tolerated)
        found = []
        for group in {id(group): group for group in place.values()}.values():
            cast = self._cast_out(group) if group[0] in unsure else set()
            found.append([number for number in group if number not in cast])
            if cast:
                among = [link for link in links if cast.issuperset(link)]
                found += self.groups(among, 0.0)
                found += [[number] for number in cast.difference(*among)]
        return found

    def _follow(self, links: Links, place: dict[int, list[int]], unsure: set[int], tolerated: float) -> None:
        """Make one of two groups that a link ties, if they are alike; `place` has the group of each statement."""
        refused: set[tuple[int, ...]] = set()
        for one, other in links:
            a, b = place[one], place[other]
            if a is b:
                continue
            if len(a) + len(b) > 2:
                attempt = (a[0], b[0], min(len(a), EXAMPLES), min(len(b), EXAMPLES))
                if attempt in refused:
                    continue
                conflicts = self._conflicts(a[:EXAMPLES], b[:EXAMPLES], tolerated)
                if conflicts is None:
                    refused.add(attempt)
                    continue
                if conflicts or max(len(a), len(b)) > EXAMPLES or not unsure.isdisjoint((a[0], b[0])):
                    unsure.update((a[0], b[0]))
            if (len(b), self._rank(a[0])) > (len(a), self._rank(b[0])):
                a, b = b, a
            a += b
            place.update(dict.fromkeys(b, a))

    def _rank(self, number: int) -> tuple[str, str, int]:
        """What settles ties; the number alone only between wordings that are the same to the letter."""
        prepared = self._prepared[number]
        return prepared.letters, prepared.statement.source or "", number

    def _conflicts(self, some: list[int], others: list[int], tolerated: float) -> int | None:
        """How many pairs of two groups' examples conflict; None if that is too many, or they are too unlike."""
        pairs = [(one, other) for one in some for other in others]
        spare = len(pairs) * (1 - ALIKE)
        doubtful = []
        for pair in pairs:
            score = self._score(*pair)
            spare -= 1 - abs(score)
            if spare < 0:
                return None
            if score <= 0:
                doubtful.append(pair)
        wordings = [self._prepared[number] for number in (*some, *others)]
        conflicts = 0
        for one, other in doubtful:
            if opposition(self._prepared[one], self._prepared[other], wordings):
                conflicts += 1
                if conflicts > tolerated * len(pairs):
                    return None
        return conflicts

    def _score(self, one: int, other: int) -> float:
        """The score of two statements, below zero if they are not the same."""
        pair = (one, other) if one < other else (other, one)
        score = self._known.get(pair)
        if score is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            a, b = self._prepared[one], self._prepared[other]
            if a.letters != b.letters and number_conflict(a.numbers, b.numbers):
                score = 0.0
            else:
                decision: Decision = decide(a, b)
                score = decision.score if decision.same else -decision.score
            self._known[pair] = score
        return score

    def _cast_out(self, group: Iterable[int]) -> set[int]:
        """Those members of a group without whom nothing in it conflicts, as far as the group's `CHECKED` first show.

        Of members with the same facts the first one stands for all.
        """
        alike: dict[object, list[int]] = {}
        for number in group:
            alike.setdefault(_facts(self._prepared[number]), []).append(number)
        kinds = list(alike.values())
        wordings = [self._prepared[members[0]] for members in kinds]
        against: list[set[int]] = [set() for _ in kinds]
        core = wordings[:CHECKED]
        for place, wording in enumerate(wordings):
            for other in range(min(place, CHECKED)):
                if opposition(wording, wordings[other], core):
                    against[place].add(other)
                    against[other].add(place)
        cast: set[int] = set()
        while any(against):
            weight = [sum(len(kinds[other]) for other in others) / len(kinds[p]) for p, others in enumerate(against)]
            worst = max(range(len(kinds)), key=lambda p: (weight[p], p))
            cast.update(kinds[worst])
            for other in against[worst]:
                against[other].discard(worst)
            against[worst] = set()
        return cast


def _facts(prepared: Prepared) -> object:
    """What conflicts come from."""
    numbers = frozenset((number.kind, number.value) for number in prepared.numbers)
    return numbers, prepared.names, prepared.negated, prepared.modality, prepared.speaker
