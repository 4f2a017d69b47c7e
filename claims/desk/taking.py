"""What readers take away from a claim or a source: its rows as CSV and JSON, and as a feed of what is new."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from datasette import Response

from claims.desk import core
from claims.desk.feeds import Entry, urn
from claims.desk.links import absolute
from claims.desk.views import answers
from claims.store.desk.said import Said, Wanted, place, stretch

MOST_ROWS = {"csv": 10_000, "json": 1000}
"""A download has so many rows, and says where the rest is: a program that reads JSON goes on there."""

ROWS_AT_ONCE = 1000
"""They are read in parts, so that other readers come in between and none takes long."""

LONGEST_TITLE = 300


@dataclass(frozen=True)
class Taken:
    """Rows of a download; `more` is where the rest begins, `note` says so; both are None where all are here."""

    rows: list[Said]
    more: str | None
    note: str | None


async def take(datasette: Any, request: Any, wanted: Wanted, path: str, form: str) -> Taken:
    """The rows that are wanted, up to `MOST_ROWS` of the form; `path` is where this download is."""
    rows: list[Said] = []
    most = MOST_ROWS[form]
    while True:
        part = await core.read(datasette, stretch, replace(wanted, limit=min(ROWS_AT_ONCE, most - len(rows))))
        rows += part.rows
        if part.after is None:
            return Taken(rows, None, None)
        if len(rows) >= most:
            asked = {"stance": wanted.stance} if wanted.stance else {}
            more = absolute(datasette, request, f"{path}.{form}?{urlencode(asked | {'after': part.after})}")
            return Taken(rows, more, f"Only {len(rows):,} rows are here. The next ones: {more}")
        wanted = replace(wanted, start=place(part.after), backwards=False)


def as_table(datasette: Any, request: Any, name: str, taken: Taken) -> Response:
    """Rows as CSV, each with the address of its place in its article; the last one tells where rows are missing."""
    columns = [*(field.name for field in fields(Said)), "permalink", "note"]
    article = absolute(datasette, request, "/article/")
    rows = [[*vars(row).values(), f"{article}{row.article_id}#a{row.attribution_id}", None] for row in taken.rows]
    if rows:
        rows[-1][-1] = taken.note
    return answers.table(name, columns, rows)


def as_json(datasette: Any, request: Any, path: str, told: dict[str, Any], taken: Taken) -> Response:
    """What is known of a claim or a source, with its rows."""
    article = absolute(datasette, request, "/article/")
    rows = [vars(row) | {"permalink": f"{article}{row.article_id}#a{row.attribution_id}"} for row in taken.rows]
    beside = {"permalink": absolute(datasette, request, path), "note": taken.note, "next": taken.more}
    return answers.json({**beside, **told, "rows": rows})


def entries(rows: Sequence[Said]) -> list[Entry]:
    """Rows as things of a feed: each is told once, and keeps its name wherever its article goes."""
    return [
        Entry(
            urn("said", row.sha256, row.attribution_id),
            _cut(f"{row.source or 'Nobody named'} {row.stance}: {row.claim}"),
            f"/article/{row.article_id}#a{row.attribution_id}",
            row.published or row.ingested_at,
            f"{row.said} ({', '.join(filter(None, [row.article, row.publisher, row.day]))})",
            row.source or "Nobody named",
        )
        for row in rows
    ]


def _cut(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE].rstrip()}…"
