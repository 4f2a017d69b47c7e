"""The tables of what people decided about claims, and of the claims that were merged into others."""

from sqlite_utils import Database


def make_claim_decision_tables(db: Database) -> None:
    """Add them to a database that has none; a step of the migrations, never edited once released."""
    db.execute("""
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
)""")
    db.execute("""
CREATE TABLE decided_claims (
  -- a row is a claim that a decision concerns
  claim_id INTEGER NOT NULL,       -- may have been merged into another since
  decision_id INTEGER NOT NULL REFERENCES claim_decisions(id),
  linked INTEGER NOT NULL DEFAULT 0 CHECK (linked IN (0, 1)),  -- 1 where it is only linked to one that was decided
  PRIMARY KEY (claim_id, decision_id)
) WITHOUT ROWID""")
    db.execute("CREATE INDEX decided_claims_decision_id ON decided_claims(decision_id)")
    db.execute("""
CREATE TABLE merged_claims (
  -- a row is a claim that was merged into another one; its number is never used again
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL,
  into_id INTEGER NOT NULL,        -- may have been merged further since
  decision_id INTEGER REFERENCES claim_decisions(id),
  reason TEXT NOT NULL,
  merged_at TEXT NOT NULL          -- ISO time, UTC
)""")
    db.execute("CREATE INDEX merged_claims_into_id ON merged_claims(into_id)")
    db.execute("""
CREATE TABLE claims_apart (
  -- a row is two claims that a person declared different; claim_id is the smaller number
  claim_id INTEGER NOT NULL REFERENCES claims(id),
  other_id INTEGER NOT NULL REFERENCES claims(id),
  decision_id INTEGER NOT NULL REFERENCES claim_decisions(id),
  PRIMARY KEY (claim_id, other_id),
  CHECK (claim_id < other_id)
)""")
    db.execute("CREATE INDEX claims_apart_other_id ON claims_apart(other_id)")
    db.execute("""
CREATE TABLE decided_wordings (
  -- a row is a key of a wording that a person's decision leads to the claim of that attribution, whichever it is now
  key TEXT NOT NULL,               -- a hash of its words, or a pair of them
  article_id INTEGER NOT NULL,
  uid TEXT NOT NULL,               -- of the attribution in that article
  decision_id INTEGER NOT NULL REFERENCES claim_decisions(id),
  PRIMARY KEY (key, article_id, uid, decision_id)
) WITHOUT ROWID""")
    db.execute("CREATE INDEX decided_wordings_decision_id ON decided_wordings(decision_id)")
    db.execute("CREATE INDEX claim_links_score ON claim_links(relation, score)")
    db.execute("""
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
)""")
