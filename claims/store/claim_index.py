"""The wordings of claims and the keys that find them: what a newcomer is compared with, and how it is filed."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from sqlite_utils import Database

from claims.matching import Prepared, Statement, keys, prepare
from claims.matching.agreement import CHECKED
from claims.matching.indexing import HUB, is_whole

_SECOND = 23
"""Bits of a key's number for its second word; SQLite keeps numbers of 47 bits in six bytes, half of what words take."""


class Wording(NamedTuple):
    """One way in which a claim was made, who made it so first, and with which cue.

    `stems` are its content words, in any order.
    """

    text: str
    speaker: str | None
    cue: str | None
    stems: frozenset[str]

    @property
    def prepared(self) -> Prepared:
        """Ready to be compared."""
        return prepare(Statement(self.text, self.speaker, self.cue))


class Found(NamedTuple):
    """What keys led to: how many of them each claim shares, and the keys that hold as many claims as they may.

    The key of all stems together counts for as many as there are.
    """

    claims: Counter[int]
    crowded: frozenset[str]

    def most_shared(self, limit: int) -> list[int]:
        """The claims that share most keys, first come first."""
        return sorted(sorted(self.claims), key=self.claims.__getitem__, reverse=True)[:limit]


def key_number(key: str) -> int:
    """The number (47 bits) under which a key is filed: keys that begin with the same word lie beside each other.

    Keys that share a number by chance only bring a claim to be compared that need not be.
    """
    one, _, other = key.partition(" ")
    return _hashed(one) << _SECOND | _hashed(other) >> 1


@lru_cache(maxsize=100_000)
def _hashed(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=3).digest())


def look_up(db: Database, wanted: Sequence[str]) -> Found:
    """The claims that are filed under any of the keys `wanted`."""
    numbers = {key_number(key): key for key in wanted}
    rows: list[tuple[int, int]] = db.execute(
        "SELECT key, claim_id FROM claim_keys WHERE key IN (SELECT value FROM json_each(?))",
        (json.dumps(list(numbers)),),
    ).fetchall()
    sizes = Counter([number for number, _ in rows])
    crowded = frozenset(numbers[number] for number, size in sizes.items() if size >= HUB)
    shared = Counter([claim for _, claim in rows])
    whole = {number for number, key in numbers.items() if is_whole(key)}
    for number, claim in rows:
        if number in whole:
            shared[claim] += len(wanted)
    return Found(shared, crowded)


def wordings(db: Database, claims: Sequence[int]) -> dict[int, list[Wording]]:
    """The wordings of each claim in the order in which they came, `CHECKED` at most; the claims in the order given."""
    found: dict[int, list[Wording]] = {claim: [] for claim in claims}
    for claim, text, speaker, cue, stems in db.execute(
        "SELECT claim_id, text, speaker, cue, stems FROM claim_wordings"
        " WHERE claim_id IN (SELECT value FROM json_each(?)) ORDER BY claim_id, number",
        (json.dumps(list(claims)),),
    ):
        found[claim].append(Wording(text, speaker, cue, frozenset(stems.split())))
    return found


def file_wording(
    db: Database, claim: int, known: Sequence[Wording], newcomer: Prepared, wanted: Sequence[str], found: Found
) -> None:
    """Keep a new wording of a claim that has the wordings `known`, and file the claim under the keys `wanted`.

    `found` is what these led to. Nothing more is filed under a crowded key, nor kept of a claim of many wordings.
    """
    statement = newcomer.statement
    if len(known) >= CHECKED or any(wording.text == statement.text for wording in known):
        return
    db.execute(
        "INSERT INTO claim_wordings (claim_id, number, text, speaker, cue, stems) VALUES (?, ?, ?, ?, ?, ?)",
        (claim, len(known) + 1, statement.text, statement.source, statement.cue, " ".join(newcomer.stems)),
    )
    new = [(key_number(key), claim) for key in wanted if key not in found.crowded]
    db.conn.executemany("INSERT OR IGNORE INTO claim_keys (key, claim_id) VALUES (?, ?)", new)


def rebuild(db: Database) -> None:
    """Make the wordings and keys of all claims anew from claims and attributions. About 0.2 ms a claim."""
    db.execute("DELETE FROM claim_keys")
    db.execute("DELETE FROM claim_wordings")
    db.execute("CREATE TEMP TABLE every_key (key INTEGER NOT NULL, claim_id INTEGER NOT NULL)")
    rows = db.conn.cursor().execute(
        """
        WITH made(claim_id, text, speaker, cue, came) AS (
          SELECT attributions.claim_id, attributions.text, sources.name, cue, min(attributions.id)
          FROM attributions LEFT JOIN sources ON sources.id = attributions.source_id
          GROUP BY attributions.claim_id, attributions.text
          UNION ALL
          SELECT id, text, NULL, NULL, 0 FROM claims WHERE id NOT IN (SELECT claim_id FROM attributions)
        ), numbered AS (
          SELECT *, row_number() OVER (PARTITION BY claim_id ORDER BY came) AS number FROM made
        )
        SELECT claim_id, number, text, speaker, cue FROM numbered WHERE number <= ? ORDER BY claim_id, number
        """,
        (CHECKED,),
    )
    while some := rows.fetchmany(10_000):
        ready = [(claim, number, prepare(Statement(*said))) for claim, number, *said in some]
        db.conn.executemany(
            "INSERT INTO claim_wordings (claim_id, number, text, speaker, cue, stems) VALUES (?, ?, ?, ?, ?, ?)",
            (
                (claim, number, each.statement.text, each.statement.source, each.statement.cue, " ".join(each.stems))
                for claim, number, each in ready
            ),
        )
        db.conn.executemany("INSERT INTO every_key (key, claim_id) VALUES (?, ?)", _keys(ready))
    # Written in the order of the index, which takes a third of the time that writing them as they come does.
    db.execute(
        """
        INSERT INTO claim_keys (key, claim_id) SELECT key, claim_id FROM (
          SELECT key, claim_id, row_number() OVER (PARTITION BY key ORDER BY claim_id) AS place
          FROM (SELECT DISTINCT key, claim_id FROM every_key)
        ) WHERE place <= ? ORDER BY key, claim_id
        """,
        (HUB,),
    )
    db.execute("DROP TABLE every_key")


def _keys(ready: Sequence[tuple[int, int, Prepared]]) -> Iterator[tuple[int, int]]:
    return ((key_number(key), claim) for claim, _, prepared in ready for key in keys(prepared))
