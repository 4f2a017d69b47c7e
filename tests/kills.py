"""Kills `claims ingest` (SIGKILL) at random moments and runs it again: nothing may be lost, nothing be there twice.

    nice python -m tests.kills                       # 100 kills of an ingest of 200 articles, some minutes
    python -m tests.kills --kills 10 --articles 40 --seed 7
    python -m tests.kills --workers 2                # the same with extraction in two more processes

An ingest is killed and started again until it ends by itself; then its database must be sound (`claims check`) and
equal, in a canonical dump, that of an ingest which nobody disturbed. Then the next database follows, until there were
as many kills as asked for. The dump has all rows of all tables with their numbers, without the two columns that tell
the time of day (articles.ingested_at, _sqlite_migrations.applied_at) and without the pages of the search indexes, which
`claims check` compares with their tables. Status 1 where anything differs.
"""

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from claims.store import Store

ROOT = Path(__file__).parent.parent
TIMES_OF_DAY = {("articles", "ingested_at"), ("_sqlite_migrations", "applied_at")}

PEOPLE = (
    ("Mayor Ann Lee", "Lee", "she"), ("Harbour Master Jon Pell", "Pell", "he"), ("Oda Finn", "Finn", "she"),
    ("Defence Minister Helena Marsk", "Marsk", "she"), ("Tomas Eyre", "Eyre", "he"), ("Tom Okafor", "Okafor", "he"),
    ("Finance Minister Ruth Adler", "Adler", "she"), ("Senator Paul Quist", "Quist", "he"),
)  # fmt: skip
BODIES = (
    "Tarn River Agency", "the Lowland Water Company", "the Harbour Board", "Orlavian News Agency", "the Port Union",
)  # fmt: skip
CLAIMS = (
    "the northern dam had held through the night", "two roads near the river were closed", "the ferry would not sail",
    "the harbour was safe for fishing vessels", "tickets would be refunded", "nobody was hurt in the storm",
    "the price of bread had doubled since March", "the bridge would be rebuilt by autumn",
    "live ammunition had been used in the drill", "the water was fit to drink", "the school would reopen on Monday",
    "the budget had a hole of {number} million crowns", "{number} houses had lost their roofs",
    "{number} people had left the valley", "the union had called off the strike on pier {number}",
)  # fmt: skip
CUES = ("said", "said", "announced", "confirmed", "warned", "denied", "claimed", "told reporters")


def write_articles(folder: Path, number: int, seed: int = 1) -> None:
    """So many short articles of our own, in which sources and claims return."""
    dice = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    for place in range(number):
        claims = [each.format(number=dice.randint(2, 60)) for each in dice.sample(CLAIMS, 4)]
        (who, short, pronoun), body = dice.choice(PEOPLE), dice.choice(BODIES)
        first, second, third = (dice.choice(CUES) for _ in range(3))
        text = (
            f"June {dice.randint(1, 30)}, 2024\n\nReport {place} from the coast\n\n"
            f"{who} {first} that {claims[0]}. “We have seen worse,” {pronoun} said.\n\n"
            f"{body[0].upper()}{body[1:]} {second} that {claims[1]}. According to officials, {claims[2]}.\n\n"
            f"{short} {third} that {claims[3]}.\n"
        )
        (folder / f"report-{place:04}.txt").write_text(text, "utf-8")


def dump(database: Path) -> Iterator[str]:
    """The canonical dump, a line a row."""
    with closing(sqlite3.connect(database)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%!_fts%' ESCAPE '!' ORDER BY name"
        ).fetchall()
        for (table,) in tables:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            kept = ", ".join(column for column in columns if (table, column) not in TIMES_OF_DAY)
            order = ", ".join(map(str, range(1, 1 + kept.count(",") + 1)))
            for row in connection.execute(f"SELECT {kept} FROM {table} ORDER BY {order}"):
                yield f"{table} {json.dumps(row)}"


def digest(database: Path) -> str:
    """A hash of the canonical dump."""
    hashed = sha256()
    for line in dump(database):
        hashed.update(line.encode() + b"\n")
    return hashed.hexdigest()


def start(folder: Path, database: Path, workers: int | None = None) -> "subprocess.Popen[str]":
    """`claims ingest` of a folder, as a process of its own; its `workers` die with it."""
    with_workers = [] if workers is None else ["--workers", str(workers)]
    return subprocess.Popen(
        [sys.executable, "-m", "claims", "ingest", str(folder), "--db", str(database), *with_workers],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


@dataclass
class Tally:
    """What the kills hit."""

    kills: int = 0
    before_the_database: int = 0
    databases: int = 0
    stored_when_killed: list[int] = field(default_factory=list)


def killed_and_run_again(
    folder: Path,
    database: Path,
    longest: float,
    dice: random.Random,
    tally: Tally,
    most: int,
    workers: int | None = None,
) -> None:
    """Ingest a folder, killed at random moments, `longest` seconds after each start at the latest, until it ends by
    itself or there were `most` kills, after which one run is left alone."""
    tally.databases += 1
    while True:
        process = start(folder, database, workers)
        try:
            process.communicate(timeout=dice.uniform(0, longest) if tally.kills < most else None)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            _, said = process.communicate()
            tally.kills += 1
            tally.before_the_database += not database.exists()
            tally.stored_when_killed.append(said.count("Stored "))
            if "rror" in said:
                raise AssertionError(said) from None
            continue
        if process.returncode:
            raise AssertionError(f"claims ingest ended with status {process.returncode}")
        return


def faults(database: Path) -> list[str]:
    """What `claims check` finds."""
    with Store.open_existing(database) as store:
        return [fault for part in store.check() for fault in part.faults]


def main() -> int:
    """Kill until there were as many kills as asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--workers", type=int)
    asked = parser.parse_args()
    dice, tally, wrong = random.Random(asked.seed), Tally(), 0
    with tempfile.TemporaryDirectory() as name:
        folder, home = Path(name, "articles"), Path(name)
        write_articles(folder, asked.articles)
        begun = time.monotonic()
        start(folder, home / "undisturbed.db").communicate()
        longest = time.monotonic() - begun
        right, rows = digest(home / "undisturbed.db"), sum(1 for _ in dump(home / "undisturbed.db"))
        print(f"seed {asked.seed}; undisturbed: {longest:.1f} s, {rows:,} rows, dump {right[:16]}", flush=True)
        while tally.kills < asked.kills:
            database = home / f"killed-{tally.databases}.db"
            before, begun = tally.kills, time.monotonic()
            killed_and_run_again(folder, database, longest, dice, tally, asked.kills, asked.workers)
            if tally.kills == before:  # the machine was less busy than when the first run was timed
                longest = min(longest, time.monotonic() - begun)
            found, same = faults(database), digest(database) == right
            wrong += bool(found) or not same
            print(
                f"database {tally.databases}: {tally.kills - before} kills; {'equal' if same else 'DIFFERENT'}; "
                f"{'; '.join(found) or 'sound'}",
                flush=True,
            )
            for ending in ("", "-wal", "-shm"):
                Path(f"{database}{ending}").unlink(missing_ok=True)
    at_work = sum(stored > 0 for stored in tally.stored_when_killed)
    print(
        f"{tally.kills} kills ({tally.before_the_database} before there was a file, {at_work} after a run had stored "
        f"articles) of {tally.databases} databases; {wrong} not as they should be"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    os.environ.pop("CLAIMS_DB", None)
    sys.exit(main())
