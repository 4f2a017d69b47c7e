"""What the store says to files that it cannot use, and what it leaves alone."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlite_utils import Database

from claims.errors import StoreError
from claims.store import Store
from claims.store.connection import Connection
from claims.store.migrations import MIGRATIONS
from claims.store.schema import fresh_database, render
from claims.terms import Article

ARTICLE = Article("a.txt", "The lighthouse is dark.")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database that holds one article and is closed."""
    path = tmp_path / "claims.db"
    with Store.open(path) as store:
        store.add(ARTICLE, [])
    return path


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that others may enter, for the tests that give up root's rights."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may write everywhere, so root becomes nobody for a while."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(was)


def refusal(path: Path, *, timeout: float = 0.1, reading: bool = False) -> str:
    """The message with which a file is refused."""
    with pytest.raises(StoreError) as caught:
        (Store.open_existing if reading else Store.open)(path, timeout=timeout)
    message = str(caught.value)
    assert str(path) in message
    return message


@pytest.mark.parametrize("reading", [False, True])
@pytest.mark.parametrize("content", [b"x", b"Dear diary,\n" * 100, b"\x00" * 5000, b"%PDF-1.7\n" + b"\xff" * 600])
def test_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes, reading: bool) -> None:
    """A letter is not overwritten."""
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    assert "is not a database. Name another file" in refusal(path, reading=reading)
    assert path.read_bytes() == content
    assert os.listdir(tmp_path) == ["letter.txt"]


@pytest.mark.parametrize("reading", [False, True])
def test_database_of_another_program_is_refused_and_left_alone(tmp_path: Path, reading: bool) -> None:
    """Its tables are named, so that one sees whose it is."""
    path = tmp_path / "recipes.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (id INTEGER PRIMARY KEY, name TEXT)")
    connection.close()
    content = path.read_bytes()
    assert "another program (it has the tables recipes)" in refusal(path, reading=reading)
    assert path.read_bytes() == content


def test_other_users_of_sqlite_utils_are_another_program(tmp_path: Path) -> None:
    """A migrations table alone does not make a database ours, even with tables of the same name."""
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.executescript("""
        CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, applied_at TEXT);
        INSERT INTO _sqlite_migrations VALUES (1, 'blog', 'm001_articles', 'long ago');
        CREATE TABLE articles (id INTEGER PRIMARY KEY);
    """)
    connection.close()
    assert "another program" in refusal(path)


@pytest.mark.parametrize("reading", [False, True])
def test_database_of_a_newer_version_is_refused(path: Path, reading: bool) -> None:
    """A step that this code does not know may have changed anything."""
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO _sqlite_migrations VALUES (99, 'claims', 'm099_telepathy', 'tomorrow')")
    connection.commit()
    connection.close()
    message = refusal(path, reading=reading)
    assert "newer version of claims (this one does not know m099_telepathy). Update claims" in message


def test_database_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    """Reading does not migrate, it says how to; opening for writing does, and keeps what was there."""
    path = tmp_path / "claims.db"
    with Database(path) as old:
        MIGRATIONS.apply(old, stop_before="m007_circumstances")
        old.execute(
            "INSERT INTO articles (path, text, sha256, ingested_at) VALUES ('a.txt', ?, ?, '2024-06-19T10:00:00Z')",
            (ARTICLE.text, ARTICLE.sha256),
        )
        old.execute("INSERT INTO claims (text, first_seen) VALUES ('the lighthouse is dark', '2024-06-19')")
        old.execute(
            "INSERT INTO attributions (uid, claim_id, article_id, text, form, stance, confidence, content_start,"
            " content_end, spans, rule, match_reason, match_score)"
            " VALUES ('u', 1, 1, 'the lighthouse is dark', 'indirect', 'asserts', 0.9, 0, 3, '{}', 'tagger', 'new', 1)"
        )
        before = old.execute("SELECT * FROM attributed_claims").fetchall()
        old.conn.commit()
    assert "older version of claims. Run `claims ingest`" in refusal(path, reading=True)
    with Store.open(path) as store:
        assert store.has(ARTICLE)
    with Store.open_existing(path) as store:
        assert store.counts().attributions == 1
    connection = sqlite3.connect(path)
    after = connection.execute("SELECT * FROM attributed_claims").fetchall()
    connection.close()
    assert after == [(*before[0], None, None, None, None, None)]
    with Store.open(path) as store, fresh_database() as fresh:
        assert render(store._connection._db) == render(fresh)


def test_empty_file_becomes_a_database(tmp_path: Path) -> None:
    """`touch claims.db` does no harm."""
    path = tmp_path / "claims.db"
    path.touch()
    assert "is empty" in refusal(path, reading=True)
    with Store.open(path) as store:
        assert store.counts().articles == 0


def test_missing_database_is_not_made_by_reading(tmp_path: Path) -> None:
    """A typing error in --db leaves no file behind."""
    assert "there is no such database. `claims ingest` makes one" in refusal(tmp_path / "typo.db", reading=True)
    assert os.listdir(tmp_path) == []


def test_folder_is_made_one_deep(tmp_path: Path) -> None:
    """db/claims.db makes db/; a whole missing path is a typing error."""
    with Store.open(tmp_path / "db" / "claims.db"):
        pass
    message = refusal(tmp_path / "no" / "such" / "claims.db")
    assert f"the folder {tmp_path / 'no'} does not exist. Make it" in message


def test_places_where_no_file_can_be_are_named(tmp_path: Path) -> None:
    """Folders, devices, files taken for folders, names that are too long."""
    assert "is a folder, not a database file" in refusal(tmp_path)
    assert "is a folder, not a database file" in refusal(tmp_path, reading=True)
    assert "a pipe or a device" in refusal(Path("/dev/null"))
    (tmp_path / "letter").write_text("Dear diary")
    assert "Name another file" in refusal(tmp_path / "letter" / "claims.db")
    assert "Name another file" in refusal(tmp_path / ("x" * 300))


def test_odd_names_are_names(tmp_path: Path) -> None:
    """What means something in an address, or is no UTF-8, means nothing in a file name."""
    for name in ("100%41 a?mode=ro&b#c.db", ":memory:", os.fsdecode(b"caf\xe9.db")):
        with Store.open(tmp_path / name) as store:
            store.add(ARTICLE, [])
        assert (tmp_path / name).stat().st_size > 0
        with Store.open_existing(tmp_path / name) as store:
            assert store.has(ARTICLE)


def test_locked_database_is_waited_for_and_then_told(path: Path) -> None:
    """Whether opening or storing has to wait."""
    with Store.open(path, timeout=0.1) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert "is locked by another program (waited 0.1 s)" in refusal(path)
        with pytest.raises(StoreError, match=r"locked by another program .* try again"):
            store.add(Article("b.txt", "Other words."), [])
        assert store.counts().articles == 1
        with Store.open_existing(path) as reader:
            assert reader.counts().articles == 1
        other.execute("ROLLBACK")
        other.close()
        assert not store.add(Article("b.txt", "Other words."), []).known_article


def test_damaged_database_is_told(path: Path) -> None:
    """Not a traceback, and a way out."""
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"is damaged \(.*Put back a copy"), Store.open(path) as store:
        store.add(Article("b.txt", "Other words."), [])


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o555), (0o666, 0o555), (0o444, 0o777)])
def test_what_cannot_be_written_is_refused_before_any_work(
    public_folder: Path, file_mode: int, folder_mode: int
) -> None:
    """A person wants to know before the articles are analysed; reading goes on."""
    path = public_folder / "claims.db"
    with Store.open(path) as store:
        store.add(ARTICLE, [])
    path.chmod(file_mode)
    public_folder.chmod(folder_mode)
    with as_nobody():
        message = refusal(path)
        assert "cannot be written to" in message
        assert "Check the rights of the file and of its folder" in message
        files = os.listdir(public_folder)
        with Store.open_existing(path) as store:
            assert store.has(ARTICLE)
        assert os.listdir(public_folder) == files


def test_folder_that_cannot_be_written_takes_no_new_database(public_folder: Path) -> None:
    """Neither a file nor a folder can be made there."""
    public_folder.chmod(0o555)
    with as_nobody():
        assert "cannot be written to" in refusal(public_folder / "new.db")
        assert "Permission denied. Name another file" in refusal(public_folder / "db" / "new.db")


def test_reading_leaves_no_trace(path: Path) -> None:
    """No file appears beside the database, and not a byte of it changes."""
    before = path.read_bytes(), path.stat().st_mtime_ns
    with Store.open_existing(path) as store:
        assert store.has(ARTICLE)
        assert store.nearest("The lighthouse is dark", 3) == []
        with pytest.raises(StoreError, match="opened for reading only"):
            store.add(Article("b.txt", "Other words."), [])
        assert os.listdir(path.parent) == ["claims.db"]
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_reader_sees_what_a_later_writer_stores(path: Path) -> None:
    """Reading without locks notices that a writer came, whether it is still there or gone again."""
    with Store.open_existing(path) as reader:
        assert reader.counts().articles == 1
        with Store.open(path) as writer:
            writer.add(Article("b.txt", "Other words."), [])
        assert reader.counts().articles == 2
        with Store.open(path) as writer:
            writer.add(Article("c.txt", "Still other words."), [])
            assert reader.counts().articles == 3
            writer.add(Article("d.txt", "And again other words."), [])
            assert reader.counts().articles == 4


def test_link_to_a_database_is_that_database(path: Path, tmp_path: Path) -> None:
    """A writer at the link's end is noticed, too."""
    link = tmp_path / "latest.db"
    link.symlink_to(path)
    with Store.open(path) as writer, Store.open_existing(link) as reader:
        writer.add(Article("b.txt", "Other words."), [])
        assert reader.counts().articles == 2


def test_query_that_a_writer_disturbs_is_run_again(path: Path) -> None:
    """The answer is never a mixture of before and after."""
    connection = Connection(path, 1.0, writable=False)
    answers = []

    def query(db: object) -> int:
        answers.append(db.execute("SELECT count(*) FROM articles").fetchone()[0])  # type: ignore[attr-defined]
        if len(answers) == 1:
            with Store.open(path) as writer:
                writer.add(Article("b.txt", "Other words."), [])
        return int(answers[-1])

    assert connection.read(query) == 2
    assert answers == [1, 2]
    connection.close()
