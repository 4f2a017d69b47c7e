"""RSS and Atom feeds: entries that hold a whole article are articles, others name the page where it stands."""

import io
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urljoin

from claims.errors import InputRefused, NotArticles
from claims.language.characters import without_halves
from claims.reading.dates import iso_date
from claims.reading.given import Given
from claims.reading.limits import MAX_CHARACTERS, MAX_FEED_BYTES, MAX_FEED_ENTRIES
from claims.reading.markup import text_of_markup
from claims.reading.printable import plain_line
from claims.reading.sheltered import sheltered
from claims.terms import Article

_PROLOGUE = rb"(?:<\?[^>]{0,200}\?>|<!--(?:(?!-->).){0,900}-->|<!DOCTYPE[^>\[]{0,200}>|\s)*+"
_FEED = re.compile(_PROLOGUE + rb"<(?:rss|feed|rdf:RDF)\b", re.S)
_LIST = re.compile(_PROLOGUE + rb"<opml\b", re.S)
_ROOT = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf)\b", re.I)
_NAMED_FEED = re.compile(rb"<link\b[^<>]{0,400}\btype\s*=\s*[\"']?application/(?:rss|atom)\+xml[^<>]{0,400}>", re.I)
_HREF = re.compile(rb"\bhref\s*=\s*[\"']?([^\"'\s<>]{1,1000})", re.I)
_DECLARES_ENTITIES = re.compile(rb"<!ENTITY", re.I)
_TEASER = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|read more|continue reading|read the full (?:story|article))\W*$", re.I
)
_LEAST_WHOLE = 600
"""A text below so many characters is a summary, unless the feed calls it the content and it has several paragraphs."""


@dataclass(frozen=True)
class Entry:
    """One entry of a feed. `id` stays the same from poll to poll; `text` is the whole article where the feed has it,
    else None; `published` is the day that the feed tells, an ISO date."""

    id: str
    url: str | None
    title: str | None
    published: str | None
    author: str | None
    text: str | None


@dataclass(frozen=True)
class Feed:
    """A feed's entries as it lists them, `MAX_FEED_ENTRIES` at most; `left_out` tells how many more it had."""

    title: str | None
    language: str | None
    entries: tuple[Entry, ...]
    left_out: int


def is_feed(beginning: bytes) -> bool:
    """Whether bytes begin as a feed does."""
    return bool(_FEED.match(beginning.removeprefix(b"\xef\xbb\xbf")))


def is_list_of_feeds(beginning: bytes) -> bool:
    """Whether bytes begin as OPML does, in which readers of feeds keep what they are subscribed to."""
    return bool(_LIST.match(beginning.removeprefix(b"\xef\xbb\xbf")))


def declares_entities(data: bytes) -> bool:
    """Whether XML, of whatever charset, declares entities of its own: no feed needs them, and attacks do."""
    return bool(_DECLARES_ENTITIES.search(data.replace(b"\0", b"")))


def parse_feed(name: str, data: bytes, url: str | None = None) -> Feed:
    """The feed in `data`, which came from `url`. Raises InputRefused, naming `name`, for what is no feed."""
    bare = data.replace(b"\0", b"")  # UTF-16, too
    if not _ROOT.search(bare):
        raise NotArticles(name, _other_than_feed(data, url))
    if len(data) > MAX_FEED_BYTES:
        raise InputRefused(name, f"is a feed of more than {MAX_FEED_BYTES // 1_000_000} MB")
    if declares_entities(data):
        raise InputRefused(name, "declares entities of its own, which no feed needs and attacks do; not read")
    # What parses broken markup can be kept busy for long.
    found = sheltered(name, "claims.reading.feeds:found_in", data, {"url": url})
    return Feed(**{**found, "entries": tuple(Entry(**entry) for entry in found["entries"])})


def _other_than_feed(data: bytes, url: str | None) -> str:
    if is_list_of_feeds(data[:1024]):
        return "is a list of feeds (OPML): claims watch takes those"
    link = _NAMED_FEED.search(data[:200_000])
    href = link and _HREF.search(link[0])
    address = _address(url, href[1].decode("utf-8", "replace")) if href else None
    return f"is no RSS or Atom feed, but a page with one: {address}" if address else "is no RSS or Atom feed"


def found_in(data: bytes, url: str | None) -> dict[str, Any]:
    """What a feed tells, as Feed and Entry have it. Raises InputRefused."""
    import feedparser

    # What is shown of an entry is text alone, so that nothing has to be made safe for a browser.
    parsed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.get("version") and not parsed.entries:
        raise InputRefused("", "is no RSS or Atom feed")
    entries = parsed.entries
    return {
        "title": plain_line(parsed.feed.get("title")),
        "language": _words(parsed.feed.get("language")),
        "entries": [asdict(_entry(entry, url)) for entry in entries[:MAX_FEED_ENTRIES]],
        "left_out": max(0, len(entries) - MAX_FEED_ENTRIES),
    }


def read_feed(
    name: str, stream: io.BufferedReader, given: Given, url: str | None = None
) -> Iterator[Article | InputRefused]:
    """The articles that stand whole in a feed, named "FILE#1" by their place; others are refused with their address."""
    feed = parse_feed(name, stream.read(MAX_FEED_BYTES + 1), url)
    for number, entry in enumerate(feed.entries, 1):
        try:
            yield entry_article(f"{name}#{number}", feed, entry)
        except InputRefused as refusal:
            yield refusal
    if feed.left_out:
        yield InputRefused(name, f"has {feed.left_out:,} entries more; the first {MAX_FEED_ENTRIES:,} were read")
    if not feed.entries:
        yield InputRefused(name, "is a feed without entries")


def entry_article(name: str, feed: Feed, entry: Entry) -> Article:
    """The article that an entry holds. Raises InputRefused, naming `name`, where it only points at one."""
    if entry.text is None:
        there = f"the article is at {entry.url}" if entry.url else "it does not say where the article is"
        raise InputRefused(name, f"the feed has no more than a summary of it; {there}")
    if len(entry.text) > MAX_CHARACTERS:
        raise InputRefused(name, f"holds {len(entry.text):,} characters; an article has at most {MAX_CHARACTERS:,}")
    return Article(
        name,
        entry.text,
        title=entry.title,
        published=entry.published,
        publisher=feed.title,
        author=entry.author,
        url=entry.url,
        language=feed.language,
    )


def _entry(entry: Any, base: str | None) -> Entry:
    link = _words(entry.get("link"))
    url = _address(base, link)
    title = plain_line(entry.get("title"))
    day = entry.get("published") or entry.get("created") or entry.get("date") or ""
    return Entry(
        id=_words(entry.get("id")) or url or f"{title} {day}",
        url=url,
        title=title,
        published=iso_date(str(day)),
        author=plain_line(entry.get("author")),
        text=_whole_text(entry),
    )


def _address(base: str | None, link: str | None) -> str | None:
    try:
        url = urljoin(base or "", link or "")
    except ValueError:
        return None
    return url if url.lower().startswith(("http://", "https://")) else None


def _whole_text(entry: Any) -> str | None:
    """The longest content of an entry as text, unless it looks like a summary."""
    contents = [str(each.get("value") or "") for each in entry.get("content") or ()]
    markup = max(contents, key=len, default="") or str(entry.get("summary") or "")
    if not markup:
        return None
    text = without_halves(text_of_markup(markup))
    paragraphs = text.count("\n\n") + 1
    long_enough = len(text) >= _LEAST_WHOLE or (bool(contents) and paragraphs >= 3)
    return text if long_enough and not _TEASER.search(text[-60:]) else None


def _words(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return without_halves(" ".join(value.replace("\0", " ").split()))[:2000] or None
