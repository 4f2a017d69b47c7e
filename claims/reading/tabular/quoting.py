"""The rows of a CSV file, of which one quotation mark too many would otherwise make a single field to the end.

A row that does not end as it should is given up by name, and reading goes on with the first line after the one that it
began in that is a row of as many fields as the table has columns, and like the last good one in having quotes or not.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from claims.errors import InputRefused
from claims.reading.limits import MAX_ROW_BYTES
from claims.reading.tabular.lines import TOO_LONG

_DELIMITERS = ",;\t|"
_SEP_LINE = re.compile(r'"?sep=(.)"?\s*$', re.IGNORECASE)
_OLD_LINE = re.compile(r"[^\r]+\r?\n?|\r\n?")
_SWALLOWED = 2
_MOST_LOOKED_AT = 3_000_000  # characters of one row, each cell of which may cost the rest of the line
"""As many lines within a field that would each be a row by themselves are no accident, and as many columns are needed
to tell: many a sentence has one comma."""

_LOOKED_AT = 20
_MOST_AGAIN = 6 * MAX_ROW_BYTES


class Row(NamedTuple):
    """A row by the line that it begins in (from 1), with remarks on how it was read."""

    line: int
    cells: list[str]
    notes: tuple[str, ...] = ()


class _Unended(Exception):
    """A row is longer than any row, or goes on into a line that is."""


class Rows:
    """The rows of the table `name` below its head, blank ones passed over, with the refusals of those that are broken.

    What divides the fields (comma, semicolon, tab, bar) is what the head has most of, or what "sep=;" before it says.
    """

    def __init__(self, name: str, lines: Iterator[str | None]) -> None:
        self._name = name
        self._source = lines
        self._ahead: deque[str | None] = deque()
        self._number = 0
        self._ended = False
        self._taken: list[str | None] = []
        self._read_again = 0
        self._read = 0
        self._width = 0
        self._quoted: bool | None = None
        self._dialect: dict[str, Any] = {}

    def head(self) -> list[str] | None:
        """The names of the columns; None if there are none. Raises InputRefused where they are no row."""
        first = self._line()
        while first and (not first.strip() or _SEP_LINE.match(first)):
            if sep := _SEP_LINE.match(first):
                self._dialect["delimiter"] = sep[1]
            first = self._line()
        if first is None:
            raise InputRefused(f"{self._name}#{self._number}", TOO_LONG)
        if self._ended:
            return None
        # Old spreadsheets end lines with nothing but a carriage return: all of their table has come as one line.
        first, *rest = _OLD_LINE.findall(first)
        self._ahead.extendleft(reversed(rest))
        self._put_back([first])
        delimiter = self._dialect.setdefault("delimiter", max(_DELIMITERS, key=first.count))
        # "id, title, text": what follows the blank may be quoted.
        self._dialect["skipinitialspace"] = first.count(f"{delimiter} ") == first.count(delimiter) > 0
        cells = self._cells()
        if cells is None:
            raise InputRefused(self._name, "its first line does not name columns: its quotation marks do not pair up")
        self._width = len(cells)
        return cells

    def __iter__(self) -> Iterator[Row | InputRefused]:
        while True:
            row = self._row()
            if row is None:
                return
            if isinstance(row, InputRefused) or any(row.cells):
                yield row

    def _row(self) -> Row | InputRefused | None:
        start = self._number + 1
        cells = self._cells()
        if not self._taken:
            return None
        if cells is None and self._is_escaped():
            self._put_back(self._taken)
            self._dialect["escapechar"] = "\\"
            cells = self._cells()
        if cells is None or self._has_swallowed(cells):
            return self._mended(start)
        self._quoted = self._has_quotes()
        return Row(start, cells)

    def _cells(self) -> list[str] | None:
        """The fields of the row that begins with the next line, None for one that is broken; `_taken` has its lines."""
        self._taken = []
        try:
            return next(csv.reader(self._take(), strict=True, **self._dialect), [])
        except (csv.Error, _Unended):
            return None

    def _take(self) -> Iterator[str]:
        size = 0
        while True:
            line = self._line()
            if self._ended:
                return
            self._taken.append(line)
            size += len(line or "")
            if line is None or size > MAX_ROW_BYTES:
                raise _Unended
            yield line

    def _line(self) -> str | None:
        """The next line, None for one that is too long, "" after the last, when `_ended` is set."""
        if self._ahead:
            line = self._ahead.popleft()
        else:
            line = next(self._source, "")
            self._ended = line == ""
            self._read += len(line or "")
        self._number += not self._ended
        return line

    def _put_back(self, lines: list[str | None]) -> None:
        self._ended = False
        self._ahead.extendleft(reversed(lines))
        self._number -= len(lines)
        self._read_again += sum(len(line or "") for line in lines)

    def _is_escaped(self) -> bool:
        """Whether the row has quotation marks behind backslashes, as some databases write them."""
        return "escapechar" not in self._dialect and any('\\"' in (line or "") for line in self._taken)

    def _has_quotes(self) -> bool:
        delimiter = self._dialect["delimiter"]
        return any((line or "").startswith('"') or f'{delimiter}"' in (line or "") for line in self._taken)

    def _has_swallowed(self, cells: list[str]) -> bool:
        """Whether a row of several lines is of several rows."""
        inner = self._taken[1:-1]
        if len(self._taken) < 2 or self._width <= _SWALLOWED:
            return False
        if len(cells) > self._width:
            return True
        return len(inner) >= _SWALLOWED and all(map(self._is_row, inner[:_LOOKED_AT]))

    def _is_row(self, line: str | None) -> bool:
        """Whether a line without quotation marks has as many fields as a row."""
        if line is None or '"' in line:
            return False
        try:
            return len(next(csv.reader([line], **self._dialect), [])) == self._width
        except csv.Error:  # a carriage return in the middle of it
            return False

    def _mended(self, start: int) -> Row | InputRefused:
        """What can be made of a broken row that has just been taken; the lines after its first are read again."""
        first, *rest = self._taken
        self._put_back(rest)
        name = f"{self._name}#{start}"
        if first is None:
            return InputRefused(name, TOO_LONG)
        cells = fields_with_quotes(first.rstrip("\r\n"), self._dialect["delimiter"], self._width)
        if cells is not None and len(cells) == self._width:
            self._quoted = True
            return Row(start, cells, ("quotation marks in it are not doubled; read as they stand",))
        reason = "is no row of a table: a quotation mark opens a field that does not end there"
        while True:
            cells = self._cells()
            if not self._taken:
                return InputRefused(name, f"{reason}; no row comes after it")
            if cells is None:
                cells = fields_with_quotes(
                    (self._taken[0] or "").rstrip("\r\n"), self._dialect["delimiter"], self._width
                )
            alike = cells is not None and len(cells) == self._width and not self._has_swallowed(cells)
            if alike and self._quoted in (None, self._has_quotes()):
                self._put_back(self._taken)
                return InputRefused(name, f"{reason}; read on from line {self._number + 1}")
            self._put_back(self._taken[1:])
            if self._read_again > _MOST_AGAIN + self._read:
                raise InputRefused(name, f"{reason}, like many before it; the table is not read on")


def fields_with_quotes(line: str, delimiter: str, most: int) -> list[str] | None:
    """The fields of a line in which quotation marks are not doubled: "He said "no" to it", "No" was his answer.

    A mark that ends a field has the delimiter or nothing after it, one that begins a field has the delimiter before it
    and a letter after it. None where that gives no row of `most` fields at the most: each may cost the whole line.
    """
    quoted, plain = _fields(delimiter)
    cells: list[str] = []
    place = 0
    while place <= len(line):
        if len(cells) == most or len(cells) * len(line) > _MOST_LOOKED_AT:
            return None
        if found := quoted.match(line, place):
            cells.append(found[1].replace('""', '"'))
        else:
            found = plain.match(line, place)
            if not found or found[0].count('"') % 2:
                return None
            cells.append(found[0])
        place = found.end() + 1
    return cells


@cache
def _fields(delimiter: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a field with quotation marks around it looks like, and one without."""
    mark = re.escape(delimiter)
    blank, end = rf"[^\S{mark}]*", rf"(?={mark}|$)"
    inner = rf'(?>[^"]+|""(?!{blank}{end})|(?:(?<!{mark})|(?="\s))"(?!{blank}{end}))*+'
    return re.compile(rf'{blank}"({inner})"{blank}{end}'), re.compile(rf"[^{mark}]*+")
