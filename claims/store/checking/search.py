"""The indexes of full-text search against the tables that they are of."""

# ruff: noqa: S608 (what is put together here are this module's own words)

import sqlite3
from collections.abc import Callable

from sqlite_utils import Database

from claims.store.checking.faults import Faults

_INDEXED = {"claims": "text", "articles": "title, text"}
_SHADOWS = ("data", "idx", "docsize", "config")


def check_search(db: Database, tell: Callable[[str], None], faults: Faults) -> str:
    """Every word of every row is found, and nothing else."""
    for table in _INDEXED:
        tell(f"Checking: search of {table}")
        try:
            _compare(db, table)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorname != "SQLITE_CORRUPT_VTAB":
                raise
            faults.add(
                f"the index {table}_fts does not hold the words of {table}: search misses some; this makes it anew: "
                f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')"
            )
    return f"{' and '.join(_INDEXED)} are found by their words"


def _compare(db: Database, table: str) -> None:
    """SQLite's own comparison is written as an insert, which a file opened for reading refuses. So it is asked of a
    temporary index over the same rows that is given what the real one holds."""
    columns = _INDEXED[table]
    db.execute(f"CREATE TEMP VIEW {table}_seen AS SELECT id, {columns} FROM main.{table}")
    db.execute(
        f"CREATE VIRTUAL TABLE temp.{table}_copy"
        f" USING fts5({columns}, tokenize='porter', content='{table}_seen', content_rowid='id')"
    )
    for shadow in _SHADOWS:
        db.execute(f"DELETE FROM temp.{table}_copy_{shadow}")
        db.execute(f"INSERT INTO temp.{table}_copy_{shadow} SELECT * FROM main.{table}_fts_{shadow}")
    db.execute(f"INSERT INTO temp.{table}_copy ({table}_copy, rank) VALUES ('integrity-check', 1)")
    db.execute(f"DROP TABLE temp.{table}_copy")
    db.execute(f"DROP VIEW temp.{table}_seen")
