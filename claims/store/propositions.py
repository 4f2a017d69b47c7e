"""Claims across articles: the known claim that a wording makes, or a new one."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from claims.matching import Decision, Statement, decide, keys, prepare
from claims.matching.indexing import CANDIDATES, HUB
from claims.store.connection import insert

MOST_WORDS = 40
"""Of a text that is asked for, so many words are searched."""

FEW_WORDS = 3
"""Words that name something, under which a text shares too few keys with what a person looks for."""


@dataclass(frozen=True)
class FoundClaim:
    """The claim that a wording makes: its row, whether that is new, and why it is this one, with what score (0..1)."""

    id: int
    new: bool
    reason: str
    score: float


@dataclass(frozen=True)
class Nearest:
    """A known claim beside what was asked for, and the decision about the two."""

    claim_id: int
    text: str
    decision: Decision


def nearest_claims(db: Database, statement: Statement, candidates: int, *, by_words: bool = False) -> list[Nearest]:
    """Known claims that share keys with a statement, best first: the same ones, then by score.

    With `by_words` a statement of few words also finds those that have any of them, for a person who asks with one.
    """
    asked = prepare(statement)
    ids = _sharing_keys(db, statement.text, keys(asked), candidates)
    if by_words and asked.content < FEW_WORDS:
        ids = list(dict.fromkeys([*ids, *_sharing_words(db, statement.text, candidates)]))
    found = [
        Nearest(claim_id, text, decide(asked, prepare(Statement(text, source))))
        for claim_id, text, source in _loaded(db, ids)
    ]
    return sorted(found, key=lambda near: (not near.decision.same, -near.decision.score, near.claim_id))


def find_or_add_claim(db: Database, statement: Statement, seen: str) -> FoundClaim:
    """The claim that a statement makes; `seen` is the ISO date at which it was made."""
    near = nearest_claims(db, statement, CANDIDATES)
    if near and near[0].decision.same:
        best = near[0]
        db.execute("UPDATE claims SET first_seen = ? WHERE id = ? AND first_seen > ?", (seen, best.claim_id, seen))
        return FoundClaim(best.claim_id, False, best.decision.reason, best.decision.score)
    claim_id = insert(db, "claims", {"text": statement.text, "first_seen": seen})
    for key in keys(prepare(statement)):
        db.execute(
            "INSERT OR IGNORE INTO claim_keys (key, claim_id)"
            " SELECT :key, :claim WHERE (SELECT count(*) FROM claim_keys WHERE key = :key) < :most",
            {"key": key, "claim": claim_id, "most": HUB},
        )
    for other in near:
        if other.decision.possible:
            db.execute(
                "INSERT INTO claim_links (claim_id, other_id, relation, score, reason)"
                " VALUES (?, ?, 'possible-duplicate', ?, ?)",
                (claim_id, other.claim_id, other.decision.score, other.decision.reason),
            )
    return FoundClaim(claim_id, True, "new", 1.0)


def _sharing_keys(db: Database, text: str, asked: Sequence[str], limit: int) -> list[int]:
    """Numbers of claims, those with most keys in common first.

    A claim in the very same words is found even where all its keys were full.
    """
    rows = db.execute(
        """
        WITH found(claim_id, shared) AS (
          SELECT claim_id, count(*) FROM claim_keys WHERE key IN (SELECT value FROM json_each(:keys)) GROUP BY claim_id
          UNION ALL
          SELECT id, 1000 FROM claims WHERE text = :text
        )
        SELECT claim_id FROM found GROUP BY claim_id ORDER BY sum(shared) DESC, claim_id LIMIT :limit
        """,
        {"keys": json.dumps(list(asked)), "text": text, "limit": limit},
    )
    return [claim_id for (claim_id,) in rows]


def _sharing_words(db: Database, text: str, limit: int) -> list[int]:
    """Numbers of claims in which full-text search finds any of the words, best first."""
    words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", text)[:MOST_WORDS])
    if not words:
        return []
    rows = db.execute(
        "SELECT rowid FROM claims_fts WHERE claims_fts MATCH :words ORDER BY rank LIMIT :limit",
        {"words": words, "limit": limit},
    )
    return [claim_id for (claim_id,) in rows]


def _loaded(db: Database, ids: Sequence[int]) -> list[tuple[int, str, str | None]]:
    """Claims as (id, text, name of who made it first), in the order of `ids`."""
    rows: list[tuple[int, str, str | None]] = db.execute(
        """
        SELECT claims.id, claims.text, (
          SELECT sources.name FROM attributions JOIN sources ON sources.id = attributions.source_id
          WHERE attributions.claim_id = claims.id ORDER BY attributions.id LIMIT 1
        )
        FROM json_each(:ids) AS wanted JOIN claims ON claims.id = wanted.value ORDER BY wanted.key
        """,
        {"ids": json.dumps(list(ids))},
    ).fetchall()
    return rows
