-- The schema of a claims database, for reading: the program makes it by the steps in claims/store/migrations.py.
-- Written by `python -m claims.store.schema > db/schema.sql`; a test keeps it true.

-- A row is a step of claims/store/migrations.py that was taken; sqlite-utils keeps it.
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);

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
);

CREATE TABLE sources (
  -- a row is one speaker
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL
    CHECK (kind IN ('person', 'organization', 'government', 'media', 'group', 'document', 'unknown')),
  article_id INTEGER REFERENCES articles(id) /* the one article that knows it, where no name tells who it is */,
  renamed INTEGER NOT NULL DEFAULT 0 CHECK (renamed IN (0, 1)) /* 1 where a person chose the name */,
  country TEXT NOT NULL DEFAULT '' /* whose body of state it is */
);

CREATE TABLE source_names (
  -- a row is a name that a source goes by
  name TEXT NOT NULL,
  key TEXT NOT NULL,               -- the name as compared: no case, no leading article, plain spaces and apostrophes
  source_id INTEGER NOT NULL REFERENCES sources(id),
  identifies INTEGER NOT NULL DEFAULT 0 CHECK (identifies IN (0, 1)) /* 1 if it alone tells who it is */,
  articles INTEGER NOT NULL DEFAULT 0 /* how many articles use it */,
  rule TEXT NOT NULL DEFAULT 'earlier-version' /* why it is a name of this source */,
  decision_id INTEGER REFERENCES source_decisions(id) /* the decision that made it one */,
  PRIMARY KEY (name, source_id)
);

CREATE TABLE claims (
  -- a row is one proposition, however often it was made
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL,              -- its first wording here
  first_seen TEXT NOT NULL         -- ISO date: of the earliest article that has it
);

CREATE TABLE claim_links (
  -- a row is two claims that bear on each other: claim_id is the later one
  claim_id INTEGER NOT NULL REFERENCES claims(id),
  other_id INTEGER NOT NULL REFERENCES claims(id),
  relation TEXT NOT NULL CHECK (relation IN ('contradicts', 'denies', 'possible-duplicate')),
  score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
  reason TEXT NOT NULL,
  PRIMARY KEY (claim_id, other_id, relation),
  CHECK (claim_id <> other_id)
);

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
  act TEXT CHECK (act IN ('speech', 'attitude')),
  hedges TEXT /* words of distance: "reportedly; may" */,
  said_when TEXT /* words of the article, as for said_where */,
  said_date TEXT /* ISO date, where it follows from said_when */,
  said_where TEXT,
  mention_id INTEGER REFERENCES source_mentions(id),
  UNIQUE (article_id, uid, source_id),
  CHECK (content_start <= content_end),
  CHECK (parent_id <> id)
);

-- Full-text search over articles. The text itself stays there; triggers keep both together.
CREATE VIRTUAL TABLE "articles_fts" USING FTS5 (
    "title", "text",
    tokenize='porter',
    content="articles"
);

-- Full-text search over claims, likewise.
CREATE VIRTUAL TABLE "claims_fts" USING FTS5 (
    "text",
    tokenize='porter',
    content="claims"
);

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
);

CREATE TABLE decided_sources (
  -- a row is a source that a decision concerns
  source_id INTEGER NOT NULL,      -- its row may have been folded into another since
  decision_id INTEGER NOT NULL REFERENCES source_decisions(id),
  PRIMARY KEY (source_id, decision_id)
) WITHOUT ROWID;

CREATE TABLE source_keys (
  -- a row is a key under which a source is looked for when a speaker comes in
  key TEXT NOT NULL,
  source_id INTEGER NOT NULL REFERENCES sources(id),
  PRIMARY KEY (key, source_id)
) WITHOUT ROWID;

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
);

CREATE TABLE source_roles (
  -- a row is what one article says that a source is
  mention_id INTEGER NOT NULL REFERENCES source_mentions(id),
  source_id INTEGER NOT NULL REFERENCES sources(id),
  article_id INTEGER NOT NULL REFERENCES articles(id),
  text TEXT NOT NULL,              -- the words: "spokesperson for the Harbour Board"
  office TEXT NOT NULL,            -- "spokesperson"
  affiliation TEXT NOT NULL,       -- "Harbour Board"; '' where the article does not say whose
  PRIMARY KEY (mention_id, text, office, affiliation)
);

CREATE TABLE source_links (
  -- a row is two sources that may be one, for a person to decide: source_id is the later one
  source_id INTEGER NOT NULL REFERENCES sources(id),
  other_id INTEGER NOT NULL REFERENCES sources(id),
  relation TEXT NOT NULL CHECK (relation IN ('possibly-same')),
  score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
  reason TEXT NOT NULL,
  PRIMARY KEY (source_id, other_id, relation),
  CHECK (source_id <> other_id)
);

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
);

CREATE TABLE sources_apart (
  -- a row is two sources that a person declared different; source_id is the smaller number
  source_id INTEGER NOT NULL REFERENCES sources(id),
  other_id INTEGER NOT NULL REFERENCES sources(id),
  decision_id INTEGER NOT NULL REFERENCES source_decisions(id),
  PRIMARY KEY (source_id, other_id),
  CHECK (source_id < other_id)
);

CREATE TABLE claim_decisions (
  -- a row is what a person decided about claims; no program changes it but to note that it was undone
  id INTEGER PRIMARY KEY,
  action TEXT NOT NULL CHECK (action IN ('merge', 'split', 'apart')),
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL,        -- ISO time, UTC
  why TEXT NOT NULL,
  what TEXT NOT NULL,              -- the decision as a sentence
  detail TEXT NOT NULL CHECK (json_valid(detail)),  -- what undoing it needs
  undone_at TEXT,                  -- ISO time, UTC; NULL while it stands
  undone_by TEXT
);

CREATE TABLE decided_claims (
  -- a row is a claim that a decision concerns
  claim_id INTEGER NOT NULL,       -- may have been merged into another since
  decision_id INTEGER NOT NULL REFERENCES claim_decisions(id),
  linked INTEGER NOT NULL DEFAULT 0 CHECK (linked IN (0, 1)),  -- 1 where it is only linked to one that was decided
  PRIMARY KEY (claim_id, decision_id)
) WITHOUT ROWID;

CREATE TABLE merged_claims (
  -- a row is a claim that was merged into another one; its number is never used again
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL,
  into_id INTEGER NOT NULL,        -- may have been merged further since
  decision_id INTEGER REFERENCES claim_decisions(id),
  reason TEXT NOT NULL,
  merged_at TEXT NOT NULL          -- ISO time, UTC
);

CREATE TABLE claims_apart (
  -- a row is two claims that a person declared different; claim_id is the smaller number
  claim_id INTEGER NOT NULL REFERENCES claims(id),
  other_id INTEGER NOT NULL REFERENCES claims(id),
  decision_id INTEGER NOT NULL REFERENCES claim_decisions(id),
  PRIMARY KEY (claim_id, other_id),
  CHECK (claim_id < other_id)
);

CREATE TABLE decided_wordings (
  -- a row is a key of a wording that a person's decision leads to the claim of that attribution, whichever it is now
  key TEXT NOT NULL,               -- a hash of its words, or a pair of them
  article_id INTEGER NOT NULL,
  uid TEXT NOT NULL,               -- of the attribution in that article
  decision_id INTEGER NOT NULL REFERENCES claim_decisions(id),
  PRIMARY KEY (key, article_id, uid, decision_id)
) WITHOUT ROWID;

CREATE TABLE claim_wordings (
  -- a row is one way in which a claim was made, of the first twelve
  claim_id INTEGER NOT NULL REFERENCES claims(id),
  number INTEGER NOT NULL,         -- from 1, in the order in which they came
  text TEXT NOT NULL,
  speaker TEXT,                    -- name of who made it so first
  cue TEXT,                        -- with which words it was made so first: "said", "call for"
  stems TEXT NOT NULL,             -- its content words, made plain for comparing
  PRIMARY KEY (claim_id, number)
) WITHOUT ROWID;

CREATE TABLE claim_keys (
  -- a row is a key under which a claim is looked for when another wording comes in
  key INTEGER NOT NULL,            -- hash of two words; keys with the same first word lie beside each other
  claim_id INTEGER NOT NULL,
  PRIMARY KEY (key, claim_id)
) WITHOUT ROWID;

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
);

CREATE TABLE claim_sides (
  -- a row is a source on one side of a claim
  claim_id INTEGER NOT NULL,
  side TEXT NOT NULL CHECK (side IN ('for', 'against', 'other')),
  source_id INTEGER NOT NULL,      -- 0 where nobody is named
  times INTEGER NOT NULL,
  PRIMARY KEY (claim_id, side, source_id)
) WITHOUT ROWID;

CREATE TABLE claim_publishers (
  -- a row is a publisher that brought a claim
  claim_id INTEGER NOT NULL,
  publisher TEXT NOT NULL,
  articles INTEGER NOT NULL,
  PRIMARY KEY (claim_id, publisher)
) WITHOUT ROWID;

CREATE TABLE claim_spread (
  -- a row is how many claims so many publishers brought
  publishers INTEGER PRIMARY KEY,
  claims INTEGER NOT NULL
);

CREATE TABLE source_tallies (
  -- a row is a source, counted
  source_id INTEGER PRIMARY KEY,
  times INTEGER NOT NULL,          -- attributions
  articles INTEGER NOT NULL        -- that it speaks in
);

CREATE TABLE source_months (
  -- a row is how often a source took a stance in the articles of one month
  source_id INTEGER NOT NULL,
  month TEXT NOT NULL,             -- '2024-06': of the day of publication, else of the day of ingest
  stance TEXT NOT NULL,
  times INTEGER NOT NULL,
  PRIMARY KEY (source_id, month, stance)
) WITHOUT ROWID;

CREATE TABLE months (
  -- a row is how often anybody, named or not, took a stance in the articles of one month
  month TEXT NOT NULL,
  stance TEXT NOT NULL,
  times INTEGER NOT NULL,
  PRIMARY KEY (month, stance)
) WITHOUT ROWID;

CREATE TABLE source_clashes (
  -- a row is who denied how many of whose claims; without claims over which more than 1,000 pairs clash
  denier_id INTEGER NOT NULL,
  source_id INTEGER NOT NULL,
  claims INTEGER NOT NULL,
  PRIMARY KEY (denier_id, source_id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");

CREATE INDEX source_names_key ON source_names(key);

CREATE INDEX source_names_source_id ON source_names(source_id);

CREATE INDEX claims_first_seen ON claims(first_seen);

CREATE INDEX claim_links_other_id ON claim_links(other_id);

CREATE INDEX attributions_parent_id ON attributions(parent_id);

CREATE INDEX attributions_stance ON attributions(stance);

CREATE INDEX sources_article_id ON sources(article_id) WHERE article_id IS NOT NULL;

CREATE INDEX decided_sources_decision_id ON decided_sources(decision_id);

CREATE INDEX source_names_identifies ON source_names(key) WHERE identifies = 1;

CREATE INDEX source_names_decision_id ON source_names(key) WHERE decision_id IS NOT NULL;

CREATE INDEX source_keys_source_id ON source_keys(source_id);

CREATE INDEX source_mentions_source_id ON source_mentions(source_id, article_id);

CREATE INDEX source_roles_source_id ON source_roles(source_id, mention_id);

CREATE INDEX source_roles_article_id ON source_roles(article_id);

CREATE INDEX source_links_other_id ON source_links(other_id);

CREATE INDEX source_links_score ON source_links(score);

CREATE INDEX merged_sources_into_id ON merged_sources(into_id);

CREATE INDEX sources_apart_other_id ON sources_apart(other_id);

CREATE INDEX attributions_mention_id ON attributions(mention_id);

CREATE INDEX decided_claims_decision_id ON decided_claims(decision_id);

CREATE INDEX merged_claims_into_id ON merged_claims(into_id);

CREATE INDEX claims_apart_other_id ON claims_apart(other_id);

CREATE INDEX decided_wordings_decision_id ON decided_wordings(decision_id);

CREATE INDEX claim_links_score ON claim_links(relation, score);

CREATE INDEX attributions_claim_id ON attributions(claim_id, article_id, stance, source_id);

CREATE INDEX attributions_source_id ON attributions(source_id, article_id, stance, claim_id);

CREATE INDEX sources_name ON sources(name);

CREATE INDEX articles_published ON articles(published);

CREATE INDEX articles_publisher ON articles(publisher);

CREATE INDEX claim_tallies_times ON claim_tallies(times) WHERE times > 1;

CREATE INDEX claim_tallies_sources_for ON claim_tallies(sources_for) WHERE sources_for > 1;

CREATE INDEX claim_tallies_contested ON claim_tallies(claim_id) WHERE clashes > 0;

CREATE INDEX source_tallies_times ON source_tallies(times);

CREATE INDEX source_clashes_source_id ON source_clashes(source_id);

CREATE INDEX source_clashes_claims ON source_clashes(claims);

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
LEFT JOIN sources ON sources.id = attributions.source_id;

CREATE VIEW possible_duplicates AS
  -- a row is two claims that may be one, for a person to decide; those that one has decided are not among them
SELECT
  claims.id AS claim_id,
  claims.text AS claim,
  others.id AS other_id,
  others.text AS other_claim,
  claim_links.score AS score,
  claim_links.reason AS reason
FROM claim_links
JOIN claims ON claims.id = claim_links.claim_id
JOIN claims AS others ON others.id = claim_links.other_id
WHERE claim_links.relation = 'possible-duplicate' AND NOT EXISTS (
  SELECT 1 FROM claims_apart
  WHERE claims_apart.claim_id = min(claims.id, others.id) AND claims_apart.other_id = max(claims.id, others.id)
);

CREATE TRIGGER "articles_ai" AFTER INSERT ON "articles" BEGIN
  INSERT INTO "articles_fts" (rowid, "title", "text") VALUES (new.rowid, new."title", new."text");
END;

CREATE TRIGGER "articles_ad" AFTER DELETE ON "articles" BEGIN
  INSERT INTO "articles_fts" ("articles_fts", rowid, "title", "text") VALUES('delete', old.rowid, old."title", old."text");
END;

CREATE TRIGGER "articles_au" AFTER UPDATE ON "articles" BEGIN
  INSERT INTO "articles_fts" ("articles_fts", rowid, "title", "text") VALUES('delete', old.rowid, old."title", old."text");
  INSERT INTO "articles_fts" (rowid, "title", "text") VALUES (new.rowid, new."title", new."text");
END;

CREATE TRIGGER "claims_ai" AFTER INSERT ON "claims" BEGIN
  INSERT INTO "claims_fts" (rowid, "text") VALUES (new.rowid, new."text");
END;

CREATE TRIGGER "claims_ad" AFTER DELETE ON "claims" BEGIN
  INSERT INTO "claims_fts" ("claims_fts", rowid, "text") VALUES('delete', old.rowid, old."text");
END;

CREATE TRIGGER "claims_au" AFTER UPDATE ON "claims" BEGIN
  INSERT INTO "claims_fts" ("claims_fts", rowid, "text") VALUES('delete', old.rowid, old."text");
  INSERT INTO "claims_fts" (rowid, "text") VALUES (new.rowid, new."text");
END;

CREATE TRIGGER attributions_counted AFTER INSERT ON attributions BEGIN
  INSERT INTO claim_publishers (claim_id, publisher, articles)
  SELECT new.claim_id, publisher, 1 FROM articles WHERE id = new.article_id AND publisher <> ''
  AND NOT EXISTS (SELECT 1 FROM attributions WHERE claim_id = new.claim_id AND article_id = new.article_id AND id <> new.id)
  ON CONFLICT (claim_id, publisher) DO UPDATE SET articles = articles + 1;
  INSERT INTO claim_tallies (claim_id, times, articles, publishers) VALUES (new.claim_id, 1, 1, (SELECT count(*) FROM claim_publishers WHERE claim_id = new.claim_id))
  ON CONFLICT (claim_id) DO UPDATE SET times = times + 1, publishers = excluded.publishers,
    articles = articles + NOT EXISTS (SELECT 1 FROM attributions WHERE claim_id = new.claim_id AND article_id = new.article_id AND id <> new.id);
  INSERT INTO claim_sides (claim_id, side, source_id, times)
  VALUES (new.claim_id, CASE WHEN new.stance IN ('asserts', 'confirms', 'accuses', 'believes', 'warns') THEN 'for' WHEN new.stance = 'denies' THEN 'against' ELSE 'other' END, coalesce(new.source_id, 0), 1)
  ON CONFLICT (claim_id, side, source_id) DO UPDATE SET times = times + 1;
  INSERT INTO source_tallies (source_id, times, articles) SELECT new.source_id, 1, 1 WHERE new.source_id IS NOT NULL
  ON CONFLICT (source_id) DO UPDATE SET times = times + 1,
    articles = articles + NOT EXISTS (SELECT 1 FROM attributions WHERE source_id = new.source_id AND article_id = new.article_id AND id <> new.id);
  INSERT INTO source_months (source_id, month, stance, times)
  SELECT new.source_id, substr(coalesce(published, ingested_at), 1, 7), new.stance, 1 FROM articles
  WHERE id = new.article_id AND new.source_id IS NOT NULL
  ON CONFLICT (source_id, month, stance) DO UPDATE SET times = times + 1;
  INSERT INTO months (month, stance, times) SELECT substr(coalesce(published, ingested_at), 1, 7), new.stance, 1 FROM articles WHERE id = new.article_id
  ON CONFLICT (month, stance) DO UPDATE SET times = times + 1;
END;

CREATE TRIGGER attributions_uncounted AFTER DELETE ON attributions BEGIN
  UPDATE claim_sides SET times = times - 1
  WHERE claim_id = old.claim_id AND side = CASE WHEN old.stance IN ('asserts', 'confirms', 'accuses', 'believes', 'warns') THEN 'for' WHEN old.stance = 'denies' THEN 'against' ELSE 'other' END AND source_id = coalesce(old.source_id, 0);
  UPDATE claim_publishers SET articles = articles - 1
  WHERE claim_id = old.claim_id AND publisher = (SELECT publisher FROM articles WHERE id = old.article_id)
  AND NOT EXISTS (SELECT 1 FROM attributions WHERE claim_id = old.claim_id AND article_id = old.article_id AND id <> old.id);
  UPDATE claim_tallies SET publishers = (SELECT count(*) FROM claim_publishers WHERE claim_id = old.claim_id),
    articles = articles - NOT EXISTS (SELECT 1 FROM attributions WHERE claim_id = old.claim_id AND article_id = old.article_id AND id <> old.id)
  WHERE claim_id = old.claim_id;
  UPDATE claim_tallies SET times = times - 1 WHERE claim_id = old.claim_id;
  UPDATE source_tallies SET times = times - 1,
    articles = articles - NOT EXISTS (SELECT 1 FROM attributions WHERE source_id = old.source_id AND article_id = old.article_id AND id <> old.id)
  WHERE source_id = old.source_id;
  UPDATE source_months SET times = times - 1
  WHERE source_id = old.source_id AND month = (SELECT substr(coalesce(published, ingested_at), 1, 7) FROM articles WHERE id = old.article_id) AND stance = old.stance;
  UPDATE months SET times = times - 1 WHERE month = (SELECT substr(coalesce(published, ingested_at), 1, 7) FROM articles WHERE id = old.article_id) AND stance = old.stance;
END;

CREATE TRIGGER attributions_recounted AFTER UPDATE OF id, claim_id, source_id, stance, article_id ON attributions
WHEN old.id IS NOT new.id OR old.claim_id IS NOT new.claim_id OR old.source_id IS NOT new.source_id OR old.stance IS NOT new.stance OR old.article_id IS NOT new.article_id BEGIN
  UPDATE claim_sides SET times = times - 1
  WHERE claim_id = old.claim_id AND side = CASE WHEN old.stance IN ('asserts', 'confirms', 'accuses', 'believes', 'warns') THEN 'for' WHEN old.stance = 'denies' THEN 'against' ELSE 'other' END AND source_id = coalesce(old.source_id, 0);
  UPDATE claim_publishers SET articles = articles - 1
  WHERE claim_id = old.claim_id AND publisher = (SELECT publisher FROM articles WHERE id = old.article_id)
  AND NOT EXISTS (SELECT 1 FROM attributions WHERE claim_id = old.claim_id AND article_id = old.article_id AND id <> new.id);
  UPDATE claim_tallies SET publishers = (SELECT count(*) FROM claim_publishers WHERE claim_id = old.claim_id),
    articles = articles - NOT EXISTS (SELECT 1 FROM attributions WHERE claim_id = old.claim_id AND article_id = old.article_id AND id <> new.id)
  WHERE claim_id = old.claim_id;
  UPDATE claim_tallies SET times = times - 1 WHERE claim_id = old.claim_id;
  UPDATE source_tallies SET times = times - 1,
    articles = articles - NOT EXISTS (SELECT 1 FROM attributions WHERE source_id = old.source_id AND article_id = old.article_id AND id <> new.id)
  WHERE source_id = old.source_id;
  UPDATE source_months SET times = times - 1
  WHERE source_id = old.source_id AND month = (SELECT substr(coalesce(published, ingested_at), 1, 7) FROM articles WHERE id = old.article_id) AND stance = old.stance;
  UPDATE months SET times = times - 1 WHERE month = (SELECT substr(coalesce(published, ingested_at), 1, 7) FROM articles WHERE id = old.article_id) AND stance = old.stance;
  INSERT INTO claim_publishers (claim_id, publisher, articles)
  SELECT new.claim_id, publisher, 1 FROM articles WHERE id = new.article_id AND publisher <> ''
  AND NOT EXISTS (SELECT 1 FROM attributions WHERE claim_id = new.claim_id AND article_id = new.article_id AND id <> new.id)
  ON CONFLICT (claim_id, publisher) DO UPDATE SET articles = articles + 1;
  INSERT INTO claim_tallies (claim_id, times, articles, publishers) VALUES (new.claim_id, 1, 1, (SELECT count(*) FROM claim_publishers WHERE claim_id = new.claim_id))
  ON CONFLICT (claim_id) DO UPDATE SET times = times + 1, publishers = excluded.publishers,
    articles = articles + NOT EXISTS (SELECT 1 FROM attributions WHERE claim_id = new.claim_id AND article_id = new.article_id AND id <> new.id);
  INSERT INTO claim_sides (claim_id, side, source_id, times)
  VALUES (new.claim_id, CASE WHEN new.stance IN ('asserts', 'confirms', 'accuses', 'believes', 'warns') THEN 'for' WHEN new.stance = 'denies' THEN 'against' ELSE 'other' END, coalesce(new.source_id, 0), 1)
  ON CONFLICT (claim_id, side, source_id) DO UPDATE SET times = times + 1;
  INSERT INTO source_tallies (source_id, times, articles) SELECT new.source_id, 1, 1 WHERE new.source_id IS NOT NULL
  ON CONFLICT (source_id) DO UPDATE SET times = times + 1,
    articles = articles + NOT EXISTS (SELECT 1 FROM attributions WHERE source_id = new.source_id AND article_id = new.article_id AND id <> new.id);
  INSERT INTO source_months (source_id, month, stance, times)
  SELECT new.source_id, substr(coalesce(published, ingested_at), 1, 7), new.stance, 1 FROM articles
  WHERE id = new.article_id AND new.source_id IS NOT NULL
  ON CONFLICT (source_id, month, stance) DO UPDATE SET times = times + 1;
  INSERT INTO months (month, stance, times) SELECT substr(coalesce(published, ingested_at), 1, 7), new.stance, 1 FROM articles WHERE id = new.article_id
  ON CONFLICT (month, stance) DO UPDATE SET times = times + 1;
END;

CREATE TRIGGER articles_redated AFTER UPDATE OF published, ingested_at ON articles
WHEN substr(coalesce(old.published, old.ingested_at), 1, 7) IS NOT substr(coalesce(new.published, new.ingested_at), 1, 7) BEGIN
  INSERT INTO source_months (source_id, month, stance, times)
  SELECT source_id, substr(coalesce(old.published, old.ingested_at), 1, 7), stance, -count(*) FROM attributions
  WHERE article_id = new.id AND source_id IS NOT NULL GROUP BY source_id, stance
  ON CONFLICT (source_id, month, stance) DO UPDATE SET times = times + excluded.times;
  INSERT INTO months (month, stance, times)
  SELECT substr(coalesce(old.published, old.ingested_at), 1, 7), stance, -count(*) FROM attributions WHERE article_id = new.id GROUP BY stance
  ON CONFLICT (month, stance) DO UPDATE SET times = times + excluded.times;
  INSERT INTO source_months (source_id, month, stance, times)
  SELECT source_id, substr(coalesce(new.published, new.ingested_at), 1, 7), stance, count(*) FROM attributions
  WHERE article_id = new.id AND source_id IS NOT NULL GROUP BY source_id, stance
  ON CONFLICT (source_id, month, stance) DO UPDATE SET times = times + excluded.times;
  INSERT INTO months (month, stance, times)
  SELECT substr(coalesce(new.published, new.ingested_at), 1, 7), stance, count(*) FROM attributions WHERE article_id = new.id GROUP BY stance
  ON CONFLICT (month, stance) DO UPDATE SET times = times + excluded.times;
END;

CREATE TRIGGER articles_republished AFTER UPDATE OF publisher ON articles
WHEN old.publisher IS NOT new.publisher BEGIN
  UPDATE claim_publishers SET articles = articles - 1
  WHERE publisher = old.publisher AND claim_id IN (SELECT claim_id FROM attributions WHERE article_id = new.id);
  INSERT INTO claim_publishers (claim_id, publisher, articles)
  SELECT DISTINCT claim_id, new.publisher, 1 FROM attributions WHERE article_id = new.id AND new.publisher <> ''
  ON CONFLICT (claim_id, publisher) DO UPDATE SET articles = articles + 1;
  UPDATE claim_tallies SET publishers = (
    SELECT count(*) FROM claim_publishers WHERE claim_publishers.claim_id = claim_tallies.claim_id
  ) WHERE claim_id IN (SELECT claim_id FROM attributions WHERE article_id = new.id);
END;

CREATE TRIGGER claim_tallies_counted AFTER INSERT ON claim_tallies BEGIN
  INSERT INTO claim_spread (publishers, claims) VALUES (new.publishers, 1)
  ON CONFLICT (publishers) DO UPDATE SET claims = claims + 1;
END;

CREATE TRIGGER claim_tallies_uncounted AFTER DELETE ON claim_tallies BEGIN
  UPDATE claim_spread SET claims = claims - 1 WHERE publishers = old.publishers;
END;

CREATE TRIGGER claim_tallies_recounted AFTER UPDATE OF publishers ON claim_tallies
WHEN old.publishers <> new.publishers BEGIN
  UPDATE claim_spread SET claims = claims - 1 WHERE publishers = old.publishers;
  INSERT INTO claim_spread (publishers, claims) VALUES (new.publishers, 1)
  ON CONFLICT (publishers) DO UPDATE SET claims = claims + 1;
END;

CREATE TRIGGER claim_sides_counted AFTER INSERT ON claim_sides
WHEN new.source_id <> 0 AND NOT EXISTS (
  SELECT 1 FROM claim_sides WHERE claim_id = new.claim_id AND side = CASE new.side WHEN 'for' THEN 'against' WHEN 'against' THEN 'for' END
  AND source_id NOT IN (0, new.source_id)
) BEGIN
  UPDATE claim_tallies SET
    sources = sources + NOT EXISTS (SELECT 1 FROM claim_sides WHERE claim_id = new.claim_id
      AND side IN ('for', 'against', 'other') AND side <> new.side AND source_id = new.source_id),
    sources_for = sources_for + (new.side = 'for'),
    sources_against = sources_against + (new.side = 'against')
  WHERE claim_id = new.claim_id;
END;

CREATE TRIGGER claim_sides_uncounted AFTER DELETE ON claim_sides
WHEN old.source_id <> 0 AND NOT EXISTS (
  SELECT 1 FROM claim_sides WHERE claim_id = old.claim_id AND side = CASE old.side WHEN 'for' THEN 'against' WHEN 'against' THEN 'for' END
  AND source_id NOT IN (0, old.source_id)
) BEGIN
  UPDATE claim_tallies SET
    sources = sources - NOT EXISTS (SELECT 1 FROM claim_sides WHERE claim_id = old.claim_id
      AND side IN ('for', 'against', 'other') AND side <> old.side AND source_id = old.source_id),
    sources_for = sources_for - (old.side = 'for'),
    sources_against = sources_against - (old.side = 'against')
  WHERE claim_id = old.claim_id;
END;

CREATE TRIGGER clashes_counted AFTER INSERT ON claim_sides
WHEN new.source_id <> 0 AND EXISTS (
  SELECT 1 FROM claim_sides WHERE claim_id = new.claim_id AND side = CASE new.side WHEN 'for' THEN 'against' WHEN 'against' THEN 'for' END
  AND source_id NOT IN (0, new.source_id)
) BEGIN
  UPDATE claim_tallies SET clashes = clashes + (CASE new.side WHEN 'for' THEN sources_against WHEN 'against' THEN sources_for ELSE 0 END - EXISTS (SELECT 1 FROM claim_sides WHERE claim_id = new.claim_id AND source_id = new.source_id AND side = CASE new.side WHEN 'for' THEN 'against' WHEN 'against' THEN 'for' END)),
    sources = sources + NOT EXISTS (SELECT 1 FROM claim_sides WHERE claim_id = new.claim_id
      AND side IN ('for', 'against', 'other') AND side <> new.side AND source_id = new.source_id),
    sources_for = sources_for + (new.side = 'for'),
    sources_against = sources_against + (new.side = 'against')
  WHERE claim_id = new.claim_id;
  INSERT INTO source_clashes (denier_id, source_id, claims)
  SELECT iif(new.side = 'against', new.source_id, others.source_id),
    iif(new.side = 'against', others.source_id, new.source_id), 1
  FROM claim_tallies CROSS JOIN claim_sides AS others
  WHERE claim_tallies.claim_id = new.claim_id AND clashes <= 1000
  AND others.claim_id = new.claim_id AND others.side = CASE new.side WHEN 'for' THEN 'against' WHEN 'against' THEN 'for' END
  AND others.source_id NOT IN (0, new.source_id)
  ON CONFLICT (denier_id, source_id) DO UPDATE SET claims = claims + excluded.claims;
  INSERT INTO source_clashes (denier_id, source_id, claims)
  SELECT denials.source_id, stands.source_id, -1
  FROM claim_tallies CROSS JOIN claim_sides AS denials CROSS JOIN claim_sides AS stands
  WHERE claim_tallies.claim_id = new.claim_id AND clashes > 1000 AND clashes - (CASE new.side WHEN 'for' THEN sources_against WHEN 'against' THEN sources_for ELSE 0 END - EXISTS (SELECT 1 FROM claim_sides WHERE claim_id = new.claim_id AND source_id = new.source_id AND side = CASE new.side WHEN 'for' THEN 'against' WHEN 'against' THEN 'for' END)) <= 1000
  AND denials.claim_id = new.claim_id AND denials.side = 'against' AND denials.source_id <> 0
  AND stands.claim_id = new.claim_id AND stands.side = 'for' AND stands.source_id NOT IN (0, denials.source_id)
  AND (denials.side, denials.source_id) <> (new.side, new.source_id)
  AND (stands.side, stands.source_id) <> (new.side, new.source_id)
  ON CONFLICT (denier_id, source_id) DO UPDATE SET claims = claims + excluded.claims;
END;

CREATE TRIGGER clashes_uncounted AFTER DELETE ON claim_sides
WHEN old.source_id <> 0 AND EXISTS (
  SELECT 1 FROM claim_sides WHERE claim_id = old.claim_id AND side = CASE old.side WHEN 'for' THEN 'against' WHEN 'against' THEN 'for' END
  AND source_id NOT IN (0, old.source_id)
) BEGIN
  UPDATE claim_tallies SET clashes = clashes - (CASE old.side WHEN 'for' THEN sources_against WHEN 'against' THEN sources_for ELSE 0 END - EXISTS (SELECT 1 FROM claim_sides WHERE claim_id = old.claim_id AND source_id = old.source_id AND side = CASE old.side WHEN 'for' THEN 'against' WHEN 'against' THEN 'for' END)),
    sources = sources - NOT EXISTS (SELECT 1 FROM claim_sides WHERE claim_id = old.claim_id
      AND side IN ('for', 'against', 'other') AND side <> old.side AND source_id = old.source_id),
    sources_for = sources_for - (old.side = 'for'),
    sources_against = sources_against - (old.side = 'against')
  WHERE claim_id = old.claim_id;
  INSERT INTO source_clashes (denier_id, source_id, claims)
  SELECT iif(old.side = 'against', old.source_id, others.source_id),
    iif(old.side = 'against', others.source_id, old.source_id), -1
  FROM claim_tallies CROSS JOIN claim_sides AS others
  WHERE claim_tallies.claim_id = old.claim_id AND clashes + (CASE old.side WHEN 'for' THEN sources_against WHEN 'against' THEN sources_for ELSE 0 END - EXISTS (SELECT 1 FROM claim_sides WHERE claim_id = old.claim_id AND source_id = old.source_id AND side = CASE old.side WHEN 'for' THEN 'against' WHEN 'against' THEN 'for' END)) <= 1000
  AND others.claim_id = old.claim_id AND others.side = CASE old.side WHEN 'for' THEN 'against' WHEN 'against' THEN 'for' END
  AND others.source_id NOT IN (0, old.source_id)
  ON CONFLICT (denier_id, source_id) DO UPDATE SET claims = claims + excluded.claims;
  INSERT INTO source_clashes (denier_id, source_id, claims)
  SELECT denials.source_id, stands.source_id, 1
  FROM claim_tallies CROSS JOIN claim_sides AS denials CROSS JOIN claim_sides AS stands
  WHERE claim_tallies.claim_id = old.claim_id AND clashes <= 1000 AND clashes + (CASE old.side WHEN 'for' THEN sources_against WHEN 'against' THEN sources_for ELSE 0 END - EXISTS (SELECT 1 FROM claim_sides WHERE claim_id = old.claim_id AND source_id = old.source_id AND side = CASE old.side WHEN 'for' THEN 'against' WHEN 'against' THEN 'for' END)) > 1000
  AND denials.claim_id = old.claim_id AND denials.side = 'against' AND denials.source_id <> 0
  AND stands.claim_id = old.claim_id AND stands.side = 'for' AND stands.source_id NOT IN (0, denials.source_id)
  AND (denials.side, denials.source_id) <> (old.side, old.source_id)
  AND (stands.side, stands.source_id) <> (old.side, old.source_id)
  ON CONFLICT (denier_id, source_id) DO UPDATE SET claims = claims + excluded.claims;
END;

CREATE TRIGGER claim_tallies_at_nothing AFTER UPDATE OF times ON claim_tallies WHEN new.times = 0 BEGIN
  DELETE FROM claim_tallies WHERE claim_id = new.claim_id;
END;

CREATE TRIGGER claim_sides_at_nothing AFTER UPDATE OF times ON claim_sides WHEN new.times = 0 BEGIN
  DELETE FROM claim_sides WHERE claim_id = new.claim_id AND side = new.side AND source_id = new.source_id;
END;

CREATE TRIGGER claim_publishers_at_nothing AFTER UPDATE OF articles ON claim_publishers WHEN new.articles = 0 BEGIN
  DELETE FROM claim_publishers WHERE claim_id = new.claim_id AND publisher = new.publisher;
END;

CREATE TRIGGER claim_spread_at_nothing AFTER UPDATE OF claims ON claim_spread WHEN new.claims = 0 BEGIN
  DELETE FROM claim_spread WHERE publishers = new.publishers;
END;

CREATE TRIGGER source_tallies_at_nothing AFTER UPDATE OF times ON source_tallies WHEN new.times = 0 BEGIN
  DELETE FROM source_tallies WHERE source_id = new.source_id;
END;

CREATE TRIGGER source_months_at_nothing AFTER UPDATE OF times ON source_months WHEN new.times = 0 BEGIN
  DELETE FROM source_months WHERE source_id = new.source_id AND month = new.month AND stance = new.stance;
END;

CREATE TRIGGER months_at_nothing AFTER UPDATE OF times ON months WHEN new.times = 0 BEGIN
  DELETE FROM months WHERE month = new.month AND stance = new.stance;
END;

CREATE TRIGGER source_clashes_at_nothing AFTER UPDATE OF claims ON source_clashes WHEN new.claims = 0 BEGIN
  DELETE FROM source_clashes WHERE denier_id = new.denier_id AND source_id = new.source_id;
END;
