"""What the front page tells: how much there is, what is new, what is repeated most, what is contested."""

# ruff: noqa: S608 (what is put together here are this module's own words, values are bound)

from dataclasses import dataclass

from sqlite_utils import Database

from claims.store.desk.contested import Clash, clashes
from claims.store.desk.hits import Saying, sayings
from claims.store.desk.said import TITLE

SHOWN = 6
CLASHES_SHOWN = 3
SPEAKERS_SHOWN = 6


@dataclass(frozen=True)
class ClaimLine:
    """A claim of a list, how often and by how many it was made, and the last time that it was."""

    last: Saying
    id: int
    text: str
    times: int
    sources: int
    articles: int


@dataclass(frozen=True)
class LastRead:
    """The article that came in last."""

    id: int
    title: str
    read_at: str


@dataclass(frozen=True)
class Home:
    """The front page; `last` is None where the database is empty; `speakers` are the sources that speak most."""

    claims: int
    attributions: int
    sources: int
    articles: int
    last: LastRead | None
    newest: tuple[ClaimLine, ...]
    repeated: tuple[ClaimLine, ...]
    contested: tuple[Clash, ...]
    speakers: tuple[tuple[int, str], ...]


def home(db: Database) -> Home:
    """The front page, from counts that the database keeps."""
    claims, attributions, sources, articles = db.execute(
        """
        SELECT (SELECT coalesce(sum(claims), 0) FROM claim_spread), (SELECT coalesce(sum(times), 0) FROM months),
          (SELECT count(*) FROM source_tallies), (SELECT count(*) FROM articles)
        """
    ).fetchone()
    last = db.execute(f"SELECT id, {TITLE}, ingested_at FROM articles ORDER BY id DESC LIMIT 1").fetchone()
    return Home(
        claims,
        attributions,
        sources,
        articles,
        LastRead(*last) if last else None,
        _lines(db, "SELECT id AS claim_id FROM claims ORDER BY first_seen DESC, id DESC"),
        _lines(db, "SELECT claim_id FROM claim_tallies WHERE times > 1 ORDER BY times DESC"),
        clashes(db, None, CLASHES_SHOWN).clashes,
        _speakers(db),
    )


def _lines(db: Database, chosen: str) -> tuple[ClaimLine, ...]:
    """The first claims of those chosen, in their order."""
    rows = db.execute(
        f"""
        SELECT claims.id, claims.text, times, sources, articles,
          (SELECT id FROM attributions WHERE claim_id = claims.id ORDER BY article_id DESC LIMIT 1)
        FROM (SELECT claim_id, row_number() OVER () AS place FROM ({chosen} LIMIT {SHOWN})) AS chosen
        JOIN claims ON claims.id = chosen.claim_id JOIN claim_tallies ON claim_tallies.claim_id = claims.id
        ORDER BY place
        """
    ).fetchall()
    told = sayings(db, [last for *_, last in rows])
    return tuple(ClaimLine(told[last], *counts) for *counts, last in rows)


def _speakers(db: Database) -> tuple[tuple[int, str], ...]:
    """Number and name of the sources that speak most."""
    rows = db.execute(
        f"""
        SELECT id, name FROM (
          SELECT source_id, times FROM source_tallies ORDER BY times DESC LIMIT {SPEAKERS_SHOWN}
        ) JOIN sources ON sources.id = source_id ORDER BY times DESC, id
        """
    )
    return tuple((number, name) for number, name in rows)
