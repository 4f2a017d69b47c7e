"""What the page of one claim tells: its wordings, who said it, who denied it, when and where, what bears on it."""

# ruff: noqa: S608 (what is put together here are this module's own words, values are bound)

from dataclasses import dataclass

from sqlite_utils import Database

from claims.errors import StoreError
from claims.store import claim_reading
from claims.store.claim_cards import ClaimLink, ClaimWording, MergedClaim
from claims.store.decision_log import CLAIM_LOG, PersonDecision
from claims.store.desk.said import DAY, Month, Stretch, Wanted, days, stretch
from claims.store.tallies import STANDS

WORDINGS_SHOWN = 20
COUNTED = 3000
"""Wordings and months are counted over so many occurrences of a claim, those that came in last."""

DENIERS_SHOWN = 12
TELLERS_SHOWN = 3
"""Of those who say a claim that bears on this one so many are named."""

TELLERS_LOOKED_AT = 500
BEARINGS_SHOWN = 10
"""For each way to bear on this claim so many others are shown."""

_OTHER_WAY_ROUND = {"denies": "denied-by"}


@dataclass(frozen=True)
class Teller:
    """A source on one side of a claim, and how often; `source_id` and `name` are None where nobody is named."""

    source_id: int | None
    name: str | None
    times: int


@dataclass(frozen=True)
class OtherClaim:
    """A claim as one in a line about another tells it: its text, some of those who stand by it, of how many.

    Where it denies the other by being denied ("these accusations"), those who deny it are told instead.
    """

    id: int
    text: str
    tellers: tuple[Teller, ...]
    sources: int
    times: int


@dataclass(frozen=True)
class Bearing:
    """A claim that bears on this one: "contradicts", "denies" (this one denies it), "denied-by", "possible-duplicate".

    `score` says how sure that is, in 0..1, `reason` why in words.
    """

    relation: str
    other: OtherClaim
    score: float
    reason: str


@dataclass(frozen=True)
class ClaimCounts:
    """A claim with how often it was made, by how many named sources; `denying` of these deny it.

    `first` and `last` are the days of its first and last article; None where no article has it any more.
    """

    id: int
    text: str
    times: int
    articles: int
    sources: int
    publishers: int
    standing: int
    denying: int
    first: str | None
    last: str | None


@dataclass(frozen=True)
class ClaimPage:
    """All that the page of a claim tells but the occurrences; `counted` of these give the wordings and months."""

    counts: ClaimCounts
    counted: int
    wordings: tuple[ClaimWording, ...]
    months: tuple[Month, ...]
    tellers: tuple[Teller, ...]
    deniers: tuple[Teller, ...]
    bearings: tuple[Bearing, ...]
    bearings_left_out: int
    apart: tuple[OtherClaim, ...]
    merged: tuple[MergedClaim, ...]
    decisions: tuple[PersonDecision, ...]


def claim_counts(db: Database, number: int) -> ClaimCounts:
    """The claim that a number leads to, also one that was merged into it, and how often it was made.

    Raises StoreError where the number leads to none.
    """
    claim_id = CLAIM_LOG.keeper(db, number)
    if claim_id is None:
        raise StoreError(f"There is no claim with the number {number} in this database.")
    text, *counted = db.execute(
        """
        SELECT text, coalesce(times, 0), coalesce(articles, 0), coalesce(sources, 0), coalesce(publishers, 0),
          coalesce(sources_for, 0), coalesce(sources_against, 0)
        FROM claims LEFT JOIN claim_tallies ON claim_id = claims.id WHERE claims.id = ?
        """,
        (claim_id,),
    ).fetchone()
    ends = days(db, "claim_id", claim_id, counted[0])
    return ClaimCounts(claim_id, text, *counted, *(ends or (None, None)))


def claim_page(db: Database, counts: ClaimCounts) -> ClaimPage:
    """What is known of a claim, all lists cut to what a page shows."""
    claim_id = counts.id
    bearings, left_out = _bearings(db, claim_id)
    return ClaimPage(
        counts,
        min(counts.times, COUNTED),
        _wordings(db, claim_id),
        claim_months(db, claim_id),
        _tellers(db, claim_id, "for", TELLERS_SHOWN),
        _tellers(db, claim_id, "against", DENIERS_SHOWN),
        bearings,
        left_out,
        tuple(_other(db, other) for other in claim_reading.apart_from(db, claim_id)[:BEARINGS_SHOWN]),
        claim_reading.merged_into(db, claim_id),
        claim_reading.decisions_about(db, claim_id),
    )


def page_of_claim(db: Database, counts: ClaimCounts, wanted: Wanted) -> tuple[ClaimPage, Stretch]:
    """The page of a claim with the occurrences that are wanted on it."""
    return claim_page(db, counts), stretch(db, wanted)


def claim_months(db: Database, claim_id: int) -> tuple[Month, ...]:
    """In which months a claim was made, how often; over the `COUNTED` occurrences that came in last."""
    rows = db.execute(
        f"""
        SELECT substr({DAY}, 1, 7), sum(stance IN {STANDS}), sum(stance = 'denies'),
          sum(stance NOT IN {STANDS} AND stance <> 'denies')
        FROM (
          SELECT article_id, stance FROM attributions WHERE claim_id = ? ORDER BY article_id DESC LIMIT ?
        ) CROSS JOIN articles ON articles.id = article_id
        GROUP BY 1 ORDER BY 1
        """,
        (claim_id, COUNTED),
    )
    return tuple(Month(*row) for row in rows.fetchall())


def _wordings(db: Database, claim_id: int) -> tuple[ClaimWording, ...]:
    rows = db.execute(
        """
        SELECT text, count(*) FROM attributions WHERE id IN (
          SELECT id FROM attributions WHERE claim_id = ? ORDER BY article_id DESC LIMIT ?
        ) GROUP BY text ORDER BY 2 DESC, min(id) LIMIT ?
        """,
        (claim_id, COUNTED, WORDINGS_SHOWN),
    )
    return tuple(ClaimWording(*row) for row in rows.fetchall())


def _tellers(db: Database, claim_id: int, side: str, limit: int) -> tuple[Teller, ...]:
    """Who is most often on a side of a claim; of very many only those known longest are looked at."""
    rows = db.execute(
        """
        SELECT sources.id, sources.name, told.times FROM (
          SELECT source_id, times FROM claim_sides WHERE claim_id = ? AND side = ? ORDER BY source_id LIMIT ?
        ) AS told LEFT JOIN sources ON sources.id = told.source_id
        ORDER BY sources.id IS NULL, told.times DESC, sources.id LIMIT ?
        """,
        (claim_id, side, TELLERS_LOOKED_AT, limit),
    )
    return tuple(Teller(*row) for row in rows.fetchall())


def _bearings(db: Database, claim_id: int) -> tuple[tuple[Bearing, ...], int]:
    """The claims that bear on one, surest first, and how many of those known are not told."""
    links = claim_reading.links_of(db, claim_id)
    told: dict[str, list[ClaimLink]] = {}
    for link in links:
        relation = link.relation if link.claim_id == claim_id else _OTHER_WAY_ROUND.get(link.relation, link.relation)
        told.setdefault(relation, []).append(link)
    bearings = tuple(
        Bearing(
            relation,
            _other(db, _far_end(link, claim_id), "against" if relation == "denied-by" else "for"),
            link.score,
            link.reason,
        )
        for relation, ones in told.items()
        for link in ones[:BEARINGS_SHOWN]
    )
    return bearings, len(links) - len(bearings)


def _far_end(link: ClaimLink, claim_id: int) -> int:
    return link.other_id if link.claim_id == claim_id else link.claim_id


def _other(db: Database, claim_id: int, side: str = "for") -> OtherClaim:
    text, sources, times = db.execute(
        f"""
        SELECT text, coalesce(sources_{side}, 0), coalesce(times, 0)
        FROM claims LEFT JOIN claim_tallies ON claim_id = claims.id WHERE claims.id = ?
        """,
        (claim_id,),
    ).fetchone()
    return OtherClaim(claim_id, text, _tellers(db, claim_id, side, TELLERS_SHOWN), sources, times)
