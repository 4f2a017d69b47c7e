"""Decisions about claims taken back: the rows as they were, with what came in since where it belongs."""

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from claims.matching import Statement
from claims.store.claim_filing import Said, date_anew, file_anew, filed, made, unfile
from claims.store.claim_folding import carry_ties, put_back, refile, retie, take_out
from claims.store.decided_wordings import Candidate, fitting, unpin_wordings, wording_key
from claims.store.decision_log import CLAIM_LOG, PersonDecision


def undo(db: Database, decision_id: int | None, by: str) -> PersonDecision:
    """Take a decision back, the last that stands by default; belongs inside a transaction."""
    number = CLAIM_LOG.to_undo(db, decision_id)
    CLAIM_LOG.mark_undone(db, number, by)
    _UNDO[CLAIM_LOG.read(db, number).action](db, number, CLAIM_LOG.detail(db, number))
    unpin_wordings(db, number)
    return CLAIM_LOG.read(db, number)


def _undo_apart(db: Database, decision_id: int, detail: dict[str, Any]) -> None:
    db.execute("DELETE FROM claims_apart WHERE decision_id = ?", (decision_id,))


def _undo_merge(db: Database, decision_id: int, detail: dict[str, Any]) -> None:
    keeper, rows = detail["keep"], detail["rows"]
    for row in rows:
        if row["id"] != keeper:
            put_back(db, row["id"], row["text"])
    refile(db, detail["moved"])
    retie(db, detail["after"], detail["before"])
    unfile(db, keeper)
    for row in rows:
        file_anew(db, row["id"], row["filed"])
    _part_what_came_since(db, decision_id, keeper, [row["id"] for row in rows], detail["newest"])
    for row in rows:
        date_anew(db, row["id"])


def _undo_split(db: Database, decision_id: int, detail: dict[str, Any]) -> None:
    claim_id, new = detail["from"], detail["new"]
    (row,) = detail["rows"]
    refile(db, detail["moved"])
    db.execute("UPDATE attributions SET claim_id = ? WHERE claim_id = ?", (claim_id, new))
    retie(db, detail["after"], detail["before"])
    carry_ties(db, new, claim_id)
    unfile(db, new)
    take_out(db, new, claim_id, decision_id, f"decision {decision_id}, which had made two of them, was undone")
    db.execute("UPDATE claims SET text = ? WHERE id = ?", (row["text"], claim_id))
    file_anew(db, claim_id, [*row["filed"], *_said_since(db, claim_id, detail["newest"])])
    date_anew(db, claim_id)


def _part_what_came_since(db: Database, decision_id: int, keeper: int, claims: Sequence[int], newest: int) -> None:
    """Give each claim what came in after a merge in its words, or in words that are more like its own.

    `newest` is the last article of before the merge.
    """
    since = list(
        db.query(
            "SELECT attributions.article_id, uid, text, source_id, sources.name AS speaker, cue, min(attributions.id)"
            " FROM attributions LEFT JOIN sources ON sources.id = source_id"
            " WHERE claim_id = ? AND attributions.article_id > ? GROUP BY attributions.article_id, uid ORDER BY 7",
            [keeper, newest],
        )
    )
    if not since:
        return
    known = [
        (claim, text, speaker, cue, source)
        for claim in claims
        for text, speaker, cue, source in db.execute(
            "SELECT DISTINCT attributions.text, sources.name, cue, source_id FROM attributions"
            " LEFT JOIN sources ON sources.id = source_id WHERE claim_id = ? AND attributions.article_id <= ?",
            (claim, newest),
        ).fetchall()
    ]
    own = {claim: [text for text, *_ in filed(db, claim)] for claim in claims}
    for row in since:
        key = wording_key(row["text"])
        candidates = [
            Candidate(
                claim, text, speaker, cue, wording_key(text) == key, source is not None and source == row["source_id"]
            )
            for claim, text, speaker, cue, source in known
            if text in own[claim] or wording_key(text) == key
        ]
        for best, why in fitting(Statement(row["text"], row["speaker"], row["cue"]), candidates)[:1]:
            reason = f"{why.reason}; decision {decision_id} was undone"
            refile(db, [{**row, "claim_id": best.claim_id, "match_reason": reason, "match_score": why.score}])
    for claim in claims:
        file_anew(db, claim, [*filed(db, claim), *_said_since(db, claim, newest)])


def _said_since(db: Database, claim: int, newest: int) -> list[Said]:
    """The wordings of a claim, where an article after the article `newest` has it; those of before are among them."""
    since = db.execute("SELECT 1 FROM attributions WHERE claim_id = ? AND article_id > ?", (claim, newest)).fetchone()
    return made(db, claim) if since else []


_UNDO = {"merge": _undo_merge, "split": _undo_split, "apart": _undo_apart}
