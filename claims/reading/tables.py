"""Tables of articles, a row each, read line by line whatever their size: JSON Lines, CSV (tabs and semicolons, too)."""

import codecs
import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import AnyStr, TypeVar

from claims.errors import InputRefused
from claims.reading.decoding import decode
from claims.reading.given import Given
from claims.reading.limits import MAX_BYTES, MAX_CHARACTERS, MAX_ROW_BYTES
from claims.reading.rows import columns_of, row_article
from claims.terms import Article

_DELIMITERS = ",;\t|"
_MOST_COLUMNS = 1000
_TOLD_IN_A_ROW = 100
_Json = TypeVar("_Json", dict, list)
_Reader = Callable[[str, io.BufferedReader, Given], Iterator[Article | InputRefused]]


def _few_refusals(read: _Reader) -> _Reader:
    """A reader that tells of the first rows it refuses one after the other; of those behind them, which may be a
    million in what is no table, it tells how many they are."""

    @wraps(read)
    def told(name: str, stream: io.BufferedReader, given: Given) -> Iterator[Article | InputRefused]:
        in_a_row, first = 0, ""
        refusal = InputRefused(name, "")

        def others() -> Iterator[InputRefused]:
            if in_a_row > _TOLD_IN_A_ROW:
                more = in_a_row - _TOLD_IN_A_ROW
                yield InputRefused(first, f"and behind it: {more:,} more refused one after the other, up to {refusal}")

        try:
            for found in read(name, stream, given):
                if isinstance(found, InputRefused):
                    in_a_row, refusal = in_a_row + 1, found
                    if in_a_row > _TOLD_IN_A_ROW:
                        first = first or found.name
                        continue
                else:
                    yield from others()
                    in_a_row, first = 0, ""
                yield found
        except InputRefused:
            yield from others()
            raise
        yield from others()

    return told


@_few_refusals
def read_json_lines(name: str, stream: io.BufferedReader, given: Given) -> Iterator[Article | InputRefused]:
    """The articles of a file with a JSON object a line, each named "FILE#LINE"; broken lines come as refusals."""
    for number, line in enumerate(_lines(stream), 1):
        row = f"{name}#{number}"
        try:
            if line is None:
                raise InputRefused(row, f"is longer than {MAX_ROW_BYTES // 1_000_000} MB")
            if not line.strip():
                continue
            value = _parsed(row, line, dict)
            yield row_article(row, value, columns_of(row, value, given))
        except InputRefused as refusal:
            yield refusal


@_few_refusals
def read_json(name: str, stream: io.BufferedReader, given: Given) -> Iterator[Article | InputRefused]:
    """The articles of one JSON array of objects, each named "FILE#PLACE". Raises InputRefused where it is none."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputRefused(name, f"larger than {MAX_BYTES // 1_000_000} MB; JSON Lines may be of any size")
    for number, value in enumerate(_parsed(name, decode(name, data)[0], list), 1):
        row = f"{name}#{number}"
        try:
            if not isinstance(value, dict):
                raise InputRefused(row, "is no JSON object")
            yield row_article(row, value, columns_of(row, value, given))
        except InputRefused as refusal:
            yield refusal


def _parsed(row: str, line: str, kind: type[_Json]) -> _Json:
    """The object or array in `line`. Raises InputRefused, naming `row`."""
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputRefused(row, f"is no JSON ({error.msg} at character {error.pos + 1})") from error
    except (RecursionError, ValueError) as error:  # ValueError: a number of thousands of digits
        raise InputRefused(row, "is JSON that nobody can mean: too deep, or with too long a number") from error
    if not isinstance(value, kind):
        raise InputRefused(row, f"is no JSON {'object' if kind is dict else 'array'}")
    return value


@_few_refusals
def read_csv(name: str, stream: io.BufferedReader, given: Given) -> Iterator[Article | InputRefused]:
    """The articles of a table whose first line names its columns, each named "FILE#LINE" by its row's first line.

    What divides the columns (comma, semicolon, tab, bar) is what the first line has most of. Raises InputRefused where
    no column holds the text.
    """
    # The module's own limit is below the longest articles. It is one for the whole process, and never lowered here.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_CHARACTERS))
    too_long: list[int] = []
    lines = _csv_lines(stream, too_long)
    first = next(lines, "")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(_again(first, lines), delimiter=delimiter)
    columns: dict[str, str] | None = None
    head: list[str] = []
    while True:
        row = f"{name}#{reader.line_num + 1}"
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield InputRefused(row, f"is no row of a table ({error})")
            continue
        while too_long:
            yield InputRefused(f"{name}#{too_long.pop(0)}", f"is longer than {MAX_ROW_BYTES // 1_000_000} MB")
        if cells is None:
            return
        if not any(cells):
            continue
        if columns is None:
            head = cells[:_MOST_COLUMNS]
            columns = columns_of(name, head, given)
            continue
        try:
            if len(cells) > len(head):
                raise InputRefused(row, f"has {len(cells)} fields, the table's head {len(head)}: is it quoted rightly?")
            yield row_article(row, dict(zip(head, cells, strict=False)), columns)
        except InputRefused as refusal:
            yield refusal


def _csv_lines(stream: io.BufferedReader, too_long: list[int]) -> Iterator[str]:
    """The lines; in the place of one that is too long stands an empty one, and its number goes to `too_long`."""
    for number, line in enumerate(_lines(stream), 1):
        if line is None:
            too_long.append(number)
        yield line or "\n"


def _again(first: str, lines: Iterable[str]) -> Iterator[str]:
    if first:
        yield first
    yield from lines


def _lines(stream: io.BufferedReader) -> Iterator[str | None]:
    """The lines of a stream with their ends, None for one that is too long; no line is ever held in full if it is."""
    start = stream.peek(4)[:4]
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        wide = io.TextIOWrapper(stream, "utf-16", errors="replace", newline="")
        # In UTF-16 the limit counts characters.
        yield from _cut(lambda: wide.readline(MAX_ROW_BYTES + 1))
        return
    if start[:3] == codecs.BOM_UTF8:
        stream.read(3)
    for line in _cut(lambda: stream.readline(MAX_ROW_BYTES + 1)):
        yield None if line is None else _decoded(line)


def _cut(readline: Callable[[], AnyStr]) -> Iterator[AnyStr | None]:
    while line := readline():
        if len(line) <= MAX_ROW_BYTES:
            yield line
            continue
        while line and line[-1:] not in ("\n", b"\n"):
            line = readline()
        yield None


def _decoded(line: bytes) -> str:
    """A line as UTF-8, else as Windows-1252, the charset of old exports; a byte that neither knows becomes U+FFFD."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")
