"""Databases of before sources were known across articles, brought up to date."""

import json
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from claims.store import Store
from claims.store.migrations import MIGRATIONS
from claims.terms import Source
from tests.test_store import rows
from tests.test_store_sources import report, sound

SOURCES = [
    (1, "Imogen Kestrel", "person", {1: ["Imogen Kestrel", "Ms Kestrel, who rows"], 2: ["she"]}),
    (2, "officials", "group", {1: ["officials"], 2: ["Officials"]}),
    (3, "aides", "group", {2: ["aides"]}),
    (4, "Tarn Board", "organization", {2: [None]}),
]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database as the version before made it."""
    path = tmp_path / "claims.db"
    with Database(path) as db:
        MIGRATIONS.apply(db, stop_before="m008_sources_across_articles")
        for number in (1, 2):
            db["articles"].insert(
                {"path": f"{number}.txt", "text": f"Text {number}.", "sha256": str(number), "ingested_at": "2024-01-01"}
            )
        db["claims"].insert({"text": "Rain is coming", "first_seen": "2024-01-01"})
        for source_id, name, kind, articles in SOURCES:
            db["sources"].insert({"id": source_id, "name": name, "kind": kind})
            texts = {text for told in articles.values() for text in told if text and text[0].isupper()}
            for known in {name, *texts}:
                db["source_names"].insert({"name": known, "key": known.casefold(), "source_id": source_id})
            for article_id, told in articles.items():
                for place, text in enumerate(told):
                    db["attributions"].insert(
                        {
                            "uid": f"{source_id}-{place}", "claim_id": 1, "source_id": source_id,
                            "article_id": article_id, "text": "Rain is coming", "form": "direct", "stance": "asserts",
                            "confidence": 0.9, "content_start": 0, "content_end": 4, "spans": "{}",
                            "source_text": text, "rule": "t", "match_reason": "new", "match_score": 1.0,
                        }
                    )  # fmt: skip
    return path


def test_old_sources_and_names_stay_and_get_mentions(old: Path) -> None:
    """One mention for each source of each article, all its attributions pointing there; nothing is lost."""
    tables = ("sources", "source_names", "attributions")
    before = {table: rows(old, f"SELECT * FROM {table}") for table in tables}
    with Store.open(old) as store:
        sound(store._connection._db.conn)
        assert store.source("Imogen Kestrel").row.articles == 2
    for table in tables:
        assert [row[: len(before[table][0])] for row in rows(old, f"SELECT * FROM {table}")] == before[table]
    assert len(rows(old, "SELECT id FROM source_mentions")) == 6
    assert {rule for (rule,) in rows(old, "SELECT DISTINCT rule FROM source_mentions")} == {"earlier-version"}
    assert json.loads(rows(old, "SELECT names FROM source_mentions WHERE id = 1")[0][0])["Imogen Kestrel"]


def test_new_articles_find_the_old_sources(old: Path) -> None:
    """By their names; what a description only tells is nobody's but its article's."""
    with Store.open(old) as store:
        store.add(
            *report(
                "new",
                Source("x", "Imogen Kestrel", "person", "t"),
                Source("x", "The Tarn Board", "organization", "t"),
                Source("x", "officials", "group", "t", named=False),
            )
        )
        assert store.source("1").row.articles == 3
        assert store.source("4").row.articles == 2
        assert (store.source("2").row.articles, store.source("3").row.article_id) == (2, 2)
        sound(store._connection._db.conn)


def test_decisions_about_old_sources_can_be_made_and_undone(old: Path) -> None:
    """They are sources as all others."""
    with Store.open(old) as store:
        new = store.split_source("2", articles=[2], by="kim")
        store.merge_sources("1", ["4"], by="kim")
        assert store.source(str(new)).row.article_id == 2
        store.undo_source_decision(by="kim")
        store.undo_source_decision(by="kim")
        sound(store._connection._db.conn)
        assert [row.name for row in store.sources(limit=2)] == ["Imogen Kestrel", "officials"]


def test_a_step_that_fails_leaves_the_old_database(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of the step is taken, or nothing."""
    before = rows(old, "SELECT sql FROM sqlite_master")
    monkeypatch.setattr("claims.store.source_upgrade.file_keys", None)
    with pytest.raises(TypeError):
        Store.open(old)
    assert rows(old, "SELECT sql FROM sqlite_master") == before
    assert sqlite3.connect(old).execute("PRAGMA integrity_check").fetchone() == ("ok",)
