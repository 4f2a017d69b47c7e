"""Claims that one source stands by and another denies, and claims that contradict each other, side by side."""

# ruff: noqa: S608 (what is put together here are this module's own words, values are bound)

from dataclasses import dataclass

from sqlite_utils import Database

from claims.store.desk.hits import Saying, sayings
from claims.store.tallies import STANDS

PAGE = 25
"""Claims on a page, each with all that it clashes with."""

SAYINGS_SHOWN = 3
"""Of the times that a side was taken, so many are told, the newest."""

OTHERS_SHOWN = 5
"""Of the claims that one claim contradicts, so many are told, the surest."""

NEVER = 2**63 - 1

_BOTH_TAKEN = """
relation IN ('denies', 'contradicts')
AND EXISTS (SELECT 1 FROM claim_sides WHERE claim_sides.claim_id = other_id AND side = 'for')
AND EXISTS (
  SELECT 1 FROM claim_sides WHERE claim_sides.claim_id = claim_links.claim_id
  AND side = CASE relation WHEN 'denies' THEN 'against' ELSE 'for' END
)
"""
"""Whether anybody is on either side of two claims that clash: who denies one stands by the other as like as not."""


@dataclass(frozen=True)
class Side:
    """One side: a claim, some of the times that it was taken, newest first, and how often it was in all."""

    claim_id: int
    claim: str
    times: int
    sayings: tuple[Saying, ...]


@dataclass(frozen=True)
class Clash:
    """Two sides. `kind` is "denied" where one denies what the other says, "contradicts" where it says another thing;
    `reason` tells why two claims were found to clash, None where both sides are about the words of one claim."""

    kind: str
    reason: str | None
    stands: Side
    against: Side

    @property
    def number(self) -> int:
        """That of the claim by which the list goes: the one that came later."""
        return self.against.claim_id


@dataclass(frozen=True)
class Contested:
    """A page of clashes, those of the newest claims first; `before` is the claim where the next page begins."""

    clashes: tuple[Clash, ...]
    before: int | None


def clashes(db: Database, before: int | None = None, limit: int = PAGE) -> Contested:
    """Clashes of the `limit` newest contested claims whose numbers are smaller than `before`."""
    numbers = [
        number
        for (number,) in db.execute(
            f"""
            SELECT claim_id FROM (
              SELECT claim_id FROM claim_tallies WHERE clashes > 0 AND claim_id < :before
              ORDER BY claim_id DESC LIMIT :limit
            ) UNION SELECT claim_id FROM (
              SELECT DISTINCT claim_id FROM claim_links
              WHERE claim_id < :before AND +{_BOTH_TAKEN}
              ORDER BY claim_id DESC LIMIT :limit
            ) ORDER BY claim_id DESC LIMIT :limit
            """,
            {"before": NEVER if before is None else before, "limit": limit + 1},
        ).fetchall()
    ]
    found = [clash for number in numbers[:limit] for clash in _of_claim(db, number)]
    return Contested(tuple(found), numbers[limit - 1] if len(numbers) > limit else None)


def _of_claim(db: Database, claim: int) -> list[Clash]:
    """What one claim clashes with: denials of itself, and claims that came before it."""
    found = []
    if db.execute("SELECT 1 FROM claim_tallies WHERE claim_id = ? AND clashes > 0", (claim,)).fetchone():
        found.append(Clash("denied", None, _side(db, claim, "for"), _side(db, claim, "against")))
    links = db.execute(
        f"""
        SELECT other_id, relation, reason FROM claim_links
        WHERE claim_id = ? AND {_BOTH_TAKEN} ORDER BY score DESC, other_id LIMIT ?
        """,
        (claim, OTHERS_SHOWN),
    ).fetchall()
    for other, relation, reason in links:
        kind, against = ("denied", "against") if relation == "denies" else ("contradicts", "for")
        found.append(Clash(kind, reason, _side(db, other, "for"), _side(db, claim, against)))
    return found


def _side(db: Database, claim: int, side: str) -> Side:
    """The times that a side of a claim was taken, "for" or "against"."""
    text, times = db.execute(
        """
        SELECT text, (
          SELECT coalesce(sum(times), 0) FROM claim_sides WHERE claim_id = claims.id AND side = :side
        ) FROM claims WHERE id = :claim
        """,
        {"claim": claim, "side": side},
    ).fetchone()
    # Many stand by a claim that many deny: these are met along its articles, the rarer denials by their stance.
    taken = {"for": f"AND +stance IN {STANDS}", "against": "AND stance = 'denies'"}[side]
    rows = db.execute(
        f"SELECT id FROM attributions WHERE claim_id = ? {taken} ORDER BY article_id DESC, id LIMIT ?",
        (claim, SAYINGS_SHOWN),
    ).fetchall()
    told = sayings(db, [number for (number,) in rows])
    return Side(claim, text, times, tuple(told.values()))
