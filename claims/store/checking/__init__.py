"""Whether a database holds together: `check` looks at all of it and changes nothing."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence

from sqlite_utils import Database

from claims.store.checking.counts import check_counts
from claims.store.checking.faults import Faults, Part
from claims.store.checking.index import check_claim_index
from claims.store.checking.rows import check_references, check_rows
from claims.store.checking.search import check_search
from claims.store.checking.sources import check_source_index
from claims.store.checking.structure import check_file, check_schema
from claims.store.checking.texts import check_texts
from claims.store.connection import reading_at_once, stands_in_the_way

__all__ = ["Part", "check"]

Check = Callable[[Database, Callable[[str], None], Faults], str]
"""Looks at one part of a database, adds what is wrong, and returns what was looked at, as a sentence without a stop."""

PARTS: tuple[tuple[str, Check], ...] = (
    ("file", check_file),
    ("schema", check_schema),
    ("references", check_references),
    ("texts", check_texts),
    ("rows", check_rows),
    ("search", check_search),
    ("claim index", check_claim_index),
    ("source index", check_source_index),
    ("counts", check_counts),
)


def check(db: Database, tell: Callable[[str], None]) -> Sequence[Part]:
    """All parts of a database, as they are at one moment, whoever writes to it meanwhile.

    What is to be compared is made in temporary tables, which lie in files: memory stays small. `tell` gets lines that
    say how far it is.
    """
    # The file itself was opened for reading only; this would forbid the temporary tables, too.
    db.execute("PRAGMA query_only = OFF")
    db.execute("PRAGMA temp_store = FILE")
    with reading_at_once(db):
        return list(_parts(db, tell))


def _parts(db: Database, tell: Callable[[str], None]) -> Iterator[Part]:
    for name, look in PARTS:
        tell(f"Checking: {name}")
        faults = Faults()
        try:
            looked_at = look(db, tell, faults)
        except sqlite3.DatabaseError as error:
            if stands_in_the_way(error):
                raise
            looked_at = "not all of it can be read"
            faults.add(f"SQLite cannot go on there: {error}")
        except (TypeError, ValueError, AttributeError) as error:  # bytes where words should be, say
            looked_at = "not all of it can be read"
            faults.add(f"a row holds what it should not: {error}")
        yield Part(name, looked_at, tuple(faults.shown), faults.more)
