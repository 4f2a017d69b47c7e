"""What the pages ask of Datasette's core, all that differs between its versions in one place."""

import sqlite3
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from datasette import Response
from datasette.utils import sqlite_timelimit
from datasette.version import __version_info__
from sqlite_utils import Database

from claims.errors import ClaimsError

TABLE_OF_CLAIMS = "attributed_claims"
"""A view that every database of claims has, and hardly another database."""

DATASETTE_1 = __version_info__[0] != "0"
"""Whether this is Datasette 1.0 or one of its alphas."""

Read = TypeVar("Read")


class TooSlow(ClaimsError):
    """The database took longer over a page than Datasette lets any SQL take."""


class NoClaims(ClaimsError):
    """Datasette has no database of claims open, or one of a version that the pages cannot read."""


def site(database: Path, described: dict[str, Any], settings: dict[str, Any]) -> Any:
    """A `datasette.app.Datasette` over a database; `described` is what metadata.yml says, queries included."""
    from datasette.app import Datasette

    if DATASETTE_1:  # titles and descriptions are metadata there, what pages do is configuration
        described, config = _divided(described)
        return Datasette([str(database)], metadata=described, config=config, settings=settings)
    return Datasette([str(database)], metadata=described, settings=settings)


def _divided(described: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    databases = described["databases"]
    queries = {name: {"queries": told.get("queries", {})} for name, told in databases.items()}
    rest = {name: {key: value for key, value in told.items() if key != "queries"} for name, told in databases.items()}
    return {**described, "databases": rest}, {"databases": queries}


async def read(datasette: Any, reader: Callable[..., Read], *args: Any, **named: Any) -> Read:
    """What `reader(db, *args, **named)` tells of the database of claims, which cannot be written to.

    All its queries see one state of the database, and share Datasette's limit for one query. Raises TooSlow, NoClaims,
    and what `reader` raises.
    """
    database, limit = await database_of_claims(datasette), datasette.sql_time_limit_ms

    def in_thread(connection: sqlite3.Connection) -> Read:
        with sqlite_timelimit(connection, limit):
            connection.execute("BEGIN")
            try:
                return reader(Database(connection, recursive_triggers=False, execute_plugins=False), *args, **named)
            finally:
                connection.execute("ROLLBACK")

    try:
        found: Read = await database.execute_fn(in_thread)
    except sqlite3.OperationalError as error:
        if str(error) == "interrupted":
            raise TooSlow(f"The database took more than {limit / 1000:g} s over this page.") from error
        if str(error).startswith("no such"):
            raise NoClaims(
                f"The database is of an earlier version ({error}). `claims serve` brings it up to date."
            ) from error
        raise
    return found


async def database_of_claims(datasette: Any) -> Any:
    """The first open database that is one of claims."""
    for database in datasette.databases.values():
        if TABLE_OF_CLAIMS in await database.view_names():
            return database
    raise NoClaims("No database of claims is open here: datasette claims.db")


async def page(datasette: Any, request: Any, template: str, told: dict[str, Any], status: int = 200) -> Response:
    """An HTML page of ours."""
    try:
        tables = datasette.urls.database((await database_of_claims(datasette)).name)
    except NoClaims:
        tables = datasette.urls.path("/-/databases")
    told = {"static": lambda name: static(datasette, name), "tables": tables, **told}
    return Response.html(await datasette.render_template(f"desk/{template}", told, request=request), status=status)


async def index_of_datasette(datasette: Any, request: Any) -> Response:
    """The page that Datasette has at `/`, for where no database of claims is open."""
    from datasette.views.index import IndexView

    request.scope["url_route"] = {"kwargs": {"format": None}}
    shown: Response = await IndexView(datasette).get(request)
    return shown


def without_counting(app: Any) -> Any:
    """Datasette's application, which shows the view of all attributions without counting its rows first.

    SQLite counts a million rows of that view for a second and longer, those of a table at once.
    """

    async def answer(scope: dict[str, Any], receive: Any, send: Any) -> None:
        asked = scope.get("query_string", b"")
        if scope.get("path", "").endswith(f"/{TABLE_OF_CLAIMS}") and b"_nocount" not in asked:
            scope = {**scope, "query_string": asked + b"&_nocount=1" if asked else b"_nocount=1"}
        await app(scope, receive, send)

    return answer


def static(datasette: Any, name: str) -> str:
    """The address of a file in `static/`."""
    address: str = datasette.urls.static_plugins(_own_name(), name)
    return address


@cache
def _own_name() -> str:
    """What Datasette calls this plugin: as it is installed, or else as it is imported."""
    # Not above: whoever imports this room first would have Datasette load it as a plugin half made.
    from datasette.plugins import get_plugins

    for plugin in get_plugins():
        if plugin["static_path"] and Path(plugin["static_path"]) == Path(__file__).with_name("static"):
            return str(plugin["name"])
    raise ClaimsError("the plugin is not registered with Datasette")
