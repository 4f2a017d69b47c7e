"""What readers take away from a claim or a source: its rows as CSV and JSON, and as a feed of what is new."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from datasette import Response
from sqlite_utils import Database

from claims.desk import core
from claims.desk.feeds import LONGEST_FEED, Entry, atom, urn
from claims.desk.links import absolute, in_article
from claims.desk.shown import shortened
from claims.desk.views import answers
from claims.store.desk.said import Said, Wanted, place, stretch

MOST_ROWS = 10_000
"""A download has so many rows at most, and says where the rest is."""

ROWS = {"csv": MOST_ROWS, "json": 250}
"""It has so many where no other `size` is asked for: a program that reads JSON goes on."""

ROWS_AT_ONCE = 500
"""They are read in parts, so that other readers come in between and none takes long."""

LONGEST_TITLE = 300


@dataclass(frozen=True)
class Taken:
    """Rows of a download; `more` is where the rest begins, `note` says so; both are None where all are here."""

    rows: list[Said]
    more: str | None
    note: str | None


@dataclass(frozen=True)
class Subject:
    """What rows are taken of, a claim or a source: `path` is its page, `query` what of it is shown ("stance=denies"),
    `file` and `title` what a download and a feed are called, `told` reads what JSON tells of it beside the rows."""

    what: str
    path: str
    query: str
    file: str
    title: str
    told: Callable[[Database], Any]


async def answer(datasette: Any, request: Any, form: str, subject: Subject, wanted: Wanted) -> Response:
    """The rows that are wanted of a subject, as "csv" or "json", or the newest of them as a feed ("atom")."""
    if form == "atom":
        newest = replace(wanted, newest_first=True, limit=LONGEST_FEED, start=None, backwards=False)
        found = await core.read(datasette, stretch, newest)
        page = f"{subject.path}?{subject.query}" if subject.query else subject.path
        return atom(datasette, request, subject.title, page, entries(found.rows))
    taken = await take(datasette, request, wanted, subject.path, form)
    # In a thread: others are answered meanwhile.
    if form == "csv":
        return await asyncio.to_thread(as_table, datasette, request, subject.file, taken)
    told = {subject.what: asdict(await core.read(datasette, subject.told))}
    return await asyncio.to_thread(as_json, datasette, request, subject.path, told, taken)


async def take(datasette: Any, request: Any, wanted: Wanted, path: str, form: str) -> Taken:
    """The rows that are wanted, as many as are asked for; `path` is where this download is, but for its form."""
    rows: list[Said] = []
    most = min(max(1, answers.typed_number(request, "size") or ROWS[form]), MOST_ROWS)
    while True:
        part = await core.read(datasette, stretch, replace(wanted, limit=min(ROWS_AT_ONCE, most - len(rows))))
        rows += part.rows
        if part.after is None:
            return Taken(rows, None, None)
        if len(rows) >= most:
            kept = {name: request.args[name] for name in ("stance", "size") if request.args.get(name)}
            more = absolute(datasette, request, f"{path}.{form}?{urlencode(kept | {'after': part.after})}")
            return Taken(rows, more, f"Only {len(rows):,} rows are here. The next ones: {more}")
        wanted = replace(wanted, start=place(part.after), backwards=False)


def as_table(datasette: Any, request: Any, name: str, taken: Taken) -> Response:
    """Rows as CSV, each with the address of its place in its article; the last one tells where rows are missing."""
    columns = [*(field.name for field in fields(Said)), "permalink", "note"]
    site = absolute(datasette, request, "/").removesuffix("/")
    rows = [[*vars(row).values(), site + in_article(row.article_id, row.attribution_id), None] for row in taken.rows]
    if rows:
        rows[-1][-1] = taken.note
    return answers.table(name, columns, rows)


def as_json(datasette: Any, request: Any, path: str, told: dict[str, Any], taken: Taken) -> Response:
    """What is known of a claim or a source, with its rows."""
    site = absolute(datasette, request, "/").removesuffix("/")
    rows = [vars(row) | {"permalink": site + in_article(row.article_id, row.attribution_id)} for row in taken.rows]
    beside = {"permalink": absolute(datasette, request, path), "note": taken.note, "next": taken.more}
    return answers.json({**beside, **told, "rows": rows})


def entries(rows: Sequence[Said]) -> list[Entry]:
    """Rows as things of a feed: each is told once, and keeps its name wherever its article goes."""
    return [
        Entry(
            urn("said", row.sha256, row.attribution_id),
            shortened(f"{row.source or 'Nobody named'} {row.stance}: {row.claim}", LONGEST_TITLE),
            in_article(row.article_id, row.attribution_id),
            row.published or row.ingested_at,
            f"{row.said} ({', '.join(filter(None, [row.article, row.publisher, row.day]))})",
            row.source or "Nobody named",
        )
        for row in rows
    ]
