"""The index of sources (the keys under which a speaker is looked for) against their names."""

from collections.abc import Callable

from sqlite_utils import Database

from claims.store.checking.faults import Faults
from claims.store.source_filing import is_filed, source_state

_TOLD_EVERY = 1000


def check_source_index(db: Database, tell: Callable[[str], None], faults: Faults) -> str:
    """Each source that other articles may name is found under its names, and no other is."""
    for number, name in db.conn.cursor().execute(
        "SELECT id, name FROM sources WHERE name NOT IN (SELECT name FROM source_names WHERE source_id = sources.id)"
        " AND id IN (SELECT source_id FROM source_names) ORDER BY id"
    ):
        faults.add(f"source {number} is filed under “{name}”, which is none of its names")
    for (number,) in db.conn.cursor().execute(
        "SELECT DISTINCT id FROM sources JOIN source_keys ON source_id = id WHERE article_id IS NOT NULL ORDER BY id"
    ):
        faults.add(f"source {number} is known in one article alone, and keys lead to it from others")
    checked = 0
    for (number,) in db.conn.cursor().execute("SELECT id FROM sources WHERE article_id IS NULL ORDER BY id"):
        checked += 1
        if checked % _TOLD_EVERY == 0:
            tell(f"Checking: source index, {checked:,} sources")
        if not is_filed(db, source_state(db, number)):
            faults.add(f"source {number} is filed under no key of its names: other articles will not find it")
    return f"{checked:,} sources are found by their names"
