"""Decisions about claims taken back: the rows as they were, with what came in since where it belongs."""

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from claims.matching import Statement
from claims.store.claim_filing import date_anew, file_anew, filed, made, unfile
from claims.store.claim_folding import Rows, carry_ties, put_back, refile, retie, take_out
from claims.store.decided_wordings import Candidate, fitting, unpin_wordings, wording_key
from claims.store.decision_log import CLAIM_LOG, PersonDecision


def undo(db: Database, decision_id: int | None, by: str) -> PersonDecision:
    """Take a decision back, the last that stands by default; belongs inside a transaction."""
    undone = CLAIM_LOG.undo(db, decision_id, by, _UNDO)
    unpin_wordings(db, undone.id)
    return undone


def _undo_apart(db: Database, decision_id: int, detail: dict[str, Any]) -> None:
    CLAIM_LOG.end_apart(db, decision_id)


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
    _part_what_came_since(db, decision_id, [row["id"] for row in rows], detail)
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
    file_anew(db, claim_id, [*row["filed"], *(made(db, claim_id) if _came_since(db, claim_id, detail) else [])])
    date_anew(db, claim_id)


def _part_what_came_since(db: Database, decision_id: int, claims: Sequence[int], detail: dict[str, Any]) -> None:
    """Give each claim what came into the keeper after a merge in its words, or in words that are more like its own."""
    since = _came_since(db, detail["keep"], detail)
    if not since:
        return
    later = {(row["article_id"], row["uid"]) for row in since}
    known = dict.fromkeys(
        (claim, row["text"], row["speaker"], row["cue"], row["source_id"])
        for claim in claims
        for row in _said(db, claim)
        if (row["article_id"], row["uid"]) not in later
    )
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
        if _came_since(db, claim, detail):
            file_anew(db, claim, [*filed(db, claim), *made(db, claim)])


def _came_since(db: Database, claim: int, detail: dict[str, Any]) -> Rows:
    """The utterances of a claim that neither it nor another one of the decision had when that was made."""
    known = {(article, uid) for article, uid in detail.get("known", ())}
    since: dict[tuple[int, str], dict[str, Any]] = {}
    for row in _said(db, claim):
        named = row["article_id"], row["uid"]
        # Decisions of an earlier version only tell which article was the last one.
        if named not in known if "known" in detail else row["article_id"] > detail["newest"]:
            since.setdefault(named, row)
    return list(since.values())


def _said(db: Database, claim: int) -> Rows:
    """The attributions of a claim, in the order of coming."""
    return list(
        db.query(
            "SELECT attributions.article_id, uid, text, source_id, sources.name AS speaker, cue"
            " FROM attributions LEFT JOIN sources ON sources.id = source_id"
            " WHERE claim_id = ? ORDER BY attributions.id",
            [claim],
        )
    )


_UNDO = {"merge": _undo_merge, "split": _undo_split, "apart": _undo_apart}
