"""`claims serve`: the database in the browser."""

from pathlib import Path

import click

from claims.cli.options import database_option, errors_for_people


@click.command()
@database_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(0, 65535), help="The port to listen on.")
@click.option("--open", "open_browser", is_flag=True, help="Open the browser, too.")
def serve(database: Path, host: str, port: int, open_browser: bool) -> None:
    """Open the database in Datasette, with this project's pages and queries."""
    from claims.web import serve as serve_database

    with errors_for_people():
        serve_database(database, host=host, port=port, open_browser=open_browser)
