"""Wordings of claims that people decided about: they lead there before any rule is asked."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from sqlite_utils import Database

from claims.matching import Decision, Statement, decide, keys, prepare
from claims.matching.prepared import MIN_CONTENT
from claims.store.source_names import name_key

MOST_COMPARED = 25
"""So many decided wordings are compared with a newcomer, those in the same words first."""


@dataclass(frozen=True)
class Candidate:
    """A wording that a newcomer may repeat: of which claim, by whom, whether in the same words, by the same source."""

    claim_id: int
    text: str
    speaker: str | None
    cue: str | None
    same_words: bool
    same_source: bool
    decision_id: int = 0


def wording_key(text: str) -> str:
    """The words of a wording for exact comparison, as a hash: no case, no punctuation, no leading "that"."""
    words = re.findall(r"\w+", text.casefold())
    level = " ".join(words[1:] if words[:1] == ["that"] else words)
    return "=" + blake2b(level.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def pin_wordings(db: Database, claim_id: int, decision_id: int, *, near: bool) -> None:
    """Let the wordings of a claim, as they are now, lead to whatever claim they are of from now on.

    Each leads there in the same words; with `near` what resembles the claim's own text does so, too.
    """
    (own,) = db.execute("SELECT text FROM claims WHERE id = ?", (claim_id,)).fetchone()
    seen: set[tuple[str, int | None]] = set()
    pins: list[tuple[str, int, str, int]] = []
    for article_id, uid, text, source_id in db.execute(
        "SELECT article_id, uid, text, source_id FROM attributions WHERE claim_id = ? ORDER BY id", (claim_id,)
    ):
        key = wording_key(text)
        if (key, source_id) not in seen:
            seen.add((key, source_id))
            pins.append((key, article_id, uid, decision_id))
        if near and text == own:
            near = False
            pins += [(pair, article_id, uid, decision_id) for pair in keys(prepare(Statement(text)))]
    db.conn.executemany(
        "INSERT OR IGNORE INTO decided_wordings (key, article_id, uid, decision_id) VALUES (?, ?, ?, ?)", pins
    )


def unpin_wordings(db: Database, decision_id: int) -> None:
    """Let the wordings of a decision lead nowhere any more."""
    db.execute("DELETE FROM decided_wordings WHERE decision_id = ?", (decision_id,))


def led_by_decisions(db: Database, statement: Statement, wanted: Sequence[str]) -> list[tuple[int, str, Decision]]:
    """The claims to which people's decisions lead a statement, the one that fits best first, as (id, text, why).

    `wanted` are the statement's keys.
    """
    if db.execute("SELECT max(decision_id) FROM decided_wordings").fetchone() == (None,):
        return []  # as in most databases: nobody decided anything
    exact = wording_key(statement.text)
    rows = db.execute(
        """
        WITH found AS MATERIALIZED (
          SELECT article_id, uid, max(decision_id) AS decision_id, max(key = :exact) AS same_words, count(*) AS shared
          FROM decided_wordings WHERE key IN (SELECT value FROM json_each(:keys)) GROUP BY article_id, uid
        )
        SELECT attributions.claim_id, attributions.text, sources.name, cue, found.same_words, EXISTS (
            SELECT 1 FROM source_names WHERE source_id = sources.id AND key = :speaker
          ) AS same_source, found.decision_id
        FROM found JOIN attributions ON attributions.article_id = found.article_id AND attributions.uid = found.uid
        LEFT JOIN sources ON sources.id = attributions.source_id
        ORDER BY found.same_words DESC, same_source DESC, found.shared DESC, attributions.id LIMIT :limit
        """,
        {
            "exact": exact,
            "keys": json.dumps([exact, *wanted]),
            "speaker": name_key(statement.source or ""),
            "limit": MOST_COMPARED,
        },
    ).fetchall()
    candidates = [
        Candidate(claim, text, speaker, cue, bool(words), bool(source), decision_id)
        for claim, text, speaker, cue, words, source, decision_id in rows
    ]
    return [
        (best.claim_id, best.text, Decision(True, found.score, f"decision {best.decision_id}: {found.reason}"))
        for best, found in fitting(statement, candidates)
        if found.same
    ]


def fitting(statement: Statement, candidates: Sequence[Candidate]) -> list[tuple[Candidate, Decision]]:
    """The candidate of each claim that a statement repeats most likely; of the claims the one that fits best first.

    What is said in the same words by the same source goes first, then by how alike two wordings are; of claims that
    fit as well as each other the one that more made so, else the first.
    """
    found = [(candidate, _compared(statement, candidate)) for candidate in candidates]
    ranked = sorted(found, key=lambda pair: _rank(*pair), reverse=True)
    best: dict[int, tuple[Candidate, Decision]] = {}
    for candidate, decision in ranked:
        best.setdefault(candidate.claim_id, (candidate, decision))
    times = Counter(candidate.claim_id for candidate in candidates if candidate.same_words)
    return sorted(
        best.values(),
        key=lambda pair: (_rank(*pair), times[pair[0].claim_id], -pair[0].claim_id),
        reverse=True,
    )


def _rank(candidate: Candidate, decision: Decision) -> tuple[bool, float, bool]:
    return decision.same, decision.score, candidate.same_source


def _compared(statement: Statement, candidate: Candidate) -> Decision:
    asked = prepare(statement)
    if candidate.same_words and candidate.same_source and asked.content >= MIN_CONTENT:
        return Decision(True, 1.0, "same words by the same source")
    return decide(asked, prepare(Statement(candidate.text, candidate.speaker, candidate.cue)))
