"""The schema as people read it is the schema as the program makes it."""

import subprocess
import sys
from pathlib import Path

from sqlite_utils import Database

from claims.store.schema import fresh_database, render

ROOT = Path(__file__).parents[1]


def test_schema_file_is_true() -> None:
    """If this fails: python -m claims.store.schema > db/schema.sql"""
    with fresh_database() as fresh:
        assert (ROOT / "db" / "schema.sql").read_text("utf-8") == render(fresh)


def test_schema_file_can_be_run() -> None:
    """Whoever runs it by hand gets the same tables, indexes, triggers and view."""
    with Database(memory=True) as db, fresh_database() as fresh:
        db.executescript((ROOT / "db" / "schema.sql").read_text("utf-8"))
        assert render(db) == render(fresh)


def test_schema_module_prints_the_file() -> None:
    """The command that the file's head names."""
    done = subprocess.run(
        [sys.executable, "-m", "claims.store.schema"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == (ROOT / "db" / "schema.sql").read_text("utf-8")
    assert not done.stderr


def test_every_table_says_what_a_row_is() -> None:
    """The comment stands in the database itself, where any tool shows it."""
    with fresh_database() as fresh:
        own = [table for table in fresh.tables if "_fts" not in table.name and not table.name.startswith("_")]
        assert len(own) == 29
        assert all("\n  -- a row is " in table.schema for table in own)
