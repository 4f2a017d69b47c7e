"""`claims check` and `claims backup`: is the database sound, and a copy of it."""

import sys
from pathlib import Path

import click

from claims.cli.options import database_flag, database_option, errors_for_people, printable, progress_line


@click.command()
@database_option
def check(database: Path) -> None:
    """Verify a database, also while others use it; changes nothing.

    Looks at the file as SQLite does, at rows that point at others, at the words of each attribution in its article, at
    the indexes for search, claims and sources, and at the tables of counts. One line a part, and one for each fault,
    with row numbers. Status 0 if all is well, 1 if not.
    """
    from claims.store import Store

    with errors_for_people():
        with progress_line() as tell, Store.open_existing(database) as store:
            parts = store.check(tell)
        for part in parts:
            click.echo(
                f"{'ok' if part.sound else 'FAULT':5}  {part.name}: {part.looked_at if part.sound else ''}".rstrip()
            )
            for fault in part.faults:
                click.echo(printable(f"       {fault}"))
            if part.more:
                click.echo(f"       … and {part.more:,} more")
        faults = sum(len(part.faults) + part.more for part in parts)
        if faults:
            click.echo(
                f"{printable(str(database))} has {faults:,} fault{'' if faults == 1 else 's'}. Put back a copy from "
                "before, or read the articles again into a new database."
            )
        else:
            click.echo(f"{printable(str(database))} is sound.")
    sys.exit(1 if faults else 0)


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite TARGET if it is there.")
@database_option
def backup(target: Path, force: bool, database: Path) -> None:
    """Copy a database to the file TARGET, also while others use it.

    The copy is of one moment, is on the disk and has been checked when the command ends. A file that is there already
    is overwritten only with --force.
    """
    from claims.store import Store

    with errors_for_people():
        with progress_line() as tell, Store.open_existing(database) as store:
            size = store.copy_to(target, force=force, tell=tell)
        click.echo(printable(f"{target} is a copy of {database} ({size / 1_000_000:,.1f} MB), checked."))
        click.echo(f"Look at it: claims serve{database_flag(target)}")
