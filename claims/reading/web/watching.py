"""Feeds that are asked again and again for what is new in them."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from claims.errors import InputRefused
from claims.reading.admitting import admitted
from claims.reading.feeds import Entry, Feed, entry_article, parse_feed
from claims.reading.given import Given
from claims.reading.limits import LONGEST_PAUSE_SECONDS, MAX_FEED_ENTRIES
from claims.reading.web.arrivals import KINDS, read_fetched
from claims.reading.web.courtesy import LeftAlone, Visitor, is_transient
from claims.reading.web.fetching import Fetched, Unfetchable
from claims.reading.web.watched import MOST_SEEN, Watched, WatchedFeed
from claims.terms import Article

_MOST_TRIES = 3
_GONE = 410


class Moved(NamedTuple):
    """A feed's server said that it stands elsewhere from now on, where it is asked the next time."""

    url: str
    address: str


def new_articles(
    url: str, watched: Watched, visitor: Visitor, given: Given, every: float
) -> Iterator[Article | InputRefused | Moved]:
    """Ask a feed once for what is new in it, oldest first: articles, and refusals by name. One that is gone for good is
    not asked again.

    What was yielded is dealt with, and remembered so, when the next is asked for: whoever stops before gets it again.
    An article whose server is in trouble is tried again at later polls, three times in all. A feed that fails is left
    alone for twice as long each time, from `every` seconds up to a day, or as long as its server says.
    """
    feed = watched[url]
    if feed.gone or visitor.clock() < feed.not_before:
        return
    try:
        answer = _asked(url, feed, visitor)
    except InputRefused as refusal:
        if isinstance(refusal, Unfetchable) and refusal.status == _GONE:
            feed.gone = True
            watched.save()
            yield InputRefused(url, f"{refusal.reason}: it is gone for good, and not asked again")
            return
        if isinstance(refusal, LeftAlone):
            # It was not asked, so that it did not fail.
            feed.not_before = visitor.clock() + (refusal.retry_after or 0)
            watched.save()
            yield InputRefused(url, f"{refusal.reason}; asked after that")
            return
        feed.address = None  # Where it stood before is asked again.
        feed.failures += 1
        wait = min(every * 2 ** min(feed.failures, 20), LONGEST_PAUSE_SECONDS)
        if isinstance(refusal, Unfetchable) and refusal.retry_after:
            wait = min(max(wait, refusal.retry_after), LONGEST_PAUSE_SECONDS)
        feed.not_before = visitor.clock() + wait
        watched.save()
        yield InputRefused(url, f"{refusal.reason}; not asked again for {_span(wait)}")
        return
    feed.failures, feed.not_before = 0, 0.0
    if answer is not None:
        parsed, fetched = answer
        if fetched.moved:
            feed.address = fetched.moved
            watched.save()
            yield Moved(url, fetched.moved)
        yield from _entries(url, parsed, feed, watched, visitor, given)
        if not feed.tries:
            # Only now: a feed that "has not changed" would not show again what is still missing.
            feed.etag, feed.modified = fetched.headers.get("etag"), fetched.headers.get("last-modified")
    watched.save()


def _asked(url: str, feed: WatchedFeed, visitor: Visitor) -> tuple[Feed, Fetched] | None:
    """The feed, and what its server sent; None if nothing has changed."""
    conditions = {"If-None-Match": feed.etag, "If-Modified-Since": feed.modified}
    headers = {name: value for name, value in conditions.items() if value}
    headers["Accept"] = "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5"
    # Feeds come as all kinds of things.
    fetched = visitor.fetch(feed.address or url, kinds=("",), headers=headers)
    return None if fetched.status == 304 else (parse_feed(url, fetched.data, fetched.url), fetched)


def _entries(
    url: str, parsed: Feed, feed: WatchedFeed, watched: Watched, visitor: Visitor, given: Given
) -> Iterator[Article | InputRefused]:
    seen = set(feed.seen)
    for entry in reversed(parsed.entries):
        if entry.id in seen:
            continue
        if entry.text is None and entry.url in watched.pages:
            # Another feed named the same page.
            feed.seen.append(entry.id)
            seen.add(entry.id)
            continue
        found = _article(url, parsed, entry, visitor, given)
        tries = feed.tries.get(entry.id, 0) + 1
        if isinstance(found, LeftAlone):
            feed.tries[entry.id] = tries - 1  # it was not tried, and is told of when it is
        elif isinstance(found, Unfetchable) and is_transient(found) and tries < _MOST_TRIES:
            found = InputRefused(found.name, f"{found.reason}; tried again at the next poll")
            feed.tries[entry.id] = tries
            yield found
        else:
            yield found
            feed.tries.pop(entry.id, None)
            feed.seen.append(entry.id)
            seen.add(entry.id)
            if entry.url:
                watched.pages[entry.url] = None
        watched.save()
    listed = {entry.id for entry in parsed.entries}
    feed.tries = {id: tries for id, tries in feed.tries.items() if id in listed}
    gone = [id for id in feed.seen if id not in listed]
    forgotten = set(gone[: max(0, len(gone) - MOST_SEEN)])
    feed.seen = [id for id in feed.seen if id not in forgotten]
    if parsed.left_out:
        yield InputRefused(url, f"has {parsed.left_out:,} entries more than the {MAX_FEED_ENTRIES:,} that were read")


def _article(url: str, parsed: Feed, entry: Entry, visitor: Visitor, given: Given) -> Article | InputRefused:
    """The article of an entry: what stands in the feed, else the page that it names, with what the feed tells of it."""
    name = entry.url or f"{url}#{entry.id}"
    try:
        if entry.text is not None or entry.url is None:
            return admitted(entry_article(name, parsed, entry), given)
        found, *more = islice(read_fetched(entry.url, visitor.fetch(entry.url, kinds=KINDS), given), 2)
        if more:
            return InputRefused(entry.url, "is no article, but a feed or a table of several")
        if isinstance(found, InputRefused):
            return found
        told = replace(
            found,
            title=found.title or entry.title,
            published=found.published or entry.published,
            publisher=_publisher(found.publisher, entry.url) or parsed.title or found.publisher,
            author=found.author or entry.author,
        )
        return admitted(told, given)
    except InputRefused as refusal:
        return refusal


def _publisher(name: str | None, url: str) -> str | None:
    """What a page says of its publisher; not the host that stands in for a name where it says nothing."""
    return name if name and name.lower() not in url.lower() else None


def _span(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{seconds:.0f} seconds"
    return f"{minutes} minute{'s' * (minutes != 1)}" if minutes < 120 else f"{round(minutes / 60)} hours"
