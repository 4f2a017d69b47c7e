"""`claims sources rename`, `merge`, `split`, `alias`, `apart`, `undo`: what a person decides, and taking it back."""

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claims.cli.options import database_option, errors_for_people, printable
from claims.cli.source_finding import find_article, find_source
from claims.cli.sources import database_flag, source_argument, typed_text
from claims.cli.tables import counted

if TYPE_CHECKING:
    from claims.store import SourceRow, Store


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


@click.command()
@source_argument()
@click.argument("name", callback=typed_text)
@decision_options
def rename(source: str, name: str, database: Path, why: str | None, by: str) -> None:
    """File SOURCE under NAME, for good: no later article changes it. The old name stays one of its names."""
    with deciding(database) as store:
        before = find_source(store, source).row
        decision = store.rename_source(str(before.id), name, by, why or "")
        _tell(f'{_said(before)} is filed under "{name}" from now on.', decision, database)


@click.command()
@source_argument("keep")
@source_argument("others", nargs=-1, required=True, metavar="OTHER...")
@decision_options
def merge(keep: str, others: tuple[str, ...], database: Path, why: str | None, by: str) -> None:
    """Say that each OTHER is the source KEEP: what it said and all its names go over."""
    with deciding(database) as store:
        kept = find_source(store, keep).row
        folded = {row.id: row for row in (find_source(store, other).row for other in others)}
        decision = store.merge_sources(str(kept.id), [str(number) for number in folded], by, why or "")
        moved = "; ".join(_said(row, size=True) for number, row in folded.items() if number != kept.id)
        _tell(f"{moved} went into {_said(store.source(str(kept.id)).row, size=True)}.", decision, database)


@click.command()
@source_argument()
@click.option("--name", "names", multiple=True, callback=typed_text, help="Who goes by this name is another one.")
@click.option(
    "--article",
    "articles",
    multiple=True,
    callback=typed_text,
    help="Who speaks in this article is another one: its number or headline, as `show` has them.",
)
@decision_options
def split(
    source: str, names: tuple[str, ...], articles: tuple[str, ...], database: Path, why: str | None, by: str
) -> None:
    """Say that SOURCE is two: who goes by --name or speaks in --article (each as often as you like) is another."""
    if not names and not articles:
        raise click.UsageError("say what belongs to the other one: --name NAME or --article ARTICLE")
    with deciding(database) as store:
        card = find_source(store, source)
        numbers = [find_article(card, article) for article in articles]
        new = store.split_source(str(card.row.id), names=names, articles=numbers, by=by, why=why or "")
        made, left = store.source(str(new)), store.source(str(card.row.id)).row
        text = f"{_said(made.row)} is a source of its own, with {_size(made.row)}; {_said(left)} keeps {_size(left)}."
        _tell(text, made.decisions[0].id, database)


@click.command()
@source_argument()
@click.argument("names", nargs=-1, required=True, metavar="NAME...", callback=typed_text)
@decision_options
def alias(source: str, names: tuple[str, ...], database: Path, why: str | None, by: str) -> None:
    """Give SOURCE more names: who goes by one of them in a later article is this source."""
    with deciding(database) as store:
        row = find_source(store, source).row
        decision = store.alias_source(str(row.id), names, by, why or "")
        given = ", ".join(f'"{name}"' for name in names)
        _tell(f"{_said(row)} goes by {given}, too.", decision, database)


@click.command()
@source_argument("one")
@source_argument("other")
@decision_options
def apart(one: str, other: str, database: Path, why: str | None, by: str) -> None:
    """Say that ONE and OTHER are two: they are never merged and no longer asked about."""
    with deciding(database) as store:
        first, second = find_source(store, one).row, find_source(store, other).row
        decision = store.keep_apart(str(first.id), str(second.id), by, why or "")
        _tell(f"{_said(first)} and {_said(second)} stay two sources.", decision, database)


@click.command()
@click.argument("decision", required=False, type=click.IntRange(1))
@database_option
@by_option
def undo(decision: int | None, database: Path, by: str) -> None:
    """Take DECISION back, or the last one that stands; `claims sources decisions` has their numbers."""
    with deciding(database) as store:
        undone = store.undo_source_decision(decision, by)
        click.echo(printable(f"Undone: decision {undone.id}, {undone.what}"))


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


def _tell(text: str, decision: int, database: Path) -> None:
    tell(text, "claims sources undo", decision, database)


def _said(row: "SourceRow", *, size: bool = False) -> str:
    return f'{row.id} "{row.name}"' + (f" with {_size(row)}" if size else "")


def _size(row: "SourceRow") -> str:
    return f"{counted(row.attributions, 'attribution')} in {counted(row.articles, 'article')}"
