"""Counts of attributions that pages would take too long to make each time, and the triggers that keep them true.

Whatever changes attributions (ingest, merges, splits, undoing, somebody's own SQL), the triggers see it row by row.
The tables refer to none: their rows come and go with the attributions, and looking for each would only take time.
"""

# ruff: noqa: S608 (what is put together here are this module's own words)

from sqlite_utils import Database

from claims.store.tally_tables import INDEXES, TABLES

PAIRS_TOLD = 1000
"""Of a claim that more pairs of sources clash over, `source_clashes` tells none: who answers whom is not said by a
crowd, and each newcomer to it would have to be paired with all the others."""

STANDS = "('asserts', 'confirms', 'accuses', 'believes', 'warns')"
"""The stances of those who stand by a claim, in SQL. The triggers hold it: other ones take a new migration."""

# What goes to nothing has no row: the table, what it counts, and the columns that tell a row.
COUNTED = {
    "claim_tallies": ("times", "claim_id"),
    "claim_sides": ("times", "claim_id, side, source_id"),
    "claim_publishers": ("articles", "claim_id, publisher"),
    "claim_spread": ("claims", "publishers"),
    "source_tallies": ("times", "source_id"),
    "source_months": ("times", "source_id, month, stance"),
    "months": ("times", "month, stance"),
    "source_clashes": ("claims", "denier_id, source_id"),
}


def make_tallies(db: Database) -> None:
    """Add the tables, count what is there, and keep counting; a step of the migrations, never edited once released."""
    for statement in (*TABLES, *INDEXES):
        db.execute(statement)
    count_all(db)
    for trigger in (*_of_attributions(), *_of_articles(), *_of_tallies(), *_of_nothing()):
        db.execute(f"CREATE TRIGGER {trigger}\nEND")


def count_all(db: Database) -> None:
    """Fill the tables from what a database has."""
    db.execute(f"""
INSERT INTO claim_sides (claim_id, side, source_id, times)
SELECT claim_id, {_side()}, coalesce(source_id, 0), count(*) FROM attributions GROUP BY 1, 2, 3""")
    db.execute("""
INSERT INTO claim_publishers (claim_id, publisher, articles)
SELECT claim_id, publisher, count(DISTINCT articles.id)
FROM attributions JOIN articles ON articles.id = article_id WHERE publisher <> '' GROUP BY 1, 2""")
    db.execute("""
INSERT INTO claim_tallies (claim_id, times, articles, sources, publishers, sources_for, sources_against, clashes)
WITH sides AS (
  SELECT claim_id, source_id, max(side = 'for') AS stands_by, max(side = 'against') AS denies
  FROM claim_sides WHERE source_id <> 0 GROUP BY 1, 2
), counted AS (
  SELECT claim_id, count(*) AS sources, sum(stands_by) AS sources_for, sum(denies) AS sources_against,
    sum(stands_by AND denies) AS both
  FROM sides GROUP BY 1
)
SELECT claim_id, count(*), count(DISTINCT article_id), coalesce(sources, 0),
  (SELECT count(*) FROM claim_publishers WHERE claim_publishers.claim_id = attributions.claim_id),
  coalesce(sources_for, 0), coalesce(sources_against, 0), coalesce(sources_for * sources_against - both, 0)
FROM attributions LEFT JOIN counted USING (claim_id) GROUP BY claim_id""")
    db.execute(
        "INSERT INTO claim_spread (publishers, claims) SELECT publishers, count(*) FROM claim_tallies GROUP BY 1"
    )
    db.execute("""
INSERT INTO source_tallies (source_id, times, articles)
SELECT source_id, count(*), count(DISTINCT article_id) FROM attributions WHERE source_id IS NOT NULL GROUP BY 1""")
    for table, columns, whose in (
        ("source_months", "source_id, month, stance", "WHERE source_id IS NOT NULL"),
        ("months", "month, stance", ""),
    ):
        db.execute(f"""
INSERT INTO {table} ({columns}, times)
WITH dated AS (SELECT id AS article_id, {_month()} AS month FROM articles)
SELECT {columns}, count(*) FROM attributions JOIN dated USING (article_id) {whose} GROUP BY {columns}""")
    db.execute(f"""
INSERT INTO source_clashes (denier_id, source_id, claims)
SELECT denial.source_id, stand.source_id, count(*)
FROM claim_tallies
CROSS JOIN claim_sides AS denial ON denial.claim_id = claim_tallies.claim_id AND denial.side = 'against'
CROSS JOIN claim_sides AS stand ON stand.claim_id = claim_tallies.claim_id AND stand.side = 'for'
WHERE clashes BETWEEN 1 AND {PAIRS_TOLD}
AND denial.source_id <> 0 AND stand.source_id NOT IN (0, denial.source_id) GROUP BY 1, 2""")


def _side(row: str = "") -> str:
    """The side that a stance is on."""
    return f"CASE WHEN {row}stance IN {STANDS} THEN 'for' WHEN {row}stance = 'denies' THEN 'against' ELSE 'other' END"


def _month(row: str = "") -> str:
    return f"substr(coalesce({row}published, {row}ingested_at), 1, 7)"


def _of_attributions() -> list[str]:
    changed = " OR ".join(
        f"old.{column} IS NOT new.{column}" for column in ("id", "claim_id", "source_id", "stance", "article_id")
    )
    return [
        f"attributions_counted AFTER INSERT ON attributions BEGIN{_add()}",
        f"attributions_uncounted AFTER DELETE ON attributions BEGIN{_take('old.id')}",
        "attributions_recounted AFTER UPDATE OF id, claim_id, source_id, stance, article_id ON attributions\n"
        f"WHEN {changed} BEGIN{_take('new.id')}{_add()}",
    ]


def _only(row: str, whose: str, its_id: str) -> str:
    """Whether an attribution is the only one of its claim, or of its source, in its article."""
    return (
        f"NOT EXISTS (SELECT 1 FROM attributions WHERE {whose} = {row}.{whose}"
        f" AND article_id = {row}.article_id AND id <> {its_id})"
    )


def _publishers(row: str) -> str:
    return f"(SELECT count(*) FROM claim_publishers WHERE claim_id = {row}.claim_id)"


def _add() -> str:
    """Count a new attribution; the claim's own row comes before those that add to it."""
    return f"""
  INSERT INTO claim_publishers (claim_id, publisher, articles)
  SELECT new.claim_id, publisher, 1 FROM articles WHERE id = new.article_id AND publisher <> ''
  AND {_only("new", "claim_id", "new.id")}
  ON CONFLICT (claim_id, publisher) DO UPDATE SET articles = articles + 1;
  INSERT INTO claim_tallies (claim_id, times, articles, publishers) VALUES (new.claim_id, 1, 1, {_publishers("new")})
  ON CONFLICT (claim_id) DO UPDATE SET times = times + 1, publishers = excluded.publishers,
    articles = articles + {_only("new", "claim_id", "new.id")};
  INSERT INTO claim_sides (claim_id, side, source_id, times)
  VALUES (new.claim_id, {_side("new.")}, coalesce(new.source_id, 0), 1)
  ON CONFLICT (claim_id, side, source_id) DO UPDATE SET times = times + 1;
  INSERT INTO source_tallies (source_id, times, articles) SELECT new.source_id, 1, 1 WHERE new.source_id IS NOT NULL
  ON CONFLICT (source_id) DO UPDATE SET times = times + 1,
    articles = articles + {_only("new", "source_id", "new.id")};
  INSERT INTO source_months (source_id, month, stance, times)
  SELECT new.source_id, {_month()}, new.stance, 1 FROM articles
  WHERE id = new.article_id AND new.source_id IS NOT NULL
  ON CONFLICT (source_id, month, stance) DO UPDATE SET times = times + 1;
  INSERT INTO months (month, stance, times) SELECT {_month()}, new.stance, 1 FROM articles WHERE id = new.article_id
  ON CONFLICT (month, stance) DO UPDATE SET times = times + 1;"""


def _take(its_id: str) -> str:
    """No longer count an attribution as it was; the claim's own row goes last, told by then in
    claim_spread under the publishers that it has left."""
    month = f"(SELECT {_month()} FROM articles WHERE id = old.article_id)"
    return f"""
  UPDATE claim_sides SET times = times - 1
  WHERE claim_id = old.claim_id AND side = {_side("old.")} AND source_id = coalesce(old.source_id, 0);
  UPDATE claim_publishers SET articles = articles - 1
  WHERE claim_id = old.claim_id AND publisher = (SELECT publisher FROM articles WHERE id = old.article_id)
  AND {_only("old", "claim_id", its_id)};
  UPDATE claim_tallies SET publishers = {_publishers("old")},
    articles = articles - {_only("old", "claim_id", its_id)}
  WHERE claim_id = old.claim_id;
  UPDATE claim_tallies SET times = times - 1 WHERE claim_id = old.claim_id;
  UPDATE source_tallies SET times = times - 1,
    articles = articles - {_only("old", "source_id", its_id)}
  WHERE source_id = old.source_id;
  UPDATE source_months SET times = times - 1
  WHERE source_id = old.source_id AND month = {month} AND stance = old.stance;
  UPDATE months SET times = times - 1 WHERE month = {month} AND stance = old.stance;"""


def _of_articles() -> list[str]:
    def moved(row: str, sign: str) -> str:
        return f"""
  INSERT INTO source_months (source_id, month, stance, times)
  SELECT source_id, {_month(row)}, stance, {sign}count(*) FROM attributions
  WHERE article_id = new.id AND source_id IS NOT NULL GROUP BY source_id, stance
  ON CONFLICT (source_id, month, stance) DO UPDATE SET times = times + excluded.times;
  INSERT INTO months (month, stance, times)
  SELECT {_month(row)}, stance, {sign}count(*) FROM attributions WHERE article_id = new.id GROUP BY stance
  ON CONFLICT (month, stance) DO UPDATE SET times = times + excluded.times;"""

    return [
        "articles_redated AFTER UPDATE OF published, ingested_at ON articles\n"
        f"WHEN {_month('old.')} IS NOT {_month('new.')} BEGIN{moved('old.', '-')}{moved('new.', '')}",
        """articles_republished AFTER UPDATE OF publisher ON articles
WHEN old.publisher IS NOT new.publisher BEGIN
  UPDATE claim_publishers SET articles = articles - 1
  WHERE publisher = old.publisher AND claim_id IN (SELECT claim_id FROM attributions WHERE article_id = new.id);
  INSERT INTO claim_publishers (claim_id, publisher, articles)
  SELECT DISTINCT claim_id, new.publisher, 1 FROM attributions WHERE article_id = new.id AND new.publisher <> ''
  ON CONFLICT (claim_id, publisher) DO UPDATE SET articles = articles + 1;
  UPDATE claim_tallies SET publishers = (
    SELECT count(*) FROM claim_publishers WHERE claim_publishers.claim_id = claim_tallies.claim_id
  ) WHERE claim_id IN (SELECT claim_id FROM attributions WHERE article_id = new.id);""",
    ]


def _of_tallies() -> list[str]:
    gone = "\n  UPDATE claim_spread SET claims = claims - 1 WHERE publishers = old.publishers;"
    come = """
  INSERT INTO claim_spread (publishers, claims) VALUES (new.publishers, 1)
  ON CONFLICT (publishers) DO UPDATE SET claims = claims + 1;"""
    return [
        f"claim_tallies_counted AFTER INSERT ON claim_tallies BEGIN{come}",
        f"claim_tallies_uncounted AFTER DELETE ON claim_tallies BEGIN{gone}",
        "claim_tallies_recounted AFTER UPDATE OF publishers ON claim_tallies\n"
        f"WHEN old.publishers <> new.publishers BEGIN{gone}{come}",
        f"claim_sides_counted AFTER INSERT ON claim_sides\nWHEN new.source_id <> 0 AND NOT {_clashing('new')} BEGIN"
        + _count_side("new", "+"),
        f"claim_sides_uncounted AFTER DELETE ON claim_sides\nWHEN old.source_id <> 0 AND NOT {_clashing('old')} BEGIN"
        + _count_side("old", "-"),
        # All pairs are told as long as they are few: those of the newcomer are added, or all others go.
        f"clashes_counted AFTER INSERT ON claim_sides\nWHEN new.source_id <> 0 AND {_clashing('new')} BEGIN"
        + _count_side("new", "+", f" clashes = clashes + {_own_pairs('new')},")
        + _count_own_pairs("new", "1", f"clashes <= {PAIRS_TOLD}")
        + _count_other_pairs("new", "-1", f"clashes > {PAIRS_TOLD} AND clashes - {_own_pairs('new')} <= {PAIRS_TOLD}"),
        f"clashes_uncounted AFTER DELETE ON claim_sides\nWHEN old.source_id <> 0 AND {_clashing('old')} BEGIN"
        + _count_side("old", "-", f" clashes = clashes - {_own_pairs('old')},")
        + _count_own_pairs("old", "-1", f"clashes + {_own_pairs('old')} <= {PAIRS_TOLD}")
        + _count_other_pairs("old", "1", f"clashes <= {PAIRS_TOLD} AND clashes + {_own_pairs('old')} > {PAIRS_TOLD}"),
    ]


def _clashing(row: str) -> str:
    """Whether a source of claim_sides clashes with any other one over a claim."""
    return (
        f"EXISTS (\n  SELECT 1 FROM claim_sides WHERE claim_id = {row}.claim_id AND side = {_opposite(row)}\n"
        f"  AND source_id NOT IN (0, {row}.source_id)\n)"
    )


def _opposite(row: str) -> str:
    """The side against that of a row; NULL where there is none."""
    return f"CASE {row}.side WHEN 'for' THEN 'against' WHEN 'against' THEN 'for' END"


def _own_pairs(row: str) -> str:
    """How many sources a row of claim_sides clashes with, next to its claim's row in claim_tallies."""
    return (
        f"(CASE {row}.side WHEN 'for' THEN sources_against WHEN 'against' THEN sources_for ELSE 0 END"
        f" - EXISTS (SELECT 1 FROM claim_sides WHERE claim_id = {row}.claim_id AND source_id = {row}.source_id"
        f" AND side = {_opposite(row)}))"
    )


def _count_side(row: str, sign: str, more: str = "") -> str:
    return f"""
  UPDATE claim_tallies SET{more}
    sources = sources {sign} NOT EXISTS (SELECT 1 FROM claim_sides WHERE claim_id = {row}.claim_id
      AND side IN ('for', 'against', 'other') AND side <> {row}.side AND source_id = {row}.source_id),
    sources_for = sources_for {sign} ({row}.side = 'for'),
    sources_against = sources_against {sign} ({row}.side = 'against')
  WHERE claim_id = {row}.claim_id;"""


def _count_own_pairs(row: str, count: str, where: str) -> str:
    """Count the pairs of one source and each that it clashes with over a claim."""
    return f"""
  INSERT INTO source_clashes (denier_id, source_id, claims)
  SELECT iif({row}.side = 'against', {row}.source_id, others.source_id),
    iif({row}.side = 'against', others.source_id, {row}.source_id), {count}
  FROM claim_tallies CROSS JOIN claim_sides AS others
  WHERE claim_tallies.claim_id = {row}.claim_id AND {where}
  AND others.claim_id = {row}.claim_id AND others.side = {_opposite(row)}
  AND others.source_id NOT IN (0, {row}.source_id)
  ON CONFLICT (denier_id, source_id) DO UPDATE SET claims = claims + excluded.claims;"""


def _count_other_pairs(row: str, count: str, where: str) -> str:
    """Count all pairs that clash over a claim but those of one source on one side."""
    return f"""
  INSERT INTO source_clashes (denier_id, source_id, claims)
  SELECT denials.source_id, stands.source_id, {count}
  FROM claim_tallies CROSS JOIN claim_sides AS denials CROSS JOIN claim_sides AS stands
  WHERE claim_tallies.claim_id = {row}.claim_id AND {where}
  AND denials.claim_id = {row}.claim_id AND denials.side = 'against' AND denials.source_id <> 0
  AND stands.claim_id = {row}.claim_id AND stands.side = 'for' AND stands.source_id NOT IN (0, denials.source_id)
  AND (denials.side, denials.source_id) <> ({row}.side, {row}.source_id)
  AND (stands.side, stands.source_id) <> ({row}.side, {row}.source_id)
  ON CONFLICT (denier_id, source_id) DO UPDATE SET claims = claims + excluded.claims;"""


def _of_nothing() -> list[str]:
    return [
        f"{table}_at_nothing AFTER UPDATE OF {count} ON {table} WHEN new.{count} = 0 BEGIN\n"
        f"  DELETE FROM {table} WHERE " + " AND ".join(f"{column} = new.{column}" for column in key.split(", ")) + ";"
        for table, (count, key) in COUNTED.items()
    ]
