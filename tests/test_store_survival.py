"""Nothing stored is lost: writers that are killed, that come together, that have no room; logs that are cut off."""

import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from claims.errors import StoreError
from claims.store import Store
from tests.kills import Tally, digest, faults, killed_and_run_again, start, write_articles
from tests.together import together

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


def writer(
    path: Path, name: str, most: int = 1_000_000, before: Callable[[], None] | None = None
) -> subprocess.Popen[str]:
    """Start a process that adds articles; `before` runs in it first."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), name, str(most)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=before,
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


def test_an_ingest_that_is_killed_and_run_again_is_as_if_nothing_had_been(tmp_path: Path) -> None:
    """The command itself, with the model: `python -m tests.kills` kills it a hundred times."""
    write_articles(tmp_path / "articles", 25)
    begun = time.monotonic()
    start(tmp_path / "articles", tmp_path / "undisturbed.db").communicate()
    longest, tally = time.monotonic() - begun, Tally()
    killed_and_run_again(tmp_path / "articles", tmp_path / "killed.db", longest, random.Random(), tally, 3)
    assert digest(tmp_path / "killed.db") == digest(tmp_path / "undisturbed.db")
    assert faults(tmp_path / "killed.db") == []


def test_two_ingests_and_datasette_at_once(tmp_path: Path) -> None:
    """Both store all that they have, every page answers: `python -m tests.together` tells how long anybody waits."""
    waits = together(tmp_path, 15)
    assert waits.wrong == []
    with Store.open_existing(tmp_path / "claims.db") as store:
        assert store.counts().articles == 31
    assert max(waits.pages + waits.articles) < 30


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte and a half."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_told_and_takes_nothing_that_was_stored(small_disk: Path) -> None:
    """The article that did not fit is not there, the others are; with more room it goes on."""
    path = small_disk / "claims.db"
    process = writer(path, "full")
    said, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "the disk is full. What was stored before is safe; make room and try again." in errors
    assert said.split()
    assert whole_articles(path) == set(said.split())
    with Store.open_existing(path) as store:
        assert store.counts().articles == len(said.split())
    subprocess.run(["mount", "-o", "remount,size=60m", str(small_disk)], check=True)
    process = writer(path, "roomy", 5)
    assert process.communicate(timeout=60)[1] == ""
    assert len(whole_articles(path)) == len(said.split()) + 5


@pytest.mark.parametrize("limit", [1_000, 300_000, 1_500_000])
def test_a_file_that_may_not_grow_is_told_and_takes_nothing_that_was_stored(tmp_path: Path, limit: int) -> None:
    """Also where the limit is met while the database is being made."""
    path = tmp_path / "claims.db"
    process = writer(path, "held", before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    said, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "StoreError" in errors
    assert "the system refuses to read or write (disk I/O error)" in errors
    assert bool(said) == (limit == 1_500_000)
    process = writer(path, "free", 2)
    assert process.communicate(timeout=60)[1] == ""
    assert whole_articles(path) == {*said.split(), "free-0", "free-1"}


def test_a_log_that_is_cut_off_loses_no_more_than_what_was_cut(tmp_path: Path) -> None:
    """As after a power cut: whatever remains is sound, whole articles, the first ones; more can be stored."""
    path = tmp_path / "claims.db"
    process = writer(path, "cut")
    assert process.stdout is not None
    said = [process.stdout.readline().strip() for _ in range(12)]
    process.kill()
    said += process.communicate()[0].split()
    file, log = path.read_bytes(), Path(f"{path}-wal").read_bytes()
    dice = random.Random(7)
    kept = []
    for cut in (0, 31, 4000, *sorted(dice.randrange(len(log)) for _ in range(12)), len(log)):
        for rest in (b"", os.urandom(len(log) - cut)):
            path.write_bytes(file)
            Path(f"{path}-shm").unlink(missing_ok=True)
            Path(f"{path}-wal").write_bytes(log[:cut] + rest)
            try:
                with Store.open_existing(path) as reader:
                    assert all(part.sound or part.name == "texts" for part in reader.check())
            except StoreError as error:  # all of it lay in the log
                if "is empty" not in str(error):
                    raise
            with Store.open(path) as store:
                kept.append(store.counts().articles)
            assert whole_articles(path) == set(said[: kept[-1]]) or kept[-1] == len(said) + 1
    assert kept[0] == 0
    assert kept == sorted(kept)
    assert kept[-1] >= len(said)


def test_what_a_dead_writer_left_beside_the_file_is_told_and_put_right(tmp_path: Path) -> None:
    """A database without a log has a journal: reading changes nothing, so it says what to do; writing does it."""
    path = tmp_path / "claims.db"
    assert writer(path, "first", 2).communicate()[1] == ""
    dying = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA journal_mode = DELETE'); c.execute('PRAGMA cache_size = 5'); c.execute('BEGIN')\n"
        "for table in ('articles', 'claims', 'attributions'): c.execute(f\"UPDATE {table} SET text = 'x' || text\")\n"
        "os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", dying, str(path)], check=False)
    assert Path(f"{path}-journal").stat().st_size > 0
    for _ in range(2):
        with pytest.raises(StoreError, match=r"a program died while it wrote to it.*`claims ingest` with it does so"):
            Store.open_existing(path)
    Store.open(path).close()
    with Store.open_existing(path) as store:
        assert [fault for part in store.check() for fault in part.faults if part.name != "texts"] == []
    assert whole_articles(path) == {"first-0", "first-1"}


@pytest.mark.parametrize("what", ["gone", "another"])
def test_a_database_that_is_taken_away_is_missed_at_once(tmp_path: Path, what: str) -> None:
    """What is stored in a file that nobody can open any more is lost: the next article says so."""
    path = tmp_path / "claims.db"
    process = writer(path, "taken", 400)
    assert process.stdout is not None
    process.stdout.readline()
    if what == "another":
        (tmp_path / "other.db").write_bytes(path.read_bytes())
        (tmp_path / "other.db").rename(path)
    else:
        path.unlink()
    said, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert len(said.split()) < 399
    assert "was moved, deleted or replaced while it was in use" in errors


def test_who_keeps_the_file_to_himself_is_waited_for_and_told(tmp_path: Path) -> None:
    """Another program may lock readers out, too."""
    path = tmp_path / "claims.db"
    assert writer(path, "first", 1).communicate()[1] == ""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN IMMEDIATE")
    other.execute("DELETE FROM attributions")
    for opened in (Store.open, Store.open_existing):
        with pytest.raises(StoreError, match=r"locked by another program \(waited 0.1 s\)"):
            opened(path, timeout=0.1)
    other.execute("ROLLBACK")
    other.close()
    assert whole_articles(path) == {"first-0"}
