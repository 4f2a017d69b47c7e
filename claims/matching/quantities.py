"""Numbers of many statements side by side: which pairs conflict in them, seen for many pairs at once."""

from array import array

import numpy as np
from numpy.typing import NDArray

from claims.matching.numbers import Number

MOST = 4  # numbers of a statement that are kept; one with more, or with a rough one, is taken to fit with all

_GROUPS = {"#": 1, "%": 2, "$": 3, "year": 4, "day": 5, "month": 5, "weekday": 6}
_DAY = 16  # added to the month of a day


class Quantities:
    """The numbers of statements, 24 bytes each, in the order in which they are added."""

    def __init__(self) -> None:
        self._codes = array("i")  # of what must be the same for two numbers to agree
        self._groups = array("b")  # two of one group that do not agree conflict; 0 for no number
        self._months = array("b")  # of days and months: these agree where the month is the same

    def add(self, numbers: tuple[Number, ...]) -> None:
        """File the numbers of the next statement."""
        if len(numbers) > MOST or any(number.rough for number in numbers):
            numbers = ()
        for number in numbers:
            group = _GROUPS[number.kind]
            calendar = number.kind if group > 4 else ""
            month = int(number.value // 100) + _DAY if calendar == "day" else int(number.value) * (calendar == "month")
            self._codes.append(hash((calendar, number.value)) & 0x7FFFFFFF)
            self._groups.append(group)
            self._months.append(month)
        for none in (self._codes, self._groups, self._months):
            none.extend([0] * (MOST - len(numbers)))

    def conflicts(self, own: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.bool_]:
        """For pairs of statements, given by number, whether `number_conflict` is sure to find one. Misses a few."""
        groups = np.frombuffer(self._groups, np.int8).reshape(-1, MOST)
        both = np.flatnonzero((groups[own, 0] > 0) & (groups[other, 0] > 0))
        found = np.zeros(len(own), np.bool_)
        if not len(both):
            return found
        own, other = own[both], other[both]
        codes = np.frombuffer(self._codes, np.int32).reshape(-1, MOST)
        months = np.frombuffer(self._months, np.int8).reshape(-1, MOST)
        one, two = groups[own][:, :, None], groups[other][:, None, :]
        agree = codes[own][:, :, None] == codes[other][:, None, :]
        agree |= np.abs(months[own][:, :, None] - months[other][:, None, :]) == _DAY
        agree &= (one > 0) & (two > 0)
        left, right = ~agree.any(2) & (one[:, :, 0] > 0), ~agree.any(1) & (two[:, 0, :] > 0)
        found[both] = ((one == two) & left[:, :, None] & right[:, None, :]).any((1, 2))
        return found
