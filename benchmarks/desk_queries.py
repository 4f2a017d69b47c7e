"""Times the queries of metadata.yml on a database, as Datasette runs them: no statistics, small cache, 1,000 rows.

    python benchmarks/desk_database.py desk.db
    python benchmarks/desk_queries.py desk.db

Each runs 20 times with names and words drawn anew: of sources who speak much and little, whole names and parts of them;
of common and of rare words. The file is in the system's memory after the first run, which is not counted.
"""

import argparse
import sqlite3
import statistics
import time
from contextlib import closing
from pathlib import Path
from random import Random

from claims.desk.hooks import prepare_connection
from claims.web.metadata import metadata_for

RUNS = 20
SHOWN = 1000
"""Rows that Datasette shows at most; it reads one more, to say that there are more."""


def parameters(connection: sqlite3.Connection, dice: Random, run: int) -> dict[str, str]:
    """A source, from the one who speaks most to any; a word or two of some claim. The first two runs ask nothing."""
    place = int(20_000 ** dice.random()) - 1
    names = connection.execute(
        "SELECT name FROM source_tallies JOIN sources ON id = source_id WHERE article_id IS NULL"
        " ORDER BY times DESC LIMIT 1 OFFSET ?", (place,),
    ).fetchone()  # fmt: skip
    ((claims,),) = connection.execute("SELECT max(id) FROM claims").fetchall()
    text = connection.execute("SELECT text FROM claims WHERE id >= ? LIMIT 1", (dice.randrange(claims),)).fetchone()
    source = names[0] if names else ""
    words = dice.sample(text[0].split(), 2) if text else ["", ""]
    return {
        "source": "" if run < 2 else (source, source.split()[-1], source[:2])[run % 3],
        "about": "" if run in (0, 3) else " ".join(words[: 1 + run % 2]),
    }


def times(connection: sqlite3.Connection, sql: str, dice: Random) -> tuple[list[float], int]:
    """Seconds of each run, and the most rows that came."""
    seconds, most = [], 0
    for run in range(-1, RUNS):
        asked = parameters(connection, dice, max(run, 0))
        began = time.perf_counter()
        rows = connection.execute(sql, asked).fetchmany(SHOWN + 1)
        if run >= 0:
            seconds.append(time.perf_counter() - began)
            most = max(most, len(rows))
    return seconds, most


def main() -> None:
    """Print a table of milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    queries = metadata_for("claims")["databases"]["claims"]["queries"]
    print("| query | median, ms | most, ms | rows at most |")
    print("| --- | --- | --- | --- |")
    uri = f"{asked.database.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        prepare_connection(connection)
        for name, query in queries.items():
            seconds, most = times(connection, query["sql"], Random(asked.seed))  # noqa: S311
            cells = [f"{1000 * number:.1f}" for number in (statistics.median(seconds), max(seconds))]
            print(f"| {name} | {' | '.join(cells)} | {most:,} |", flush=True)


if __name__ == "__main__":
    main()
