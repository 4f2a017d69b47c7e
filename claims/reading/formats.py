"""Which format a file has, by its name or its beginning, and who reads it."""

import io
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from claims.errors import InputRefused
from claims.reading.decoding import decode
from claims.reading.given import Given, Reader
from claims.reading.head import read_head
from claims.reading.limits import MAX_BYTES
from claims.reading.pages import is_page, read_page
from claims.terms import Article

_PACKED = ".gz"
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml\s|!doctype\s)", re.IGNORECASE)
_READERS = {
    "text": "claims.reading.formats:read_text",
    "page": "claims.reading.formats:read_one_page",
    "json": "claims.reading.tabular.objects:read_json",
    "json lines": "claims.reading.tabular.objects:read_json_lines",
    "csv": "claims.reading.tabular.tables:read_csv",
    "feed": "claims.reading.feeds:read_feed",
    "warc": "claims.reading.archives:read_warc",
    "pdf": "claims.reading.documents:read_pdf",
}
_JSON = re.compile(rb"(?:\[\s*)?\{\s*[\"}]")
TEXT_ENDINGS = (".txt", ".text", ".md", ".markdown")
PAGE_ENDINGS = (".html", ".htm", ".xhtml")
_ENDINGS = {
    **dict.fromkeys(TEXT_ENDINGS, "text"),
    **dict.fromkeys(PAGE_ENDINGS, "page"),
    **dict.fromkeys((".jsonl", ".ndjson", ".jsonlines"), "json lines"),
    ".json": "json",
    **dict.fromkeys((".csv", ".tsv"), "csv"),
    **dict.fromkeys((".rss", ".atom", ".rdf", ".xml"), "feed"),
    ".warc": "warc",
    ".pdf": "pdf",
}
ENDINGS = tuple(_ENDINGS)
"""The endings of names that are looked for in folders, each also with ".gz" behind it."""


def is_readable(name: str) -> bool:
    """Whether a file of this name is looked into where nobody named it: one in a folder."""
    return name.lower().removesuffix(_PACKED).endswith(ENDINGS)


def reader_for(name: str, stream: io.BufferedReader) -> Reader:
    """What reads a file: told by its name's ending, else by its beginning; text where neither tells."""
    return reader_of(format_for(name, stream.peek(1024)[:1024]))


def reader_of(kind: str) -> Reader:
    """What reads a format, as `format_for` calls it."""
    module, _, function = _READERS[kind].partition(":")
    reader: Reader = getattr(import_module(module), function)
    return reader


def format_for(name: str, beginning: bytes) -> str:
    """The format of what has this name and begins so: "text", "page", "json", "json lines", "csv", "feed" …"""
    kind = _ENDINGS.get(Path(name.lower().removesuffix(_PACKED)).suffix)
    if kind is None or (kind == "feed" and b"<html" in beginning.replace(b"\0", b"").lower()):  # XHTML is XML, too
        return _format_of(beginning)
    return kind


def _format_of(beginning: bytes) -> str:
    from claims.reading.feeds import is_feed, is_list_of_feeds

    if is_page(beginning):
        return "page"
    if is_feed(beginning) or is_list_of_feeds(beginning) or _XML.match(beginning):  # its reader refuses what is no feed
        return "feed"
    if beginning.startswith(b"WARC/"):
        return "warc"
    if beginning.startswith(b"%PDF-"):
        return "pdf"
    start = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()
    return "json" if _JSON.match(start) else "text"


def read_text(name: str, stream: io.BufferedReader, given: Given) -> Iterator[Article | InputRefused]:
    """The one article in a plain text, with what its head tells; its file's name stands in for a title."""
    yield text_article(name, stream.read(MAX_BYTES + 1), None if name == "-" else _title_from(name))


def read_one_page(name: str, stream: io.BufferedReader, given: Given) -> Iterator[Article | InputRefused]:
    """The one article in a web page that was saved."""
    yield read_page(name, stream.read(MAX_BYTES + 1), url=given.url)


def text_article(name: str, data: bytes, title: str | None = None, url: str | None = None) -> Article:
    """The article in a plain text, `title` where its head has none. Raises InputRefused, naming `name`."""
    text, notes = decode(name, data)
    head = read_head(text)
    return Article(
        name,
        text,
        title=head.title or title,
        published=head.published,
        publisher=head.publisher,
        author=head.author,
        url=url or head.url,
        notes=notes,
    )


def _title_from(name: str) -> str | None:
    stem = Path(name.removesuffix(_PACKED)).stem
    return stem.replace("-", " ").replace("_", " ") or None
