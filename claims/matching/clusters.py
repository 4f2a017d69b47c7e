"""Clusters of statements in memory: each newcomer joins the cluster that it matches and does not contradict."""

from collections import Counter
from collections.abc import Iterable

from claims.matching.conflicts import conflict
from claims.matching.decision import decide
from claims.matching.features import held
from claims.matching.indexing import CANDIDATES, HUB, keys
from claims.matching.prepared import Prepared, Statement, prepare

CHECKED = 12  # members of a cluster that a newcomer's facts are held against


def cluster(statements: Iterable[Statement]) -> list[int]:
    """The number of each statement's cluster, in input order, from 0 as clusters first appear.

    A newcomer is compared with the statements that share most keys with it. It joins the best cluster among those that
    hold a duplicate of it and no statement that conflicts with it; two such clusters are joined if their facts agree.
    """
    filed: dict[str, list[int]] = {}
    known: list[Prepared] = []
    home: list[int] = []
    members: dict[int, list[int]] = {}
    for number, statement in enumerate(statements):
        newcomer = prepare(statement)
        shared: Counter[int] = Counter()
        own_keys = (*keys(newcomer), newcomer.letters)  # the same letters are found though all their keys be full
        for key in own_keys:
            shared.update(filed.get(key, ()))
        best: dict[int, float] = {}
        for candidate, _ in shared.most_common(CANDIDATES):
            decision = decide(newcomer, known[candidate])
            if decision.same and decision.score > best.get(home[candidate], 0.0):
                best[home[candidate]] = decision.score
        chosen = None
        for found in sorted(best, key=lambda group: (-best[group], group)):
            group = members[found]
            if not _agree([newcomer], [known[m] for m in group[:CHECKED]]):
                continue
            if chosen is None:
                chosen = found
            elif _agree([known[m] for m in members[chosen][:CHECKED]], [known[m] for m in group[:CHECKED]]):
                for member in group:
                    home[member] = chosen
                members[chosen] += members.pop(found)
        if chosen is None:
            chosen = number
            members[chosen] = []
        members[chosen].append(number)
        home.append(chosen)
        known.append(newcomer)
        for key in own_keys:
            entries = filed.setdefault(key, [])
            if len(entries) < HUB:
                entries.append(number)
    order: dict[int, int] = {}
    return [order.setdefault(group, len(order)) for group in home]


def _agree(some: list[Prepared], others: list[Prepared]) -> bool:
    """Whether no statement of the one side conflicts with one of the other."""
    return not any(conflict(one, other, held(one, other)) for one in some for other in others)
