"""What people decide about claims: merge, split, apart. Each holds for all that comes later."""

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from claims.errors import StoreError
from claims.matching import Statement
from claims.store.claim_filing import add_claim, date_anew, file_anew, filed, made, next_claim, unfile
from claims.store.claim_folding import Rows, as_they_are, carry_ties, refile, take_out, tied_to, ties, utterances
from claims.store.claim_reading import described, find_claim
from claims.store.decided_wordings import Candidate, fitting, pin_wordings
from claims.store.decision_log import CLAIM_LOG


def merge(db: Database, keep: int, others: Sequence[int], by: str, why: str) -> int:
    """Make the claims `others` part of `keep`; returns the decision's number."""
    into = find_claim(db, keep)
    merged = [claim for claim in dict.fromkeys(find_claim(db, other) for other in others) if claim != into]
    if not merged:
        raise StoreError(f"Name two claims to merge: {described(db, into)} is one already.")
    claims = [into, *merged]
    CLAIM_LOG.refuse_apart(db, claims, described)
    what = f"claim {described(db, into)} takes in {'; '.join(described(db, claim) for claim in merged)}"
    decision_id = CLAIM_LOG.open(db, "merge", by, why)
    reason = f"decision {decision_id}: they are one" + (f" ({why.strip()})" if why.strip() else "")
    for claim in claims:
        pin_wordings(db, claim, decision_id, near=True)
    before = ties(db, claims)
    known = [_named(row) for claim in claims for row in utterances(db, claim)]
    detail: dict[str, Any] = {
        "keep": into, "rows": as_they_are(db, claims), "moved": [], "before": before, "known": known,
    }  # fmt: skip
    said = [*filed(db, into), *(wording for claim in merged for wording in filed(db, claim))]
    for claim in merged:
        moved = utterances(db, claim)
        detail["moved"] += moved
        refile(db, _decided(moved, into, reason))
        carry_ties(db, claim, into)
        unfile(db, claim)
        take_out(db, claim, into, decision_id, reason)
    file_anew(db, into, said)
    date_anew(db, into)
    return _close(db, decision_id, what, detail, claims)


def split(db: Database, claim: int, attributions: Sequence[int], by: str, why: str) -> int:
    """Make a claim of its own of these attributions, and of what was said together with them; returns its number.

    From now on what is said in the same words as one of either claim goes to that one; what both have goes where the
    same source said it, else to the one that more sources made so, else to the one that was split.
    """
    claim_id = find_claim(db, claim)
    moved, left = _parted(db, claim_id, attributions)
    what = f"claim {described(db, claim_id)} is two"
    decision_id = CLAIM_LOG.open(db, "split", by, why)
    rows, before = as_they_are(db, [claim_id]), ties(db, [claim_id])
    new = next_claim(db)
    add_claim(db, new, _first_wording(db, moved))
    refile(db, _decided(moved, new, f"decision {decision_id}: another claim"))
    wordings = {text for text, *_ in made(db, claim_id)}
    if rows[0]["text"] not in wordings:
        db.execute("UPDATE claims SET text = ? WHERE id = ?", (_first_wording(db, left), claim_id))
    file_anew(db, claim_id, [said for said in rows[0]["filed"] if said[0] in wordings] or made(db, claim_id))
    file_anew(db, new, made(db, new))
    for number in (claim_id, new):
        date_anew(db, number)
        pin_wordings(db, number, decision_id, near=False)
    _part_links(db, claim_id, new)
    CLAIM_LOG.set_apart(db, claim_id, new, decision_id)
    known = [_named(row) for row in (*moved, *left)]
    detail = {"from": claim_id, "new": new, "rows": rows, "moved": moved, "before": before, "known": known}
    _close(db, decision_id, f"{what}: {described(db, new)} is another one", detail, [claim_id, new])
    return new


def keep_apart(db: Database, one: int, other: int, by: str, why: str) -> int:
    """Declare two claims different, whatever comes; returns the decision's number."""
    first, second = find_claim(db, one), find_claim(db, other)
    if first == second:
        raise StoreError(f"Both are claim {described(db, first)}. `claims split` makes two of it.")
    known = CLAIM_LOG.apart(db, first, second)
    if known:
        raise StoreError(f"{described(db, first)} and {described(db, second)} are apart already, by decision {known}.")
    what = f"claim {described(db, first)} is not claim {described(db, second)}"
    decision_id = CLAIM_LOG.open(db, "apart", by, why)
    CLAIM_LOG.set_apart(db, first, second, decision_id)
    return CLAIM_LOG.close(db, decision_id, what, {}, [first, second])


def _close(db: Database, decision_id: int, what: str, detail: dict[str, Any], claims: Sequence[int]) -> int:
    """Keep the decision with the ties as they are after it; nobody undoes it before a later one about what is tied."""
    after = ties(db, claims)
    CLAIM_LOG.close(db, decision_id, what, {**detail, "after": after}, claims)
    for claim in tied_to(detail["before"], after) - set(claims):
        db.execute("INSERT INTO decided_claims (claim_id, decision_id, linked) VALUES (?, ?, 1)", (claim, decision_id))
    return decision_id


def _named(utterance: dict[str, Any]) -> tuple[int, str]:
    return utterance["article_id"], utterance["uid"]


def _decided(made: Rows, claim_id: int, reason: str) -> Rows:
    return [{**row, "claim_id": claim_id, "match_reason": reason, "match_score": 1.0} for row in made]


def _parted(db: Database, claim_id: int, attributions: Sequence[int]) -> tuple[Rows, Rows]:
    """What goes and what stays; StoreError where either is nothing or an attribution is another claim's."""
    known = dict(
        db.execute("SELECT id, article_id || ' ' || uid FROM attributions WHERE claim_id = ?", (claim_id,)).fetchall()
    )
    if not attributions:
        raise StoreError(f"Say which attributions are another claim than {described(db, claim_id)}.")
    for number in attributions:
        if number not in known:
            told = ", ".join(map(str, sorted(known)[:8])) + (", …" if len(known) > 8 else "")
            raise StoreError(f"Attribution {number} is none of claim {described(db, claim_id)}, which has {told}.")
    named = {known[number] for number in attributions}
    moved: Rows = []
    left: Rows = []
    for row in utterances(db, claim_id):
        (moved if f"{row['article_id']} {row['uid']}" in named else left).append(row)
    if not left:
        raise StoreError(f"Nothing would be left of claim {described(db, claim_id)}: these are all its attributions.")
    return moved, left


def _first_wording(db: Database, made: Rows) -> str:
    (text,) = db.execute(
        "SELECT text FROM attributions WHERE article_id = :article_id AND uid = :uid LIMIT 1", made[0]
    ).fetchone()
    return str(text)


def _part_links(db: Database, claim_id: int, new: int) -> None:
    """Give the new claim the links that are rather its own: by articles for denials, by the wording for others."""
    candidates = [
        Candidate(number, text, speaker, cue, False, False)
        for number in (claim_id, new)
        for text, speaker, cue in filed(db, number)
    ]
    for one, other, relation in db.execute(
        "SELECT claim_id, other_id, relation FROM claim_links WHERE :id IN (claim_id, other_id)", {"id": claim_id}
    ).fetchall():
        far = other if one == claim_id else one
        if relation == "denies":
            theirs = _articles(db, far)
            goes = bool(theirs & _articles(db, new)) and not theirs & _articles(db, claim_id)
        else:
            (text,) = db.execute("SELECT text FROM claims WHERE id = ?", (far,)).fetchone()
            goes = bool(candidates) and fitting(Statement(text), candidates)[0][0].claim_id == new
        if goes:
            # The new claim is the latest one: other links than denials have it first.
            pair = (one, new) if relation == "denies" and other == claim_id else (new, far)
            db.execute(
                "UPDATE claim_links SET claim_id = ?, other_id = ?"
                " WHERE claim_id = ? AND other_id = ? AND relation = ?",
                (*pair, one, other, relation),
            )


def _articles(db: Database, claim_id: int) -> set[int]:
    rows = db.execute("SELECT DISTINCT article_id FROM attributions WHERE claim_id = ?", (claim_id,))
    return {article for (article,) in rows.fetchall()}
