"""Two articles about one river, in which sources and claims return, and how a test ingests an article."""

from pathlib import Path

from click.testing import CliRunner

from claims.cli import main

DAM = """June 19, 2024

Dam holds after storm

Mayor Ann Lee said that the dam had held. “We were lucky,” she said.

Tarn River Agency said that the river would fall by Friday. Officials said that two roads were closed.
"""
FERRY = """June 21, 2024

Ferry stays in port

Nobody may drink from the river, Lowland Water Company said in a statement. Ann Lee said that nobody was hurt.

Officials said that the harbour was safe. Tom Okafor told reporters that tickets would be refunded.
"""


def ingest(database: Path, name: str, text: str) -> None:
    (database.parent / name).write_text(text)
    result = CliRunner().invoke(main, ["ingest", str(database.parent / name), "--db", str(database)])
    assert result.exit_code == 0, result.output
