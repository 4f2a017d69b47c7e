"""How fast the pages answer: every page and every query of metadata.yml, asked for by several clients at once.

    python benchmarks/desk_database.py DB        makes a database of a million attributions
    python benchmarks/desk.py DB [--clients 4] [--each 40]

A server of its own process answers on this machine. Numbers of claims, sources and articles are drawn at random, a
tenth of them from the most repeated ones; words to search for are drawn from claims, common ones among them. Prints for
each page median, 95th percentile and slowest answer in milliseconds, and the largest page in kilobytes.
"""

import argparse
import asyncio
import random
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

import httpx

from claims.web.metadata import metadata_for

DATABASE = "claims"
"""The name of its table pages, whatever the file is called."""

Asked = dict[str, list[str]]


def addresses(database: Path, each: int, dice: random.Random) -> Asked:
    """For each page `each` addresses, by the page's name."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:

        def numbers(table: str, first: str) -> list[int]:
            ((most,),) = connection.execute(f"SELECT max(id) FROM {table}")  # noqa: S608 - names of this module
            drawn = [dice.randint(1, most) for _ in range(each)]
            top = [number for (number,) in connection.execute(first)]
            return [dice.choice(top) if dice.random() < 0.1 else number for number in drawn]

        claims = numbers("claims", "SELECT claim_id FROM claim_tallies ORDER BY times DESC LIMIT 20")
        sources = numbers("sources", "SELECT source_id FROM source_tallies ORDER BY times DESC LIMIT 20")
        articles = numbers("articles", "SELECT 1")
        texts = [
            text
            for number in claims
            for (text,) in connection.execute("SELECT text FROM claims WHERE id = ?", (number,))
        ]
        names = [
            name
            for number in sources
            for (name,) in connection.execute("SELECT name FROM sources WHERE id = ?", (number,))
        ]
    words = [dice.choice(text.split()) for text in texts]
    searched = [urlencode({"q": q}) for q in (f"{dice.choice(names)} {word}" for word in words)]
    asked: Asked = {
        "/": ["/"] * each,
        "/article/N": [f"/article/{number}" for number in articles],
        "/claim/N": [f"/claim/{number}" for number in claims],
        "/claim/N.json": [f"/claim/{number}.json" for number in claims],
        "/claim/N.atom": [f"/claim/{number}.atom" for number in claims],
        "/source/N": [f"/source/{number}" for number in sources],
        "/source/N?stance=denies": [f"/source/{number}?stance=denies" for number in sources],
        "/source/N.atom": [f"/source/{number}.atom" for number in sources],
        "/source/N/by-month.svg": [f"/source/{number}/by-month.svg" for number in sources],
        "/search?q=NAME WORD": [f"/search?{q}" for q in searched],
        "/search?q=WORD": [f"/search?{urlencode({'q': word})}" for word in words],
        "/search.atom": [f"/search.atom?{urlencode({'q': word})}" for word in words],
        "/contested": ["/contested"] * each,
        "/contested.atom": ["/contested.atom"] * each,
        "/plots": ["/plots"] * each,
    }
    for name in metadata_for(DATABASE)["databases"][DATABASE]["queries"]:
        values = [{"source": dice.choice(names), "about": dice.choice(words), "q": dice.choice(words)} for _ in words]
        asked[f"query {name}"] = [f"/{database.stem}/{name}?{urlencode(one)}" for one in values]
    for table in ("claims", "articles", "attributions", "attributed_claims", "sources"):
        asked[f"table {table}"] = [f"/{database.stem}/{table}"] * each
    return asked


@contextmanager
def served(database: Path) -> Iterator[str]:
    """The address of `claims serve` over a database, in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "claims", "serve", "--db", str(database), "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:  # noqa: S603 - our own program
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(600):
                try:
                    httpx.get(address + "/-/versions.json")
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            yield address
        finally:
            process.terminate()


async def ask(address: str, paths: list[str], clients: int) -> tuple[list[float], int, int]:
    """Milliseconds of each answer, bytes of the largest, and how many were no page (a missing number is one)."""
    waiting = iter(paths)
    took: list[float] = []
    largest = failed = 0

    async def client() -> None:
        nonlocal largest, failed
        async with httpx.AsyncClient(base_url=address, timeout=60, follow_redirects=True) as session:
            for path in waiting:
                start = time.perf_counter()
                answer = await session.get(path)
                took.append((time.perf_counter() - start) * 1000)
                largest = max(largest, len(answer.content))
                failed += answer.status_code not in (200, 404)

    await asyncio.gather(*(client() for _ in range(clients)))
    return took, largest, failed


def main(print_line: Callable[[str], None] = print) -> None:
    """Ask for everything and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--each", type=int, default=40, help="addresses of each page")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    asked = addresses(given.database, given.each, random.Random(given.seed))  # noqa: S311 - no secret
    print_line(f"{'page':38} {'median':>8} {'p95':>8} {'slowest':>8} {'kB':>8}  failed")
    with served(given.database) as address:
        asyncio.run(ask(address, [paths[0] for paths in asked.values()], 1))
        for name, paths in asked.items():
            took, largest, failed = asyncio.run(ask(address, paths, given.clients))
            p95 = quantiles(took, n=20)[-1]
            print_line(
                f"{name:38} {median(took):8.0f} {p95:8.0f} {max(took):8.0f} {largest / 1000:8.0f}  {failed or ''}"
            )


if __name__ == "__main__":
    main()
