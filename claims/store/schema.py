"""The schema as people read it: `python -m claims.store.schema > db/schema.sql` writes it anew."""

import re

from sqlite_utils import Database

from claims.store.migrations import MIGRATIONS

HEADER = """\
-- The schema of a claims database, for reading: the program makes it by the steps in claims/store/migrations.py.
-- Written by `python -m claims.store.schema > db/schema.sql`; a test keeps it true.
"""

# What SQLite cannot keep, as these statements are not written here but made by sqlite-utils.
_NOTES = {
    "_sqlite_migrations": "-- A row is a step of claims/store/migrations.py that was taken; sqlite-utils keeps it.",
    "articles_fts": "-- Full-text search over articles. The text itself stays there; triggers keep both together.",
    "claims_fts": "-- Full-text search over claims, likewise.",
}
# Columns that a later step added: SQLite keeps them all on the line of the column before.
_ADDED = re.compile(r"\s*, (?=\w+ (?:TEXT|INTEGER|REAL)\b)")
_ORDER = ("table", "index", "view", "trigger")


def fresh_database() -> Database:
    """A database in memory that has been through all steps; to be closed."""
    db = Database(memory=True, execute_plugins=False)
    MIGRATIONS.apply(db)
    return db


def render(db: Database) -> str:
    """The statements that make up a database's schema, in the order in which they were run, kind by kind."""
    shadows = tuple(f"{table}_fts_" for table in ("articles", "claims"))
    rows = db.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
    statements = [row for row in rows if not row[1].startswith(shadows)]
    statements.sort(key=lambda statement: _ORDER.index(statement[0]))
    pieces = [HEADER]
    for _, name, sql in statements:
        note = f"{_NOTES[name]}\n" if name in _NOTES else ""
        laid_out = re.sub(r"\*/\)$", "*/\n)", _ADDED.sub(",\n  ", sql.strip()))
        pieces.append(f"{note}{laid_out};\n")
    return "\n".join(pieces)


if __name__ == "__main__":
    with fresh_database() as database:
        print(render(database), end="")
