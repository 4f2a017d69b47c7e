"""The outputs that the README shows, made anew by the program: `python -m tests.readme_outputs` writes them into it."""

import json
import re
import sqlite3
import sys
import tempfile
from contextlib import chdir, closing
from pathlib import Path

from click.testing import CliRunner

from claims.cli import main
from tests.conftest import ROOT

SAMPLES = "examples"
SAMPLE = "examples/harbour-drill.txt"
QUERY = """select claim_id, source, stance, published, said from attributed_claims
where claim like '%fishing vessels%' or claim like '%live ammunition%' order by claim_id, published"""
ALIAS = ("sources", "alias", "Orlavian News Agency", "ONA")
SHOWN = "live ammunition"


def outputs() -> dict[str, str]:
    """What stands in each block of the README, by the name in the comment before it."""
    with tempfile.TemporaryDirectory() as folder, chdir(ROOT):
        database = Path(folder) / "claims.db"
        ingested = CliRunner().invoke(main, ["ingest", SAMPLES, "--db", str(database)]).stdout
        with closing(sqlite3.connect(database)) as connection:
            rows = connection.execute(QUERY).fetchall()
        sources = CliRunner().invoke(main, ["sources", "--db", str(database)]).stdout
        alias = CliRunner().invoke(main, [*ALIAS, "--db", str(database)]).stdout
        lines = CliRunner().invoke(main, ["extract", SAMPLE]).stdout.splitlines()
    shown = next(json.loads(line) for line in lines if SHOWN in line)
    pairs = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in shown.items()]
    return {
        f"claims ingest {SAMPLES}": ingested.replace(f" --db {database}", "").replace(str(database), "db/claims.db"),
        "sql": f"sqlite> {QUERY};\n" + "".join("|".join(map(str, row)) + "\n" for row in rows),
        "claims sources": sources,
        "claims sources alias": alias.replace(f" --db {database}", ""),
        f"claims extract {SAMPLE}": "{" + ",\n ".join(pairs) + "}\n",
    }


def filled(readme: str) -> str:
    """The README with every output as it is now."""
    for name, output in outputs().items():
        block = re.compile(rf"(<!-- output of: {re.escape(name)} -->\n```\w+\n).*?(```)", re.DOTALL)
        readme, found = block.subn(lambda match, output=output: match[1] + output + match[2], readme)  # type: ignore[misc]
        assert found == 1, name
    return readme


if __name__ == "__main__":
    file = ROOT / "README.md"
    file.write_text(filled(file.read_text("utf-8")), "utf-8")
    sys.stdout.write(f"{file} has the outputs of today\n")
