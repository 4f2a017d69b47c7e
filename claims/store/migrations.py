"""The schema as steps: each function brings a database from one version of the program to the next.

A step that has been released is never edited, only followed by another. What a table's row is stands
inside its CREATE TABLE, where SQLite keeps it, so that whoever opens the file reads it too.
"""

from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("claims")


@MIGRATIONS()
def m001_articles(db: Database) -> None:
    """Texts, once each: the hash is what tells that a text is known under whatever path."""
    db.execute("""
CREATE TABLE articles (
  -- a row is one text that was read
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL,              -- file, address or "-" it was read from
  url TEXT,
  title TEXT,
  publisher TEXT,
  author TEXT,
  published TEXT,                  -- ISO date
  language TEXT,
  text TEXT NOT NULL,              -- as read: all offsets are Unicode code points of it
  sha256 TEXT NOT NULL UNIQUE,     -- of the text, hexadecimal
  ingested_at TEXT NOT NULL,       -- ISO time, UTC
  notes TEXT                       -- remarks of the reader, one a line
)""")


@MIGRATIONS()
def m002_sources(db: Database) -> None:
    """Speakers, and the names that they go by."""
    db.execute("""
CREATE TABLE sources (
  -- a row is one speaker
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL
    CHECK (kind IN ('person', 'organization', 'government', 'media', 'group', 'document', 'unknown'))
)""")
    db.execute("""
CREATE TABLE source_names (
  -- a row is a name that a source goes by
  name TEXT NOT NULL,
  key TEXT NOT NULL,               -- the name as compared: no case, no leading article, plain spaces and apostrophes
  source_id INTEGER NOT NULL REFERENCES sources(id),
  PRIMARY KEY (name, source_id)
)""")
    db.execute("CREATE INDEX source_names_key ON source_names(key)")
    db.execute("CREATE INDEX source_names_source_id ON source_names(source_id)")


@MIGRATIONS()
def m003_claims(db: Database) -> None:
    """Propositions, the keys that find them again, and how they bear on each other."""
    db.execute("""
CREATE TABLE claims (
  -- a row is one proposition, however often it was made
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL,              -- its first wording here
  first_seen TEXT NOT NULL         -- ISO date: of the earliest article that has it
)""")
    db.execute("CREATE INDEX claims_text ON claims(text)")
    db.execute("CREATE INDEX claims_first_seen ON claims(first_seen)")
    db.execute("""
CREATE TABLE claim_keys (
  -- a row is a key under which a claim is looked for when another wording comes in
  key TEXT NOT NULL,
  claim_id INTEGER NOT NULL REFERENCES claims(id),
  PRIMARY KEY (key, claim_id)
) WITHOUT ROWID""")
    db.execute("CREATE INDEX claim_keys_claim_id ON claim_keys(claim_id)")
    db.execute("""
CREATE TABLE claim_links (
  -- a row is two claims that bear on each other: claim_id is the later one
  claim_id INTEGER NOT NULL REFERENCES claims(id),
  other_id INTEGER NOT NULL REFERENCES claims(id),
  relation TEXT NOT NULL CHECK (relation IN ('contradicts', 'denies', 'possible-duplicate')),
  score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
  reason TEXT NOT NULL,
  PRIMARY KEY (claim_id, other_id, relation),
  CHECK (claim_id <> other_id)
)""")
    db.execute("CREATE INDEX claim_links_other_id ON claim_links(other_id)")


@MIGRATIONS()
def m004_attributions(db: Database) -> None:
    """Who said what where."""
    db.execute("""
CREATE TABLE attributions (
  -- a row is one time that one source made one claim in one article
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL,               -- the "id" that `claims extract` prints: sources that speak together share it
  claim_id INTEGER NOT NULL REFERENCES claims(id),
  source_id INTEGER REFERENCES sources(id),             -- NULL where nobody is named
  article_id INTEGER NOT NULL REFERENCES articles(id),
  text TEXT NOT NULL,              -- the words in this article, made readable
  cue TEXT,                        -- the words that attribute: "said", "according to"
  cue_lemma TEXT,
  form TEXT NOT NULL CHECK (form IN ('direct', 'indirect', 'mixed', 'narrated')),
  stance TEXT NOT NULL CHECK (stance IN ('asserts', 'denies', 'accuses', 'confirms', 'doubts', 'criticizes', 'praises',
    'promises', 'demands', 'asks', 'warns', 'believes')),
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  content_start INTEGER NOT NULL CHECK (content_start >= 0),  -- first and last word of the content in articles.text,
  content_end INTEGER NOT NULL,                               -- half-open, in Unicode code points
  spans TEXT NOT NULL CHECK (json_valid(spans)),  -- {"source": [[start, end], ...], "cue": ..., "content": ...}
  source_text TEXT,                -- the words in this article that name the source
  parent_id INTEGER REFERENCES attributions(id),  -- the attribution that this one stands inside
  rule TEXT NOT NULL,              -- what put the relation together
  source_rule TEXT,                -- what named the source
  match_reason TEXT NOT NULL,      -- why it is this claim; "new" where it is the claim's first wording
  match_score REAL NOT NULL CHECK (match_score BETWEEN 0 AND 1),
  UNIQUE (article_id, uid, source_id),
  CHECK (content_start <= content_end),
  CHECK (parent_id <> id)
)""")
    for column in ("source_id", "parent_id", "stance"):
        db.execute(f"CREATE INDEX attributions_{column} ON attributions({column})")
    # Covers what people ask of a claim (who asserts it, who denies it) without a look at the rows themselves.
    db.execute("CREATE INDEX attributions_claim_id ON attributions(claim_id, stance, source_id)")


@MIGRATIONS()
def m005_search(db: Database) -> None:
    """Full-text search; stemmed, because people search for "attack" and mean "attacked" too."""
    db.table("articles").enable_fts(["title", "text"], create_triggers=True, tokenize="porter")
    db.table("claims").enable_fts(["text"], create_triggers=True, tokenize="porter")


@MIGRATIONS()
def m006_attributed_claims(db: Database) -> None:
    """The flat view for people who write SQL."""
    db.execute("""
CREATE VIEW attributed_claims AS
  -- a row is one attribution with its claim, its source and its article
SELECT
  claims.id AS claim_id,
  claims.text AS claim,
  sources.name AS source,
  sources.kind AS source_kind,
  attributions.stance AS stance,
  attributions.form AS form,
  attributions.text AS said,
  coalesce(nullif(articles.title, ''), articles.path) AS article,
  articles.publisher AS publisher,
  articles.published AS published,
  articles.url AS url,
  attributions.confidence AS confidence,
  attributions.id AS attribution_id,
  articles.id AS article_id
FROM attributions
JOIN claims ON claims.id = attributions.claim_id
JOIN articles ON articles.id = attributions.article_id
LEFT JOIN sources ON sources.id = attributions.source_id""")


@MIGRATIONS()
def m007_circumstances(db: Database) -> None:
    """What comes with each attribution; NULL in rows of before, which were not asked for it."""
    for column in (
        "act TEXT CHECK (act IN ('speech', 'attitude'))",
        'hedges TEXT /* words of distance: "reportedly; may" */',
        "said_when TEXT /* words of the article, as for said_where */",
        "said_date TEXT /* ISO date, where it follows from said_when */",
        "said_where TEXT",
    ):
        db.execute(f"ALTER TABLE attributions ADD COLUMN {column}")
    db.execute("DROP VIEW attributed_claims")
    db.execute("""
CREATE VIEW attributed_claims AS
  -- a row is one attribution with its claim, its source and its article
SELECT
  claims.id AS claim_id,
  claims.text AS claim,
  sources.name AS source,
  sources.kind AS source_kind,
  attributions.stance AS stance,
  attributions.form AS form,
  attributions.text AS said,
  coalesce(nullif(articles.title, ''), articles.path) AS article,
  articles.publisher AS publisher,
  articles.published AS published,
  articles.url AS url,
  attributions.confidence AS confidence,
  attributions.id AS attribution_id,
  articles.id AS article_id,
  attributions.act AS act,
  attributions.hedges AS hedges,
  attributions.said_when AS said_when,
  attributions.said_date AS said_date,
  attributions.said_where AS said_where
FROM attributions
JOIN claims ON claims.id = attributions.claim_id
JOIN articles ON articles.id = attributions.article_id
LEFT JOIN sources ON sources.id = attributions.source_id""")
