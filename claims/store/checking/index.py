"""The index of claims (wordings and the keys that find them) against the claims."""

import json
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter

from sqlite_utils import Database

from claims.matching import keys
from claims.matching.agreement import CHECKED
from claims.matching.indexing import HUB
from claims.store.checking.faults import Faults
from claims.store.claim_index import Wording, key_number

_AT_ONCE = 500
"""Claims whose keys are looked up together."""

Claim = tuple[int, list[Wording]]


def check_claim_index(db: Database, tell: Callable[[str], None], faults: Faults) -> str:
    """Each claim is filed under wordings of its own, and found under their keys."""
    ((claims, filed),) = db.execute(
        "SELECT (SELECT count(*) FROM claims), EXISTS (SELECT 1 FROM claim_wordings)"
    ).fetchall()
    if claims and not filed:
        faults.add(f"none of the {claims:,} claims is filed: what says the same as one of them will not find it")
        return "nothing"
    for claim in _numbers(db, "SELECT id FROM claims WHERE id NOT IN (SELECT claim_id FROM claim_wordings)"):
        faults.add(f"claim {claim} is filed under no wording: what says the same will not find it")
    for claim in _numbers(db, "SELECT DISTINCT claim_id FROM claim_keys WHERE claim_id NOT IN (SELECT id FROM claims)"):
        faults.add(f"keys lead to claim {claim}, which is not there")
    # Where so many claims are filed under a key that no more may be, some that are filed now may have come later than
    # those left out: taking a claim out, which decisions do, makes room.
    ((removed,),) = db.execute("SELECT 2 * count(*) FROM decided_claims").fetchall()
    wanted = checked = 0
    some: list[Claim] = []
    for claim, wordings in _claims(db):
        checked += 1
        if len(wordings) > CHECKED or not all(number == place for place, (number, _) in enumerate(wordings, 1)):
            faults.add(f"the wordings of claim {claim} are not numbered from 1 to {CHECKED} at the most")
        some.append((claim, [wording for _, wording in wordings]))
        if len(some) == _AT_ONCE:
            wanted += _look_up(db, some, HUB - removed, faults)
            some = []
            tell(f"Checking: claim index, {checked:,} claims")
    wanted += _look_up(db, some, HUB - removed, faults)
    ((filed,),) = db.execute("SELECT count(*) FROM claim_keys WHERE claim_id IN (SELECT id FROM claims)").fetchall()
    if filed > wanted:
        faults.add(f"{filed - wanted:,} keys lead to claims that have no such wording")
    return f"{checked:,} claims are found by the keys of their wordings"


def _claims(db: Database) -> Iterator[tuple[int, list[tuple[int, Wording]]]]:
    rows = db.conn.cursor().execute(
        "SELECT claim_id, number, text, speaker, cue, stems FROM claim_wordings ORDER BY claim_id, number"
    )
    for claim, its in groupby(rows, key=itemgetter(0)):
        yield (
            claim,
            [(number, Wording(text, who, cue, frozenset(stems.split()))) for _, number, text, who, cue, stems in its],
        )


def _look_up(db: Database, claims: list[Claim], crowded: int, faults: Faults) -> int:
    """Report the claims that are not found under a key of theirs, though fewer than `crowded` claims are; returns how
    many keys are theirs and lead there."""
    wanted: dict[int, set[int]] = {}
    for claim, wordings in claims:
        wanted[claim] = set()
        for wording in wordings:
            prepared = wording.prepared
            if frozenset(prepared.stems) != wording.stems:
                faults.add(
                    f"the wording “{wording.text}” of claim {claim} is filed under other stems than its own words have"
                )
            wanted[claim] |= {key_number(key) for key in keys(prepared)}
    found = set(
        db.execute(
            "SELECT claim_keys.key, claim_id FROM json_each(?) AS pair JOIN claim_keys"
            " ON claim_keys.key = pair.value ->> 0 AND claim_id = pair.value ->> 1",
            (json.dumps([(key, claim) for claim, its in wanted.items() for key in its]),),
        ).fetchall()
    )
    for claim, its in wanted.items():
        missing = [key for key in its if (key, claim) not in found]
        if missing and _fewest(db, missing) < crowded:
            faults.add(f"claim {claim} is not filed under all keys of its wordings: what says the same may not find it")
    return len(found)


def _fewest(db: Database, wanted: list[int]) -> int:
    """How many claims are filed under that key of several that has fewest."""
    ((fewest,),) = db.execute(
        "SELECT min((SELECT count(*) FROM claim_keys WHERE key = value)) FROM json_each(?)", (json.dumps(wanted),)
    ).fetchall()
    return int(fewest)


def _numbers(db: Database, query: str) -> Iterator[int]:
    return (number for (number,) in db.conn.cursor().execute(query))
