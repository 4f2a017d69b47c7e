"""The commands as a user types them."""

import json
import os
import re
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claims.cli import main
from tests.conftest import ROOT

TEXT = "Dam holds after storm\n\nMayor Ann Lee said that the dam had held. “We were lucky,” she said.\n"


def run(*arguments: object, **options: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], **options)  # type: ignore[arg-type]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "dam.txt"
    file.write_text(TEXT)
    return file


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "claims.db"


def counts(database: Path) -> dict[str, int]:
    connection = sqlite3.connect(database)
    try:
        tables = ("articles", "sources", "source_names", "claims", "attributions", "claim_links")
        return {t: connection.execute(f"select count(*) from {t}").fetchone()[0] for t in tables}
    finally:
        connection.close()


def test_ingest_stores_and_sums_up(article: Path, database: Path) -> None:
    """One article in: the summary tells what was new, the view what was said."""
    result = run("ingest", article, "--db", database)
    assert result.exit_code == 0, result.output
    assert "Articles      1 new, 0 known already" in result.stdout
    assert f"claims serve --db {database}" in result.stdout
    connection = sqlite3.connect(database)
    rows = connection.execute("select source, source_kind, said, article from attributed_claims").fetchall()
    connection.close()
    assert ("Ann Lee", "person", "the dam had held", "Dam holds after storm") in rows


def test_second_ingest_changes_nothing(article: Path, database: Path, tmp_path: Path) -> None:
    """The same text, under another name too, is known and leaves all counts alone."""
    run("ingest", article, "--db", database)
    before = counts(database)
    other = tmp_path / "copy.txt"
    other.write_text(TEXT)
    result = run("ingest", article, other, "--db", database)
    assert result.exit_code == 0
    assert counts(database) == before
    assert "Articles      0 new, 2 known already" in result.stdout
    assert f"stored already as {article}" in result.stderr


def test_bad_input_is_named_and_the_rest_goes_in(article: Path, database: Path, tmp_path: Path) -> None:
    """Missing, empty, binary and endless inputs are refused by name with status 1; the good one is stored."""
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "line.txt").write_text("word " * 2_000_000)
    (tmp_path / "nothing").mkdir()
    names = ["missing.txt", "empty.txt", "binary.txt", "line.txt", "nothing"]
    result = run("ingest", *(tmp_path / n for n in names), article, "--db", database)
    assert result.exit_code == 1
    for name in names:
        assert f"Refused {tmp_path / name}: " in result.stderr
    assert "Articles      1 new, 0 known already, 5 refused" in result.stdout
    assert counts(database)["articles"] == 1


def test_decoded_input_says_so(database: Path, tmp_path: Path) -> None:
    """Text that is not UTF-8 goes in, with a note on how it was read."""
    file = tmp_path / "old.txt"
    file.write_bytes(("Café owner Zoë Brontë said that the façade was “déjà vu” for the hôtel. " * 4).encode("cp1252"))
    result = run("ingest", file, "--db", database)
    assert result.exit_code == 0, result.output
    assert "not UTF-8" in result.stderr


@pytest.mark.parametrize("command", [("ingest",), ("match", "the dam held"), ("serve",)])
def test_a_file_that_is_no_database_is_refused(command: tuple[str, ...], article: Path, tmp_path: Path) -> None:
    """What is no database stays as it is, and the error names it."""
    other = tmp_path / "notes.db"
    other.write_text("these are notes, not a database, and long enough to look at")
    arguments = [*command, *([article] if command == ("ingest",) else []), "--db", other]
    result = run(*arguments)
    assert result.exit_code == 1
    assert str(other) in result.stderr
    assert "Traceback" not in result.stderr
    assert other.read_text().startswith("these are notes")


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_read_only_folder_is_an_error_for_people(article: Path, tmp_path: Path) -> None:
    """A folder that cannot be written to is named."""
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    result = run("ingest", article, "--db", folder / "claims.db")
    assert result.exit_code == 1
    assert str(folder) in result.stderr


def test_the_database_can_be_named_by_the_environment(
    article: Path, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CLAIMS_DB stands in for --db."""
    monkeypatch.setenv("CLAIMS_DB", str(database))
    assert run("ingest", article).exit_code == 0
    assert database.exists()


def test_the_default_database_is_made_under_the_working_directory(
    article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without --db the database is db/claims.db where one stands; its folder is made."""
    monkeypatch.chdir(article.parent)
    monkeypatch.delenv("CLAIMS_DB", raising=False)
    assert run("ingest", article.name).exit_code == 0
    assert (article.parent / "db" / "claims.db").exists()


def test_extract_prints_the_contracts_lines(article: Path) -> None:
    """One JSON object a line; offsets give the words; the database plays no part."""
    result = run("extract", article)
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert lines
    for line in lines:
        assert {
            "article", "text", "source", "cue", "form", "stance", "confidence", "spans", "id", "parent",
        } <= line.keys()  # fmt: skip
        assert set(line["source"]) >= {"text", "name", "kind"}
        assert set(line["cue"]) == {"text", "lemma"}
        [[start, end]] = line["spans"]["cue"]
        assert TEXT[start:end] == line["cue"]["text"]
    assert lines[0]["article"] == str(article)
    assert lines[0]["text"] == "the dam had held"


def test_extract_tells_when_where_and_how_surely(tmp_path: Path) -> None:
    """Hedges, time and place come with their offsets; the day follows from the article's date."""
    file = tmp_path / "dam.txt"
    text = "June 19, 2024\n\nDam holds\n\nMayor Ann Lee said in Tarn on Monday that the dam may hold.\n"
    file.write_text(text)
    [line] = [json.loads(line) for line in run("extract", file).stdout.splitlines()]
    assert line["act"] == "speech"
    [hedge], when, where = line["hedges"], line["when"], line["where"]
    assert (hedge["text"], hedge["by"], when["text"], where["text"]) == ("may", "speaker", "on Monday", "in Tarn")
    assert when["date"] == "2024-06-17"
    for told in (hedge, when, where):
        assert text[slice(*told["span"])] == told["text"]


def test_extract_says_null_where_the_text_says_nothing(article: Path) -> None:
    """The keys are always there."""
    for line in map(json.loads, run("extract", article).stdout.splitlines()):
        assert (line["act"], line["hedges"], line["when"], line["where"]) == ("speech", [], None, None)


def test_extract_reads_standard_input() -> None:
    """The path - reads standard input."""
    result = run("extract", "-", input=TEXT)
    assert [json.loads(line)["article"] for line in result.stdout.splitlines()] == ["-", "-"]


def test_foreign_model_is_an_error_for_people(article: Path, tmp_path: Path) -> None:
    """--model with a folder that holds none."""
    result = run("extract", article, "--model", tmp_path)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {tmp_path}: no model here")


@pytest.mark.parametrize("arguments", [("ingest",), ("match",), ("match", "a", "--pairs", "b"), ("nonsense",)])
def test_wrong_usage_is_status_two(arguments: tuple[str, ...]) -> None:
    """Wrong usage ends with status 2."""
    assert run(*arguments).exit_code == 2


def test_match_judges_pairs(tmp_path: Path) -> None:
    """Pairs of wordings are judged as ingest would, with score and reason; a broken line is named."""
    file = tmp_path / "pairs.jsonl"
    pair = {
        "id": 7,
        "a": {"text": "The dam has held for 12 days"},
        "b": {"text": "“The dam has held for twelve days.”"},
    }
    other = {"id": "x", "a": {"text": "The dam has held for 12 days"}, "b": {"text": "The dam has held for 13 days"}}
    file.write_text(f"{json.dumps(pair)}\n\n{{nonsense\n{json.dumps(other)}\n{{}}\n")
    result = run("match", "--pairs", file)
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(a["id"], a["same"]) for a in answers] == [(7, True), ("x", False)]
    assert all(0 <= a["score"] <= 1 and a["reason"] for a in answers)
    assert result.exit_code == 1
    assert "line 3: is no JSON" in result.stderr
    assert "line 5: needs" in result.stderr


def test_match_shows_known_claims(article: Path, database: Path) -> None:
    """The nearest stored claims come with their score and verdict."""
    run("ingest", article, "--db", database)
    result = run("match", "the dam had held", "--db", database)
    assert result.exit_code == 0
    assert "the dam had held" in result.stdout


@pytest.mark.parametrize("text", ["dam", "DAM?", '"dam" NEAR(', "lucky dam*"])
def test_match_finds_claims_by_a_word(article: Path, database: Path, text: str) -> None:
    """A word or two, with whatever punctuation, find the claims that have them."""
    run("ingest", article, "--db", database)
    assert "the dam had held" in run("match", text, "--db", database).stdout


def test_match_without_a_database_says_what_to_do(tmp_path: Path) -> None:
    """No database yet: the error names it and makes none."""
    result = run("match", "the dam held", "--db", tmp_path / "none.db")
    assert result.exit_code == 1
    assert "none.db" in result.stderr
    assert not (tmp_path / "none.db").exists()


def test_dedupe_clusters_in_input_order(tmp_path: Path) -> None:
    """Wordings of one claim share a cluster; ids come back in their order."""
    file = tmp_path / "claims.jsonl"
    texts = ["The dam has held for 12 days", "The mayor resigned on Monday", "The dam has held for twelve days"]
    file.write_text("".join(json.dumps({"id": n, "text": t}) + "\n" for n, t in enumerate(texts)))
    result = run("dedupe", "--jsonl", file)
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [a["id"] for a in answers] == [0, 1, 2]
    clusters = [a["cluster"] for a in answers]
    assert clusters[0] == clusters[2] != clusters[1]


def test_help_loads_no_machinery() -> None:
    """The help of each command imports neither the tagger's engine nor Datasette nor the store."""
    code = (
        "import sys; from claims.cli import main\n"
        "for words in ([], *([name] for name in main.list_commands(None))):\n"
        "    try: main([*words, '--help'])\n"
        "    except SystemExit: pass\n"
        "machinery = {'onnxruntime', 'numpy', 'datasette', 'sqlite_utils', 'rapidfuzz', 'httpx', 'claims.store'}\n"
        "print(sorted(machinery & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert shown.splitlines()[-1] == "[]"


def test_a_reader_that_stops_early_is_no_error(article: Path) -> None:
    """`claims extract … | head -0` ends without a traceback."""
    process = subprocess.Popen(
        [sys.executable, "-m", "claims", "extract", str(article)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    process.wait()
    assert b"Traceback" not in errors


def test_a_killed_ingest_leaves_whole_articles(tmp_path: Path, database: Path) -> None:
    """Killed at any moment, the command leaves a database that opens, with whole articles only."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(200):
        (folder / f"{number}.txt").write_text(TEXT.replace("storm", f"storm {number}"))
    process = subprocess.Popen(
        [sys.executable, "-m", "claims", "ingest", str(folder), "--db", str(database)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    for _ in range(3):
        process.stderr.readline()
    time.sleep(0.01)
    process.kill()
    process.stderr.close()
    process.wait()
    connection = sqlite3.connect(database)
    assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
    per_article = connection.execute(
        "select count(b.id) from articles a left join attributions b on b.article_id = a.id group by a.id"
    ).fetchall()
    connection.close()
    assert 3 <= len(per_article) < 200
    assert {n for (n,) in per_article} == {2}
    assert run("ingest", folder, "--db", database).exit_code == 0
    assert counts(database)["articles"] == 200


def test_names_that_are_no_utf8_are_written_out(database: Path, tmp_path: Path) -> None:
    """A file whose name is half a character goes in under a name that can be stored and printed; so does the rest."""
    folder = tmp_path / "names"
    folder.mkdir()
    (folder / "other.txt").write_text(TEXT + "Another day.\n")
    with open(os.fsencode(folder) + b"/half\xe9.txt", "w") as file:
        file.write(TEXT)
    result = run("ingest", folder, "--db", database)
    assert result.exit_code == 0, result.output
    connection = sqlite3.connect(database)
    paths = [Path(p).name for (p,) in connection.execute("select path from articles order by path")]
    connection.close()
    assert paths == ["half\\xe9.txt", "other.txt"]


def test_terminal_escapes_in_names_are_written_out(tmp_path: Path) -> None:
    """What would colour or move a terminal's line is shown, not sent."""
    result = run("extract", tmp_path / "red\x1b[31m\u202e.txt")
    assert "red\\x1b[31m\\u202e.txt" in result.stderr
    assert "\x1b" not in result.stderr


@pytest.mark.parametrize("arguments", [("extract", ""), ("extract", "ftp://example.org/a"), ("extract", "x" * 5000)])
def test_paths_that_lead_nowhere_are_refused(arguments: tuple[str, ...]) -> None:
    """An empty path is not the working directory; schemes and lengths that cannot be are named."""
    result = run(*arguments)
    assert result.exit_code == 1
    assert result.stderr.startswith("Refused ")


@pytest.mark.parametrize("option", ["--db", "--model"])
def test_empty_options_are_wrong_usage(option: str, article: Path) -> None:
    """An empty --db or --model (an unset variable) is wrong usage."""
    assert run("ingest", article, option, "").exit_code == 2


def test_half_characters_and_endless_numbers_in_json(tmp_path: Path) -> None:
    """Lone surrogates come back escaped; a number beyond all bounds is refused; the rest is answered."""
    file = tmp_path / "pairs.jsonl"
    lines = [
        '{"id": "\\ud800", "a": {"text": "x"}, "b": {"text": "x"}}',
        '{"id": 1e999, "a": {"text": "x"}, "b": {"text": "x"}}',
    ]
    file.write_text("\n".join([*lines, '{"id": 3, "a": {"text": "x"}, "b": {"text": "x"}}']))
    result = run("match", "--pairs", file)
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["\ud800", 3]
    assert "line 2: is no JSON" in result.stderr


def test_a_full_disk_is_an_error_for_people(article: Path) -> None:
    """Standard output that cannot be written to ends the command in words."""
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "claims", "extract", str(article)],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "cannot write" in done.stderr


@pytest.mark.parametrize("closed", ["0<&-", "1>&-", "2>&-", "0<&- 1>&- 2>&-"])
def test_closed_streams_take_nothing_away(closed: str, article: Path, tmp_path: Path) -> None:
    """A service may start the program without them: all is stored, and nothing is written into the database's file."""
    database = tmp_path / "claims.db"
    done = subprocess.run(
        f'"{sys.executable}" -m claims ingest "{article}" --db "{database}" {closed}', shell=True, cwd=ROOT
    )
    assert done.returncode == 0
    checked = run("check", "--db", database)
    assert checked.exit_code == 0
    assert "texts of 1 article" in checked.stdout


def test_no_name_moves_the_cursor(article: Path, tmp_path: Path) -> None:
    """Neither that of an article nor that of the database, in whatever is printed."""
    folder = tmp_path / "a\nb\x1b[31m"
    folder.mkdir()
    (folder / "c\x1b]0;title\x07\r.txt").write_bytes(article.read_bytes())
    for command in (["ingest", folder], ["check"], ["backup", folder / "copy.db"], ["sources"]):
        result = run(*command, "--db", folder / "claims.db")
        assert result.exit_code == 0, result.output
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", result.output)
        assert "\nb" not in result.output


def test_a_limit_that_is_none_is_told(article: Path, tmp_path: Path) -> None:
    """By the name of its variable, whatever the command; nothing is read."""
    for command in (["extract", article], ["ingest", article, "--db", tmp_path / "claims.db"]):
        done = subprocess.run(
            [sys.executable, "-m", "claims", *command],
            env={**os.environ, "CLAIMS_MAX_BYTES": "many"},
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 1
        assert done.stderr.splitlines() == [
            "Error: CLAIMS_MAX_BYTES: 'many' is no limit; set it to a whole number above 0, or not at all"
        ]
