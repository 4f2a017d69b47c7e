"""Logs of what people decided, about sources and about claims: who, when, why, and what undoing it needs."""

# ruff: noqa: S608 (what is put together here are this module's own words, values are bound)

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from typing import Any

from sqlite_utils import Database

from claims.errors import StoreError
from claims.store.source_names import plain


@dataclass(frozen=True)
class PersonDecision:
    """What a person decided: `action` is rename, merge, split, alias or apart; `what` says it in a sentence.

    `decided_at` and `undone_at` are ISO times, UTC; `about` are the numbers of the sources, or claims, concerned.
    """

    id: int
    action: str
    decided_by: str
    decided_at: str
    why: str
    what: str
    about: tuple[int, ...]
    undone_at: str | None
    undone_by: str | None


Undoing = Callable[[Database, int, dict[str, Any]], None]
"""Takes back what a decision of one action did: given its number, and the detail that was kept of it."""


@dataclass(frozen=True)
class DecisionLog:
    """The decisions about one thing ("sources"), each with the rows that it concerns.

    `thing` names the table of the rows, too, that of those merged into others (merged_sources) and that of the pairs
    declared different (sources_apart); `undo_with` is the command that takes a decision back. `table` holds the
    decisions, `concerned` the numbers of the rows, in `column`; `grows` is the table whose highest number tells what
    came in after a decision. `unless` is SQL that tells which decisions do not build on one another though they share a
    row, `spoken_of` which rows a decision is about for people. Every method belongs inside a transaction.
    """

    thing: str
    undo_with: str
    table: str
    concerned: str
    column: str
    grows: str
    unless: str = "0"
    spoken_of: str = "1"

    def open(self, db: Database, action: str, by: str, why: str) -> int:
        """Begin a decision and return its number; `close` says what it was."""
        if not plain(by):
            raise StoreError("A decision needs the name of who decides.")
        row = db.execute(
            f"INSERT INTO {self.table} (action, decided_by, decided_at, why, what, detail)"
            " VALUES (?, ?, ?, ?, '', '{}')",
            (action, plain(by), now(), why.strip()),
        )
        assert row.lastrowid is not None
        return row.lastrowid

    def close(self, db: Database, decision_id: int, what: str, detail: dict[str, Any], rows: Iterable[int]) -> int:
        """Say what was decided, with all that undoing it needs, about which rows; returns the decision's number."""
        newest = db.execute(f"SELECT coalesce(max(id), 0) FROM {self.grows}").fetchone()[0]
        db.execute(
            f"UPDATE {self.table} SET what = ?, detail = ? WHERE id = ?",
            (what, json.dumps({**detail, "newest": newest}, ensure_ascii=False), decision_id),
        )
        for row in set(rows):
            db.execute(f"INSERT INTO {self.concerned} ({self.column}, decision_id) VALUES (?, ?)", (row, decision_id))
        return decision_id

    def detail(self, db: Database, decision_id: int) -> dict[str, Any]:
        """What `close` kept; "newest" is the highest number that `grows` had then."""
        (detail,) = db.execute(f"SELECT detail FROM {self.table} WHERE id = ?", (decision_id,)).fetchone()
        told: dict[str, Any] = json.loads(detail)
        return told

    def mark_undone(self, db: Database, decision_id: int, by: str) -> None:
        """Note who took a decision back, and when."""
        if not plain(by):
            raise StoreError("Taking a decision back needs the name of who does it.")
        db.execute(
            f"UPDATE {self.table} SET undone_at = ?, undone_by = ? WHERE id = ?", (now(), plain(by), decision_id)
        )

    def to_undo(self, db: Database, decision_id: int | None) -> int:
        """The decision meant, by default the last that stands; StoreError, with why, where it cannot be undone."""
        if decision_id is None:
            row = db.execute(f"SELECT max(id) FROM {self.table} WHERE undone_at IS NULL").fetchone()
            if row[0] is None:
                raise StoreError(f"There is no decision about {self.thing} that could be undone.")
            return int(row[0])
        row = db.execute(f"SELECT undone_at, undone_by FROM {self.table} WHERE id = ?", (decision_id,)).fetchone()
        if row is None:
            raise StoreError(f"There is no decision {decision_id} about {self.thing}.")
        if row[0]:
            raise StoreError(f"Decision {decision_id} was undone already, by {row[1]} ({row[0]}).")
        later = db.execute(
            f"""
            SELECT later.id, later.what FROM {self.concerned} AS mine
            JOIN {self.concerned} AS theirs
              ON theirs.{self.column} = mine.{self.column} AND theirs.decision_id > mine.decision_id
            JOIN {self.table} AS later ON later.id = theirs.decision_id
            WHERE mine.decision_id = ? AND later.undone_at IS NULL AND NOT ({self.unless})
            ORDER BY later.id DESC LIMIT 1
            """,
            (decision_id,),
        ).fetchone()
        if later:
            raise StoreError(
                f"Decision {decision_id} cannot be undone before decision {later[0]}, which builds on it ({later[1]}). "
                f"Undo {later[0]} first."
            )
        return decision_id

    def undo(self, db: Database, decision_id: int | None, by: str, ways: Mapping[str, Undoing]) -> PersonDecision:
        """Take a decision back in the way of its action, the last that stands by default; returns it as it is now."""
        number = self.to_undo(db, decision_id)
        self.mark_undone(db, number, by)
        ways[self.read(db, number).action](db, number, self.detail(db, number))
        return self.read(db, number)

    def keeper(self, db: Database, number: int) -> int | None:
        """The row of a number, or the row that it was merged into at last; None where there never was one."""
        row = db.execute(
            f"""
            WITH RECURSIVE chain(id) AS (
              SELECT :id
              UNION SELECT merged.into_id FROM chain JOIN merged_{self.thing} AS merged ON merged.id = chain.id
            )
            SELECT kept.id FROM chain JOIN {self.thing} AS kept ON kept.id = chain.id
            """,
            {"id": number},
        ).fetchone()
        return row[0] if row else None

    def apart(self, db: Database, one: int, other: int) -> int | None:
        """The decision that two rows are not one, if there is one."""
        row = db.execute(
            f"SELECT decision_id FROM {self.thing}_apart WHERE {self.column} = ? AND other_id = ?", sorted((one, other))
        ).fetchone()
        return row[0] if row else None

    def set_apart(self, db: Database, one: int, other: int, decision_id: int) -> None:
        """Note the decision that two rows are not one."""
        db.execute(
            f"INSERT INTO {self.thing}_apart ({self.column}, other_id, decision_id) VALUES (?, ?, ?)",
            (*sorted((one, other)), decision_id),
        )

    def end_apart(self, db: Database, decision_id: int) -> None:
        """Forget which rows a decision said are not one."""
        db.execute(f"DELETE FROM {self.thing}_apart WHERE decision_id = ?", (decision_id,))

    def refuse_apart(self, db: Database, rows: Iterable[int], described: Callable[[Database, int], str]) -> None:
        """StoreError where two of these rows were declared different; `described` tells a row in words."""
        for one, other in combinations(rows, 2):
            by = self.apart(db, one, other)
            if by:
                raise StoreError(
                    f"{described(db, one)} and {described(db, other)} were declared different by decision {by}. "
                    f"Undo that first: `{self.undo_with} {by}`."
                )

    def read(self, db: Database, decision_id: int) -> PersonDecision:
        """One decision, which must exist."""
        number, action, by, at, why, what, undone_at, undone_by = db.execute(
            "SELECT id, action, decided_by, decided_at, why, what, undone_at, undone_by"
            f" FROM {self.table} WHERE id = ?",
            (decision_id,),
        ).fetchone()
        rows = db.execute(
            f"SELECT {self.column} FROM {self.concerned} WHERE decision_id = ? AND {self.spoken_of}"
            f" ORDER BY {self.column}",
            (decision_id,),
        )
        about = tuple(row for (row,) in rows.fetchall())
        return PersonDecision(number, action, by, at, why, what, about, undone_at, undone_by)

    def latest(self, db: Database, limit: int) -> list[PersonDecision]:
        """Decisions, the latest first."""
        rows = db.execute(f"SELECT id FROM {self.table} ORDER BY id DESC LIMIT ?", (max(limit, 0),)).fetchall()
        return [self.read(db, number) for (number,) in rows]


def now() -> str:
    """The time for the record: ISO, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


SOURCE_LOG = DecisionLog(
    "sources", "claims sources undo", "source_decisions", "decided_sources", "source_id", grows="source_mentions"
)
CLAIM_LOG = DecisionLog(
    "claims",
    "claims undo",
    "claim_decisions",
    "decided_claims",
    "claim_id",
    grows="articles",
    unless="mine.linked AND theirs.linked",
    spoken_of="NOT linked",
)
