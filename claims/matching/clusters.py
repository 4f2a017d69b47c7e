"""Clusters of statements: those that say the same, as far as none of them conflicts with another."""

import gc
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from zlib import crc32

import numpy as np

from claims.matching.decision import decide
from claims.matching.joining import Links, joined
from claims.matching.nearby import Signatures
from claims.matching.prepared import Prepared, Statement, prepare
from claims.matching.shelf import Shelf


def cluster(statements: Iterable[Statement]) -> list[int]:
    """The number of each statement's cluster, in input order, from 0 as clusters first appear.

    All statements are read before any are compared, so that the order in which they come decides ties alone. They take
    about 0.5 GB for 100,000 and 1 GB for a million, and 0.8 KB each in a temporary file from the 50,001st on.
    """
    with Shelf() as shelf, _no_garbage_collection():
        signatures = Signatures()
        for statement in statements:
            prepared = prepare(statement)
            shelf.append(prepared)
            signatures.add(prepared)
        prepare.cache_clear()  # the shelf has them
        return clustered(shelf, signatures.pairs())


def clustered(prepared: Sequence[Prepared], pairs: Iterable[tuple[int, int]]) -> list[int]:
    """The same for prepared statements, of which only the `pairs`, given by number, are compared."""
    home = list(range(len(prepared)))
    repeats: list[tuple[int, int]] = []
    for links in _components(len(prepared), *_same(prepared, pairs, repeats)):
        for group in joined(links, prepared):
            first = min(group)
            for member in group:
                home[member] = first
    for later, earlier in repeats:
        home[later] = home[earlier]
    order: dict[int, int] = {}
    return [order.setdefault(group, len(order)) for group in home]


def _same(
    prepared: Sequence[Prepared], pairs: Iterable[tuple[int, int]], repeats: list[tuple[int, int]]
) -> "tuple[array[int], array[int], array[float], array[int]]":
    """Of the `pairs`, those that are the same: either statement, the score, and a number that settles ties.

    That number comes from the wordings, not from the order of input. What is the same to the letter, source and all,
    goes to `repeats` instead: it says nothing that the first of them does not.
    """
    ones, others, scores, ties = array("i"), array("i"), array("d"), array("Q")
    for one, other in pairs:
        a, b = prepared[one], prepared[other]
        decision = decide(a, b)
        if decision.same and a.statement == b.statement:
            repeats.append((one, other))
        elif decision.same:
            ones.append(one)
            others.append(other)
            scores.append(decision.score)
            ties.append(_tie(a) + _tie(b))
    return ones, others, scores, ties


def _tie(prepared: Prepared) -> int:
    return crc32(prepared.statement.text.encode("utf-8", "surrogatepass"))


def _components(
    length: int, ones: "array[int]", others: "array[int]", scores: "array[float]", ties: "array[int]"
) -> Iterator[Links]:
    """The links of statements that hang together, the most alike first."""
    above = array("i", range(length))

    def top(number: int) -> int:
        while above[number] != number:
            above[number] = number = above[above[number]]
        return number

    for one, other in zip(ones, others, strict=True):
        above[top(one)] = top(other)
    component = np.fromiter(map(top, ones), np.int32, len(ones))
    order = np.lexsort((np.frombuffer(ties, np.uint64), -np.frombuffer(scores), component))
    starts = np.flatnonzero(np.diff(component[order], prepend=-1, append=-1))
    for start, end in pairwise(starts.tolist()):
        yield [(ones[place], others[place]) for place in order[start:end].tolist()]


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
