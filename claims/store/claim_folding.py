"""What points at claims, moved from one to another, with all that putting it back needs."""

# ruff: noqa: S608 (what is put together here are this module's own words, values are bound)

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlite_utils import Database

from claims.store.claim_filing import add_claim, filed
from claims.store.claim_links import add_link, carry_links
from claims.store.claim_reading import find_claim
from claims.store.decision_log import now

_TIES = ("claim_links", "claims_apart")

Rows = list[dict[str, Any]]


def as_they_are(db: Database, claims: Iterable[int]) -> Rows:
    """The rows of claims with the wordings that they are filed under, for the record of a decision."""
    rows = db.query(
        "SELECT id, text FROM claims WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", [_listed(claims)]
    )
    return [{**row, "filed": filed(db, row["id"])} for row in list(rows)]


def ties(db: Database, claims: Iterable[int]) -> dict[str, Rows]:
    """The links of claims, and the claims that they were declared different from."""
    listed = _listed(claims)
    return {
        table: list(
            db.query(
                f"SELECT * FROM {table} WHERE claim_id IN (SELECT value FROM json_each(:ids))"
                f" UNION SELECT * FROM {table} WHERE other_id IN (SELECT value FROM json_each(:ids)) ORDER BY 1, 2, 3",
                {"ids": listed},
            )
        )
        for table in _TIES
    }


def tied_to(*all_ties: dict[str, Rows]) -> set[int]:
    """The claims at either end."""
    return {row[end] for told in all_ties for rows in told.values() for row in rows for end in ("claim_id", "other_id")}


def retie(db: Database, after: dict[str, Rows], before: dict[str, Rows]) -> None:
    """Put back the ties of before a decision for those of after it; what was tied since stays.

    The claims at the other end may have gone into others since, and the links been made anew for other reasons.
    """
    for link in after["claim_links"]:
        db.execute(
            "DELETE FROM claim_links WHERE claim_id = :claim_id AND other_id = :other_id AND relation = :relation", link
        )
    for pair in after["claims_apart"]:
        db.execute(
            "DELETE FROM claims_apart"
            " WHERE claim_id = :claim_id AND other_id = :other_id AND decision_id = :decision_id",
            pair,
        )
    for link in before["claim_links"]:
        ends = find_claim(db, link["claim_id"]), find_claim(db, link["other_id"])
        add_link(db, *ends, link["relation"], link["score"], link["reason"])
    for pair in before["claims_apart"]:
        _tie_apart(db, find_claim(db, pair["claim_id"]), find_claim(db, pair["other_id"]), pair["decision_id"])


def carry_ties(db: Database, claim_id: int, into: int) -> None:
    """Tie a claim to what another one is tied to, in its place."""
    carry_links(db, claim_id, into)
    rows = ties(db, [claim_id])["claims_apart"]
    db.execute("DELETE FROM claims_apart WHERE :id IN (claim_id, other_id)", {"id": claim_id})
    for row in rows:
        one, other = {into, row["claim_id"], row["other_id"]} - {claim_id}
        _tie_apart(db, one, other, row["decision_id"])


def _tie_apart(db: Database, one: int, other: int, decision_id: int) -> None:
    db.execute(
        "INSERT OR IGNORE INTO claims_apart (claim_id, other_id, decision_id) VALUES (?, ?, ?)",
        (min(one, other), max(one, other), decision_id),
    )


def take_out(db: Database, claim_id: int, into: int, decision_id: int | None, reason: str) -> None:
    """Note that a claim, which nothing points at any more, is part of another one, by a decision or without."""
    db.execute(
        "INSERT INTO merged_claims (id, text, into_id, decision_id, reason, merged_at)"
        " SELECT id, text, :into, :decision, :reason, :now FROM claims WHERE id = :id",
        {"id": claim_id, "into": into, "decision": decision_id, "reason": reason, "now": now()},
    )
    db.execute("DELETE FROM claims WHERE id = ?", (claim_id,))


def put_back(db: Database, claim_id: int, text: str) -> None:
    """Make a claim's row again; its first day, wordings and keys are to be made anew."""
    db.execute("DELETE FROM merged_claims WHERE id = ?", (claim_id,))
    add_claim(db, claim_id, text)


def utterances(db: Database, claim_id: int) -> Rows:
    """Each time that a claim was made, by however many sources together, and why it is this claim."""
    return list(
        db.query(
            "SELECT article_id, uid, claim_id, match_reason, match_score FROM attributions WHERE claim_id = ?"
            " GROUP BY article_id, uid ORDER BY min(id)",
            [claim_id],
        )
    )


def refile(db: Database, made: Sequence[dict[str, Any]]) -> None:
    """Let utterances be of the claim, and for the reason, that their rows name."""
    for row in made:
        db.execute(
            "UPDATE attributions SET claim_id = :claim_id, match_reason = :match_reason, match_score = :match_score"
            " WHERE article_id = :article_id AND uid = :uid",
            row,
        )


def _listed(claims: Iterable[int]) -> str:
    return json.dumps(sorted(set(claims)))
