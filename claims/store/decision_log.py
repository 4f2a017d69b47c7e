"""The log of what people decided about sources: who, when, why, and what undoing it needs."""

import json
from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

from claims.errors import StoreError
from claims.store.folding import now
from claims.store.source_names import plain


def open_decision(db: Database, action: str, by: str, why: str) -> int:
    """Begin a decision and return its number; `close_decision` says what it was. Belongs inside a transaction."""
    if not plain(by):
        raise StoreError("A decision needs the name of who decides.")
    row = db.execute(
        "INSERT INTO source_decisions (action, decided_by, decided_at, why, what, detail)"
        " VALUES (?, ?, ?, ?, '', '{}')",
        (action, plain(by), now(), why.strip()),
    )
    assert row.lastrowid is not None
    return row.lastrowid


def close_decision(db: Database, decision_id: int, what: str, detail: dict[str, Any], sources: Iterable[int]) -> int:
    """Say what was decided, with all that undoing it needs, about which sources; returns the decision's number."""
    newest = db.execute("SELECT coalesce(max(id), 0) FROM source_mentions").fetchone()[0]
    db.execute(
        "UPDATE source_decisions SET what = ?, detail = ? WHERE id = ?",
        (what, json.dumps({**detail, "newest_mention": newest}, ensure_ascii=False), decision_id),
    )
    for source_id in set(sources):
        db.execute("INSERT INTO decided_sources (source_id, decision_id) VALUES (?, ?)", (source_id, decision_id))
    return decision_id


def detail_of(db: Database, decision_id: int) -> dict[str, Any]:
    """What `close_decision` kept."""
    (detail,) = db.execute("SELECT detail FROM source_decisions WHERE id = ?", (decision_id,)).fetchone()
    told: dict[str, Any] = json.loads(detail)
    return told


def mark_undone(db: Database, decision_id: int, by: str) -> None:
    """Note who took a decision back, and when."""
    if not plain(by):
        raise StoreError("Taking a decision back needs the name of who does it.")
    db.execute("UPDATE source_decisions SET undone_at = ?, undone_by = ? WHERE id = ?", (now(), plain(by), decision_id))


def decision_to_undo(db: Database, decision_id: int | None) -> int:
    """The decision meant, by default the last that stands; StoreError, with why, where it cannot be undone."""
    if decision_id is None:
        row = db.execute("SELECT id FROM source_decisions WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1").fetchone()
        if row is None:
            raise StoreError("There is no decision about sources that could be undone.")
        return int(row[0])
    row = db.execute("SELECT undone_at, undone_by FROM source_decisions WHERE id = ?", (decision_id,)).fetchone()
    if row is None:
        raise StoreError(f"There is no decision {decision_id}.")
    if row[0]:
        raise StoreError(f"Decision {decision_id} was undone already, by {row[1]} ({row[0]}).")
    later = db.execute(
        """
        SELECT later.id, later.what FROM decided_sources AS mine
        JOIN decided_sources AS theirs ON theirs.source_id = mine.source_id AND theirs.decision_id > mine.decision_id
        JOIN source_decisions AS later ON later.id = theirs.decision_id
        WHERE mine.decision_id = ? AND later.undone_at IS NULL ORDER BY later.id DESC LIMIT 1
        """,
        (decision_id,),
    ).fetchone()
    if later:
        raise StoreError(
            f"Decision {decision_id} cannot be undone before decision {later[0]}, which builds on it ({later[1]}). "
            f"Undo {later[0]} first."
        )
    return decision_id
