"""Prepared statements by number: the first ones in memory, where there are more the others in a temporary file."""

import marshal
import os
import tempfile
from array import array
from collections.abc import Sequence
from dataclasses import fields
from typing import IO

from claims.matching.numbers import Number
from claims.matching.prepared import Prepared, Statement

IN_MEMORY = 50_000  # statements, of about 4 KB each; one in the file takes 8 µs to write and 10 to read
RECENT = 5_000  # statements out of the file that stay in memory for a while

_FIELDS = [field.name for field in fields(Prepared)]
_STATEMENT, _NUMBERS = _FIELDS.index("statement"), _FIELDS.index("numbers")


class Shelf(Sequence[Prepared]):
    """A list that grows at its end, and from some length on takes 8 bytes of memory a statement."""

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        self._in_memory = in_memory
        self._first: list[Prepared] = []
        self._recent: dict[int, Prepared] = {}
        self._file: IO[bytes] | None = None
        self._ends = array("Q", [0])
        self._written = True

    def __enter__(self) -> "Shelf":
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()

    def __len__(self) -> int:
        return len(self._first) + len(self._ends) - 1

    def append(self, prepared: Prepared) -> None:
        """Add the next statement."""
        if len(self._first) < self._in_memory:
            self._first.append(prepared)
        else:
            self._write(prepared)

    def __getitem__(self, number: int) -> Prepared:  # type: ignore[override]
        if number < len(self._first):
            return self._first[number]
        found = self._recent.get(number)
        if found is None:
            if len(self._recent) >= RECENT:
                self._recent.clear()
            found = self._recent[number] = self._read(number - len(self._first))
        return found

    def _write(self, prepared: Prepared) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `__exit__`
        values = [getattr(prepared, name) for name in _FIELDS]
        values[_STATEMENT] = (prepared.statement.text, prepared.statement.source, prepared.statement.cue)
        values[_NUMBERS] = [tuple(number) for number in prepared.numbers]
        self._written = False
        self._ends.append(self._ends[-1] + self._file.write(marshal.dumps(values)))

    def _read(self, place: int) -> Prepared:
        if self._file is None or place >= len(self._ends) - 1:
            raise IndexError
        start, end = self._ends[place], self._ends[place + 1]
        if not self._written:
            self._file.flush()
            self._written = True
        # Nobody but this process can write to a file without a name.
        values = marshal.loads(os.pread(self._file.fileno(), end - start, start))  # noqa: S302
        values[_STATEMENT] = Statement(*values[_STATEMENT])
        values[_NUMBERS] = tuple(Number(*number) for number in values[_NUMBERS])
        return Prepared(*values)
