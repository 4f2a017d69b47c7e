"""What every command needs that takes a person's decision: who decides, the open database, how to take it back."""

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claims.cli.options import database_flag, database_option, errors_for_people, printable, typed_text

if TYPE_CHECKING:
    from claims.store import PersonDecision, Store


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a system without accounts
        return "somebody"


by_option = click.option(
    "--by",
    envvar="CLAIMS_USER",
    default=_login_name,
    show_default="your login name",
    show_envvar=True,
    callback=typed_text,
    help="Who decides.",
)


def decision_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--db, --why and --by."""
    why = click.option("--why", default=None, callback=typed_text, help="The reason, kept with the decision.")
    return database_option(why(by_option(command)))


@contextmanager
def deciding(database: Path) -> Iterator["Store"]:
    """The database, open for writing; a mistyped path makes none."""
    from claims.store import Store

    with errors_for_people():
        Store.open_existing(database).close()
        with Store.open(database) as store:
            yield store


def tell(text: str, undo: str, decision: int, database: Path) -> None:
    """Say what was decided, and the command (`undo` with the decision's number) that takes it back."""
    click.echo(printable(text))
    click.echo(f"Undo it: {undo} {decision}{database_flag(database)}")


def tell_undone(decision: "PersonDecision") -> None:
    """Say which decision was taken back."""
    click.echo(printable(f"Undone: decision {decision.id}, {decision.what}"))
