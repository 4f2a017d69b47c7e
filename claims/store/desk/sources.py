"""What the page of one source tells: names, roles, what it said month by month, whom it agrees and clashes with."""

# ruff: noqa: S608 (what is put together here are this module's own words, values are bound)

from collections import Counter
from dataclasses import dataclass

from sqlite_utils import Database

from claims.errors import StoreError
from claims.store import source_card_reading
from claims.store.decision_log import SOURCE_LOG, PersonDecision
from claims.store.desk.said import DAY, TITLE, Month, Stretch, Wanted, days, stretch
from claims.store.source_cards import FoldedSource, PossiblySame, SourceName
from claims.store.source_reading import possible_pairs
from claims.store.tallies import STANDS

NAMES_SHOWN = 20
ROLES_SHOWN = 20
ROLES_READ = 1000
PEERS_SHOWN = 10
STATEMENTS_READ = 2000
"""Whom a source agrees with is seen from so many of its statements, those that came in last."""

CROWD = 50
"""Claims that more sources stand by than this say nothing about who agrees with whom."""

SAME_SHOWN = 10

_SIDES_TAKEN = f"""
SELECT DISTINCT claim_id, CASE stance WHEN 'denies' THEN 'against' ELSE 'for' END AS side FROM (
  SELECT claim_id, stance FROM attributions WHERE source_id = :id ORDER BY article_id DESC LIMIT :read
) WHERE stance = 'denies' OR stance IN {STANDS}
"""


@dataclass(frozen=True)
class Role:
    """What articles say that a source is, in the words most used; `first` and `last` are days of such articles.

    `article_id` is the last of them; `articles` how many there are.
    """

    text: str
    office: str
    affiliation: str
    first: str
    last: str
    articles: int
    article_id: int


@dataclass(frozen=True)
class Peer:
    """Another source with which this one shares so many claims, and the newest of these where it was looked for."""

    id: int
    name: str
    claims: int
    claim_id: int | None
    claim: str | None


@dataclass(frozen=True)
class SourceCounts:
    """A source with how often it speaks, and how often with each stance, most often first.

    `article_id` and `article` are the one article that knows a source that only a description tells ("officials").
    """

    id: int
    name: str
    kind: str
    country: str
    article_id: int | None
    article: str | None
    times: int
    articles: int
    first: str | None
    last: str | None
    stances: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class SourcePage:
    """All that the page of a source tells but what it said."""

    counts: SourceCounts
    names: tuple[SourceName, ...]
    roles: tuple[Role, ...]
    months: tuple[Month, ...]
    agrees: tuple[Peer, ...]
    denies: tuple[Peer, ...]
    denied_by: tuple[Peer, ...]
    possible: tuple[PossiblySame, ...]
    apart: tuple[tuple[int, str], ...]
    folded: tuple[FoldedSource, ...]
    decisions: tuple[PersonDecision, ...]


def source_counts(db: Database, number: int) -> SourceCounts:
    """The source that a number leads to, also one that was merged into it, and how often it speaks.

    Raises StoreError where the number leads to none.
    """
    source_id = SOURCE_LOG.keeper(db, number)
    if source_id is None:
        raise StoreError(f"There is no source with the number {number} in this database.")
    name, kind, country, article_id, article, times, articles = db.execute(
        f"""
        SELECT name, kind, country, article_id, {TITLE}, coalesce(times, 0),
          coalesce(source_tallies.articles, 0)
        FROM sources LEFT JOIN source_tallies ON source_id = sources.id
        LEFT JOIN articles ON articles.id = article_id WHERE sources.id = ?
        """,
        (source_id,),
    ).fetchone()
    stances = db.execute(
        "SELECT stance, sum(times) FROM source_months WHERE source_id = ? GROUP BY 1 ORDER BY 2 DESC, 1", (source_id,)
    ).fetchall()
    first, last = days(db, "source_id", source_id, times) or (None, None)
    return SourceCounts(
        source_id, name, kind, country, article_id, article, times, articles, first, last, tuple(map(tuple, stances))
    )


def page_of_source(db: Database, counts: SourceCounts, wanted: Wanted) -> tuple[SourcePage, Stretch]:
    """The page of a source with what is wanted of what it said."""
    return source_page(db, counts), stretch(db, wanted)


def source_page(db: Database, counts: SourceCounts) -> SourcePage:
    """What is known of a source, all lists cut to what a page shows."""
    source_id = counts.id
    return SourcePage(
        counts,
        source_card_reading.names_of(db, source_id)[:NAMES_SHOWN],
        _roles(db, source_id),
        source_months(db, source_id),
        _agrees(db, source_id),
        _clashes(db, source_id, "denier_id", "source_id", "against", "for"),
        _clashes(db, source_id, "source_id", "denier_id", "for", "against"),
        tuple(possible_pairs(db, SAME_SHOWN, source_id)),
        _apart(db, source_id),
        source_card_reading.folded_into(db, source_id),
        source_card_reading.decisions_about(db, source_id),
    )


def source_months(db: Database, source_id: int) -> tuple[Month, ...]:
    """In which months a source spoke, how often."""
    rows = db.execute(
        f"""
        SELECT month, sum(times * (stance IN {STANDS})), sum(times * (stance = 'denies')),
          sum(times * (stance NOT IN {STANDS} AND stance <> 'denies'))
        FROM source_months WHERE source_id = ? GROUP BY 1 ORDER BY 1
        """,
        (source_id,),
    )
    return tuple(Month(*row) for row in rows.fetchall())


def _roles(db: Database, source_id: int) -> tuple[Role, ...]:
    rows = db.execute(
        f"""
        SELECT roles.text, roles.office, roles.affiliation, {DAY} AS day, articles.id FROM (
          SELECT * FROM source_roles WHERE source_id = ? ORDER BY mention_id DESC LIMIT ?
        ) AS roles CROSS JOIN articles ON articles.id = roles.article_id ORDER BY day, articles.id
        """,
        (source_id, ROLES_READ),
    ).fetchall()
    alike: dict[tuple[str, str], list[tuple[str, str, str, str, int]]] = {}
    for row in rows:
        alike.setdefault((row[1].casefold(), row[2].casefold()), []).append(row)
    roles = [
        Role(
            Counter(text for text, *_ in told).most_common(1)[0][0],
            *told[-1][1:3],
            first=told[0][3],
            last=told[-1][3],
            articles=len({row[4] for row in told}),
            article_id=told[-1][4],
        )
        for told in alike.values()
    ]
    return tuple(sorted(roles, key=lambda role: (role.last, role.articles), reverse=True)[:ROLES_SHOWN])


def _agrees(db: Database, source_id: int) -> tuple[Peer, ...]:
    """Who is on the same side of most of the claims that it took a side on of late."""
    rows = db.execute(
        f"""
        SELECT theirs.source_id, count(*), max(theirs.claim_id) FROM ({_SIDES_TAKEN}) AS mine
        CROSS JOIN claim_tallies ON claim_tallies.claim_id = mine.claim_id AND sources BETWEEN 2 AND :crowd
        CROSS JOIN claim_sides AS theirs ON theirs.claim_id = mine.claim_id AND theirs.side = mine.side
          AND theirs.source_id NOT IN (0, :id)
        GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT :limit
        """,
        {"id": source_id, "read": STATEMENTS_READ, "crowd": CROWD, "limit": PEERS_SHOWN},
    ).fetchall()
    return _peers(db, rows)


def _clashes(db: Database, source_id: int, mine: str, theirs: str, my_side: str, their_side: str) -> tuple[Peer, ...]:
    """Whose claims it denies most often, or who denies its; with one of the claims that it took a side on of late."""
    rows = db.execute(
        f"""
        WITH most AS MATERIALIZED (
          SELECT {theirs} AS id, claims FROM source_clashes WHERE {mine} = :id ORDER BY claims DESC, 1 LIMIT :limit
        ), taken AS MATERIALIZED ({_SIDES_TAKEN})
        SELECT id, claims, (
          SELECT theirs.claim_id FROM taken CROSS JOIN claim_sides AS theirs
          ON theirs.claim_id = taken.claim_id AND theirs.side = :theirs AND theirs.source_id = most.id
          WHERE taken.side = :mine LIMIT 1
        ) FROM most ORDER BY claims DESC, id
        """,
        {"id": source_id, "mine": my_side, "theirs": their_side, "read": STATEMENTS_READ, "limit": PEERS_SHOWN},
    ).fetchall()
    return _peers(db, rows)


def _peers(db: Database, rows: list[tuple[int, int, int | None]]) -> tuple[Peer, ...]:
    peers = []
    for source_id, shared, claim_id in rows:
        (name,) = db.execute("SELECT name FROM sources WHERE id = ?", (source_id,)).fetchone()
        claim = db.execute("SELECT text FROM claims WHERE id = ?", (claim_id,)).fetchone() if claim_id else (None,)
        peers.append(Peer(source_id, name, shared, claim_id, *claim))
    return tuple(peers)


def _apart(db: Database, source_id: int) -> tuple[tuple[int, str], ...]:
    others = source_card_reading.apart_from(db, source_id)[:SAME_SHOWN]
    return tuple(
        (other, name)
        for other in others
        for (name,) in db.execute("SELECT name FROM sources WHERE id = ?", (other,)).fetchall()
    )
