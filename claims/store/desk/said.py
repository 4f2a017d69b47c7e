"""What was said, one row an attribution, as pages, feeds and downloads tell it; in pages that no newcomer shifts."""

# ruff: noqa: S608 (what is put together here are this module's own words, values are bound)

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlite_utils import Database

from claims.errors import InputRefused

DAY = "substr(coalesce(articles.published, articles.ingested_at), 1, 10)"
"""The day of an article: that of its publication, else of its ingest. The index `articles_day` is over this."""

TITLE = "substr(coalesce(nullif(articles.title, ''), articles.path), 1, 500)"
PUBLISHER = "substr(nullif(articles.publisher, ''), 1, 300)"
"""What an article is called and who brought it; a web page may say anything of itself, at any length."""

MANY = 2000
"""Of a claim, or a source, with more attributions the next in time are found along the days of all articles, which
soon meets enough of them; of one with fewer by putting its own in order."""

ROWS_ON_A_PAGE = 50


@dataclass(frozen=True)
class Said:
    """One time that a source made a claim in an article. Its fields are the columns of downloads, too.

    `day` is an ISO date, `published` None where the article does not tell it. Of the source all is None where nobody is
    named; `told_by` is whose own statement this one stands inside. `said` are the words in the article, of which
    `content_start` and `content_end` are Unicode code points of the text with the hash `sha256`.
    """

    attribution_id: int
    day: str
    claim_id: int
    claim: str
    stance: str
    said: str
    source_id: int | None
    source: str | None
    source_kind: str | None
    source_country: str | None
    source_words: str | None
    told_by_id: int | None
    told_by: str | None
    cue: str | None
    cue_lemma: str | None
    form: str
    act: str | None
    hedges: str | None
    said_when: str | None
    said_date: str | None
    said_where: str | None
    article_id: int
    article: str
    publisher: str | None
    author: str | None
    published: str | None
    article_url: str | None
    sha256: str
    ingested_at: str
    content_start: int
    content_end: int
    confidence: float
    match_score: float
    match_reason: str


_COLUMNS = f"""
  said.id, chosen.day, said.claim_id, claims.text, said.stance, said.text,
  sources.id, sources.name, sources.kind, nullif(sources.country, ''), said.source_text, teller.id, teller.name,
  said.cue, said.cue_lemma, said.form, said.act, said.hedges, said.said_when, said.said_date, said.said_where,
  articles.id, {TITLE}, {PUBLISHER}, substr(articles.author, 1, 300),
  articles.published, articles.url, articles.sha256, articles.ingested_at,
  said.content_start, said.content_end, said.confidence, said.match_score, said.match_reason
"""


@dataclass(frozen=True)
class Place:
    """Where a row stands in a list in the order of time."""

    day: str
    article_id: int
    attribution_id: int

    def __str__(self) -> str:
        return f"{self.day}.{self.article_id}.{self.attribution_id}"


@dataclass(frozen=True)
class Wanted:
    """Whose attributions, in which order: `whose` is "claim_id" or "source_id", `times` how many it has of the stance.

    They begin after `start`, a place in the list as it is ordered, or, `backwards`, end before it.
    """

    whose: str
    number: int
    times: int
    stance: str | None = None
    newest_first: bool = False
    start: Place | None = None
    backwards: bool = False
    limit: int = ROWS_ON_A_PAGE


@dataclass(frozen=True)
class Stretch:
    """Rows of a list that follow one another; `before` and `after` are the places at which the list goes on."""

    rows: tuple[Said, ...]
    before: str | None
    after: str | None


def place(text: str) -> Place:
    """The place that an address names. Raises InputRefused for what is none."""
    day, _, numbers = text.partition(".")
    article, _, attribution = numbers.partition(".")
    if not all(part.isascii() and part.isdigit() and len(part) <= 18 for part in (article, attribution)):
        raise InputRefused(text[:80], "is no place in this list. Open the page anew and follow its links")
    return Place(day, int(article), int(attribution))


def stretch(db: Database, wanted: Wanted) -> Stretch:
    """Rows from a place on, or up to it."""
    order = _direction(wanted)
    rows = db.execute(
        f"""
        SELECT {_COLUMNS} FROM ({_choice(wanted)}) AS chosen
        CROSS JOIN attributions AS said ON said.id = chosen.id
        JOIN claims ON claims.id = said.claim_id
        JOIN articles ON articles.id = said.article_id
        LEFT JOIN sources ON sources.id = said.source_id
        LEFT JOIN attributions AS outer_one ON outer_one.id = said.parent_id
        LEFT JOIN sources AS teller ON teller.id = outer_one.source_id
        ORDER BY chosen.day {order}, chosen.article_id {order}, chosen.id {order}
        """,
        _bound(wanted, wanted.limit + 1),
    ).fetchall()
    told = [Said(*row) for row in rows[: wanted.limit]]
    if not told:
        return Stretch((), None, None)
    onwards = len(rows) > wanted.limit
    back = wanted.start is not None and _any(
        db, replace(wanted, start=_place_of(told[0]), backwards=not wanted.backwards)
    )
    if wanted.backwards:
        told.reverse()
        onwards, back = back, onwards
    return Stretch(
        tuple(told), str(_place_of(told[0])) if back else None, str(_place_of(told[-1])) if onwards else None
    )


def _any(db: Database, wanted: Wanted) -> bool:
    return db.execute(_choice(wanted), _bound(wanted, 1)).fetchone() is not None


def days(db: Database, whose: str, number: int, times: int) -> tuple[str, str] | None:
    """The first and the last day of a claim's or a source's attributions; None where there are none."""
    if times > MANY:
        ends = [
            db.execute(_choice(wanted), _bound(wanted, 1)).fetchone()
            for wanted in (Wanted(whose, number, times, newest_first=newest_first) for newest_first in (False, True))
        ]
        return (ends[0][1], ends[1][1]) if all(ends) else None
    first, last = db.execute(
        f"SELECT min({DAY}), max({DAY}) FROM attributions AS said CROSS JOIN articles ON articles.id = said.article_id"
        f" WHERE said.{whose} = ?",
        (number,),
    ).fetchone()
    return None if first is None else (first, last)


def _choice(wanted: Wanted) -> str:
    """The numbers, days and articles of the rows wanted, next ones first."""
    joined = ("attributions AS said", "articles")
    first, second = reversed(joined) if wanted.times > MANY else joined
    order, sign = _direction(wanted), ">" if _direction(wanted) == "ASC" else "<"
    # The + keeps SQLite from going through all that has the stance, for the sake of an order that few rows need.
    limits = ""
    if wanted.start:
        limits = f"AND {DAY} {sign}= :day AND ({DAY}, articles.id, said.id) {sign} (:day, :article, :id)"
    return f"""
        SELECT said.id, {DAY} AS day, articles.id AS article_id
        FROM {first} CROSS JOIN {second} ON articles.id = said.article_id
        WHERE said.{wanted.whose} = :number {"AND +said.stance = :stance" if wanted.stance else ""} {limits}
        ORDER BY {DAY} {order}, articles.id {order}, said.id {order} LIMIT :limit
    """


def _direction(wanted: Wanted) -> str:
    return "DESC" if wanted.newest_first != wanted.backwards else "ASC"


def _bound(wanted: Wanted, limit: int) -> dict[str, object]:
    told: dict[str, object] = {"number": wanted.number, "limit": limit}
    if wanted.stance:
        told["stance"] = wanted.stance
    if start := wanted.start:
        told |= {"day": start.day, "article": start.article_id, "id": start.attribution_id}
    return told


def _place_of(said: Said) -> Place:
    return Place(said.day, said.article_id, said.attribution_id)


@dataclass(frozen=True)
class Month:
    """How often in the articles of a month ("2024-06") a claim was stood by, denied, or taken up in another way."""

    month: str
    stands: int
    denies: int
    other: int


def rows_of(db: Database, ids: Sequence[int]) -> list[Said]:
    """The rows of some attributions, the newest first."""
    rows = db.execute(
        f"""
        SELECT {_COLUMNS} FROM (
          SELECT attributions.id, {DAY} AS day FROM json_each(?) AS asked
          CROSS JOIN attributions ON attributions.id = asked.value
          CROSS JOIN articles ON articles.id = attributions.article_id
        ) AS chosen CROSS JOIN attributions AS said ON said.id = chosen.id
        JOIN claims ON claims.id = said.claim_id
        JOIN articles ON articles.id = said.article_id
        LEFT JOIN sources ON sources.id = said.source_id
        LEFT JOIN attributions AS outer_one ON outer_one.id = said.parent_id
        LEFT JOIN sources AS teller ON teller.id = outer_one.source_id
        ORDER BY chosen.day DESC, chosen.id DESC
        """,
        (json.dumps(list(ids)),),
    ).fetchall()
    return [Said(*row) for row in rows]
