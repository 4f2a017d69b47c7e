"""Web archives (WARC): each web page that a crawler stored, as an article."""

import io
import re
from collections.abc import Iterator
from contextlib import redirect_stderr
from typing import Any

from claims.errors import InputRefused
from claims.reading.given import Given
from claims.reading.limits import MAX_BYTES, MAX_WARC_HEADER_BYTES
from claims.reading.pages import read_page
from claims.terms import Article

_PAGES = ("text/html", "application/xhtml+xml")
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_PIECE = 65536


def read_warc(name: str, stream: io.BufferedReader, given: Given) -> Iterator[Article | InputRefused]:
    """The articles of an archive's responses, named "FILE#RECORD": web pages that a server sent with status 200.

    Requests, pictures, redirects and the like are passed over, what is too large or holds no article is refused.
    The day that a page was fetched on is not taken for the day that it was published on. Raises InputRefused, naming
    the record, where the archive cannot be read on.
    """
    from warcio.archiveiterator import ArchiveIterator

    guarded = _Guarded(stream)
    records = ArchiveIterator(guarded)
    number = wrong = 0
    while True:
        number += 1
        try:
            guarded.left = MAX_WARC_HEADER_BYTES
            with _unheard():
                record = next(records, None)
            guarded.left = None
            if records.err_count > wrong:
                wrong = records.err_count
                yield InputRefused(f"{name}#{number - 1}", "does not end where it says: it may have been read in part")
            if record is None:
                break
            with _unheard():
                found = _response(f"{name}#{number}", record) if record.rec_type == "response" else None
            if found is not None:
                yield found
            with _unheard():
                while record.raw_stream.read(_PIECE):
                    pass
        except InputRefused:
            raise
        except Exception as error:  # whatever broken records do to a parser that believes them
            raise InputRefused(f"{name}#{number}", f"is no record of a web archive ({str(error)[:200]})") from error
    if number == 1:
        yield InputRefused(name, "is no web archive: it has no records")


def _unheard() -> redirect_stderr[io.StringIO]:
    """The library prints what it wonders at, several lines with addresses as they come, escape sequences included."""
    return redirect_stderr(io.StringIO())


class _Guarded:
    """A stream of which no more than `left` bytes are read: what a record's head may have, which is held as a whole."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self.left: int | None = None

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        if self.left is not None:
            self.left -= len(data)
            if self.left < 0:
                raise ValueError(f"its head has more than {MAX_WARC_HEADER_BYTES:,} bytes")
        return data


def _response(name: str, record: Any) -> Article | InputRefused | None:
    """The article of a record that holds an HTTP response; None for what is no web page."""
    http = record.http_headers
    if http is None or http.get_statuscode() != "200":
        return None
    kind = http.get_header("Content-Type") or ""
    if kind.partition(";")[0].strip().lower() not in _PAGES:
        return None
    # A chunk is held as a whole before it is unpacked, and may be as long as its record.
    if record.length is not None and record.length > MAX_BYTES:
        return InputRefused(name, f"larger than {MAX_BYTES // 1_000_000} MB")
    try:
        data = record.content_stream().read(MAX_BYTES + 1)
        charset = _CHARSET.search(kind)
        return read_page(name, data, record.rec_headers.get_header("WARC-Target-URI"), charset and charset[1])
    except InputRefused as refusal:
        return refusal
