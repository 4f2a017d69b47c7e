"""`claims sources rename`, `merge`, `split`, `alias`, `apart`, `undo`: what a person decides, and taking it back."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from claims.cli.deciding import by_option, deciding, decision_options, tell, tell_undone
from claims.cli.options import database_option, typed_text
from claims.cli.source_finding import find_article, find_source, source_argument
from claims.cli.tables import counted

if TYPE_CHECKING:
    from claims.store import SourceRow

UNDO = "claims sources undo"


@click.command()
@source_argument()
@click.argument("name", callback=typed_text)
@decision_options
def rename(source: str, name: str, database: Path, why: str | None, by: str) -> None:
    """File SOURCE under NAME, for good: no later article changes it. The old name stays one of its names."""
    with deciding(database) as store:
        before = find_source(store, source).row
        decision = store.rename_source(str(before.id), name, by, why or "")
        tell(f'{_said(before)} is filed under "{name}" from now on.', UNDO, decision, database)


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
        tell(f"{moved} went into {_said(store.source(str(kept.id)).row, size=True)}.", UNDO, decision, database)


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
        tell(text, UNDO, made.decisions[0].id, database)


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
        tell(f"{_said(row)} goes by {given}, too.", UNDO, decision, database)


@click.command()
@source_argument("one")
@source_argument("other")
@decision_options
def apart(one: str, other: str, database: Path, why: str | None, by: str) -> None:
    """Say that ONE and OTHER are two: they are never merged and no longer asked about."""
    with deciding(database) as store:
        first, second = find_source(store, one).row, find_source(store, other).row
        decision = store.keep_apart(str(first.id), str(second.id), by, why or "")
        tell(f"{_said(first)} and {_said(second)} stay two sources.", UNDO, decision, database)


@click.command()
@click.argument("decision", required=False, type=click.IntRange(1))
@database_option
@by_option
def undo(decision: int | None, database: Path, by: str) -> None:
    """Take DECISION back, or the last one that stands; `claims sources decisions` has their numbers."""
    with deciding(database) as store:
        tell_undone(store.undo_source_decision(decision, by))


def _said(row: "SourceRow", *, size: bool = False) -> str:
    return f'{row.id} "{row.name}"' + (f" with {_size(row)}" if size else "")


def _size(row: "SourceRow") -> str:
    return f"{counted(row.attributions, 'attribution')} in {counted(row.articles, 'article')}"
