"""The file as SQLite sees it, and whether all that the program made is there."""

from collections.abc import Callable

from sqlite_utils import Database

from claims.store.checking.faults import Faults

_MOST = 100
"""Damage that SQLite lists at the most."""


def check_file(db: Database, tell: Callable[[str], None], faults: Faults) -> str:
    """Every page, and every index against its table.

    What a column may hold SQLite does not look at in a file opened for reading.
    """
    found = [line for (line,) in db.execute(f"PRAGMA integrity_check({_MOST})").fetchall()]
    faults.add_all(f"SQLite says: {line}" for line in found if line != "ok")
    ((pages,),) = db.execute("PRAGMA page_count").fetchall()
    return f"{pages:,} pages of the file, each in its place"


def check_schema(db: Database, tell: Callable[[str], None], faults: Faults) -> str:
    """Every table, index, view and trigger that the program makes."""
    from claims.store.schema import fresh_database  # run as a program, too, so not imported with the package

    query = "SELECT type, name FROM main.sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
    with fresh_database() as fresh:
        wanted = fresh.execute(query).fetchall()
    there = set(db.execute(query).fetchall())
    faults.add_all(f"the {kind} {name} is missing" for kind, name in wanted if (kind, name) not in there)
    return f"{len(wanted)} tables, indexes, views and triggers are there"
