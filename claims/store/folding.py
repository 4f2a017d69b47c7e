"""Two rows of one source made one: all that pointed at the one points at the other, and it can be taken apart again."""

# ruff: noqa: S608 (what is put together here are this module's own words, values are bound)

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlite_utils import Database

from claims.store.claim_reading import find_claim
from claims.store.decision_log import now
from claims.store.source_filing import refresh

_ROW = ("id", "name", "kind", "article_id", "renamed", "country")


@dataclass(frozen=True)
class Folded:
    """What a row had that was folded into another, so that it can be put back; all of it is JSON.

    `dropped` are attributions that two sources had made together, of which one row is left: each with its row, the
    number of the row that stayed, and those of the attributions that stood inside it. `shared_links` are those of the
    other row with the same third ones: later nothing tells them from `links`.
    """

    row: dict[str, Any]
    mentions: list[int]
    decided_names: list[str]
    links: list[dict[str, Any]]
    apart: list[dict[str, Any]]
    dropped: list[dict[str, Any]]
    shared_links: list[dict[str, Any]] = field(default_factory=list)


def fold(db: Database, source_id: int, into: int, *, rule: str, reason: str, decision_id: int | None = None) -> Folded:
    """Fold the row `source_id` into the row `into` and tell what it had."""
    folded = Folded(
        row=_one(db, f"SELECT {', '.join(_ROW)} FROM sources WHERE id = ?", source_id),
        mentions=_numbers(db, "SELECT id FROM source_mentions WHERE source_id = ? ORDER BY id", source_id),
        decided_names=[
            name
            for (name,) in db.execute(
                "SELECT name FROM source_names WHERE source_id = ? AND decision_id IS NOT NULL", (source_id,)
            ).fetchall()
        ],
        links=_all(db, "SELECT * FROM source_links WHERE source_id = :id OR other_id = :id", id=source_id),
        apart=_all(db, "SELECT * FROM sources_apart WHERE source_id = :id OR other_id = :id", id=source_id),
        dropped=_drop_doubles(db, source_id, into),
        shared_links=_shared_links(db, source_id, into),
    )
    for table in ("attributions", "source_mentions", "source_roles"):
        db.execute(f"UPDATE {table} SET source_id = ? WHERE source_id = ?", (into, source_id))
    db.execute(
        "UPDATE OR IGNORE source_names SET source_id = ? WHERE source_id = ? AND decision_id IS NOT NULL",
        (into, source_id),
    )
    _forget(db, source_id)
    _put_back_links(db, folded.links, folded.apart, {source_id: into})
    db.execute("DELETE FROM sources WHERE id = ?", (source_id,))
    db.execute(
        "INSERT INTO merged_sources (id, name, kind, into_id, decision_id, rule, reason, merged_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (source_id, folded.row["name"], folded.row["kind"], into, decision_id, rule, reason, now()),
    )
    refresh(db, into)
    return folded


def unfold(db: Database, folded: Folded, out_of: int) -> None:
    """Put a row back that had been folded into `out_of`, with its mentions; its names and keys are to be made anew."""
    source_id: int = folded.row["id"]
    db.execute("DELETE FROM merged_sources WHERE id = ?", (source_id,))
    db.execute(
        f"INSERT INTO sources ({', '.join(_ROW)}) VALUES ({', '.join('?' * len(_ROW))})",
        [folded.row[column] for column in _ROW],
    )
    move_mentions(db, folded.mentions, source_id)
    for name in folded.decided_names:
        db.execute("UPDATE source_names SET source_id = ? WHERE name = ? AND source_id = ?", (source_id, name, out_of))
    _take_links_away(db, folded, out_of)
    _put_back_links(db, [*folded.links, *folded.shared_links], folded.apart, {})
    for double in folded.dropped:
        _restore(db, double)


def move_mentions(db: Database, mentions: Iterable[int], source_id: int) -> None:
    """Make these mentions, with their attributions and roles, those of another source."""
    for mention in mentions:
        db.execute("UPDATE source_mentions SET source_id = ? WHERE id = ?", (source_id, mention))
        db.execute("UPDATE source_roles SET source_id = ? WHERE mention_id = ?", (source_id, mention))
        db.execute("UPDATE attributions SET source_id = ? WHERE mention_id = ?", (source_id, mention))


def spoke_together(db: Database, one: int, other: int) -> bool:
    """Whether some article has two sources making a claim together: then they are two."""
    ((found,),) = db.execute(
        """
        SELECT EXISTS (
          SELECT 1 FROM attributions a CROSS JOIN attributions b
          ON b.article_id = a.article_id AND b.uid = a.uid AND b.source_id = :other
          WHERE a.source_id = :one
        )
        """,
        {"one": one, "other": other},
    ).fetchall()
    return bool(found)


def to_json(folded: Folded) -> dict[str, Any]:
    """As `detail` of a decision keeps it."""
    return asdict(folded)


def from_json(told: dict[str, Any]) -> Folded:
    """What `to_json` made."""
    return Folded(**told)


def _drop_doubles(db: Database, source_id: int, into: int) -> list[dict[str, Any]]:
    doubles = db.execute(
        """
        SELECT a.id, b.id FROM attributions a CROSS JOIN attributions b
        ON b.article_id = a.article_id AND b.uid = a.uid AND b.source_id = :into
        WHERE a.source_id = :source
        """,
        {"source": source_id, "into": into},
    ).fetchall()
    dropped = []
    for double, kept in doubles:
        row = _one(db, "SELECT * FROM attributions WHERE id = ?", double)
        inside = _numbers(db, "SELECT id FROM attributions WHERE parent_id = ?", double)
        db.execute("UPDATE attributions SET parent_id = ? WHERE parent_id = ?", (kept, double))
        db.execute("DELETE FROM attributions WHERE id = ?", (double,))
        dropped.append({"row": row, "kept": kept, "inside": inside})
    return dropped


def _restore(db: Database, double: dict[str, Any]) -> None:
    """Put a dropped attribution back, as a row of the source that its mention is of now."""
    row = dict(double["row"])
    (row["source_id"],) = db.execute(
        "SELECT source_id FROM source_mentions WHERE id = ?", (row["mention_id"],)
    ).fetchone()
    if db.execute("SELECT 1 FROM attributions WHERE id = ?", (row["id"],)).fetchone():
        row["id"] = None  # another attribution has taken the number
    kept = db.execute("SELECT claim_id FROM attributions WHERE id = ?", (double["kept"],)).fetchone()
    row["claim_id"] = kept[0] if kept else find_claim(db, row["claim_id"])  # a person may have moved what both said
    if row["parent_id"] and not db.execute("SELECT 1 FROM attributions WHERE id = ?", (row["parent_id"],)).fetchone():
        row["parent_id"] = None
    back = db.execute(
        f"INSERT INTO attributions ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values())
    ).lastrowid
    db.execute(
        "UPDATE attributions SET parent_id = ? WHERE id IN (SELECT value FROM json_each(?)) AND parent_id = ?",
        (back, json.dumps(double["inside"]), double["kept"]),
    )


def _shared_links(db: Database, source_id: int, into: int) -> list[dict[str, Any]]:
    """The links of `into` with those that the row is linked with, too."""
    ends = db.execute(
        "SELECT other_id FROM source_links WHERE source_id = :id UNION SELECT source_id FROM source_links"
        " WHERE other_id = :id",
        {"id": source_id},
    ).fetchall()
    between = "SELECT * FROM source_links WHERE source_id = :one AND other_id = :other"
    return [
        link
        for (end,) in ends
        for one, other in ((into, end), (end, into))
        for link in _all(db, between, one=one, other=other)
    ]


def _forget(db: Database, source_id: int) -> None:
    """Take a row out of all tables that can be made anew, or that were read already."""
    for table in ("source_names", "source_keys"):
        db.execute(f"DELETE FROM {table} WHERE source_id = ?", (source_id,))
    for table in ("source_links", "sources_apart"):
        db.execute(f"DELETE FROM {table} WHERE source_id = :id OR other_id = :id", {"id": source_id})


def _put_back_links(
    db: Database, links: list[dict[str, Any]], apart: list[dict[str, Any]], renumbered: dict[int, int]
) -> None:
    """Tie sources again, with new numbers for some, where both are there, not one, and not tied the other way round."""
    there = "2 = (SELECT count(*) FROM sources WHERE id IN (:source_id, :other_id))"
    for table, rows in (("source_links", links), ("sources_apart", apart)):
        free = f"NOT EXISTS (SELECT 1 FROM {table} WHERE source_id = :other_id AND other_id = :source_id)"
        for row in rows:
            one, other = (renumbered.get(row[side], row[side]) for side in ("source_id", "other_id"))
            if table == "sources_apart":
                one, other = sorted((one, other))
            if one != other:
                values = {**row, "source_id": one, "other_id": other}
                db.execute(
                    f"INSERT OR IGNORE INTO {table} ({', '.join(values)})"
                    f" SELECT {', '.join(f':{column}' for column in values)} WHERE {there} AND {free}",
                    values,
                )


def _take_links_away(db: Database, folded: Folded, out_of: int) -> None:
    """Untie what `out_of` was tied to only because the row was folded into it."""
    for table, rows, told in (
        ("source_links", folded.links, ("score", "reason")),
        ("sources_apart", folded.apart, ("decision_id",)),
    ):
        for row in rows:
            other = row["other_id"] if row["source_id"] == folded.row["id"] else row["source_id"]
            db.execute(
                f"DELETE FROM {table} WHERE {' AND '.join(f'{column} = :{column}' for column in told)}"
                " AND ((source_id = :one AND other_id = :two) OR (source_id = :two AND other_id = :one))",
                {"one": out_of, "two": other} | {column: row[column] for column in told},
            )


def _one(db: Database, sql: str, number: int) -> dict[str, Any]:
    return next(iter(db.query(sql, [number])))


def _all(db: Database, sql: str, **values: object) -> list[dict[str, Any]]:
    return list(db.query(sql, values))


def _numbers(db: Database, sql: str, number: int) -> list[int]:
    return [found for (found,) in db.execute(sql, (number,)).fetchall()]
