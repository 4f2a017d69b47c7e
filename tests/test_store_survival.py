"""Nothing stored is lost: writers that are killed, and writers that come together."""

import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from claims.store import Store

ROOT = Path(__file__).parents[1]

# Adds articles with three attributions each until it is killed or has added so many; says each one that is in.
WRITER = """
import sys
from claims.store import Store
from claims.terms import Article, Attribution, Relation, Source, Span

path, name, most = sys.argv[1], sys.argv[2], int(sys.argv[3])
with Store.open(path) as store:
    for number in range(most):
        article = Article(f"{name}-{number}", f"In report {name} {number} the harbour master spoke of the tide. " * 20)
        store.add(article, [
            Attribution(
                f"{name}-{number}-{place}", Relation((), (), (Span(place, place + 9),), 0.9, "test"),
                f"Report {name} {number} has {place} tides", "said", "say",
                (Source("She", f"Harbour master {number % 7}", "person", "test"),), "direct", "asserts",
            )
            for place in range(3)
        ])
        print(article.path, flush=True)
"""


def writer(path: Path, name: str, most: int = 1_000_000) -> subprocess.Popen[str]:
    """Start a process that adds articles."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), name, str(most)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def whole_articles(path: Path) -> set[str]:
    """The articles of a sound database, each of which must have all of its attributions."""
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    found = connection.execute(
        "SELECT path, (SELECT count(*) FROM attributed_claims WHERE article_id = articles.id) FROM articles"
    ).fetchall()
    connection.close()
    assert {count for _, count in found} <= {3}
    return {name for name, _ in found}


def test_killed_writer_leaves_whole_articles_and_all_that_it_had_stored(tmp_path: Path) -> None:
    """kill -9 at random moments, the first of them while the database is being made."""
    path = tmp_path / "claims.db"
    said: set[str] = set()
    for round_ in range(6):
        process = writer(path, f"round{round_}")
        assert process.stdout is not None
        if round_:
            said.add(process.stdout.readline().strip())
        time.sleep(random.uniform(0.0, 0.3) if round_ else random.uniform(0.1, 0.6))
        process.kill()
        rest, errors = process.communicate()
        assert not errors
        said.update(rest.split())
        if path.exists() and round_:
            assert said <= whole_articles(path)
    with Store.open(path) as store:
        assert store.counts().articles >= len(said) >= 5
    assert said <= whole_articles(path)


def test_two_writers_at_once_both_store_everything(tmp_path: Path) -> None:
    """They make the same new database together, and neither is told that it is locked."""
    path = tmp_path / "db" / "claims.db"
    writers = [writer(path, name, 25) for name in ("port", "starboard")]
    for process in writers:
        _, errors = process.communicate(timeout=30)
        assert (process.returncode, errors) == (0, "")
    assert len(whole_articles(path)) == 50
