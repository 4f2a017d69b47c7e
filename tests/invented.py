"""Invented articles with what is said in them, as databases, and what the pages over those answer."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from datasette.app import Datasette

from claims.store import Store
from claims.terms import Article, Attribution, Relation, Source, Span
from claims.web import application

AGENCY = Source("NNA", "Northern News Agency", "media", "test")
MINISTER = Source("Lindqvist", "Ada Lindqvist", "person", "test")
MINISTRY = Source("the ministry", "Defence Ministry of Norland", "government", "test")
GRAIN = "Norland has sold ten shiploads of grain to Sudmark"
BRIDGE = "the bridge over the Orra will open next spring"
TAXES = "taxes on small boats are going to fall by half"
HOSTILE = "<script>alert(1)</script>"


def article(path: str, *said: str, **known: Any) -> Article:
    """An article whose text is one sentence for each thing said."""
    return Article(path, "\n".join(f"It was said that {words}." for words in said), **known)


def attribution(reported: Article, words: str, sources: tuple[Source, ...], stance: str = "asserts") -> Attribution:
    """One time that `sources` said `words` in an article."""
    start = reported.text.index(words)
    relation = Relation((), (Span(start - 10, start - 6),), (Span(start, start + len(words)),), 0.9, "test")
    names = "-".join(source.name for source in sources)
    return Attribution(f"{reported.path}-{start}-{names}", relation, words, "said", "say", sources, "indirect", stance)


def add(store: Store, reported: Article, *said: tuple[str, tuple[Source, ...], str]) -> None:
    """Store an article with what is said in it."""
    store.add(reported, [attribution(reported, *one) for one in said])


def copied(database: Path, path: Path) -> Path:
    """A copy of a database that a test may change."""
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)
    return path


@contextmanager
def closed_after(site: Datasette) -> Iterator[Datasette]:
    """A Datasette whose threads and connections are gone afterwards."""
    try:
        yield site
    finally:
        site.executor.shutdown()
        for served in site.databases.values():
            served.close()


def get(path: Path, *addresses: str) -> list[Any]:
    """The responses to some addresses of the pages over a database."""

    async def ask(site: Datasette) -> list[Any]:
        return [await site.client.get(address) for address in addresses]

    with closed_after(application(path)) as site:
        return asyncio.run(ask(site))
