"""Which of many statements are worth comparing: a compact index of all of them, searched a block at a time."""

from array import array
from collections.abc import Iterator
from itertools import combinations
from zlib import adler32, crc32

import numpy as np
from numpy.typing import NDArray

from claims.matching.bounds import NAMED, Bounds, Flags, Integers
from claims.matching.decision import MIN_CONTENT
from claims.matching.indexing import HUB, RAREST, by_rarity
from claims.matching.prepared import Prepared
from claims.matching.quantities import Quantities

WIDTH = 24  # stems of a statement that are kept for the quick look; of the rarer ones, and one in a hundred has more
PARTNERS = 8
"""Statements most like one that it is compared with, of those before it and of those after it, see `_most_alike`. Of
the pairs that comparing all with all merges among 10,000 made claims 6, 7, 8 and 10 find .988, .998, 1.000, 1.000."""
CROWD = 24  # statements that share a key are divided into so many at a time where they are more than `HUB`

_BLOCK = 128  # statements looked at in one go
_AT_ONCE = 100_000  # statements whose keys are sorted in one go: bounds the memory that takes
_LOW = 0xFFFFFFFF
_FINE = 10_000  # steps of a cosine: the last digits of a sum hang on the order of what is summed, and so of the input


class Signatures:
    """The stems of statements as numbers, about 150 bytes each, filed in the order in which they are added."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {"": 0}
        self._weights = array("f", [0.0])
        self._hashes = array("i", [0])
        self._rows = array("i")
        self._whole_keys = array("q")
        self._texts = array("q")
        self._quantities = Quantities()
        self._lengths = array("h")
        self._speaks = array("b")
        self._sourced = array("b")
        self._quotes = array("b")
        self._whole = array("b")

    def __len__(self) -> int:
        return len(self._lengths)

    def add(self, prepared: Prepared) -> None:
        """File the next statement. One that `decide` will never call the same as another is filed without stems."""
        stems = by_rarity(prepared) if prepared.content >= MIN_CONTENT else []
        names = prepared.names
        row = [self._numbered(stem, prepared) + (NAMED if stem in names else 0) for stem in stems[:WIDTH]]
        self._rows.extend(row)
        self._rows.extend([0] * (WIDTH - len(row)))
        self._lengths.append(len(prepared.stems))
        self._speaks.append(bool(prepared.statement.source or prepared.speaker or prepared.gender))
        self._sourced.append(bool(prepared.statement.source))
        self._quotes.append(bool(prepared.spoken))
        self._whole.append(len(stems) <= WIDTH)
        self._quantities.add(prepared.numbers)
        statement = prepared.statement
        text = f"{statement.text}\n{statement.source or ''}".encode("utf-8", "surrogatepass")
        self._texts.append(crc32(text) << 31 | adler32(text) >> 1)
        # All stems together are a key as well, see `indexing.keys`. No key of two stems has this bit.
        self._whole_keys.append((hash(frozenset(stems)) & (1 << 62) - 1 | 1 << 62) if stems else 0)

    def _numbered(self, stem: str, prepared: Prepared) -> int:
        number = self._number.get(stem)
        if number is None:
            number = self._number[stem] = len(self._weights)
            self._weights.append(prepared.weights[stem])
            # Not the number itself: what follows from it must not depend on the order in which statements come.
            self._hashes.append(crc32(stem.encode("utf-8", "surrogatepass")) >> 2 | 1)
        return number

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Every pair (later, earlier) worth comparing: repeats to the letter with the first one, then others. Once.

        The others share a key, and neither their stems nor their numbers rule out that they are one claim. A statement
        with many such partners keeps those most like it, and those that it is among the most like of.
        """
        _, firsts, places = np.unique(np.frombuffer(self._texts, np.int64), return_index=True, return_inverse=True)
        repeats = np.flatnonzero(firsts[places] != np.arange(len(self)))
        yield from zip(repeats.tolist(), firsts[places[repeats]].tolist(), strict=True)
        del firsts, places
        codes = self._worth_comparing(repeats)
        for start in range(0, len(codes), _AT_ONCE):
            part = codes[start : start + _AT_ONCE]
            yield from zip((part >> 32).tolist(), (part & _LOW).tolist(), strict=True)

    def _worth_comparing(self, repeats: Integers) -> Integers:
        """The pairs other than repeats, as (later << 32) + earlier."""
        self._renumber()
        groups, starts, members = self._filed(repeats)
        bounds = Bounds(
            np.frombuffer(self._rows, np.int32).reshape(-1, WIDTH),
            np.frombuffer(self._weights, np.float32),
            np.frombuffer(self._lengths, np.int16),
            np.frombuffer(self._speaks, bool),
            np.frombuffer(self._sourced, bool),
            np.frombuffer(self._quotes, bool),
            np.frombuffer(self._whole, bool),
        )
        table, ties = bounds.table(_BLOCK), self._ties()
        codes, likeness = np.zeros(0, np.int64), np.zeros(0, np.int16)
        found, alike, waiting = [codes], [likeness], 0
        for start in range(0, len(self), _BLOCK):
            own, other = _sharing(groups[start : start + _BLOCK], starts, members, start)
            kept = np.flatnonzero(bounds.possible(own, other, start, table))
            kept = kept[~self._quantities.conflicts(own[kept], other[kept])]
            own, other = own[kept], other[kept]
            found.append(own << 32 | other)
            alike.append(np.rint(bounds.cosine(own, other) * _FINE).astype(np.int16))
            waiting += len(found[-1])
            if waiting > _AT_ONCE * PARTNERS or start + _BLOCK >= len(self):
                # What is among the best of all is among the best of those so far.
                codes, likeness = np.concatenate(found), np.concatenate(alike)
                del found, alike
                codes, likeness = _most_alike(codes, likeness, ties)
                found, alike, waiting = [codes], [likeness], 0
        return codes

    def _renumber(self) -> None:
        """Number the stems by their hashes: up to here the numbers came from the order of input."""
        hashes, weights = np.frombuffer(self._hashes, np.int32), np.frombuffer(self._weights, np.float32)
        order = np.argsort(hashes, kind="stable")
        number = np.empty(len(order), np.int32)
        number[order] = np.arange(len(order), dtype=np.int32)
        rows = np.frombuffer(self._rows, np.int32)
        for start in range(0, len(rows), _AT_ONCE * WIDTH):
            part = rows[start : start + _AT_ONCE * WIDTH]
            part[:] = number[part & NAMED - 1] | part & NAMED
        hashes[:], weights[:] = hashes[order], weights[order]
        self._number = {}

    def _ties(self) -> NDArray[np.int32]:
        """A number for each statement that comes from its wording, so that ties do not hang on the order of input."""
        return (np.frombuffer(self._texts, np.int64) >> 31).astype(np.uint32).view(np.int32)

    def _filed(self, repeats: Integers) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
        """Groups of statements under one key: each statement's groups, and each group's start among the members.

        Keys of one statement make no group; those of more than `HUB` are divided, so that the most alike stay together.
        `repeats` are in none.
        """
        rows = np.frombuffer(self._rows, np.int32).reshape(-1, WIDTH)
        hashes = np.frombuffer(self._hashes, np.int32)
        together = np.array(self._whole_keys, np.int64)
        rarest = np.sort(hashes[rows[:, :RAREST] & NAMED - 1], axis=1)
        together[repeats] = rarest[repeats] = 0
        # Sorted hashes put wordings with the same smallest ones, likely those that share most, side by side.
        rank = np.empty(len(rows), np.int32)
        rank[np.lexsort((self._ties(), *rarest.T[::-1]))] = np.arange(len(rows), dtype=np.int32)
        columns = list(combinations(range(RAREST), 2))
        groups = np.full((len(rows), len(columns) + 1), -1, np.int32)
        # Room for as many as there can be, of which only what is written to takes memory.
        starts, members = np.zeros(groups.size // 2 + 1, np.int32), np.empty(groups.size, np.int32)
        parts = 1 + len(rows) // _AT_ONCE
        made = filed = 0
        for part in range(parts):
            keys, slots = [], []
            for slot, (one, other) in enumerate(columns):
                mine = (rarest[:, one] > 0) & ((rarest[:, one] + rarest[:, other]) // 2 % parts == part)
                keys.append(rarest[mine, one].astype(np.int64) << 32 | rarest[mine, other])
                slots.append(np.flatnonzero(mine) * groups.shape[1] + slot)
            mine = (together > 0) & (together % parts == part)
            keys.append(together[mine])
            slots.append(np.flatnonzero(mine) * groups.shape[1] + len(columns))
            slot_of, size = _grouped(np.concatenate(keys), np.concatenate(slots), rank, groups.shape[1])
            groups.reshape(-1)[slot_of] = np.repeat(np.arange(made, made + len(size), dtype=np.int32), size)
            starts[made + 1 : made + len(size) + 1] = np.cumsum(size) + filed
            members[filed : filed + len(slot_of)] = slot_of // groups.shape[1]
            made += len(size)
            filed += len(slot_of)
        return groups, starts[: made + 1], members[:filed]


def _grouped(keys: Integers, slots: Integers, rank: NDArray[np.int32], slots_each: int) -> tuple[Integers, Integers]:
    """The slots that share their key with another, group by group, and the groups' sizes, 2 to `HUB`.

    A statement has `slots_each` slots in a row; those of a crowded key are put in order of their statements' rank.
    """
    order = np.argsort(keys, kind="stable")
    keys, slots = keys[order], slots[order]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    size = np.diff(first, append=len(keys))
    for crowded in np.flatnonzero(size > HUB):
        where = slice(first[crowded], first[crowded] + size[crowded])
        slots[where] = slots[where][np.argsort(rank[slots[where] // slots_each], kind="stable")]
    within = np.arange(len(keys)) - np.repeat(first, size)
    size = np.diff(np.flatnonzero(within % np.repeat(np.where(size > HUB, CROWD, HUB), size) == 0), append=len(keys))
    return slots[np.repeat(size > 1, size)], size[size > 1]


def _sharing(
    groups: NDArray[np.int32], starts: NDArray[np.int32], members: NDArray[np.int32], start: int
) -> tuple[Integers, Integers]:
    """Each pair of a block's statement and an earlier one in one of its groups; `start` is the block's first number."""
    place, slot = np.nonzero(groups >= 0)
    group = groups[place, slot]
    size = starts[group + 1] - starts[group]
    own = np.repeat(place + start, size)
    begin = np.repeat(starts[group] - np.cumsum(size) + size, size)
    other = members[begin + np.arange(len(own))]
    earlier = other < own
    codes = np.unique(own[earlier] << 32 | other[earlier])
    return codes >> 32, codes & _LOW


def _most_alike(
    codes: Integers, likeness: NDArray[np.int16], ties: NDArray[np.int32]
) -> tuple[Integers, NDArray[np.int16]]:
    """Of pairs, and how alike they are, the best of either one; a pair is (later << 32) + earlier.

    Each statement keeps `PARTNERS` before it and as many after it in the order of `ties`. So those of one claim hang
    together: the most like ones of all would often be the same few for each other.
    """
    kept: Flags = np.zeros(len(codes), bool)
    one, other = (codes >> 32).astype(np.int32), (codes & _LOW).astype(np.int32)
    turned = ties[one] < ties[other]
    one[turned], other[turned] = other[turned], one[turned]
    for side, partner in ((one, other), (other, one)):
        order = np.lexsort((ties[partner], -likeness, side))
        side = side[order]
        kept[order[:PARTNERS]] = True
        kept[order[PARTNERS:][side[PARTNERS:] != side[:-PARTNERS]]] = True
    return codes[kept], likeness[kept]
