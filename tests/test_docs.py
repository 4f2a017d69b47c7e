"""The documents say what is true: commands, tables, outputs."""

import re
import sqlite3
from pathlib import Path

import click
from click.testing import CliRunner

from claims.cli import main
from claims.store import Store
from tests.conftest import ROOT
from tests.readme_outputs import filled

README = (ROOT / "README.md").read_text("utf-8")
THE_PROGRAMS_OWN = (
    "claim_keys", "claim_wordings", "source_keys", "decided_sources", "decided_claims", "decided_wordings",
    "claim_publishers", "claim_spread",
)  # fmt: skip


def without_confidence(text: str) -> str:
    """Processors differ in the last digits of what the model computes."""
    return re.sub(r'"confidence": [\d.]+', '"confidence": …', text)


def test_readme_shows_what_the_program_prints() -> None:
    """Each output in the README is the real one of today (`python -m tests.readme_outputs` renews them)."""
    assert without_confidence(filled(README)) == without_confidence(README)


def test_every_command_has_help_and_is_documented() -> None:
    """Each command says what it does, each option what it is for, and the README names each."""
    for name in main.list_commands(None):  # type: ignore[arg-type]
        command = main.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        assert command.help
        assert all(option.help for option in command.params if isinstance(option, click.Option))
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
        if "_fts" not in name and name not in THE_PROGRAMS_OWN and not name.startswith("_"):
            assert f"| `{name}` |" in README


def test_links_lead_somewhere() -> None:
    """Relative links in the documents point at files that are there."""
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "claims" / "training" / "README.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_limit_is_documented() -> None:
    """docs/reading.md has each limit with its number."""
    page = (ROOT / "docs" / "reading.md").read_text("utf-8")
    for name, usual in re.findall(
        r'_limit\("(\w+)", ([\d_]+)\)', (ROOT / "claims/reading/limits.py").read_text("utf-8")
    ):
        assert f"| `{name}` | {int(usual):,} |" in page
