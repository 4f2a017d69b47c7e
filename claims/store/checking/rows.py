"""Rows that point at others: what they point at is there, and says the same."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sqlite_utils import Database

from claims.store.checking.faults import Faults
from claims.terms import FORMS, SOURCE_KINDS, STANCES


class _Rule(NamedTuple):
    """A sentence about one row that breaks a rule, with places for what the query tells of it."""

    sentence: str
    query: str


def _leads_nowhere(thing: str) -> _Rule:
    """Of each claim or source that went into another, the last one on the way must be there."""
    return _Rule(
        f"{thing} {{}} was merged into {thing} {{}}, and no {thing} that is there lies on that way",
        f"""
        WITH RECURSIVE arrived(id) AS (
          SELECT id FROM merged_{thing}s WHERE into_id IN (SELECT id FROM {thing}s)
          UNION SELECT merged_{thing}s.id FROM arrived JOIN merged_{thing}s ON into_id = arrived.id
        )
        SELECT id, into_id FROM merged_{thing}s WHERE id NOT IN (SELECT id FROM arrived) ORDER BY id""",  # noqa: S608
    )


def _used_twice(thing: str) -> _Rule:
    return _Rule(
        f"{thing} {{}} was merged into {thing} {{}}, and is there all the same",
        f"SELECT id, into_id FROM merged_{thing}s WHERE id IN (SELECT id FROM {thing}s) ORDER BY id",  # noqa: S608
    )


def _decided(thing: str) -> _Rule:
    return _Rule(
        f"decision {{}} is about {thing} {{}}, which neither is there nor was merged",
        f"""
        SELECT decision_id, {thing}_id FROM decided_{thing}s
        WHERE {thing}_id NOT IN (SELECT id FROM {thing}s) AND {thing}_id NOT IN (SELECT id FROM merged_{thing}s)
        ORDER BY 1, 2""",  # noqa: S608
    )


def _among(table: str, column: str, values: Sequence[str]) -> _Rule:
    listed = ", ".join(f"'{value}'" for value in values)
    return _Rule(
        f"the {column} of row {{}} of {table} is “{{}}”, which is none",
        f"SELECT id, {column} FROM {table} WHERE {column} NOT IN ({listed}) ORDER BY id",  # noqa: S608
    )


def _day(table: str, column: str) -> _Rule:
    return _Rule(
        f"{column} of row {{}} of {table} is “{{}}”, which is no day",
        f"SELECT id, {column} FROM {table}"  # noqa: S608
        f" WHERE {column} IS NOT NULL AND date({column}, '+0 days') IS NOT {column} ORDER BY id",
    )


RULES = (
    # SQLite itself does not look at these in a file opened for reading.
    _among("attributions", "stance", STANCES),
    _among("attributions", "form", FORMS),
    _among("sources", "kind", SOURCE_KINDS),
    _day("articles", "published"),
    _day("attributions", "said_date"),
    _Rule(
        "the confidence of attribution {} is {}, which does not lie between 0 and 1",
        "SELECT id, confidence FROM attributions WHERE confidence NOT BETWEEN 0 AND 1 ORDER BY id",
    ),
    _Rule(
        "claim {} has no attribution",
        "SELECT id FROM claims WHERE NOT EXISTS (SELECT 1 FROM attributions WHERE claim_id = claims.id) ORDER BY id",
    ),
    _Rule(
        "claim {} goes by words in which nobody made it",
        "SELECT id FROM claims WHERE text NOT IN (SELECT text FROM attributions WHERE claim_id = claims.id)"
        " AND EXISTS (SELECT 1 FROM attributions WHERE claim_id = claims.id) ORDER BY id",
    ),
    _Rule(
        "attribution {} of article {} stands inside attribution {} of article {}",
        """
        SELECT inner.id, inner.article_id, outer.id, outer.article_id
        FROM attributions AS inner JOIN attributions AS outer ON outer.id = inner.parent_id
        WHERE outer.article_id <> inner.article_id ORDER BY 1""",
    ),
    _Rule(
        "attribution {} has source {} in article {}, its mention {} has source {} in article {}",
        """
        SELECT attributions.id, attributions.source_id, attributions.article_id,
          source_mentions.id, source_mentions.source_id, source_mentions.article_id
        FROM attributions JOIN source_mentions ON source_mentions.id = mention_id
        WHERE attributions.source_id IS NOT source_mentions.source_id
          OR attributions.article_id <> source_mentions.article_id ORDER BY 1""",
    ),
    _Rule(
        "mention {} is of source {}, which is not there",
        "SELECT id, source_id FROM source_mentions WHERE source_id NOT IN (SELECT id FROM sources) ORDER BY 1",
    ),
    _Rule(
        "source {} has no name under which it is found",
        "SELECT id FROM sources WHERE id NOT IN (SELECT source_id FROM source_names) ORDER BY id",
    ),
    _Rule(
        "what {} sources say together in article {} (attribution {} and others) is more than one claim",
        "SELECT count(*), article_id, min(id) FROM attributions GROUP BY article_id, uid"
        " HAVING min(claim_id) <> max(claim_id) ORDER BY 3",
    ),
    _leads_nowhere("claim"),
    _leads_nowhere("source"),
    _used_twice("claim"),
    _used_twice("source"),
    _decided("claim"),
    _decided("source"),
    _Rule(
        "decision {} leads wordings to the attribution {} of article {}, which is not there",
        """
        SELECT DISTINCT decision_id, uid, article_id FROM decided_wordings WHERE NOT EXISTS (
          SELECT 1 FROM attributions
          WHERE attributions.article_id = decided_wordings.article_id AND attributions.uid = decided_wordings.uid
        ) ORDER BY 1, 3, 2""",
    ),
)


def check_references(db: Database, tell: Callable[[str], None], faults: Faults) -> str:
    """Every column that names a row of another table."""
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        which = "a row" if row is None else f"row {row}"
        faults.add(f"{which} of {table} points at a row of {parent} that is not there")
    return "every row that another one points at is there"


def check_rows(db: Database, tell: Callable[[str], None], faults: Faults) -> str:
    """What foreign keys cannot say: claims that nobody made, ways that lead nowhere, rows at odds."""
    for sentence, query in RULES:
        faults.add_all(sentence.format(*row) for row in db.conn.cursor().execute(query))
    ((claims, sources),) = db.execute("SELECT (SELECT count(*) FROM claims), (SELECT count(*) FROM sources)").fetchall()
    return f"{claims:,} claims are made by somebody, {sources:,} sources have a name, what was merged leads somewhere"
