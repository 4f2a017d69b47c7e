"""Numbers for pictures: claims over time, what sources do with them, who denies whom, how far claims spread."""

# ruff: noqa: S608 (what is put together here are this module's own words, values are bound)

from dataclasses import dataclass

from sqlite_utils import Database

from claims.store.desk.said import Month
from claims.store.tallies import STANDS

SOURCES_SHOWN = 12
ANSWERS_SHOWN = 12
SPREAD_SHOWN = 10
READ = 300
"""Of the claims that were made most often, those of most publishers are chosen from so many."""

_SIDES = f"""
  sum(times * (stance IN {STANDS})), sum(times * (stance = 'denies')),
  sum(times * (stance NOT IN {STANDS} AND stance <> 'denies'))
"""


@dataclass(frozen=True)
class Stances:
    """How often a source stood by a claim, denied one, or took one up in another way."""

    id: int
    name: str
    stands: int
    denies: int
    other: int


@dataclass(frozen=True)
class Answers:
    """A source that denied so many claims of another one."""

    denier_id: int
    denier: str
    source_id: int
    source: str
    claims: int


@dataclass(frozen=True)
class Spread:
    """How many claims so many publishers brought."""

    publishers: int
    claims: int


@dataclass(frozen=True)
class SpreadClaim:
    """One of the claims that most publishers brought."""

    id: int
    text: str
    publishers: int
    times: int


@dataclass(frozen=True)
class Plots:
    """All that the pictures show."""

    months: tuple[Month, ...]
    sources: tuple[Stances, ...]
    answers: tuple[Answers, ...]
    spread: tuple[Spread, ...]
    most_spread: tuple[SpreadClaim, ...]


def plots(db: Database) -> Plots:
    """The numbers of all pictures, from counts that the database keeps."""
    return Plots(months(db), sources(db), answers(db), spread(db), most_spread(db))


def months(db: Database) -> tuple[Month, ...]:
    """How often claims were made in the articles of each month."""
    return tuple(Month(*row) for row in db.execute(f"SELECT month, {_SIDES} FROM months GROUP BY 1 ORDER BY 1"))


def sources(db: Database) -> tuple[Stances, ...]:
    """What the sources that speak most do with claims."""
    rows = db.execute(
        f"""
        WITH most AS (SELECT source_id, times AS said FROM source_tallies ORDER BY times DESC LIMIT {SOURCES_SHOWN})
        SELECT sources.id, sources.name, {_SIDES}
        FROM most CROSS JOIN source_months ON source_months.source_id = most.source_id
        JOIN sources ON sources.id = most.source_id GROUP BY sources.id ORDER BY said DESC, sources.id
        """
    )
    return tuple(Stances(*row) for row in rows)


def answers(db: Database) -> tuple[Answers, ...]:
    """Who denies whose claims most often."""
    rows = db.execute(
        f"""
        SELECT denier.id, denier.name, denied.id, denied.name, claims FROM (
          SELECT denier_id, source_id, claims FROM source_clashes ORDER BY claims DESC LIMIT {ANSWERS_SHOWN}
        ) AS most JOIN sources AS denier ON denier.id = denier_id JOIN sources AS denied ON denied.id = most.source_id
        ORDER BY claims DESC, denier.id, denied.id
        """
    )
    return tuple(Answers(*row) for row in rows)


def spread(db: Database) -> tuple[Spread, ...]:
    """How many claims were brought by one publisher, by two, and so on; more than `SPREAD_SHOWN` are the last."""
    rows = db.execute(
        f"""
        SELECT min(publishers, {SPREAD_SHOWN}), sum(claims) FROM claim_spread
        WHERE publishers > 0 AND claims > 0 GROUP BY 1 ORDER BY 1
        """
    )
    return tuple(Spread(*row) for row in rows)


def most_spread(db: Database) -> tuple[SpreadClaim, ...]:
    """Of the claims made most often those that most publishers brought."""
    rows = db.execute(
        f"""
        SELECT claims.id, claims.text, publishers, times FROM (
          SELECT claim_id, publishers, times FROM claim_tallies WHERE times > 1 ORDER BY times DESC LIMIT {READ}
        ) JOIN claims ON claims.id = claim_id WHERE publishers > 1
        ORDER BY publishers DESC, times DESC, claims.id LIMIT {SPREAD_SHOWN}
        """
    )
    return tuple(SpreadClaim(*row) for row in rows)
