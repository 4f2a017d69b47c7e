"""One article as its page shows it: a part of the text, and the attributions whose words stand in it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from claims.errors import StoreError

PART = 30_000
"""Code points of a text that one page shows, at most; a part ends at a line's end where there is one."""

SHOWN = 250
"""Attributions that one page marks, at most."""

REACH = 3_000
"""Code points around a part in which the content of an attribution may lie whose source or cue stands in the part."""

Spans = tuple[tuple[int, int], ...]
Row = dict[str, Any]


@dataclass(frozen=True)
class Speaker:
    """Who an attribution is of: the row of the source, its name, its kind, and the article's words for it."""

    id: int
    name: str
    kind: str
    words: str | None
    rule: str | None


@dataclass(frozen=True)
class MarkedAttribution:
    """One attribution of an article; sources that speak together are its speakers.

    `id` is the number of its first row, `parent` that of the attribution that it stands inside. Spans are half-open, in
    Unicode code points of the whole text. `others` counts the times that the claim was made besides.
    """

    id: int
    rows: tuple[int, ...]
    speakers: tuple[Speaker, ...]
    claim_id: int
    claim: str
    text: str
    stance: str
    form: str
    cue: str | None
    confidence: float
    source: Spans
    cue_at: Spans
    content: Spans
    parent: int | None
    rule: str
    match_reason: str
    hedges: str | None
    said_when: str | None
    said_where: str | None
    others: int


@dataclass(frozen=True)
class ArticlePage:
    """An article, the part of its text `[start, start + len(text))`, and what is said there, in reading order.

    `parts` are the places where the parts of the whole text start, `part` is which of them this is, from 0.
    `attributions` counts those of the whole article, `left_out` those of this part that there was no room for.
    """

    id: int
    title: str | None
    path: str
    url: str | None
    publisher: str | None
    author: str | None
    published: str | None
    language: str | None
    sha256: str
    ingested_at: str
    notes: str | None
    length: int
    attributions: int
    claims: int
    parts: tuple[int, ...]
    part: int
    start: int
    text: str
    marked: tuple[MarkedAttribution, ...]
    left_out: int
    asked: int | None


def article_page(db: Database, number: int, part: int = 0, attribution: int | None = None) -> ArticlePage:
    """The part of an article's text with that number, from 0, or the one where the content of an attribution starts.

    Raises StoreError where there is no such article. A part that there is not is the last one; an attribution of
    another article is passed over.
    """
    facts = next(iter(db.query("SELECT * FROM articles WHERE id = ?", (number,))), None)
    if facts is None:
        raise StoreError(f"No article has the number {number}.")
    text = facts.pop("text")
    parts = parts_of(text)
    asked = None
    if attribution is not None:
        found = db.execute(
            "SELECT id, content_start FROM attributions WHERE id = ? AND article_id = ?", (attribution, number)
        ).fetchone()
        if found:
            asked = found[0]
            part = sum(start <= found[1] for start in parts) - 1
    part = max(0, min(part, len(parts) - 1))
    start = parts[part]
    end = parts[part + 1] if part + 1 < len(parts) else len(text)
    marked = [one for one in _marked(db, number, start - REACH, end + REACH) if _within(one, start, end)]
    ((attributions, claims),) = db.execute(
        "SELECT count(DISTINCT uid), count(DISTINCT claim_id) FROM attributions WHERE article_id = ?", (number,)
    ).fetchall()
    return ArticlePage(
        **facts,
        length=len(text),
        attributions=attributions,
        claims=claims,
        parts=parts,
        part=part,
        start=start,
        text=text[start:end],
        marked=tuple(_with_asked(marked, asked)),
        left_out=max(0, len(marked) - SHOWN),
        asked=next((one.id for one in marked if asked in one.rows), None),
    )


def parts_of(text: str) -> tuple[int, ...]:
    """Where the parts start in which a text is shown: of `PART` code points at most, cut at a line's end if any."""
    starts = [0]
    while len(text) - starts[-1] > PART:
        limit = starts[-1] + PART
        line = text.rfind("\n", starts[-1] + PART // 2, limit) + 1
        starts.append(line or limit)
    return tuple(starts)


def _marked(db: Database, article: int, start: int, end: int) -> list[MarkedAttribution]:
    """The attributions whose content touches a stretch of the text; rows of sources that speak together are one."""
    rows = db.query(
        """
        SELECT attributions.*, claims.text AS claim, sources.name AS source_name, sources.kind AS source_kind,
          coalesce(claim_tallies.times, 1) AS times
        FROM attributions
        JOIN claims ON claims.id = attributions.claim_id
        LEFT JOIN sources ON sources.id = attributions.source_id
        LEFT JOIN claim_tallies ON claim_tallies.claim_id = attributions.claim_id
        WHERE attributions.article_id = :article AND content_start < :end AND content_end > :start
        ORDER BY content_start, content_end DESC, attributions.id
        """,
        {"article": article, "start": start, "end": end},
    )
    together: dict[str, list[Row]] = {}
    for row in rows:
        together.setdefault(str(row["uid"]), []).append(row)
    first_of_row = {row["id"]: same[0]["id"] for same in together.values() for row in same}
    return [_one(same, first_of_row) for same in together.values()]


def _one(rows: Sequence[Row], first_of_row: dict[int, int]) -> MarkedAttribution:
    row = rows[0]
    spans = json.loads(row["spans"])
    parent = first_of_row.get(row["parent_id"], row["parent_id"])
    speakers = tuple(
        Speaker(each["source_id"], each["source_name"], each["source_kind"], each["source_text"], each["source_rule"])
        for each in rows
        if each["source_id"] is not None
    )
    return MarkedAttribution(
        row["id"],
        tuple(each["id"] for each in rows),
        speakers,
        row["claim_id"],
        row["claim"],
        row["text"],
        row["stance"],
        row["form"],
        row["cue"],
        row["confidence"],
        _pairs(spans.get("source")),
        _pairs(spans.get("cue")),
        _pairs(spans.get("content")) or ((row["content_start"], row["content_end"]),),
        parent,
        row["rule"],
        row["match_reason"],
        row["hedges"],
        row["said_when"],
        row["said_where"],
        max(0, row["times"] - len(rows)),
    )


def _pairs(spans: Iterable[Sequence[int]] | None) -> Spans:
    return tuple((start, end) for start, end in spans or ())


def _within(one: MarkedAttribution, start: int, end: int) -> bool:
    return any(first < end and last > start for first, last in (*one.source, *one.cue_at, *one.content))


def _with_asked(marked: Sequence[MarkedAttribution], asked: int | None) -> Sequence[MarkedAttribution]:
    """As many as a page shows, the one that was asked for among them."""
    if len(marked) <= SHOWN:
        return marked
    place = next((place for place, one in enumerate(marked) if asked in one.rows), 0)
    first = max(0, min(place - SHOWN // 2, len(marked) - SHOWN))
    return marked[first : first + SHOWN]
