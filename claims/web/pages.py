"""What the pages do beyond plain Datasette, as a plugin: links to rows, and a search box that takes any text."""

import sqlite3
from typing import Any

from datasette import hookimpl
from datasette.utils import escape_fts
from markupsafe import Markup

EMPTY_SEARCH = '""'
"""A full-text query that finds nothing; an empty string would be a syntax error."""

LINKED_TABLES = {"claim_id": "claims", "article_id": "articles", "attribution_id": "attributions"}
"""The tables whose rows these columns number, for the view and for query results, which have no foreign keys."""


@hookimpl(trylast=True)  # after Datasette's own, whose escape_fts this one replaces
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Give SQL an `escape_fts` that makes a valid full-text query of every text, a lone quotation mark included."""
    conn.create_function("escape_fts", 1, any_text_to_fts, deterministic=True)


def any_text_to_fts(text: str) -> str:
    """The words of `text`, each quoted, as a full-text query. SQLite ends a query at a NUL, so these go."""
    escaped: str = escape_fts(text.replace("\0", " "))
    return escaped or EMPTY_SEARCH


@hookimpl
def render_cell(value: Any, column: str, table: str | None, database: str, datasette: Any) -> Markup | None:
    """Make the number of a row a link where Datasette does not, or would label the link "None"."""
    if isinstance(value, dict):
        if value["label"] is not None:
            return None
        value = value["value"]
    elif table not in (None, "attributed_claims"):
        return None
    if column not in LINKED_TABLES or not isinstance(value, int):
        return None
    return Markup('<a href="{}">{}</a>').format(datasette.urls.row(database, LINKED_TABLES[column], value), value)
