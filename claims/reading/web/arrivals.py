"""What a server sent into articles, whatever it calls it."""

import io
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from claims.errors import InputRefused
from claims.reading.feeds import is_feed, read_feed
from claims.reading.formats import format_for, reader_of, text_article
from claims.reading.given import Given
from claims.reading.limits import MAX_BYTES
from claims.reading.packed import opened
from claims.reading.pages import is_page, read_page
from claims.reading.web.fetching import PAGES, Fetched
from claims.terms import Article

_FORMATS = {
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "application/xml": "feed",
    "text/xml": "feed",
    "application/pdf": "pdf",
    "application/json": "json",
    "application/x-ndjson": "json lines",
    "application/jsonl": "json lines",
    "text/csv": "csv",
    "text/tab-separated-values": "csv",
}
"""What servers call the formats that are read."""

_NO_KIND = ("application/octet-stream", "application/gzip", "application/x-gzip")
"""What servers call what they do not know, or what is packed."""

KINDS = (*PAGES, *_FORMATS, *_NO_KIND)
"""What the kind of anything that is read may start with."""


def read_fetched(url: str, fetched: Fetched, given: Given) -> Iterator[Article | InputRefused]:
    """The articles in what a server sent for `url`: those of a feed or a table, or the one of a document, a text or a
    page. Raises InputRefused."""
    stream = opened(url, io.BytesIO(fetched.data))
    beginning = stream.peek(4096)[:4096]
    if not beginning.strip():
        raise InputRefused(url, f"the server answered {fetched.status} and sent nothing")
    kind = _format(fetched, beginning)
    if kind == "feed":
        yield from read_feed(url, stream, given, fetched.url)
    elif kind == "page":
        yield read_page(url, stream.read(MAX_BYTES + 1), fetched.url, fetched.charset)
    elif kind == "text":
        yield text_article(url, stream.read(MAX_BYTES + 1), url=fetched.url)
    else:
        for found in reader_of(kind)(url, stream, given):
            # A table's rows have addresses of their own.
            alone = isinstance(found, Article) and found.path == url
            yield replace(found, url=found.url or fetched.url) if isinstance(found, Article) and alone else found


def _format(fetched: Fetched, beginning: bytes) -> str:
    """The format of what was sent: what it begins like, else what its server calls it."""
    if is_feed(beginning):
        return "feed"
    if is_page(beginning):
        return "page"
    if beginning.startswith(b"%PDF-"):
        return "pdf"
    if fetched.is_text or fetched.kind in _NO_KIND:
        return format_for(urlsplit(fetched.url).path, beginning)
    return _FORMATS.get(fetched.kind, "page")
