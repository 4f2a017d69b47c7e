"""Claims across articles: the known claim that a wording makes, or a new one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlite_utils import Database

from claims.matching import Decision, Prepared, Statement, decide, keys, prepare
from claims.matching.agreement import SUPPORT, backers, opposition
from claims.matching.contradiction import may_contradict
from claims.matching.decision import ALIKE, CONFLICT_SHARE
from claims.matching.indexing import CANDIDATES, likeness
from claims.store.claim_filing import add_claim, next_claim
from claims.store.claim_index import Wording, file_wording, look_up, wordings
from claims.store.claim_links import link_contradictions, link_possible
from claims.store.decided_wordings import led_by_decisions

MOST_WORDS = 40
"""Of a text that is asked for, so many words are searched."""

COMPARED = 8
"""Of the claims that share keys with a newcomer, so many are compared with it, the likeliest ones."""

ALIKE_TOLD = 0.2
"""Likeness under which nothing is compared where a source is given; of 211 labelled pairs judged same two are below."""

SURE = 0.9
"""Score of a claim that is the same from which the others, whose stems are less like the newcomer's, are not asked."""

FEW_WORDS = 3
"""Words that name something, under which a text shares too few keys with what a person looks for."""


@dataclass(frozen=True)
class FoundClaim:
    """The claim that a wording makes: its row, whether that is new, and why it is this one, with what score (0..1)."""

    id: int
    new: bool
    reason: str
    score: float


@dataclass(frozen=True)
class Nearest:
    """A known claim beside what was asked for, and the decision about the two."""

    claim_id: int
    text: str
    decision: Decision


def nearest_claims(db: Database, statement: Statement, candidates: int, *, by_words: bool = False) -> list[Nearest]:
    """Known claims that share keys with a statement, best first: the same ones, then by score.

    With `by_words` a statement of few words also finds those that have any of them, for a person who asks with one.
    """
    statement.text.encode()  # half a character is told of, though no SQL may see it
    asked = prepare(statement)
    wanted = keys(asked)
    ids = look_up(db, wanted).most_shared(candidates)
    if by_words and asked.content < FEW_WORDS:
        ids = list(dict.fromkeys([*ids, *_sharing_words(db, statement.text, candidates)]))
    known = wordings(db, ids)
    return _ranked(db, statement, wanted, [_compared(claim, known[claim], asked) for claim in ids if known[claim]])


def find_or_add_claim(db: Database, statement: Statement, seen: str) -> FoundClaim:
    """The claim that a statement makes; `seen` is the ISO date at which it was made."""
    asked = prepare(statement)
    wanted = keys(asked)
    found = look_up(db, wanted)
    known = wordings(db, found.most_shared(CANDIDATES))
    compared = []
    for claim in likeliest(asked, known):
        compared.append(_compared(claim, known[claim], asked))
        if compared[-1].decision.same and compared[-1].decision.score >= SURE:
            break
    near = _ranked(db, statement, wanted, compared)
    if near and near[0].decision.same:
        best = near[0]
        db.execute("UPDATE claims SET first_seen = ? WHERE id = ? AND first_seen > ?", (seen, best.claim_id, seen))
        if best.claim_id in known:
            file_wording(db, best.claim_id, known[best.claim_id], asked, wanted, found)
        return FoundClaim(best.claim_id, False, best.decision.reason, best.decision.score)
    claim_id = next_claim(db)
    add_claim(db, claim_id, statement.text, seen)
    file_wording(db, claim_id, (), asked, wanted, found)
    against = {
        n.claim_id: known[n.claim_id][0].prepared for n in near if n.claim_id in known and may_contradict(n.decision)
    }
    link_contradictions(db, claim_id, asked, seen, against)
    link_possible(db, claim_id, [(n.claim_id, n.decision) for n in near if n.decision.possible])
    return FoundClaim(claim_id, True, "new", 1.0)


def likeliest(asked: Prepared, known: Mapping[int, Sequence[Wording]]) -> list[int]:
    """The `COMPARED` claims whose stems are most like a statement's, those left out that no decision makes the same.

    What contradicts a statement is at least as like it.
    """
    alike = {}
    for claim, said in known.items():
        told = asked.statement.source or any(each.speaker for each in said)
        most = max((likeness(asked, each.stems) for each in said), default=0.0)
        if most >= (ALIKE_TOLD if told else ALIKE):
            alike[claim] = most
    return sorted(alike, key=alike.__getitem__, reverse=True)[:COMPARED]


def _ranked(db: Database, statement: Statement, wanted: Sequence[str], compared: list[Nearest]) -> list[Nearest]:
    """Each claim once, the best first; what people decided goes before what is as near by the rules."""
    led = [Nearest(*each) for each in led_by_decisions(db, statement, wanted)]
    best: dict[int, Nearest] = {}
    known = [*led, *sorted(compared, key=lambda near: near.claim_id)]
    for each in sorted(known, key=lambda near: (not near.decision.same, -near.decision.score)):
        best.setdefault(each.claim_id, each)
    return list(best.values())


def _compared(claim: int, known: Sequence[Wording], asked: Prepared) -> Nearest:
    """A claim that has the wordings `known`, beside a statement: the best decision about one of them.

    Nothing is the same as a claim of which one wording conflicts with it, or most are unlike it.
    """
    members = [each.prepared for each in known]
    decision = max((decide(asked, member) for member in members), key=lambda found: (found.same, found.score))
    if decision.same and len(known) > 1:
        backed = backers(asked, members)
        if backed is None:
            against = next(filter(None, (opposition(asked, member, members) for member in members)))
            decision = Decision(False, decision.score * CONFLICT_SHARE, f"{against} (in another wording of the claim)")
        elif len(backed) < SUPPORT * len(known):
            reason = (
                f"{decision.reason}; {len(known) - len(backed)} of {len(known)} wordings of the claim are unlike it"
            )
            decision = replace(decision, same=False, reason=reason, possible=True)
    return Nearest(claim, known[0].text, decision)


def _sharing_words(db: Database, text: str, limit: int) -> list[int]:
    """Numbers of claims in which full-text search finds any of the words, best first."""
    words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", text)[:MOST_WORDS])
    if not words:
        return []
    rows = db.execute(
        "SELECT rowid FROM claims_fts WHERE claims_fts MATCH :words ORDER BY rank LIMIT :limit",
        {"words": words, "limit": limit},
    )
    return [claim_id for (claim_id,) in rows]
