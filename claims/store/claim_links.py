"""Links between claims that bear on each other: one contradicts the other, or denies it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlite_utils import Database

from claims.matching import Decision, Prepared
from claims.matching.contradiction import contradiction
from claims.matching.denials import denials
from claims.terms import Attribution


def link_contradictions(
    db: Database, claim_id: int, asked: Prepared, seen: str, others: Mapping[int, Prepared]
) -> None:
    """Link a new claim to those of `others`, by their numbers, that it contradicts; `seen` is its ISO date."""
    for other_id, other in others.items():
        if not contradiction(asked, other):
            continue  # nor is it one on two days far apart
        (first_seen,) = db.execute("SELECT first_seen FROM claims WHERE id = ?", (other_id,)).fetchone()
        found = contradiction(asked, other, _days_apart(seen, first_seen))
        if found:
            add_link(db, claim_id, other_id, "contradicts", found.score, found.reason)


def link_possible(db: Database, claim_id: int, near: Iterable[tuple[int, Decision]]) -> None:
    """Link a new claim to those that a person should compare it with, each with the decision about the two."""
    for other_id, decision in near:
        add_link(db, claim_id, other_id, "possible-duplicate", decision.score, decision.reason)


def link_denials(db: Database, text: str, attributions: Sequence[Attribution], claim_of: Mapping[str, int]) -> None:
    """Link each claim that only points back at what it denies to the claim meant, earlier in the same article.

    `text` is the article's; `claim_of` gives the number of an attribution's claim by the attribution's id. In such a
    row `claim_id` denies `other_id`, whichever came first.
    """
    for found in denials(text, attributions):
        add_link(db, claim_of[found.denial], claim_of[found.denied], "denies", found.score, found.reason)


def carry_links(db: Database, claim_id: int, into_id: int) -> None:
    """Give the links of a claim that became one with another to that one; a link between the two goes.

    Belongs inside the transaction that joins them.
    """
    rows = db.execute(
        "SELECT claim_id, other_id, relation, score, reason FROM claim_links WHERE :old IN (claim_id, other_id)"
        " ORDER BY claim_id, other_id, relation",
        {"old": claim_id},
    ).fetchall()
    db.execute("DELETE FROM claim_links WHERE :old IN (claim_id, other_id)", {"old": claim_id})
    for *pair, relation, score, reason in rows:
        one, other = (into_id if each == claim_id else each for each in pair)
        add_link(db, one, other, relation, score, reason)


def add_link(db: Database, claim_id: int, other_id: int, relation: str, score: float, reason: str) -> None:
    """Two claims are linked once; a claim is never linked to itself, whatever was filed under it."""
    if relation != "denies":  # who denies whom is told by the order; otherwise the later claim comes first
        claim_id, other_id = max(claim_id, other_id), min(claim_id, other_id)
    if claim_id != other_id:
        db.execute(
            "INSERT OR IGNORE INTO claim_links (claim_id, other_id, relation, score, reason) VALUES (?, ?, ?, ?, ?)",
            (claim_id, other_id, relation, score, reason),
        )


def _days_apart(one: str, other: str) -> int:
    """Days between two ISO dates; many where either is none."""
    try:
        return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days)
    except ValueError:
        return 10_000
