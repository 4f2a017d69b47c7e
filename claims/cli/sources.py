"""`claims sources`: which speakers the database knows, under which names, and why."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claims.cli.cards import as_object, show_decisions
from claims.cli.lazy import LazyGroup
from claims.cli.options import (
    as_json_option,
    database_flag,
    database_option,
    errors_for_people,
    limit_option,
    print_json,
    printable,
    typed_text,
    warn,
)
from claims.cli.source_finding import find_source, source_argument
from claims.cli.tables import counted, table
from claims.terms import SOURCE_KINDS

if TYPE_CHECKING:
    from claims.store import SourceRow


class ListByDefault(LazyGroup):
    """`claims sources` and `claims sources --db x` list."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in ctx.help_option_names):
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=ListByDefault,
    commands_in={
        "list": ("claims.cli.sources:list_sources", "The sources with most attributions (also without a command)."),
        "search": ("claims.cli.sources:search", "Sources by any name that they go by."),
        "show": ("claims.cli.sources:show", "All that is known of a source, and why."),
        "possible": ("claims.cli.sources:possible", "Pairs that may be one source, for you to decide."),
        "decisions": ("claims.cli.sources:decisions", "What people decided, latest first."),
        "rename": ("claims.cli.sources_deciding:rename", "File a source under another name."),
        "merge": ("claims.cli.sources_deciding:merge", "Say that sources are one."),
        "split": ("claims.cli.sources_deciding:split", "Say that one source is two."),
        "alias": ("claims.cli.sources_deciding:alias", "Give a source more names."),
        "apart": ("claims.cli.sources_deciding:apart", "Say that two sources are not one, whatever comes."),
        "undo": ("claims.cli.sources_deciding:undo", "Take a decision back."),
    },
)
def sources() -> None:
    """See which sources are known, and decide who is who.

    SOURCE is a number as `claims sources` shows it, or one of the source's names. A name made of digits takes an
    equals sign before it (=112), one that starts with a hyphen goes behind two (-- -30-).

    What a person decides here outlives every later ingest. It can be undone.
    """


def _list_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        as_json_option,
        click.option("--unnamed", is_flag=True, help='Take in those that are only described ("officials"), too.'),
        limit_option(50, "How many sources to show."),
        click.option("--kind", type=click.Choice(SOURCE_KINDS), help="Sources of one kind only."),
        database_option,
    ):
        command = option(command)
    return command


@click.command("list")
@_list_options
def list_sources(database: Path, kind: str | None, limit: int, unnamed: bool, as_json: bool) -> None:
    """List the sources, those with most attributions first.

    Columns are cut to the width of the terminal; a pipe or a file gets them whole.
    """
    with errors_for_people():
        rows, more = _rows(database, None, kind, limit, unnamed)
        _print_rows(rows, limit if more else None, as_json)
        if not rows:
            what = f"source of the kind {kind}" if kind else "source"
            hint = "" if unnamed else "; --unnamed takes in those that are only described"
            warn(f"{database} holds no {what}. `claims ingest ARTICLE` reads some in{hint}.")


@click.command()
@click.argument("text", callback=typed_text)
@_list_options
def search(text: str, database: Path, kind: str | None, limit: int, unnamed: bool, as_json: bool) -> None:
    """Find sources by any of their names: TEXT stands anywhere in it, in small or capital letters."""
    with errors_for_people():
        rows, more = _rows(database, text, kind, limit, unnamed)
        _print_rows(rows, limit if more else None, as_json)
        if not rows:
            of_kind = f" of the kind {kind}" if kind else ""
            hint = "" if unnamed else ", add --unnamed for sources that are only described,"
            warn(
                f'Nothing found: no source{of_kind} goes by a name with "{text}" in it. Try a part of the name{hint} '
                f"or look through `claims sources{database_flag(database)}`."
            )


@click.command()
@source_argument()
@database_option
@limit_option(20, "How many articles and roles to show, the latest ones.")
@as_json_option
def show(source: str, database: Path, limit: int, as_json: bool) -> None:
    """Show a source: its names and why, articles, roles, possible others, what people decided."""
    from claims.cli.source_card import as_text
    from claims.store import Store

    with errors_for_people():
        with Store.open_existing(database) as store:
            card = find_source(store, source)
        if as_json:
            print_json(as_object(card))
        else:
            click.echo("\n".join(as_text(card, limit, database_flag(database))))


@click.command()
@database_option
@limit_option(20, "How many pairs to show, the surest ones.")
@as_json_option
def possible(database: Path, limit: int, as_json: bool) -> None:
    """Show pairs of sources that may be one, surest first, and the commands that decide them."""
    from claims.store import Store

    with errors_for_people():
        with Store.open_existing(database) as store:
            pairs = store.possible_sources(limit + 1)
        for number, pair in enumerate(pairs[:limit]):
            if as_json:
                print_json(asdict(pair))
                continue
            lines = [
                *table(
                    [(pair.id, f"{pair.name} ({pair.kind})"), (pair.other_id, f"{pair.other_name} ({pair.other_kind})")]
                ),
                printable(f"  {pair.score:.2f}  {pair.reason}"),
                *commands_that_decide(pair.other_id, pair.id, database_flag(database)),
            ]
            click.echo("\n".join(([""] if number else []) + lines))
        if not pairs:
            warn("No pair of sources waits for a decision.")
        elif len(pairs) > limit:
            warn(f"These are the first {limit}; --limit N shows more.")


@click.command()
@database_option
@limit_option(20, "How many decisions to show, the latest ones.")
@as_json_option
def decisions(database: Path, limit: int, as_json: bool) -> None:
    """Show what people decided about sources, latest first, and what was undone."""
    from claims.store import Store

    with errors_for_people(), Store.open_existing(database) as store:
        show_decisions(store.source_decisions(limit), as_json, "sources")


def commands_that_decide(keep: int, other: int, flag: str) -> list[str]:
    """What a person types when two sources are one, and when they are not."""
    return [
        f"  if they are one:  claims sources merge {keep} {other}{flag}",
        f"  if they are not:  claims sources apart {keep} {other}{flag}",
    ]


def _rows(
    database: Path, text: str | None, kind: str | None, limit: int, unnamed: bool
) -> tuple[list["SourceRow"], bool]:
    """The first sources, and whether there are more."""
    from claims.store import Store

    with Store.open_existing(database) as store:
        rows = store.sources(text, kind=kind, limit=limit + 1, unnamed=unnamed)
    return rows[:limit], len(rows) > limit


def _print_rows(rows: list["SourceRow"], cut_at: int | None, as_json: bool) -> None:
    if as_json:
        for row in rows:
            print_json(asdict(row))
    else:
        head = ("number", "name", "kind", "attributions", "articles", "other names")
        cells = [(r.id, r.name, r.kind, r.attributions, r.articles, "; ".join(r.names)) for r in rows]
        click.echo("".join(f"{line}\n" for line in table(cells, head, cut=(1, 5))), nl=False)
    if cut_at:
        warn(f"These are the first {counted(cut_at, 'source')}; --limit N shows more.")
