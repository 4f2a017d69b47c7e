"""Storing one article with everything that was found in it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime

from sqlite_utils import Database

from claims.errors import InputRefused
from claims.language.characters import HALF_CHARACTER
from claims.matching import Statement
from claims.store.claim_links import link_denials
from claims.store.connection import insert
from claims.store.propositions import FoundClaim, find_or_add_claim
from claims.store.sources import Heard, Speakers
from claims.terms import ROLES, Article, Attribution, Source, Span


@dataclass(frozen=True)
class Added:
    """What storing an article did.

    `attributions` counts rows: sources that speak together have one each. `known_claims` and `known_sources` are those
    that earlier articles had brought; `known_as` is the path under which the same text was stored before, in which
    case nothing was changed. `brought` has the number of each new claim with the attribution that made it first.
    """

    article_id: int
    known_article: bool = False
    known_as: str | None = None
    attributions: int = 0
    new_claims: int = 0
    known_claims: int = 0
    new_sources: int = 0
    known_sources: int = 0
    brought: tuple[tuple[int, Attribution], ...] = ()


def find_article(db: Database, article: Article) -> tuple[int, str] | None:
    """The row that holds this text already, as (id, path)."""
    row: tuple[int, str] | None = db.execute(
        "SELECT id, path FROM articles WHERE sha256 = ?", (article.sha256,)
    ).fetchone()
    return row


def add_article(db: Database, article: Article, attributions: Sequence[Attribution]) -> Added:
    """Store an article and its attributions; belongs inside a transaction."""
    _check(article, attributions)
    known = find_article(db, article)
    if known:
        return Added(known[0], known_article=True, known_as=known[1])
    now = datetime.now(UTC)
    article_id = insert(db, "articles", _article_row(article, now))
    seen = article.published or now.date().isoformat()
    claims: dict[int, bool] = {}
    brought: list[tuple[int, Attribution]] = []
    claim_of: dict[str, int] = {}
    sources: dict[int, bool] = {}
    first_rows: dict[str, int] = {}
    rows = 0
    speakers = Speakers(db, article_id, attributions)
    for attribution in attributions:
        speaker = attribution.sources[0].name if attribution.sources else None
        claim = find_or_add_claim(db, Statement(attribution.text, speaker, attribution.cue or None), seen)
        if claim.new and claim.id not in claims:
            brought.append((claim.id, attribution))
        claims.setdefault(claim.id, claim.new)
        claim_of[attribution.id] = claim.id
        for heard, source in _heard(speakers, attribution.sources):
            if heard:
                sources.setdefault(heard.source_id, heard.new)
            row = _attribution_row(attribution, claim, article_id, heard, source)
            row_id = insert(db, "attributions", row)
            first_rows.setdefault(attribution.id, row_id)
            rows += 1
    _link_parents(db, attributions, first_rows, article_id)
    link_denials(db, article.text, attributions, claim_of)
    return Added(
        article_id,
        attributions=rows,
        new_claims=sum(claims.values()),
        known_claims=len(claims) - sum(claims.values()),
        new_sources=sum(sources.values()),
        known_sources=len(sources) - sum(sources.values()),
        brought=tuple(brought),
    )


def _heard(speakers: Speakers, sources: Sequence[Source]) -> list[tuple[Heard | None, Source | None]]:
    """The speakers of an attribution, each known source once; nobody, once, where nobody has a name."""
    found: dict[int, tuple[Heard, Source]] = {}
    for source in sources:
        heard = speakers.heard(source)
        if heard:
            found.setdefault(heard.source_id, (heard, source))
    return list(found.values()) or [(None, next(iter(sources), None))]


def _link_parents(
    db: Database, attributions: Sequence[Attribution], first_rows: dict[str, int], article_id: int
) -> None:
    """Parents may stand behind their children, so they are linked when all are in."""
    for attribution in attributions:
        parent = first_rows.get(attribution.parent) if attribution.parent else None
        if parent and attribution.parent != attribution.id:
            db.execute(
                "UPDATE attributions SET parent_id = ? WHERE article_id = ? AND uid = ?",
                (parent, article_id, attribution.id),
            )


def _article_row(article: Article, now: datetime) -> dict[str, object]:
    return {
        "path": article.path,
        "url": article.url,
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "published": article.published,
        "language": article.language,
        "text": article.text,
        "sha256": article.sha256,
        "ingested_at": now.isoformat(timespec="seconds"),
        "notes": "\n".join(article.notes) or None,
    }


def _attribution_row(
    attribution: Attribution, claim: FoundClaim, article_id: int, heard: Heard | None, source: Source | None
) -> dict[str, object]:
    relation, when, where = attribution.relation, attribution.when, attribution.where
    return {
        "uid": attribution.id,
        "claim_id": claim.id,
        "source_id": heard.source_id if heard else None,
        "article_id": article_id,
        "text": attribution.text,
        "cue": attribution.cue or None,
        "cue_lemma": attribution.cue_lemma or None,
        "form": attribution.form,
        "stance": attribution.stance,
        "confidence": relation.confidence,
        "content_start": min(span.start for span in relation.content),
        "content_end": max(span.end for span in relation.content),
        "spans": json.dumps({role: getattr(relation, role) for role in ROLES}),
        "source_text": (source.text or None) if source else None,
        "rule": relation.rule,
        "source_rule": source.rule if source else None,
        "match_reason": claim.reason,
        "match_score": claim.score,
        "act": attribution.act,
        "hedges": "; ".join(hedge.text for hedge in attribution.hedges) or None,
        "said_when": when.text if when else None,
        "said_date": when.date if when else None,
        "said_where": where.text if where else None,
        "mention_id": heard.mention_id if heard else None,
    }


def _check(article: Article, attributions: Sequence[Attribution]) -> None:
    """Offsets always lie in their article, and texts can be encoded: refuse the article where that does not hold."""
    for field in fields(article):
        value = getattr(article, field.name)
        broken = HALF_CHARACTER.search(value if isinstance(value, str) else "\n".join(value or ()))
        if broken:
            raise InputRefused(
                article.path,
                f"its {field.name} has half a character (a lone surrogate, U+{ord(broken[0]):04X}), "
                "which no database can hold; repair its encoding and try again",
            )
    seen = set()
    for attribution in attributions:
        relation = attribution.relation
        spans: list[Span] = [span for role in ROLES for span in getattr(relation, role)]
        if not relation.content or not all(0 <= span.start <= span.end <= len(article.text) for span in spans):
            raise _fault(article, f"attribution {attribution.id} does not lie in it")
        if attribution.id in seen:
            raise _fault(article, f"two of its attributions are called {attribution.id}")
        seen.add(attribution.id)


def _fault(article: Article, what: str) -> InputRefused:
    return InputRefused(article.path, f"{what}; this is a fault of the program: please report it with the article")
