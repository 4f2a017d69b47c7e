"""The documents say what is true: commands, tables, outputs."""

import json
import re
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from claims.cli import main
from claims.store import Store
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def block(name: str) -> str:
    """The fenced block that follows the comment "output of: NAME" in the README."""
    found = re.search(rf"<!-- output of: {re.escape(name)} -->\n```\w+\n(.*?)```", README, re.DOTALL)
    assert found, name
    return found[1]


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What `make demo` prints, and its database."""
    folder = tmp_path_factory.mktemp("demo")
    database = folder / "claims.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        result = CliRunner().invoke(main, ["ingest", "examples/harbour-drill.txt", "--db", str(database)])
    assert result.exit_code == 0, result.output
    return result.stdout.replace(f" --db {database}", "").replace(str(database), "db/claims.db"), database


def test_readme_shows_what_ingest_prints(ingested: tuple[str, Path]) -> None:
    """The summary in the README is the real one."""
    assert block("claims ingest examples/harbour-drill.txt") == ingested[0]


def test_readme_shows_what_sql_gives(ingested: tuple[str, Path]) -> None:
    """The query in the README gives the rows shown below it."""
    query, _, rows = block("sql").partition(";\n")
    connection = sqlite3.connect(ingested[1])
    found = connection.execute(query.removeprefix("sqlite> ")).fetchall()
    connection.close()
    assert rows.strip().splitlines() == ["|".join(str(value) for value in row) for row in found]


def test_readme_shows_a_line_of_extract(sample: Path) -> None:
    """The JSON in the README is a line that `claims extract` prints for the sample article."""
    shown = json.loads(block("claims extract examples/harbour-drill.txt"))
    lines = map(json.loads, CliRunner().invoke(main, ["extract", str(sample)]).stdout.splitlines())
    [line] = [line for line in lines if line["id"] == shown["id"]]
    assert {**line, "article": shown["article"]} == {**line, **shown}


def test_every_command_has_help_and_is_documented() -> None:
    """Each command says what it does, each option what it is for, and the README names each."""
    for name in main.list_commands(None):  # type: ignore[arg-type]
        command = main.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        assert command.help
        assert all(getattr(option, "help", "argument") for option in command.params)
        assert f"`claims {name}" in README
        assert name in CliRunner().invoke(main, ["--help"]).output


def test_every_table_is_documented(tmp_path: Path) -> None:
    """Each table and view that people may rely on stands in the README."""
    with Store.open(tmp_path / "claims.db"):
        pass
    connection = sqlite3.connect(tmp_path / "claims.db")
    names = [n for (n,) in connection.execute("select name from sqlite_master where type in ('table', 'view')")]
    connection.close()
    for name in names:
        if "_fts" not in name and name != "claim_keys" and not name.startswith("_"):
            assert f"| `{name}` |" in README


def test_links_lead_somewhere() -> None:
    """Relative links in the documents point at files that are there."""
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "training" / "README.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
