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
    """Every table with its columns, and every index, view and trigger that the program makes, word by word."""
    from claims.store.schema import fresh_database  # run as a program, too, so not imported with the package

    query = "SELECT type, name, sql FROM main.sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
    with fresh_database() as fresh:
        wanted = fresh.execute(query).fetchall()
        columns = {name: _columns(fresh, name) for kind, name, _ in wanted if kind == "table"}
    there = {(kind, name): sql for kind, name, sql in db.execute(query).fetchall()}
    for kind, name, sql in wanted:
        if (kind, name) not in there:
            faults.add(f"the {kind} {name} is missing")
        elif kind != "table" and there[kind, name].split() != sql.split():
            faults.add(f"the {kind} {name} is another one than this program makes")
        elif kind == "table":
            gone = [column for column in columns[name] if column not in _columns(db, name)]
            faults.add_all(f"the table {name} has no column {column}" for column in gone)
    return f"{len(wanted)} tables, indexes, views and triggers are there"


def _columns(db: Database, table: str) -> list[str]:
    return [str(row[0]) for row in db.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()]
