"""What Datasette asks the plugin for: addresses, headers, links to our pages, and a search box that takes any text."""

import sqlite3
from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from markupsafe import Markup

from claims.desk import core, routes, safety
from claims.desk.shown import visible
from claims.store.desk.asking import any_text_to_fts

LINKED = {"claim_id": "claim", "other_id": "claim", "article_id": "article", "source_id": "source"}
"""The pages that numbers in these columns lead to."""

LINKED_TABLES = {"attribution_id": "attributions"}
"""The tables whose rows these columns number, for the view and for query results, which have no foreign keys."""

NUMBERED = {"claims": "claim", "articles": "article", "sources": "source"}
"""The pages that the numbers of these tables' rows lead to."""

OF_SOURCES = frozenset(["source_links", "sources_apart"])
"""Tables whose `other_id` is a source."""


@hookimpl(trylast=True)  # after Datasette's own, whose escape_fts this one replaces
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Give SQL an `escape_fts` that makes a valid full-text query of every text, a lone quotation mark included."""
    conn.create_function("escape_fts", 1, any_text_to_fts, deterministic=True)


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    """Give templates `visible`, for all text that comes from outside."""
    env.filters["visible"] = visible


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """The addresses of our pages."""
    return routes.ROUTES


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Send every page with headers that keep scripts of others out, and count no view."""
    return lambda app: safety.with_headers(core.without_counting(app))


@hookimpl
def menu_links(datasette: Any) -> list[dict[str, str]]:
    """Ways from Datasette's own pages to ours."""
    pages = {"/": "Claim desk", "/search": "Search", "/contested": "Contested", "/plots": "Plots"}
    return [{"href": datasette.urls.path(path), "label": label} for path, label in pages.items()]


@hookimpl
def extra_css_urls(template: str, datasette: Any) -> list[str]:
    """A style for Datasette's own pages that goes with ours."""
    return [] if template.startswith("desk/") else [core.static(datasette, "tables.css")]


@hookimpl
def render_cell(value: Any, column: str, table: str | None, database: str, datasette: Any) -> Markup | None:
    """Make the number of a claim, an article or a source a link to its page, and of another row a link to the row."""
    label = value
    if isinstance(value, dict):  # a foreign key with what Datasette would show for it
        label = value["value"] if value["label"] is None else value["label"]
        value = value["value"]
    if not isinstance(value, int) or (table in OF_SOURCES and column == "other_id"):
        return None
    page = NUMBERED.get(table or "") if column == "id" else LINKED.get(column)
    if page:
        return Markup('<a href="{}">{}</a>').format(datasette.urls.path(f"/{page}/{value}"), label)
    if column in LINKED_TABLES and table in (None, "attributed_claims"):
        return Markup('<a href="{}">{}</a>').format(datasette.urls.row(database, LINKED_TABLES[column], value), label)
    return None
