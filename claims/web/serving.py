"""Runs Datasette over one database of claims, for reading only, also while articles are being ingested."""

import socket
import sqlite3
import sys
import webbrowser
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from claims.errors import ClaimsError, StoreError
from claims.web.metadata import metadata_for, metadata_path

SETTINGS = {
    "truncate_cells_html": 400,  # characters of a text that a table shows; the page of a single row shows all
    "suggest_facets": False,  # looking for them reads a large table several times over
}


def serve(database: Path, *, host: str = "127.0.0.1", port: int = 8001, open_browser: bool = False) -> None:
    """Show `database` at http://host:port/ until interrupted; port 0 takes a free one.

    The address goes to standard error. Raises StoreError where the database is missing or is not one of claims,
    ClaimsError where the port cannot be had.
    """
    site = application(database)
    with _listen(host, port) as listener:
        shown_host = f"[{host}]" if ":" in host else host
        address = f"http://{shown_host}:{listener.getsockname()[1]}/"
        print(f"{database} is at {address} (Ctrl+C stops)", file=sys.stderr, flush=True)
        if open_browser:
            webbrowser.open(address)
        _run(site, listener)


def application(database: Path) -> Any:
    """A `datasette.app.Datasette` with this project's pages over `database`, which it only ever reads.

    Raises StoreError where the database is missing, is not one of claims or cannot be read.
    """
    # Datasette takes a quarter of a second to load: only serving pays for it.
    from datasette.plugins import pm

    from claims import desk
    from claims.desk import core
    from claims.store import Store

    Store.open_existing(database).close()
    if any(sign in str(database) for sign in "?#%"):
        raise StoreError(f"{database}: Datasette cannot open a path with ?, # or % in it. Rename or move the database.")
    if database.stem == "_internal":
        raise StoreError(f"{database}: Datasette keeps this name for itself. Rename the database.")
    if not pm.is_registered(desk):
        pm.register(desk)
    site = core.site(database, metadata_for(database.stem), SETTINGS)
    _check_readable(site, database)
    return site


def _check_readable(site: Any, database: Path) -> None:
    """Datasette reads while others write, for which SQLite needs files of its own beside the database."""
    try:
        with closing(site.get_database().connect()) as connection:
            connection.execute("PRAGMA schema_version")
    except sqlite3.Error as error:
        raise StoreError(
            f"{database}: cannot be read while others may write to it ({error}). Copy it to a folder that you may "
            f"write to, or show it as it is now: datasette -i {database} -m {metadata_path()}"
        ) from error


def _listen(host: str, port: int) -> socket.socket:
    if not host:
        raise ClaimsError("an empty --host would serve the whole network; name an address, as in --host 0.0.0.0")
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise ClaimsError(
            f"cannot serve at {host}, port {port}: {error.strerror or error}. Choose another --port."
        ) from error


def _run(site: Any, listener: socket.socket) -> None:
    import uvicorn

    config = uvicorn.Config(site.app(), log_level="warning", access_log=False, lifespan="on")
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])
