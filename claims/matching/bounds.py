"""A quick look at many pairs at once: which of them `decide` may find to be one claim, going by their stems alone."""

from collections.abc import Mapping, Sequence
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claims.matching.decision import ALIKE, SAME, SAME_OPEN, WEIGHTS
from claims.matching.features import OPEN, SCATTERED_ENOUGH, TOLD

HELD = 0.75  # share of the lighter wording's weight from which it may stand in the other whole, however long that is
NAMED = 1 << 28  # added to the number of a stem that is written as a name

_BUCKETS = 2048  # of the table in which stems are looked up; two stems in one only let a pair through
_SLACK = 1e-4  # of sums of 32-bit numbers

Integers = NDArray[np.int64]
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]


def _most(features: Sequence[str], weights: Sequence[float], known: Mapping[str, Any]) -> Any:
    """The most that a score can be before it is pressed between 0 and 1, for one pair or for arrays of them.

    `weights`: of the features, and the bias; `known`: bounds of features, which are 1 at most where none is given.
    """
    *each, bias = weights
    return bias + sum(factor * known.get(name, 1.0) for name, factor in zip(features, each, strict=True) if factor > 0)


def _logit(score: float) -> float:
    return log(score / (1 - score))


class Bounds:
    """What bounds the score of any two of many statements.

    `rows`: a statement's stems as numbers, 0 for none; `weights`: by a stem's number, 0.0 first; `lengths`: how many
    stems it has with repeats; `speaks`: whether its speaker is known, `sourced`: because a source is given; `quotes`:
    whether words in it are quoted;
    `whole`: whether its row holds all its stems.
    """

    def __init__(
        self,
        rows: NDArray[np.int32],
        weights: Floats,
        lengths: NDArray[np.int16],
        speaks: Flags,
        sourced: Flags,
        quotes: Flags,
        whole: Flags,
    ) -> None:
        self._rows, self._weights, self._lengths = rows, weights, lengths
        self._speaks, self._sourced, self._quotes, self._whole = speaks, sourced, quotes, whole
        self._total = np.zeros(len(rows), np.float32)
        self._norm = np.zeros(len(rows), np.float32)
        self._stems = np.zeros(len(rows), np.int16)
        self._names = np.zeros(len(rows), np.int16)
        for start in range(0, len(rows), 100_000):
            part = slice(start, start + 100_000)
            each = weights[rows[part] & NAMED - 1]
            self._total[part] = each.sum(1)
            self._norm[part] = np.sqrt((each * each).sum(1))
            self._stems[part] = (rows[part] > 0).sum(1)
            self._names[part] = (rows[part] >= NAMED).sum(1)

    def table(self, block: int) -> Floats:
        """Room for `possible` to work in, for so many statements with numbers in a row; zeros, and left so."""
        return np.zeros((block, _BUCKETS), np.float32)

    def cosine(self, own: Integers, other: Integers) -> Floats:
        """For pairs of statements, given by number, the cosine of the stems in their rows."""
        one, two = self._rows[own] & NAMED - 1, self._rows[other] & NAMED - 1
        common = self._weights[one] * (one[:, :, None] == two[:, None, :]).any(2)
        products: Floats = np.einsum("ij,ij->i", common, common)
        return products / np.maximum(self._norm[own] * self._norm[other], _SLACK)

    def possible(self, own: Integers, other: Integers, start: int, table: Floats) -> Flags:
        """For pairs of statements, given by number, whether they may be one claim.

        The first of each pair lies among the `len(table)` statements from number `start` on.
        """
        rows = self._rows[start : start + len(table)]
        places, plain = np.arange(len(rows))[:, None], rows & NAMED - 1
        np.maximum.at(table, (places, plain % _BUCKETS), self._weights[plain])
        theirs = self._rows[other]
        common = table[(own - start)[:, None], theirs & _BUCKETS - 1]
        common *= theirs > 0
        table[places, plain % _BUCKETS] = 0.0
        shared = common.sum(1)
        held = shared / np.maximum(np.minimum(self._total[own], self._total[other]), _SLACK)
        cosine = np.einsum("ij,ij->i", common, common) / np.maximum(self._norm[own] * self._norm[other], _SLACK)
        kept = (held >= HELD - _SLACK) | ~(self._whole[own] & self._whole[other])
        # Without sources, wordings that are not like each other are not the same whatever their score.
        told = self._sourced[own] | self._sourced[other]
        likely = np.flatnonzero(((cosine >= ALIKE - _SLACK) | told) & ~kept)
        most = self._most(own[likely], other[likely], told[likely], common[likely] > 0, shared[likely], cosine[likely])
        kept[likely] = most >= _logit(min(SAME, SAME_OPEN)) - _SLACK
        return kept

    def _most(
        self, own: Integers, other: Integers, told: Flags, theirs: Flags, shared: Floats, cosine: Floats
    ) -> Floats:
        """The most that the score can be. `told`: whether a source is given; `theirs`: which stems of the other the
        first one has."""
        speakers = self._speaks[own].astype(np.int8) + self._speaks[other]
        found = theirs.sum(1)
        fewer = np.minimum(self._stems[own], self._stems[other])
        short = np.minimum(self._lengths[own], self._lengths[other])
        repeats = np.minimum(self._lengths[own] - self._stems[own], self._lengths[other] - self._stems[other])
        in_order = np.minimum(short, found + repeats)
        known = {
            "evidence": np.log1p(shared) / 4,
            "cosine": cosine,
            "quoted": self._quotes[own] | self._quotes[other],
            "order": in_order / np.maximum(short, 1),
            "with_speaker": np.where(speakers > 0, 1.0, found / np.maximum(fewer, 1)),
            "scattered": np.clip(in_order - 1, 0, SCATTERED_ENOUGH) / SCATTERED_ENOUGH,
            "speaker_same": speakers == 2,
            "speaker_other": speakers == 2,
        }
        most: Floats = _most(OPEN, WEIGHTS.open, known)
        most[told] = np.maximum(most, _most(TOLD, WEIGHTS.told, known))[told]
        return most
