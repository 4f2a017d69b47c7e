"""`claims check` finds what is wrong with a database and leaves it alone; `claims backup` copies one."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claims.cli import main
from claims.errors import StoreError
from claims.store import Store
from claims.terms import Article
from tests.conftest import ROOT


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def spoil(database: Path, *statements: str) -> None:
    """Change rows behind the program's back, foreign keys or not."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def found(database: Path) -> dict[str, tuple[str, ...]]:
    """The faults, by part."""
    with Store.open_existing(database) as store:
        return {part.name: part.faults for part in store.check() if not part.sound}


def test_a_sound_database_is_said_to_be_sound(database: Path) -> None:
    """A line a part, status 0, and not a byte is changed."""
    before = database.read_bytes(), os.listdir(database.parent)
    result = run("check", "--db", database)
    assert result.exit_code == 0, result.output
    assert result.stdout.count("\nok     ") == 8
    assert f"{database} is sound." in result.stdout
    assert (database.read_bytes(), os.listdir(database.parent)) == before


def test_an_empty_database_is_sound(path: Path) -> None:
    """Nothing in it is wrong."""
    with Store.open(path) as store:
        assert all(part.sound for part in store.check())


@pytest.mark.parametrize(
    ("part", "statement", "fault"),
    [
        ("schema", "DROP TRIGGER claims_au", "the trigger claims_au is missing"),
        ("schema", "DROP INDEX sources_name", "the index sources_name is missing"),
        (
            "references",
            "UPDATE source_names SET source_id = 99 WHERE name = 'Ann Lee'",
            "row 1 of source_names points at a row of sources that is not there",
        ),
        ("texts", "UPDATE articles SET text = upper(text) WHERE id = 2", "the text of article 2 is not the one that"),
        (
            "texts",
            "UPDATE attributions SET text = 'a lie' WHERE id = 3",
            "attribution 3 of article 1: its words do not",
        ),
        (
            "texts",
            "UPDATE attributions SET content_end = content_end + 1 WHERE id = 1",
            "attribution 1 of article 1: its content_start and content_end, ",
        ),
        (
            "texts",
            """UPDATE attributions SET spans = '{"source": [], "cue": [], "content": [[0, 9999]]}' WHERE id = 1""",
            "attribution 1 of article 1: its content at 0-9999 does not lie in the text, which has 211 characters",
        ),
        ("texts", "UPDATE attributions SET spans = '{}' WHERE id = 1", "attribution 1 of article 1: its spans are no"),
        (
            "texts",
            "UPDATE attributions SET cue = 'sang' WHERE id = 1",
            "attribution 1 of article 1: the words of its cue",
        ),
        (
            "texts",
            """UPDATE attributions SET spans =
            json_set(spans, '$.source[0][0]', json_extract(spans, '$.source[0][0]') + 1) WHERE id = 1""",
            "attribution 1 of article 1: the words of its source do not stand at the source's place",
        ),
        (
            "schema",
            "DROP VIEW attributed_claims; CREATE VIEW attributed_claims AS SELECT 1 AS claim_id",
            "the view attributed_claims is another one than this program makes",
        ),
        ("schema", "ALTER TABLE articles DROP COLUMN author", "the table articles has no column author"),
        (
            "rows",
            "UPDATE attributions SET stance = 'sings' WHERE id = 3",
            "the stance of row 3 of attributions is “sin",
        ),
        ("rows", "UPDATE attributions SET form = 'sung' WHERE id = 3", "the form of row 3 of attributions is"),
        (
            "rows",
            "UPDATE sources SET kind = 'elk' WHERE id = 1",
            "the kind of row 1 of sources is “elk”",
        ),
        (
            "rows",
            "UPDATE attributions SET confidence = 7 WHERE id = 3",
            "the confidence of attribution 3 is 7.0",
        ),
        (
            "rows",
            "UPDATE articles SET published = '2024-02-31' WHERE id = 1",
            "published of row 1 of articles is “20",
        ),
        (
            "rows",
            "UPDATE attributions SET said_date = 'soon' WHERE id = 3",
            "said_date of row 3 of attributions is",
        ),
        ("source index", "DELETE FROM source_keys WHERE source_id = 1", "source 1 is filed under no key of its names"),
        (
            "source index",
            "UPDATE sources SET name = 'Nobody' WHERE id = 1",
            "source 1 is filed under “Nobody”",
        ),
        (
            "source index",
            "UPDATE sources SET article_id = 1 WHERE id = 1",
            "source 1 is known in one article alone, and keys lead to it from others",
        ),
        ("rows", "UPDATE claims SET text = 'Fog.' WHERE id = 4", "claim 4 goes by words in which nobody made it"),
        ("rows", "INSERT INTO claims VALUES (50, 'Fog.', '2024-01-01')", "claim 50 has no attribution"),
        (
            "rows",
            "UPDATE attributions SET parent_id = (SELECT max(id) FROM attributions) WHERE id = 1",
            "attribution 1 of article 1 stands inside attribution 8 of article 2",
        ),
        (
            "rows",
            "UPDATE attributions SET source_id = 2 WHERE id = 1",
            "attribution 1 has source 2 in article 1, its men",
        ),
        (
            "rows",
            "UPDATE source_mentions SET source_id = 77 WHERE id = 1",
            "mention 1 is of source 77, which is not th",
        ),
        ("rows", "DELETE FROM source_names WHERE source_id = 2", "source 2 has no name under which it is found"),
        (
            "rows",
            "INSERT INTO merged_claims VALUES (40, 'Fog.', 41, NULL, '', ''), (41, 'Mist.', 40, NULL, '', '')",
            "claim 40 was merged into claim 41, and no claim that is there lies on that way",
        ),
        (
            "rows",
            "INSERT INTO merged_sources VALUES (40, 'Kim', 'person', 41, NULL, '', '', '')",
            "source 40 was merged into source 41, and no source that is there lies on that way",
        ),
        (
            "rows",
            "INSERT INTO merged_claims VALUES (1, 'Fog.', 2, NULL, '', '')",
            "claim 1 was merged into claim 2, and is there all the same",
        ),
        (
            "rows",
            "INSERT INTO decided_claims VALUES (60, 1, 0)",
            "decision 1 is about claim 60, which neither is there",
        ),
        (
            "rows",
            "INSERT INTO decided_wordings VALUES ('k', 1, 'x', 1)",
            "decision 1 leads wordings to the attribution x of article 1, which is not there",
        ),
        (
            "search",
            "INSERT INTO claims_fts (claims_fts) VALUES ('delete-all')",
            "the index claims_fts does not hold th",
        ),
        ("search", "UPDATE claims_fts_data SET block = x'00' WHERE id > 10", "the index claims_fts does not hold the"),
        (
            "search",
            "INSERT INTO articles_fts (rowid, text) VALUES (9, 'fog')",
            "the index articles_fts does not hold t",
        ),
        ("claim index", "DELETE FROM claim_wordings", "none of the 8 claims is filed"),
        ("claim index", "DELETE FROM claim_wordings WHERE claim_id = 2", "claim 2 is filed under no wording"),
        (
            "claim index",
            "UPDATE claim_wordings SET number = 4 WHERE claim_id = 2",
            "the wordings of claim 2 are not num",
        ),
        (
            "claim index",
            "DELETE FROM claim_keys WHERE claim_id = 3",
            "claim 3 is not filed under all keys of its wording",
        ),
        ("claim index", "INSERT INTO claim_keys VALUES (5, 70)", "keys lead to claim 70, which is not there"),
        ("claim index", "INSERT INTO claim_keys VALUES (5, 3)", "1 keys lead to claims that have no such wording"),
        (
            "claim index",
            "UPDATE claim_wordings SET stems = 'fog' WHERE claim_id = 1",
            "of claim 1 is filed under other s",
        ),
        (
            "counts",
            "UPDATE claim_tallies SET sources_for = 9 WHERE claim_id = 2",
            "claim_tallies counts wrongly for clai",
        ),
        ("counts", "DELETE FROM months", "months has no row for month 2024-06, stance asserts"),
        (
            "counts",
            "INSERT INTO source_clashes VALUES (1, 2, 1)",
            "source_clashes counts denier_id 1, source_id 2, of w",
        ),
    ],
)
def test_each_fault_is_found_and_told_with_its_row(database: Path, part: str, statement: str, fault: str) -> None:
    """Whatever is spoilt behind the program's back."""
    spoil(database, "PRAGMA ignore_check_constraints = ON", *statement.split("; "))
    before = database.read_bytes()
    faults = found(database)
    assert any(fault in each for each in faults.get(part, ())), faults
    result = run("check", "--db", database)
    assert result.exit_code == 1
    assert f"FAULT  {part}:" in result.stdout
    assert database.read_bytes() == before


@pytest.mark.parametrize(
    "column",
    [
        "articles.text", "attributions.text", "attributions.cue", "attributions.content_start", "attributions.spans",
        "claims.text", "claim_wordings.text", "claim_wordings.stems",
    ],
)  # fmt: skip
def test_values_that_no_program_writes_are_told_of_not_stumbled_over(database: Path, column: str) -> None:
    """Bytes and numbers where words should be, words where numbers should be, half characters."""
    table, name = column.split(".")
    for value in ("x'ff00'", "CAST(x'eda080' AS TEXT)", "777"):
        spoil(database, "PRAGMA ignore_check_constraints = ON", f"UPDATE {table} SET {name} = {value}")
        result = run("check", "--db", database)
        assert result.exit_code == 1, result.output
        assert isinstance(result.exception, SystemExit)


def test_faults_beyond_the_first_ten_are_counted(database: Path) -> None:
    """A database may have a million of them."""
    spoil(database, *(f"INSERT INTO claims VALUES ({number}, 'Fog.', '2024-01-01')" for number in range(50, 73)))
    result = run("check", "--db", database)
    assert result.stdout.count("has no attribution") == 10
    assert "… and 13 more" in result.stdout


def test_damaged_pages_are_told_of_not_stumbled_over(database: Path) -> None:
    """Every page but the first may be lost: a fault or an error in words, status 1, never a traceback."""
    whole = database.read_bytes()
    size = int.from_bytes(whole[16:18])
    for page in range(1, len(whole) // size, 7):
        database.write_bytes(whole[: page * size] + b"\xa5" * size + whole[(page + 1) * size :])
        result = run("check", "--db", database)
        assert result.exit_code == 1, (page, result.output)
        assert isinstance(result.exception, SystemExit), page
    database.write_bytes(whole[: len(whole) // 2])
    result = run("check", "--db", database)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)


def test_a_missing_table_is_told(database: Path) -> None:
    """The other parts are looked at all the same."""
    spoil(database, "DROP TABLE claim_keys")
    faults = found(database)
    assert faults["schema"] == ("the table claim_keys is missing",)
    assert "no such table" in faults["claim index"][0]
    assert set(faults) == {"schema", "claim index"}


def test_decisions_leave_a_sound_database(database: Path) -> None:
    """Merging, splitting, naming and undoing, of claims and of sources."""
    with Store.open(database) as store:
        store.merge_claims(1, [2, 3], by="ann")
        store.undo_claim_decision(by="ann")
        store.merge_claims(4, [5], by="ann")
        store.keep_claims_apart(1, 2, by="ann")
        store.merge_sources("1", ["2"], by="ann")
        store.undo_source_decision(by="ann")
        store.alias_source("Ann Lee", ["Annie Lee"], by="ann")
        store.rebuild_claims()
    assert found(database) == {}


def test_a_database_in_use_is_checked_as_it_is_at_one_moment(database: Path) -> None:
    """A writer in the midst of a transaction neither waits nor is seen."""
    with Store.open(database) as writer, writer._connection.write() as db:
        db.execute("DELETE FROM attributions")
        assert found(database) == {}
        db.execute("ROLLBACK")
        db.execute("BEGIN")


def test_check_makes_no_database(tmp_path: Path) -> None:
    """A mistyped path is told."""
    result = run("check", "--db", tmp_path / "no.db")
    assert result.exit_code == 1
    assert "there is no such database" in result.stderr
    assert os.listdir(tmp_path) == []


def test_backup_is_the_database(database: Path, tmp_path: Path) -> None:
    """The copy opens as the original does; nothing else is left beside it."""
    target = tmp_path / "copies" / "monday.db"
    target.parent.mkdir()
    database.chmod(0o640)
    result = run("backup", target, "--db", database)
    assert result.exit_code == 0, result.output
    assert f"{target} is a copy of {database}" in result.stdout
    assert os.listdir(target.parent) == ["monday.db"]
    assert target.stat().st_mode & 0o777 == 0o640
    assert found(target) == {}
    with Store.open_existing(database) as one, Store.open_existing(target) as other:
        assert one.counts() == other.counts()


def test_backup_overwrites_nothing_unless_told(database: Path, tmp_path: Path) -> None:
    """Neither a file nor, with --force, the database itself or one that is in use."""
    target = tmp_path / "copy.db"
    target.write_bytes(b"a letter")
    result = run("backup", target, "--db", database)
    assert result.exit_code == 1
    assert f"{target} is there already" in result.stderr
    assert target.read_bytes() == b"a letter"
    (tmp_path / "link.db").symlink_to(database)
    before = database.read_bytes()
    for same in (database, tmp_path / "link.db"):
        assert "is the database itself" in run("backup", same, "--force", "--db", database).stderr
    assert database.read_bytes() == before
    assert run("backup", target, "--force", "--db", database).exit_code == 0
    with Store.open(target) as other:
        other.add(Article("a.txt", "Fog."), [])
        assert "is in use" in run("backup", target, "--force", "--db", database).stderr
        assert other.counts().articles == 3
    assert "is a folder" in run("backup", tmp_path, "--db", database).stderr
    assert "No such file or directory" in run("backup", tmp_path / "no" / "copy.db", "--db", database).stderr
    under_a_file = run("backup", target / "copy.db", "--db", database)
    assert f"{target / 'copy.db'} cannot be written (Not a directory)" in under_a_file.stderr


def test_backup_of_a_database_in_use(database: Path, tmp_path: Path) -> None:
    """What was stored last, still in the log beside the file, is in the copy; what is not stored yet is not."""
    with Store.open(database) as writer:
        writer.add(Article("a.txt", "Fog."), [])
        with writer._connection.write() as db:
            db.execute("DELETE FROM attributions")
            result = run("backup", tmp_path / "copy.db", "--db", database)
            assert result.exit_code == 0, result.output
            db.execute("ROLLBACK")
            db.execute("BEGIN")
    assert found(tmp_path / "copy.db") == {}
    with Store.open_existing(tmp_path / "copy.db") as copy:
        assert copy.counts().articles == 3


def test_backup_that_a_writer_disturbs_is_made_again(database: Path, tmp_path: Path) -> None:
    """While nobody writes the file is read without locks, so somebody who begins to in the midst of it is noticed."""
    told = []

    def tell(line: str) -> None:
        told.append(line)
        if len(told) == 1:
            with Store.open(database) as writer:
                writer.add(Article("a.txt", "Fog."), [])

    with Store.open_existing(database) as store:
        store.copy_to(tmp_path / "copy.db", tell=tell)
    assert [line[:6] for line in told] == ["Copied", "Copied", "Checki"]
    assert found(tmp_path / "copy.db") == {}
    with Store.open_existing(tmp_path / "copy.db") as copy:
        assert copy.counts().articles == 3


def test_backup_of_a_damaged_database_is_refused(database: Path, tmp_path: Path) -> None:
    """Yesterday's copy is not overwritten with what is broken."""
    content = bytearray(database.read_bytes())
    content[20 * 4096 :] = b"\xa5" * (len(content) - 20 * 4096)
    database.write_bytes(content)
    target = tmp_path / "copies" / "copy.db"
    target.parent.mkdir()
    target.write_bytes(b"yesterday's")
    result = run("backup", target, "--force", "--db", database)
    assert result.exit_code == 1
    assert "damaged" in result.stderr
    assert target.read_bytes() == b"yesterday's"
    assert os.listdir(target.parent) == ["copy.db"]


def test_backup_without_room_is_told(database: Path, tmp_path: Path) -> None:
    """A copy that does not fit leaves nothing."""
    target = tmp_path / "copies" / "copy.db"
    target.parent.mkdir()
    limited = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000));"
        "from claims.cli import main; main()"
    )
    result = subprocess.run(
        [sys.executable, "-c", limited, "backup", target, "--db", database], cwd=ROOT, capture_output=True, text=True
    )
    assert result.returncode == 1
    assert "the copy cannot be written" in result.stderr
    assert "Traceback" not in result.stderr
    assert os.listdir(target.parent) == []


def test_copy_of_a_missing_database_is_refused(tmp_path: Path) -> None:
    """And no file is made."""
    with pytest.raises(StoreError, match="no such database"):
        Store.open_existing(tmp_path / "no.db")
    assert run("backup", tmp_path / "copy.db", "--db", tmp_path / "no.db").exit_code == 1
    assert os.listdir(tmp_path) == []


def test_without_links_a_copy_is_still_never_put_over_a_file(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a file system that knows none (a memory stick)."""

    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    assert run("backup", tmp_path / "copy.db", "--db", database).exit_code == 0
    shutil.copy(tmp_path / "copy.db", tmp_path / "again.db")
    assert run("backup", tmp_path / "again.db", "--db", database).exit_code == 1
