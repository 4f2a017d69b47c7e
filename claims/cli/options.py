"""Options and ways of speaking that several commands share."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from claims.errors import ClaimsError

DEFAULT_DATABASE = Path("db/claims.db")


def database_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """--db PATH, else CLAIMS_DB, else db/claims.db."""
    return click.option(
        "--db",
        "database",
        type=click.Path(path_type=Path, dir_okay=False),
        envvar="CLAIMS_DB",
        default=DEFAULT_DATABASE,
        show_default=True,
        show_envvar=True,
        help="The SQLite database.",
    )(command)


def model_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """--model DIR, else CLAIMS_MODEL, else the model in the package."""
    return click.option(
        "--model",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="CLAIMS_MODEL",
        show_envvar=True,
        help="A folder with another trained model.",
    )(command)


def warn(message: str) -> None:
    """One line on standard error."""
    click.echo(message, err=True)


@contextmanager
def errors_for_people() -> Iterator[None]:
    """Errors meant for people end the command with their message and status 1; a closed pipe ends it quietly."""
    try:
        yield
    except ClaimsError as error:
        warn(f"Error: {error}")
        sys.exit(1)
    except BrokenPipeError:
        # The reader (`| head`) has what it wanted. Python would complain again on flushing at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
