"""Where claims with the words of a search were made, by whom: the newest ones, with bounds on the work for each."""

# ruff: noqa: S608 (what is put together here are this module's own words, values are bound)

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from claims.store.desk.asking import Word, full_text
from claims.store.desk.lighting import LONG
from claims.store.desk.named import FoundSource
from claims.store.desk.said import DAY, PUBLISHER, TITLE

MOST_HITS = 500
"""So many times that a claim was made are told of one search."""

LOOKED_AT = 50_000
"""Of the claims that have the words asked for, so many are tried for who made them, the newest ones."""

SPEAKS_LITTLE = 50
"""Of a source that speaks no more often, its claims are tried for the words: faster than the other way round."""

FEW_WORDS = 2
"""With more words than this few claims have all of them, and the other way is the faster one."""

OWN_WORDS = 300
"""Of the times that a source speaks, so many are tried for the words in its own wording, the newest ones."""

TIMES_OF_ONE = 20
"""Of the times that one claim was made, a search for claims tells so many."""

DENIERS = 3
"""Of those who deny a claim, so many are named beside it."""

_WITH_STANCE = "(:stance IS NULL OR attributions.stance = :stance)"


@dataclass(frozen=True)
class Denier:
    """A source that denies a claim."""

    id: int
    name: str


@dataclass(frozen=True)
class Saying:
    """One time that a claim was made: the claim, who made it with what stance in which words, and where.

    `source_id` is None where nobody is named; `published` is the day that the article tells, `day` that or the one on
    which it was read; `times` is how often the claim was made by anyone.
    """

    attribution_id: int
    claim_id: int
    claim: str
    times: int
    source_id: int | None
    source: str | None
    stance: str
    said: str
    article_id: int
    article: str
    publisher: str | None
    published: str | None
    day: str


def said_by(
    db: Database, source: FoundSource, words: Sequence[Word], stance: str | None, limit: int, *, some: bool = False
) -> list[int]:
    """Attributions to a source that have all the words, or `some`, in the claim or in its own wording."""
    asked: dict[str, object] = {"ids": json.dumps(source.ids), "stance": stance, "limit": limit}
    if not words:
        return _newest(db, asked, 2 * limit)
    # CROSS JOIN and + keep SQLite to this order: the smaller side of a join first.
    if source.times <= SPEAKS_LITTLE and len(words) <= FEW_WORDS:
        made = """
            SELECT attributions.id FROM json_each(:ids) AS asked
            CROSS JOIN attributions ON attributions.source_id = asked.value
            CROSS JOIN claims_fts ON claims_fts.rowid = attributions.claim_id WHERE claims_fts MATCH :words
        """
    else:
        made = f"""
            SELECT attributions.id FROM (
              SELECT rowid AS id FROM claims_fts WHERE claims_fts MATCH :words ORDER BY rowid DESC LIMIT {LOOKED_AT}
            ) AS matching CROSS JOIN attributions ON attributions.claim_id = matching.id
            WHERE +attributions.source_id IN (SELECT value FROM json_each(:ids))
        """
    query = full_text(words, " OR " if some else " ")
    rows = db.execute(f"{made} AND {_WITH_STANCE} LIMIT :limit", asked | {"words": query})
    found = dict.fromkeys(number for (number,) in rows.fetchall())
    if not some:
        found |= dict.fromkeys(_newest(db, asked, OWN_WORDS, words))
    return list(found)[:limit]


def _newest(db: Database, asked: dict[str, object], tried: int, words: Sequence[Word] = ()) -> list[int]:
    """Of the newest `tried` attributions to each source those that have the words, letter by letter."""
    has_words = "".join(f" AND instr(lower(attributions.text), :word{number})" for number in range(len(words)))
    rows = db.execute(
        f"""
        SELECT attributions.id FROM json_each(:ids) AS asked CROSS JOIN attributions ON attributions.id IN (
          SELECT id FROM attributions WHERE source_id = asked.value ORDER BY article_id DESC LIMIT {tried}
        ) WHERE {_WITH_STANCE}{has_words} ORDER BY article_id DESC, attributions.id LIMIT :limit
        """,
        asked | {f"word{number}": word.text.lower() for number, word in enumerate(words)},
    )
    return [number for (number,) in rows.fetchall()]


def said_by_anyone(db: Database, words: Sequence[Word], stance: str | None, limit: int) -> list[int]:
    """Attributions of the newest claims that have all the words."""
    if not words:
        return []
    rows = db.execute(
        """
        SELECT attributions.id FROM (
          SELECT rowid AS id FROM claims_fts WHERE claims_fts MATCH :words ORDER BY rowid DESC LIMIT :looked
        ) AS matching CROSS JOIN attributions ON attributions.id IN (
          SELECT id FROM attributions WHERE claim_id = matching.id ORDER BY article_id DESC LIMIT :times
        ) WHERE :stance IS NULL OR stance = :stance LIMIT :limit
        """,
        # Where a stance is asked for, as "denied", few of the claims have it.
        {"words": full_text(words), "stance": stance, "limit": limit, "times": TIMES_OF_ONE,
         "looked": 5 * limit if stance else limit},
    )  # fmt: skip
    return [number for (number,) in rows.fetchall()]


def sayings(db: Database, ids: Sequence[int]) -> dict[int, Saying]:
    """What is told of attributions, by their numbers."""
    rows = db.execute(
        f"""
        SELECT attributions.id, claims.id, claims.text, coalesce(claim_tallies.times, 1), source_id, sources.name,
          stance, substr(attributions.text, 1, {2 * LONG}), articles.id,
          {TITLE}, {PUBLISHER}, published, {DAY}
        FROM json_each(?) AS asked CROSS JOIN attributions ON attributions.id = asked.value
        JOIN claims ON claims.id = attributions.claim_id JOIN articles ON articles.id = attributions.article_id
        LEFT JOIN sources ON sources.id = source_id LEFT JOIN claim_tallies ON claim_tallies.claim_id = claims.id
        """,
        (json.dumps(list(ids)),),
    )
    return {row[0]: Saying(*row) for row in rows.fetchall()}


def denials(db: Database, claims: Sequence[int]) -> dict[int, tuple[Denier, ...]]:
    """Who denies claims, by their numbers: with its words, or as a claim that stands elsewhere."""
    rows = db.execute(
        f"""
        WITH denied(claim_id, source_id) AS (
          SELECT asked.value, source_id FROM json_each(:claims) AS asked
          CROSS JOIN claim_sides ON claim_sides.claim_id = asked.value AND side = 'against'
          UNION
          SELECT asked.value, source_id FROM json_each(:claims) AS asked
          CROSS JOIN claim_links ON other_id = asked.value AND relation = 'denies'
          CROSS JOIN claim_sides ON claim_sides.claim_id = claim_links.claim_id AND side = 'against'
        ), numbered AS (
          SELECT claim_id, source_id, row_number() OVER (PARTITION BY claim_id ORDER BY source_id) AS number FROM denied
        )
        SELECT claim_id, sources.id, sources.name FROM numbered JOIN sources ON sources.id = source_id
        WHERE number <= {DENIERS}
        """,
        {"claims": json.dumps(list(claims))},
    )
    found: dict[int, tuple[Denier, ...]] = {}
    for claim, *denier in rows.fetchall():
        found[claim] = (*found.get(claim, ()), Denier(*denier))
    return found
