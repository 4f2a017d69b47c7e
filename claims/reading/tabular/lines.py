"""The lines of a table, of any charset that tables come in, none held that is too long."""

import codecs
import io
from collections.abc import Callable, Iterator
from typing import AnyStr

from claims.reading.limits import MAX_ROW_BYTES

TOO_LONG = f"is longer than {MAX_ROW_BYTES // 1_000_000} MB"


def lines_of(stream: io.BufferedReader) -> Iterator[str | None]:
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
