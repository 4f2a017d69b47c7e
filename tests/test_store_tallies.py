"""The tables of counts are true after whatever happens to attributions and articles."""

import sqlite3
from collections.abc import Sequence
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from claims.store import tallies
from claims.store.migrations import MIGRATIONS
from tests.tallies import check_tallies

STANCES = ("asserts", "warns", "denies", "denies", "asks")
ADD = """
INSERT INTO attributions (uid, claim_id, source_id, stance, article_id, text, form, confidence, content_start,
  content_end, spans, rule, match_reason, match_score)
VALUES (?, ?, ?, ?, ?, 'words', 'direct', 1, 0, 5, '{}', 't', 'new', 1)"""
Said = tuple[int, int | None, str, int]
"""Claim, source, stance, article."""

said = st.tuples(
    st.integers(1, 3), st.none() | st.integers(1, 4), st.sampled_from(STANCES), st.integers(1, 4)
)  # fmt: skip


def database(before: str | None = None) -> Database:
    """Three claims, four sources and four articles, and nothing said."""
    db = Database(memory=True)
    MIGRATIONS.apply(db, stop_before=before)
    db.execute("PRAGMA foreign_keys = ON")
    for number in range(1, 5):
        db.execute("INSERT INTO sources (id, name, kind) VALUES (?, ?, 'person')", (number, f"S{number}"))
        db.execute("INSERT INTO claims (id, text, first_seen) VALUES (?, 'words', '2024-01-01')", (number,))
        db.execute(
            "INSERT INTO articles (id, path, text, sha256, publisher, published, ingested_at)"
            " VALUES (?, 'p', 'words', ?, ?, ?, '2024-03-01T10:00:00')",
            (number, number, (None, "", "Post", "Post")[number - 1], (None, "2024-01-07", "2024-01-31")[number % 3]),
        )
    return db


def add(db: Database, all_said: Sequence[Said]) -> None:
    """An attribution for each."""
    for claim, source, stance, article in all_said:
        ((number,),) = db.execute("SELECT count(*) FROM attributions")
        db.execute(ADD, (f"{number}", claim, source, stance, article))


@settings(max_examples=60)
@given(st.lists(said, max_size=25), st.integers(0, 4))
def test_an_older_database_is_counted(all_said: list[Said], most: int) -> None:
    """The step that adds the tables fills them."""
    with mock.patch.object(tallies, "PAIRS_TOLD", most), database("m013_tallies") as db:
        add(db, all_said)
        MIGRATIONS.apply(db)
        check_tallies(db.conn)


@settings(max_examples=150)
@given(st.data(), st.lists(said, min_size=4, max_size=25), st.integers(0, 4))
def test_any_change_is_counted(data: st.DataObject, all_said: list[Said], most: int) -> None:
    """Of rows one by one or of many, also where more pairs clash over a claim than are told, or no longer so many."""
    with mock.patch.object(tallies, "PAIRS_TOLD", most), database() as db:
        add(db, all_said)
        check_tallies(db.conn)
        for _ in range(data.draw(st.integers(1, 6))):
            _change(db, data)
            check_tallies(db.conn)
        db.execute("DELETE FROM attributions")
        check_tallies(db.conn)


def _change(db: Database, data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.integers(1, 25), min_size=1, max_size=3))
    where = f"id IN ({', '.join(map(str, numbers))})"
    claim, source, stance, article = data.draw(said)
    month = data.draw(st.sampled_from([None, "2024-01-02", "2025-12-24", "2024"]))
    publisher = data.draw(st.sampled_from([None, "", "Post", "Times"]))
    sql, *values = data.draw(
        st.sampled_from(
            [
                (f"DELETE FROM attributions WHERE {where}",),
                (f"UPDATE attributions SET claim_id = ? WHERE {where}", claim),
                (f"UPDATE attributions SET source_id = ? WHERE {where}", source),
                (
                    "UPDATE OR IGNORE attributions SET source_id = ? WHERE source_id IS ?",
                    source,
                    numbers[0] % 5 or None,
                ),
                ("UPDATE attributions SET claim_id = ? WHERE claim_id = ?", claim, numbers[0] % 3 + 1),
                (f"UPDATE attributions SET stance = ?, claim_id = ? WHERE {where}", stance, claim),
                (f"UPDATE attributions SET article_id = ?, source_id = ? WHERE {where}", article, source),
                (f"UPDATE attributions SET id = id + 100, text = 'other' WHERE {where}",),
                (f"UPDATE articles SET published = ? WHERE {where}", month),
                (f"UPDATE articles SET publisher = ? WHERE {where}", publisher),
                ("UPDATE articles SET publisher = ?, published = ?, ingested_at = '2020-01-01'", publisher, month),
                (ADD, f"{data.draw(st.uuids())}", claim, source, stance, article),
            ]
        )
    )
    db.execute(sql, values)


def cost(db: Database, one: Said) -> int:
    """What adding an attribution costs SQLite, in its instructions."""
    count = [0]

    def tick() -> int:
        count[0] += 1
        return 0

    db.conn.set_progress_handler(tick, 1)
    db.execute(ADD, (f"{one}", *one))
    db.conn.set_progress_handler(None, 0)
    return count[0]


@pytest.mark.parametrize("stance", ["asserts", "denies", "asks"])
def test_a_claim_made_often_takes_no_longer(stance: str) -> None:
    """Neither its attributions nor its sources are gone through for one more, nor the pairs that clash over it."""
    with database() as db:
        db.executescript("""
            INSERT INTO sources (id, name, kind)
            WITH RECURSIVE n(i) AS (SELECT 5 UNION ALL SELECT i + 1 FROM n LIMIT 2000)
            SELECT i, 'S' || i, 'person' FROM n""")
        add(db, [(1, source, "denies" if source % 9 else "asserts", 3) for source in range(5, 2000)])
        add(db, [(2, 5, "asserts", 3), (2, 6, "denies", 3)])
        often, seldom = (cost(db, (claim, 1, stance, 4)) for claim in (1, 2))
        assert often < 1.3 * seldom


def test_counts_are_kept_whoever_writes() -> None:
    """SQLite keeps them itself: no part of this program has to be there."""
    with database() as db:
        other = sqlite3.connect(":memory:")
        db.conn.backup(other)
    with pytest.raises(sqlite3.IntegrityError):
        other.execute(ADD, ("a", 1, 1, "shouts", 1))
    other.execute(ADD, ("a", 1, 1, "denies", 1))
    check_tallies(other)
    other.close()
