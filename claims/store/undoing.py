"""Decisions about sources taken back: the rows as they were, with what came in since where it belongs."""

from typing import Any

from sqlite_utils import Database

from claims.store.decision_log import SOURCE_LOG, PersonDecision
from claims.store.folding import fold, from_json, unfold
from claims.store.source_filing import refresh
from claims.store.source_names import name_key
from claims.store.sources import recognize_anew


def undo(db: Database, decision_id: int | None, by: str) -> PersonDecision:
    """Take a decision back, the last that stands by default; belongs inside a transaction."""
    return SOURCE_LOG.undo(db, decision_id, by, _UNDO)


def _undo_names(db: Database, decision_id: int, detail: dict[str, Any]) -> None:
    source_id = detail["id"]
    led_here = db.execute(
        "SELECT id FROM source_mentions WHERE source_id = ? AND decision_id = ? ORDER BY id", (source_id, decision_id)
    ).fetchall()
    _take_names_back(db, decision_id, source_id)
    for (mention,) in led_here:
        recognize_anew(db, mention)
    _put_back(db, detail)


def _undo_apart(db: Database, decision_id: int, detail: dict[str, Any]) -> None:
    SOURCE_LOG.end_apart(db, decision_id)
    for source_id in detail["sources"]:
        _take_names_back(db, decision_id, source_id)


def _undo_merge(db: Database, decision_id: int, detail: dict[str, Any]) -> None:
    keeper, all_folded = detail["keep"]["id"], [from_json(told) for told in detail["others"]]
    later = _came_by_other_names(db, keeper, {m for f in all_folded for m in f.mentions}, detail["newest"])
    _take_names_back(db, decision_id, keeper)
    for folded in reversed(all_folded):
        unfold(db, folded, keeper)
        refresh(db, folded.row["id"])
    _put_back(db, detail["keep"])
    for mention in later:
        recognize_anew(db, mention)


def _undo_split(db: Database, decision_id: int, detail: dict[str, Any]) -> None:
    source_id, new = detail["from"]["id"], detail["new"]
    SOURCE_LOG.end_apart(db, decision_id)
    for number in (source_id, new):
        _take_names_back(db, decision_id, number)
    reason = f"decision {decision_id}, which had made two of them, was undone"
    fold(db, new, source_id, rule="split-undone", reason=reason, decision_id=decision_id)
    _put_back(db, detail["from"])


def _put_back(db: Database, row: dict[str, Any]) -> None:
    """Give a source what its own row said before a decision, as far as that still fits what it is mentioned by."""
    db.execute(
        "UPDATE sources SET name = :name, kind = :kind, renamed = :renamed, article_id = :article_id WHERE id = :id",
        row,
    )
    refresh(db, row["id"])


def _take_names_back(db: Database, decision_id: int, source_id: int) -> None:
    db.execute("DELETE FROM source_names WHERE source_id = ? AND decision_id = ?", (source_id, decision_id))
    refresh(db, source_id)


def _came_by_other_names(db: Database, keeper: int, merged: set[int], newest: int) -> list[int]:
    """Mentions of after a merge by names that the keeper had not had before it."""
    own: set[str] = set()
    later = []
    mentions = db.execute("SELECT id, name FROM source_mentions WHERE source_id = ? ORDER BY id", (keeper,))
    for number, name in mentions.fetchall():
        if number > newest:
            later.append((number, name_key(name)))
        elif number not in merged:
            own.add(name_key(name))
    return [number for number, key in later if key not in own]


_UNDO = {
    "rename": _undo_names,
    "alias": _undo_names,
    "apart": _undo_apart,
    "merge": _undo_merge,
    "split": _undo_split,
}
