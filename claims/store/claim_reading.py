"""Claims as people look at them: one by its number, the pairs that may be one, what was decided."""

# ruff: noqa: S608 (what is put together here are this module's own words, values are bound)

from collections.abc import Collection

from sqlite_utils import Database

from claims.errors import StoreError
from claims.store.claim_cards import (
    OCCURRENCES_SHOWN,
    ROWS_SHOWN,
    ClaimCard,
    ClaimLink,
    ClaimRow,
    ClaimWording,
    MergedClaim,
    Occurrence,
    PossibleDuplicate,
)
from claims.store.decision_log import CLAIM_LOG

LONGEST_SHOWN = 80
"""Characters of a claim that a message shows."""

_WITH_MERGED = """
WITH RECURSIVE merged(id) AS (
  SELECT :id UNION SELECT merged_claims.id FROM merged JOIN merged_claims ON merged_claims.into_id = merged.id
)
"""


def find_claim(db: Database, number: int) -> int:
    """The claim of a number, also of one that was merged into it; StoreError where there never was one."""
    kept = CLAIM_LOG.keeper(db, number) if abs(number) < 2**63 else None
    if kept is None:
        raise StoreError(f"No claim has the number {number}. `claims match TEXT` finds claims by their words.")
    return kept


def described(db: Database, claim_id: int) -> str:
    """A claim in a message: its number and the start of its text."""
    (text,) = db.execute("SELECT text FROM claims WHERE id = ?", (claim_id,)).fetchone()
    text = " ".join(text.split())
    return f'{claim_id} "{text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN].rstrip() + "…"}"'


def card(db: Database, number: int) -> ClaimCard:
    """All that is known of a claim."""
    claim_id = find_claim(db, number)
    wordings = db.execute(
        "SELECT text, count(*) FROM attributions WHERE claim_id = ? GROUP BY text ORDER BY 2 DESC, min(id) LIMIT ?",
        (claim_id, ROWS_SHOWN),
    )
    links = db.execute(
        """
        SELECT links.claim_id, one.text, links.other_id, other.text, links.relation, links.score, links.reason
        FROM claim_links AS links
        JOIN claims AS one ON one.id = links.claim_id JOIN claims AS other ON other.id = links.other_id
        WHERE links.rowid IN (
          SELECT rowid FROM claim_links WHERE claim_id = :id UNION SELECT rowid FROM claim_links WHERE other_id = :id
        ) AND (links.relation <> 'possible-duplicate' OR NOT EXISTS (
          SELECT 1 FROM claims_apart WHERE claim_id = min(one.id, other.id) AND other_id = max(one.id, other.id)
        ))
        ORDER BY links.relation, links.score DESC, links.claim_id, links.other_id LIMIT :limit
        """,
        {"id": claim_id, "limit": ROWS_SHOWN},
    )
    apart = db.execute(
        """
        SELECT other_id FROM claims_apart WHERE claim_id = :id
        UNION SELECT claim_id FROM claims_apart WHERE other_id = :id ORDER BY 1 LIMIT :limit
        """,
        {"id": claim_id, "limit": ROWS_SHOWN},
    )
    merged = db.execute(
        f"{_WITH_MERGED} SELECT merged_claims.id, text, reason, merged_at, decision_id"
        " FROM merged JOIN merged_claims ON merged_claims.id = merged.id ORDER BY merged_claims.id LIMIT :limit",
        {"id": claim_id, "limit": ROWS_SHOWN},
    )
    decided = db.execute(
        f"{_WITH_MERGED} SELECT DISTINCT decision_id FROM merged JOIN decided_claims ON claim_id = merged.id"
        " WHERE NOT linked ORDER BY decision_id DESC LIMIT :limit",
        {"id": claim_id, "limit": ROWS_SHOWN},
    )
    return ClaimCard(
        claim_row(db, claim_id, ROWS_SHOWN),
        tuple(ClaimWording(*row) for row in wordings.fetchall()),
        tuple(ClaimLink(*row) for row in links.fetchall()),
        tuple(claim_row(db, other) for (other,) in apart.fetchall()),
        tuple(MergedClaim(*row) for row in merged.fetchall()),
        tuple(CLAIM_LOG.read(db, decided_id) for (decided_id,) in decided.fetchall()),
        number if number != claim_id else None,
    )


def claim_row(db: Database, claim_id: int, occurrences: int = OCCURRENCES_SHOWN) -> ClaimRow:
    """One claim with its first occurrences, by the day of their articles."""
    number, text, first_seen, attributions, articles, sources = db.execute(
        """
        SELECT claims.id, claims.text, first_seen, count(attributions.id), count(DISTINCT article_id),
          count(DISTINCT source_id)
        FROM claims LEFT JOIN attributions ON claim_id = claims.id WHERE claims.id = ?
        """,
        (claim_id,),
    ).fetchone()
    made = db.execute(
        """
        SELECT attributions.id, attributions.text, sources.id, sources.name, sources.kind, stance, cue, articles.id,
          coalesce(nullif(articles.title, ''), articles.path), articles.published, match_reason
        FROM attributions JOIN articles ON articles.id = attributions.article_id
        LEFT JOIN sources ON sources.id = source_id
        WHERE claim_id = ?
        ORDER BY coalesce(articles.published, substr(ingested_at, 1, 10)), attributions.id LIMIT ?
        """,
        (claim_id, occurrences),
    )
    shown = tuple(Occurrence(*told) for told in made.fetchall())
    return ClaimRow(number, text, first_seen, attributions, articles, sources, shown)


def possible_duplicates(db: Database, limit: int, skipped: Collection[tuple[int, int]]) -> list[PossibleDuplicate]:
    """Pairs of claims that may be one, surest first; those `skipped`, as (smaller number, other), are left out."""
    rows = db.execute(
        "SELECT min(claim_id, other_id), max(claim_id, other_id), score, reason FROM possible_duplicates"
        " ORDER BY score DESC, claim_id, other_id LIMIT ?",
        (max(limit, 0) + len(skipped),),
    ).fetchall()
    wanted = [row for row in rows if row[:2] not in skipped][: max(limit, 0)]
    return [
        PossibleDuplicate(claim_row(db, first), claim_row(db, second), score, reason)
        for first, second, score, reason in wanted
    ]


def waiting_duplicates(db: Database) -> int:
    """How many such pairs there are."""
    ((waiting,),) = db.execute("SELECT count(*) FROM possible_duplicates").fetchall()
    return int(waiting)
