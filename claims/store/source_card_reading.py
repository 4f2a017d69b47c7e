"""The card of one source, read from the database: its names, mentions, roles and what was decided about it."""

# ruff: noqa: S608 (what is put together here are this module's own words, values are bound)

from sqlite_utils import Database

from claims.store.decision_log import SOURCE_LOG, PersonDecision
from claims.store.source_cards import (
    ROWS_SHOWN,
    FoldedSource,
    Mention,
    SourceCard,
    SourceName,
    StatedRole,
)
from claims.store.source_reading import find_source, number_meant, possible_pairs, source_row

# The source and all rows that were folded into it, and into those.
_WITH_FOLDED = """
WITH RECURSIVE folded(id) AS (
  SELECT :id UNION SELECT merged_sources.id FROM folded JOIN merged_sources ON merged_sources.into_id = folded.id
)
"""


def card(db: Database, ref: str) -> SourceCard:
    """All that is known of the source that a person means."""
    source_id, asked = find_source(db, ref), number_meant(ref)
    row = source_row(db, source_id)
    ((mention_count,),) = db.execute(
        "SELECT count(*) FROM source_mentions WHERE source_id = ?", (source_id,)
    ).fetchall()
    return SourceCard(
        row=row,
        names=names_of(db, source_id),
        mentions=_mentions(db, source_id),
        mention_count=mention_count,
        roles=_roles(db, source_id),
        possible=tuple(possible_pairs(db, ROWS_SHOWN, source_id)),
        apart=tuple(source_row(db, other) for other in apart_from(db, source_id)),
        folded=folded_into(db, source_id),
        decisions=decisions_about(db, source_id),
        asked=asked if asked not in (None, source_id) and _was_folded(db, asked) else None,
    )


def _was_folded(db: Database, number: int | None) -> bool:
    return db.execute("SELECT 1 FROM merged_sources WHERE id = ?", (number,)).fetchone() is not None


def names_of(db: Database, source_id: int) -> tuple[SourceName, ...]:
    """The names that a source goes by, those that alone tell who it is first."""
    rows = db.execute(
        """
        SELECT name, identifies, articles, rule, decision_id FROM source_names
        WHERE source_id = ? ORDER BY identifies DESC, articles DESC, rowid LIMIT ?
        """,
        (source_id, ROWS_SHOWN),
    )
    return tuple(SourceName(name, bool(alone), *rest) for name, alone, *rest in rows.fetchall())


def _mentions(db: Database, source_id: int) -> tuple[Mention, ...]:
    rows = db.execute(
        """
        SELECT mentions.id, articles.id, coalesce(nullif(articles.title, ''), articles.path), articles.published,
          mentions.name, mentions.kind, mentions.rule, mentions.reason, mentions.score,
          (SELECT count(*) FROM attributions WHERE mention_id = mentions.id)
        FROM source_mentions AS mentions JOIN articles ON articles.id = mentions.article_id
        WHERE mentions.source_id = ? ORDER BY mentions.id DESC LIMIT ?
        """,
        (source_id, ROWS_SHOWN),
    )
    return tuple(Mention(*row) for row in rows.fetchall())


def _roles(db: Database, source_id: int) -> tuple[StatedRole, ...]:
    rows = db.execute(
        """
        SELECT roles.text, roles.office, roles.affiliation, articles.id,
          coalesce(nullif(articles.title, ''), articles.path), articles.published
        FROM source_roles AS roles JOIN articles ON articles.id = roles.article_id
        WHERE roles.source_id = ? ORDER BY roles.mention_id DESC, roles.rowid LIMIT ?
        """,
        (source_id, ROWS_SHOWN),
    )
    return tuple(StatedRole(*row) for row in rows.fetchall())


def apart_from(db: Database, source_id: int) -> list[int]:
    """The sources that a person declared different from one."""
    rows = db.execute(
        """
        SELECT other_id FROM sources_apart WHERE source_id = :id
        UNION SELECT source_id FROM sources_apart WHERE other_id = :id ORDER BY 1 LIMIT :limit
        """,
        {"id": source_id, "limit": ROWS_SHOWN},
    )
    return [number for (number,) in rows.fetchall()]


def folded_into(db: Database, source_id: int) -> tuple[FoldedSource, ...]:
    """The rows that went into a source, and into those."""
    rows = db.execute(
        f"""
        {_WITH_FOLDED}
        SELECT merged_sources.id, name, kind, rule, reason, merged_at, decision_id
        FROM folded JOIN merged_sources ON merged_sources.id = folded.id ORDER BY merged_sources.id LIMIT :limit
        """,
        {"id": source_id, "limit": ROWS_SHOWN},
    )
    return tuple(FoldedSource(*row) for row in rows.fetchall())


def decisions_about(db: Database, source_id: int) -> tuple[PersonDecision, ...]:
    """What people decided about a source and the rows that went into it, the latest first."""
    rows = db.execute(
        f"""
        {_WITH_FOLDED}
        SELECT DISTINCT decision_id FROM folded JOIN decided_sources ON decided_sources.source_id = folded.id
        ORDER BY decision_id DESC LIMIT :limit
        """,
        {"id": source_id, "limit": ROWS_SHOWN},
    )
    return tuple(SOURCE_LOG.read(db, number) for (number,) in rows.fetchall())
