"""Atom feeds, written by feedgen: what is new of a claim, a source, a search, or of what is contested."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from datasette import Response
from feedgen.feed import FeedGenerator

from claims.desk.links import absolute
from claims.desk.shown import visible_in_xml
from claims.desk.views.answers import OWN

LONGEST_FEED = 50
"""A feed tells so many things, the newest."""

MAKER = "Claim desk"
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """One thing of a feed. `id` comes from `urn`; `path` is the page about it on this site; `updated` is an ISO date
    or time; `said` is its text and `author` whose words it is.
    """

    id: str
    title: str
    path: str
    updated: str
    said: str = ""
    author: str = ""


def urn(*parts: object) -> str:
    """A name for a thing that stays the same wherever its database is served, made of what tells it from all others."""
    return uuid5(NAMESPACE_URL, "\n".join(["claims", *map(str, parts)])).urn


def atom(datasette: Any, request: Any, title: str, page: str, entries: Sequence[Entry]) -> Response:
    """A feed, newest entries first as they are given; `page` is the page of this site that tells the same.

    The feed of the page `/search?q=ferry` is at `/search.atom?q=ferry`.
    """
    feed = FeedGenerator()
    whole = absolute(datasette, request, page)
    path, asked, query = whole.partition("?")
    own = f"{path}.atom{asked}{query}"
    feed.id(own)
    feed.title(_plain(title))
    feed.author({"name": MAKER})
    feed.link(href=own, rel="self", type="application/atom+xml")
    feed.link(href=whole, rel="alternate", type="text/html")
    feed.updated(max((_time(entry.updated) for entry in entries), default=LONG_AGO))
    for entry in entries[:LONGEST_FEED]:
        told = feed.add_entry(order="append")
        told.id(entry.id)
        told.title(_plain(entry.title))
        told.updated(_time(entry.updated))
        told.link(href=absolute(datasette, request, entry.path), rel="alternate", type="text/html")
        if entry.said:
            told.summary(_plain(entry.said), type="text")
        if entry.author:
            told.author({"name": _plain(entry.author)})
    return Response(feed.atom_str(), headers=OWN, content_type="application/atom+xml; charset=utf-8")


def _plain(text: str) -> str:
    # An empty title would be no title to feedgen.
    return visible_in_xml(text).strip() or "…"


def _time(iso: str) -> datetime:
    try:
        told = datetime.fromisoformat(iso)
    except ValueError:
        return LONG_AGO
    return told if told.tzinfo else told.replace(tzinfo=UTC)
