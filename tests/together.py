"""Two ingests into one database while Datasette shows it: nobody fails, and how long anybody has to wait.

nice python -m tests.together                    # 200 articles each; status 1 where anybody failed or waited 5 s
"""

import argparse
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from socket import socket
from threading import Thread
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.kills import ROOT, faults, start, write_articles

BEARABLE = 5.0
"""Seconds that one may have to wait for another."""


@dataclass
class Waits:
    """What happened: seconds waited for each page and between two stored articles, and all that went wrong."""

    pages: list[float] = field(default_factory=list)
    articles: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def together(home: Path, articles: int) -> Waits:
    """Make a database in a folder by two ingests of so many articles each, read its pages meanwhile."""
    waits, database = Waits(), home / "claims.db"
    for number, name in enumerate(("port", "starboard")):
        write_articles(home / name, articles, seed=number + 1)
    write_articles(home / "first", 1, seed=9)
    start(home / "first", database).communicate()
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "claims", "serve", "--db", str(database), "--port", str(port)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _until_it_answers(f"http://127.0.0.1:{port}/")
        writers = [start(home / name, database) for name in ("port", "starboard")]
        threads = [Thread(target=_watch, args=(writer, waits)) for writer in writers]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            for page in ("/", "/claims/attributed_claims.json?_size=20", "/claims/claims?_search=dam"):
                _read(f"http://127.0.0.1:{port}{page}", waits)
        for thread in threads:
            thread.join()
    finally:
        server.kill()
        server.wait()
    waits.wrong += faults(database)
    return waits


def _free_port() -> int:
    with closing(socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until_it_answers(address: str) -> None:
    for _ in range(300):
        try:
            urlopen(address, timeout=30).close()
            return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError("claims serve does not answer")


def _read(address: str, waits: Waits) -> None:
    begun = time.monotonic()
    try:
        with urlopen(address, timeout=60) as answer:
            answer.read()
    except HTTPError as error:
        waits.wrong.append(f"{address}: {error}")
    waits.pages.append(time.monotonic() - begun)


def _watch(writer: "subprocess.Popen[str]", waits: Waits) -> None:
    """Note how long it takes from one stored article to the next."""
    assert writer.stderr is not None
    last = None
    with writer:
        for line in writer.stderr:
            if not line.startswith("Stored "):
                waits.wrong.append(line)
            now = time.monotonic()
            if last is not None:
                waits.articles.append(now - last)
            last = now
    if writer.returncode:
        waits.wrong.append(f"claims ingest ended with status {writer.returncode}")


def main() -> int:
    """Do it once and say how long the longest waits were."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200, help="of each ingest")
    with tempfile.TemporaryDirectory() as name:
        waits = together(Path(name), parser.parse_args().articles)
    for wrong in waits.wrong:
        sys.stdout.write(f"{wrong.strip()}\n")
    sys.stdout.write(
        f"{len(waits.articles) + 2} articles, {max(waits.articles):.2f} s between two at the most; "
        f"{len(waits.pages)} pages read, {max(waits.pages):.2f} s for one at the most; {len(waits.wrong)} errors\n"
    )
    return 1 if waits.wrong or max(waits.articles + waits.pages) > BEARABLE else 0


if __name__ == "__main__":
    sys.exit(main())
