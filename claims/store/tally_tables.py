"""The tables of counts, and the indexes by which lists of a million rows are shown at once."""

TABLES = (
    """
CREATE TABLE claim_tallies (
  -- a row is a claim, counted
  claim_id INTEGER PRIMARY KEY,
  times INTEGER NOT NULL,                      -- attributions
  articles INTEGER NOT NULL,
  sources INTEGER NOT NULL DEFAULT 0,          -- those that are named, as in all that follows
  publishers INTEGER NOT NULL DEFAULT 0,
  sources_for INTEGER NOT NULL DEFAULT 0,      -- that stand by it: assert, confirm, accuse, believe, warn
  sources_against INTEGER NOT NULL DEFAULT 0,  -- that deny it
  clashes INTEGER NOT NULL DEFAULT 0           -- pairs of two sources of which one is for it and one against
)""",
    """
CREATE TABLE claim_sides (
  -- a row is a source on one side of a claim
  claim_id INTEGER NOT NULL,
  side TEXT NOT NULL CHECK (side IN ('for', 'against', 'other')),
  source_id INTEGER NOT NULL,      -- 0 where nobody is named
  times INTEGER NOT NULL,
  PRIMARY KEY (claim_id, side, source_id)
) WITHOUT ROWID""",
    """
CREATE TABLE claim_publishers (
  -- a row is a publisher that brought a claim
  claim_id INTEGER NOT NULL,
  publisher TEXT NOT NULL,
  articles INTEGER NOT NULL,
  PRIMARY KEY (claim_id, publisher)
) WITHOUT ROWID""",
    """
CREATE TABLE claim_spread (
  -- a row is how many claims so many publishers brought
  publishers INTEGER PRIMARY KEY,
  claims INTEGER NOT NULL
)""",
    """
CREATE TABLE source_tallies (
  -- a row is a source, counted
  source_id INTEGER PRIMARY KEY,
  times INTEGER NOT NULL,          -- attributions
  articles INTEGER NOT NULL        -- that it speaks in
)""",
    """
CREATE TABLE source_months (
  -- a row is how often a source took a stance in the articles of one month
  source_id INTEGER NOT NULL,
  month TEXT NOT NULL,             -- '2024-06': of the day of publication, else of the day of ingest
  stance TEXT NOT NULL,
  times INTEGER NOT NULL,
  PRIMARY KEY (source_id, month, stance)
) WITHOUT ROWID""",
    """
CREATE TABLE months (
  -- a row is how often anybody, named or not, took a stance in the articles of one month
  month TEXT NOT NULL,
  stance TEXT NOT NULL,
  times INTEGER NOT NULL,
  PRIMARY KEY (month, stance)
) WITHOUT ROWID""",
    """
CREATE TABLE source_clashes (
  -- a row is who denied how many of whose claims; without claims over which more than 1,000 pairs clash
  denier_id INTEGER NOT NULL,
  source_id INTEGER NOT NULL,
  claims INTEGER NOT NULL,
  PRIMARY KEY (denier_id, source_id)
) WITHOUT ROWID""",
)

INDEXES = (
    # Whether an article had the claim, or the source, before is asked for each attribution that comes; the rest is
    # what people ask of a claim and of a source, answered without a look at the rows themselves.
    "DROP INDEX attributions_claim_id",
    "CREATE INDEX attributions_claim_id ON attributions(claim_id, article_id, stance, source_id)",
    "DROP INDEX attributions_source_id",
    "CREATE INDEX attributions_source_id ON attributions(source_id, article_id, stance, claim_id)",
    # What people filter and sort by.
    "CREATE INDEX sources_name ON sources(name)",
    "CREATE INDEX articles_published ON articles(published)",
    "CREATE INDEX articles_publisher ON articles(publisher)",
    # The day of an article, as pages tell it: what was said most, they read along the days.
    "CREATE INDEX articles_day ON articles(substr(coalesce(published, ingested_at), 1, 10))",
    # Most claims are made once: what is asked for most of something is not looked for among them.
    "CREATE INDEX claim_tallies_times ON claim_tallies(times) WHERE times > 1",
    "CREATE INDEX claim_tallies_sources_for ON claim_tallies(sources_for) WHERE sources_for > 1",
    "CREATE INDEX claim_tallies_contested ON claim_tallies(claim_id) WHERE clashes > 0",
    "CREATE INDEX source_tallies_times ON source_tallies(times)",
    "CREATE INDEX source_clashes_source_id ON source_clashes(source_id)",
    "CREATE INDEX source_clashes_claims ON source_clashes(claims)",
)
