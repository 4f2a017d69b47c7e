"""The claims of a whole database made anew: they become what comparing all attributions with all makes of them."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from sqlite_utils import Database

from claims.matching import Statement, decide, prepare
from claims.matching.contradiction import may_contradict
from claims.matching.indexing import CANDIDATES
from claims.store.claim_filing import add_claim, date_anew, unfile
from claims.store.claim_folding import take_out
from claims.store.claim_index import rebuild, wordings
from claims.store.claim_links import add_link, link_contradictions, link_possible
from claims.store.claim_partition import Move, Partition, partition
from claims.store.decision_log import now
from claims.store.propositions import nearest_claims

_TOLD_EVERY = 100


@dataclass(frozen=True)
class Rebuilt:
    """What making the claims anew did, or would do: numbers of claims, of attributions that moved to another claim,
    and of claims of which nothing is left."""

    before: int
    after: int
    moved: int
    superseded: int


@dataclass(frozen=True)
class _Link:
    """A link between two claims, by the attributions, one of either, that it came from."""

    one: int
    other: int
    relation: str
    score: float
    reason: str


def rebuild_claims(db: Database, tell: Callable[[str], None], *, dry_run: bool = False) -> Rebuilt:
    """Let the claims be the clusters of all attributions, as far as people's decisions allow.

    Belongs inside a transaction unless nothing is to be changed (`dry_run`). `tell` gets lines that say how far it is.
    """
    found = partition(db, tell)
    if found.moves and not dry_run:
        _carry_out(db, found, tell)
    after = found.claims + len(found.new) - len(found.superseded)
    return Rebuilt(found.claims, after, found.attributions, len(found.superseded))


def _carry_out(db: Database, found: Partition, tell: Callable[[str], None]) -> None:
    tell(f"Moving {found.attributions:,} attributions")
    changed = {claim for move in found.moves for claim in (move.from_id, move.into_id)}
    stay = sorted(changed - found.superseded.keys())
    links = _links(db, changed)
    _unlink(db, changed)
    for claim in found.new:
        add_claim(db, claim, "")
    _move(db, found.moves)
    day = now()[:10]
    for claim, into in found.superseded.items():
        unfile(db, claim)
        take_out(db, claim, into, None, f"the rebuild of {day} found them to be one")
    for claim in stay:
        _name_anew(db, claim)
        date_anew(db, claim)
    _relink(db, links)
    rebuild(db)
    _explain(db, found, day)
    for number, claim in enumerate(stay):
        if number % _TOLD_EVERY == 0:
            tell(f"Linking {number:,} of {len(stay):,} claims")
        _link_anew(db, claim)


def _move(db: Database, moves: Iterable[Move]) -> None:
    """Let utterances be of their new claims, with all who spoke together."""
    db.conn.executemany(
        "UPDATE attributions SET claim_id = ?"
        " WHERE (article_id, uid) = (SELECT article_id, uid FROM attributions WHERE id = ?)",
        [(move.into_id, move.attribution) for move in moves],
    )


def _name_anew(db: Database, claim: int) -> None:
    """Let a claim that lost the wording it went by go by its first one."""
    db.execute(
        """
        UPDATE claims SET text = (SELECT text FROM attributions WHERE claim_id = claims.id ORDER BY id LIMIT 1)
        WHERE id = ? AND text NOT IN (SELECT text FROM attributions WHERE claim_id = claims.id)
        """,
        (claim,),
    )


def _explain(db: Database, found: Partition, day: str) -> None:
    """Keep with what moved why it is of its new claim, and of which one it was."""
    came: dict[int, list[Move]] = defaultdict(list)
    for move in found.moves:
        came[move.into_id].append(move)
    told = []
    for claim, moves in came.items():
        known = [(each.text, each.prepared) for each in wordings(db, [claim])[claim]]
        first = min(move.attribution for move in moves) if claim in found.new else None
        for move in moves:
            article, uid, *said = db.execute(
                "SELECT attributions.article_id, uid, text, sources.name, cue FROM attributions"
                " LEFT JOIN sources ON sources.id = source_id WHERE attributions.id = ?",
                (move.attribution,),
            ).fetchone()
            asked = prepare(Statement(*said))
            others = [prepared for words, prepared in known if words != said[0]] or [prepared for _, prepared in known]
            why = max((decide(asked, other) for other in others), key=lambda each: (each.same, each.score))
            reason = why.reason if why.same else "hangs together with wordings of the claim"
            if move.attribution == first:
                reason, why = "new", replace(why, score=1.0)
            told.append((f"{reason}; of claim {move.from_id} until the rebuild of {day}", why.score, article, uid))
    db.conn.executemany(
        "UPDATE attributions SET match_reason = ?, match_score = ? WHERE article_id = ? AND uid = ?", told
    )


def _unlink(db: Database, claims: Collection[int]) -> None:
    listed = json.dumps(list(claims))
    db.execute("DELETE FROM claim_links WHERE claim_id IN (SELECT value FROM json_each(?))", (listed,))
    db.execute("DELETE FROM claim_links WHERE other_id IN (SELECT value FROM json_each(?))", (listed,))


def _link_anew(db: Database, claim: int) -> None:
    """Link a claim to those that it contradicts, and to those that a person should compare it with."""
    statement, _ = _as_made(db, claim)
    for near in nearest_claims(db, statement, CANDIDATES):
        later, earlier = max(claim, near.claim_id), min(claim, near.claim_id)
        if near.claim_id == claim:
            continue
        if may_contradict(near.decision):
            made, seen = _as_made(db, later)
            link_contradictions(db, later, prepare(made), seen, {earlier: prepare(_as_made(db, earlier)[0])})
        elif near.decision.same or near.decision.possible:
            link_possible(db, later, [(earlier, near.decision)])


def _as_made(db: Database, claim: int) -> tuple[Statement, str]:
    """The statement that a claim goes by, and the day on which it was seen first."""
    seen, *said = db.execute(
        """
        SELECT first_seen, claims.text, sources.name, cue FROM claims
        LEFT JOIN attributions ON claim_id = claims.id AND attributions.text = claims.text
        LEFT JOIN sources ON sources.id = source_id WHERE claims.id = ? ORDER BY attributions.id LIMIT 1
        """,
        (claim,),
    ).fetchone()
    return Statement(*said), seen


def _links(db: Database, claims: Collection[int]) -> Sequence[_Link]:
    """The links of these claims, by where they came from: the wordings that the claims go by, and in a denial's own
    article what was said last before it."""
    rows = db.execute(
        """
        WITH changed AS MATERIALIZED (SELECT value AS id FROM json_each(?)), links AS MATERIALIZED (
          SELECT * FROM claim_links WHERE claim_id IN changed UNION SELECT * FROM claim_links WHERE other_id IN changed
        ), places AS MATERIALIZED (
          SELECT denial.id AS denial, (
              SELECT denied.id FROM attributions AS denied
              WHERE denied.claim_id = other_id AND denied.article_id = denial.article_id
                AND denied.content_end <= denial.content_start
              ORDER BY denied.content_end DESC, denied.id LIMIT 1
            ) AS denied, links.*
          FROM links JOIN attributions AS denial ON denial.claim_id = links.claim_id WHERE relation = 'denies'
        ), first AS MATERIALIZED (
          SELECT claims.id, min(attributions.id) AS attribution
          FROM claims JOIN attributions ON claim_id = claims.id AND attributions.text = claims.text
          WHERE claims.id IN (SELECT claim_id FROM links UNION SELECT other_id FROM links) GROUP BY claims.id
        )
        SELECT denial, denied, relation, score, reason FROM places WHERE denied IS NOT NULL
        UNION ALL
        SELECT mine.attribution, theirs.attribution, relation, score, reason FROM links
        JOIN first AS mine ON mine.id = claim_id JOIN first AS theirs ON theirs.id = other_id
        WHERE relation <> 'denies'
          OR (claim_id, other_id) NOT IN (SELECT claim_id, other_id FROM places WHERE denied IS NOT NULL)
        ORDER BY 1, 2, 3
        """,
        (json.dumps(list(claims)),),
    )
    return [_Link(*row) for row in rows.fetchall()]


def _relink(db: Database, links: Iterable[_Link]) -> None:
    """Link the claims that these attributions are of now."""
    for link in links:
        one, other = (
            db.execute("SELECT claim_id FROM attributions WHERE id = ?", (number,)).fetchone()[0]
            for number in (link.one, link.other)
        )
        add_link(db, one, other, link.relation, link.score, link.reason)
