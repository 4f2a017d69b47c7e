"""Rows of claims: their numbers, first days, and the wordings and keys that newcomers are compared with."""

from collections.abc import Sequence

from sqlite_utils import Database

from claims.matching import Statement, keys, prepare
from claims.matching.agreement import CHECKED
from claims.store.claim_index import file_wording, key_number, look_up, wordings

Said = tuple[str, str | None, str | None]
"""A wording, the name of who made it, and the cue with which it was made."""


def next_claim(db: Database) -> int:
    """A number that no claim ever had, not even one that was merged into another."""
    ((number,),) = db.execute("""
        SELECT 1 + max(coalesce((SELECT max(id) FROM claims), 0), coalesce((SELECT max(id) FROM merged_claims), 0))
    """).fetchall()
    return int(number)


def add_claim(db: Database, claim_id: int, text: str, seen: str = "") -> None:
    """Make a claim's row; `seen` is the ISO date of its first day, which `date_anew` may still have to find."""
    db.execute("INSERT INTO claims (id, text, first_seen) VALUES (?, ?, ?)", (claim_id, text, seen))


def filed(db: Database, claim_id: int) -> list[Said]:
    """The wordings under which a claim is filed, in the order in which they came."""
    return [(wording.text, wording.speaker, wording.cue) for wording in wordings(db, [claim_id])[claim_id]]


def made(db: Database, claim_id: int) -> list[Said]:
    """The wordings in which attributions make a claim, each with who made it so first, in the order of coming."""
    rows: list[tuple[str, str | None, str | None, int]] = db.execute(
        """
        SELECT attributions.text, sources.name, cue, min(attributions.id)
        FROM attributions LEFT JOIN sources ON sources.id = attributions.source_id
        WHERE attributions.claim_id = ? GROUP BY attributions.text ORDER BY 4
        """,
        (claim_id,),
    ).fetchall()
    return [(text, speaker, cue) for text, speaker, cue, _ in rows]


def file_anew(db: Database, claim_id: int, said: Sequence[Said]) -> None:
    """File a claim under these wordings and no others, as many as a claim keeps."""
    unfile(db, claim_id)
    statements: dict[str, Statement] = {}
    for each in said:  # decisions of before wordings had their cues noted none
        statements.setdefault(each[0], Statement(*each))
    for statement in list(statements.values())[:CHECKED]:
        newcomer = prepare(statement)
        wanted = keys(newcomer)
        file_wording(db, claim_id, wordings(db, [claim_id])[claim_id], newcomer, wanted, look_up(db, wanted))


def unfile(db: Database, claim_id: int) -> None:
    """Take a claim out of the index."""
    own = {key_number(key) for wording in wordings(db, [claim_id])[claim_id] for key in keys(wording.prepared)}
    db.conn.executemany("DELETE FROM claim_keys WHERE key = ? AND claim_id = ?", [(key, claim_id) for key in own])
    db.execute("DELETE FROM claim_wordings WHERE claim_id = ?", (claim_id,))


def date_anew(db: Database, claim_id: int) -> None:
    """Let a claim have been seen first where the earliest article has it."""
    db.execute(
        """
        UPDATE claims SET first_seen = coalesce((
          SELECT min(coalesce(articles.published, substr(articles.ingested_at, 1, 10)))
          FROM attributions JOIN articles ON articles.id = attributions.article_id
          WHERE attributions.claim_id = claims.id
        ), first_seen) WHERE id = ?
        """,
        (claim_id,),
    )
