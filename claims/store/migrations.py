"""The schema as steps: each function brings a database from one version of the program to the next.

A step that has been released is never edited, only followed by another. What a table's row is stands
inside its CREATE TABLE, where SQLite keeps it, so that whoever opens the file reads it too.
"""

from sqlite_utils import Database, Migrations

from claims.store.claim_decision_tables import make_claim_decision_tables
from claims.store.claim_index import rebuild
from claims.store.source_upgrade import bring_sources_up_to_date
from claims.store.tallies import make_tallies

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


@MIGRATIONS()
def m008_sources_across_articles(db: Database) -> None:
    """Who is who across articles: why each mention is of its source, what sources are, what people decided."""
    for column in (
        "article_id INTEGER REFERENCES articles(id) /* the one article that knows it, where no name tells who it is */",
        "renamed INTEGER NOT NULL DEFAULT 0 CHECK (renamed IN (0, 1)) /* 1 where a person chose the name */",
        "country TEXT NOT NULL DEFAULT '' /* whose body of state it is */",
    ):
        db.execute(f"ALTER TABLE sources ADD COLUMN {column}")
    db.execute("CREATE INDEX sources_article_id ON sources(article_id) WHERE article_id IS NOT NULL")
    db.execute("""
CREATE TABLE source_decisions (
  -- a row is what a person decided about sources; no program changes it but to note that it was undone
  id INTEGER PRIMARY KEY,
  action TEXT NOT NULL CHECK (action IN ('rename', 'merge', 'split', 'alias', 'apart')),
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL,        -- ISO time, UTC
  why TEXT NOT NULL,
  what TEXT NOT NULL,              -- the decision as a sentence
  detail TEXT NOT NULL CHECK (json_valid(detail)),  -- what undoing it needs
  undone_at TEXT,                  -- ISO time, UTC; NULL while it stands
  undone_by TEXT
)""")
    db.execute("""
CREATE TABLE decided_sources (
  -- a row is a source that a decision concerns
  source_id INTEGER NOT NULL,      -- its row may have been folded into another since
  decision_id INTEGER NOT NULL REFERENCES source_decisions(id),
  PRIMARY KEY (source_id, decision_id)
) WITHOUT ROWID""")
    db.execute("CREATE INDEX decided_sources_decision_id ON decided_sources(decision_id)")
    for column in (
        "identifies INTEGER NOT NULL DEFAULT 0 CHECK (identifies IN (0, 1)) /* 1 if it alone tells who it is */",
        "articles INTEGER NOT NULL DEFAULT 0 /* how many articles use it */",
        "rule TEXT NOT NULL DEFAULT 'earlier-version' /* why it is a name of this source */",
        "decision_id INTEGER REFERENCES source_decisions(id) /* the decision that made it one */",
    ):
        db.execute(f"ALTER TABLE source_names ADD COLUMN {column}")
    db.execute("CREATE INDEX source_names_identifies ON source_names(key) WHERE identifies = 1")
    db.execute("CREATE INDEX source_names_decision_id ON source_names(key) WHERE decision_id IS NOT NULL")
    db.execute("""
CREATE TABLE source_keys (
  -- a row is a key under which a source is looked for when a speaker comes in
  key TEXT NOT NULL,
  source_id INTEGER NOT NULL REFERENCES sources(id),
  PRIMARY KEY (key, source_id)
) WITHOUT ROWID""")
    db.execute("CREATE INDEX source_keys_source_id ON source_keys(source_id)")
    db.execute("""
CREATE TABLE source_mentions (
  -- a row is one speaker of one article, and why it is this source
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES articles(id),
  source_id INTEGER NOT NULL REFERENCES sources(id),
  name TEXT NOT NULL,              -- as read in this article
  kind TEXT NOT NULL,              -- likewise
  country TEXT NOT NULL,           -- likewise; '' where the article leaves it open
  names TEXT NOT NULL CHECK (json_valid(names)),    -- all names there, each with the rule that made it one
  rule TEXT NOT NULL,              -- what recognized the source: "same-name", "acronym", "new"
  reason TEXT NOT NULL,            -- the same as a sentence
  score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
  decision_id INTEGER REFERENCES source_decisions(id),  -- the person's decision that led it here
  UNIQUE (article_id, name, kind)
)""")
    db.execute("CREATE INDEX source_mentions_source_id ON source_mentions(source_id, article_id)")
    db.execute("""
CREATE TABLE source_roles (
  -- a row is what one article says that a source is
  mention_id INTEGER NOT NULL REFERENCES source_mentions(id),
  source_id INTEGER NOT NULL REFERENCES sources(id),
  article_id INTEGER NOT NULL REFERENCES articles(id),
  text TEXT NOT NULL,              -- the words: "spokesperson for the Harbour Board"
  office TEXT NOT NULL,            -- "spokesperson"
  affiliation TEXT NOT NULL,       -- "Harbour Board"; '' where the article does not say whose
  PRIMARY KEY (mention_id, text, office, affiliation)
)""")
    db.execute("CREATE INDEX source_roles_source_id ON source_roles(source_id, mention_id)")
    db.execute("CREATE INDEX source_roles_article_id ON source_roles(article_id)")
    db.execute("""
CREATE TABLE source_links (
  -- a row is two sources that may be one, for a person to decide: source_id is the later one
  source_id INTEGER NOT NULL REFERENCES sources(id),
  other_id INTEGER NOT NULL REFERENCES sources(id),
  relation TEXT NOT NULL CHECK (relation IN ('possibly-same')),
  score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
  reason TEXT NOT NULL,
  PRIMARY KEY (source_id, other_id, relation),
  CHECK (source_id <> other_id)
)""")
    db.execute("CREATE INDEX source_links_other_id ON source_links(other_id)")
    db.execute("CREATE INDEX source_links_score ON source_links(score)")
    db.execute("""
CREATE TABLE merged_sources (
  -- a row is a source that was folded into another one; its number is never used again
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  into_id INTEGER NOT NULL,        -- may have been folded further since
  decision_id INTEGER REFERENCES source_decisions(id),  -- NULL where a rule of the program did it
  rule TEXT NOT NULL,
  reason TEXT NOT NULL,
  merged_at TEXT NOT NULL          -- ISO time, UTC
)""")
    db.execute("CREATE INDEX merged_sources_into_id ON merged_sources(into_id)")
    db.execute("""
CREATE TABLE sources_apart (
  -- a row is two sources that a person declared different; source_id is the smaller number
  source_id INTEGER NOT NULL REFERENCES sources(id),
  other_id INTEGER NOT NULL REFERENCES sources(id),
  decision_id INTEGER NOT NULL REFERENCES source_decisions(id),
  PRIMARY KEY (source_id, other_id),
  CHECK (source_id < other_id)
)""")
    db.execute("CREATE INDEX sources_apart_other_id ON sources_apart(other_id)")
    db.execute("ALTER TABLE attributions ADD COLUMN mention_id INTEGER REFERENCES source_mentions(id)")
    db.execute("CREATE INDEX attributions_mention_id ON attributions(mention_id)")
    bring_sources_up_to_date(db)


@MIGRATIONS()
def m009_claim_wordings(db: Database) -> None:
    """All wordings of a claim and their content words, so that a newcomer is compared with each; keys from each.

    No index by claim: the keys of a claim follow from its wordings, and that index was as large as the keys.
    """
    db.execute("""
CREATE TABLE claim_wordings (
  -- a row is one way in which a claim was made, of the first twelve
  claim_id INTEGER NOT NULL REFERENCES claims(id),
  number INTEGER NOT NULL,         -- from 1, in the order in which they came
  text TEXT NOT NULL,
  speaker TEXT,                    -- name of who made it so first
  stems TEXT NOT NULL,             -- its content words, made plain for comparing
  PRIMARY KEY (claim_id, number)
) WITHOUT ROWID""")
    # No reference either: whenever a claim goes, it would be looked for in every row.
    db.execute("DROP TABLE claim_keys")
    db.execute("""
CREATE TABLE claim_keys (
  -- a row is a key under which a claim is looked for when another wording comes in
  key TEXT NOT NULL,
  claim_id INTEGER NOT NULL,
  PRIMARY KEY (key, claim_id)
) WITHOUT ROWID""")
    # Both are filled by m012, which makes them anew.


@MIGRATIONS()
def m010_claim_decisions(db: Database) -> None:
    """What people decided about claims, and the claims that were merged into others."""
    make_claim_decision_tables(db)


@MIGRATIONS()
def m011_cues_of_wordings(db: Database) -> None:
    """The cue of each wording of a claim, which tells as much as its source does of what else is the same."""
    db.execute("DROP TABLE claim_wordings")  # made anew by the next step
    db.execute("""
CREATE TABLE claim_wordings (
  -- a row is one way in which a claim was made, of the first twelve
  claim_id INTEGER NOT NULL REFERENCES claims(id),
  number INTEGER NOT NULL,         -- from 1, in the order in which they came
  text TEXT NOT NULL,
  speaker TEXT,                    -- name of who made it so first
  cue TEXT,                        -- with which words it was made so first: "said", "call for"
  stems TEXT NOT NULL,             -- its content words, made plain for comparing
  PRIMARY KEY (claim_id, number)
) WITHOUT ROWID""")


@MIGRATIONS()
def m012_numbered_claim_keys(db: Database) -> None:
    """Keys as numbers, which take little more than half the room of words; no index of whole texts, that nobody asked.

    Whoever looks for a claim by its words asks the full-text search.
    """
    db.execute("DROP INDEX claims_text")
    db.execute("DROP TABLE claim_keys")
    db.execute("""
CREATE TABLE claim_keys (
  -- a row is a key under which a claim is looked for when another wording comes in
  key INTEGER NOT NULL,            -- hash of two words; keys with the same first word lie beside each other
  claim_id INTEGER NOT NULL,
  PRIMARY KEY (key, claim_id)
) WITHOUT ROWID""")
    rebuild(db)


@MIGRATIONS()
def m013_tallies(db: Database) -> None:
    """Counts of attributions by claim, source and month, kept by triggers."""
    make_tallies(db)
