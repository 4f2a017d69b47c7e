"""Which wordings are one claim: this program beside others, in one table from one run.

    python benchmarks/dedupe.py --claims CLAIMS.jsonl [--first 100000] [--known 200000]

CLAIMS holds {"text", "cluster", "kind": "base" | "variant" | "neg", "ops", "of"} a line: a claim, the claims that say
the same, and for a hard negative in what it differs from which cluster. Each system has a process of its own with one
thread and sees the first N claims; precision, recall and F1 are of pairs after closure, "merged" are hard negatives put
into the cluster that they differ from. `claims, in a database` is what ingest does, with its rates over the first and
the last tenth. rapidfuzz compares all with all, so it sees 10,000 at most. `--known N` makes a database of N claims
(the first ones) and measures what adding 1,000 more costs. The others: pip install datasketch rensa splink
"""

import argparse
import json
import os
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from claims.matching import Statement, cluster
from claims.store import Store
from claims.store.claim_index import rebuild
from claims.store.propositions import find_or_add_claim
from claims.terms import Article, Attribution, Relation, Span

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")
ADDED = 1000
"""So many claims are added to a database of known ones, 25 an article."""
AT_ONCE = 1000
"""So many claims are stored in one transaction."""
ALL_WITH_ALL = 10_000

Row = dict[str, Any]
Clusters = list[int]
System = Callable[[Sequence[str]], tuple[Clusters, str]]
"""Texts in, the cluster of each out, and a remark."""


def in_memory(texts: Sequence[str]) -> tuple[Clusters, str]:
    """`claims dedupe`."""
    return cluster(Statement(text) for text in texts), ""


def in_a_database(texts: Sequence[str]) -> tuple[Clusters, str]:
    """What ingest does, from an empty database on."""
    found: Clusters = []
    laps = [time.process_time()]
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "claims.db") as store:
        for start in range(0, len(texts), AT_ONCE):
            with store._connection.write() as db:
                found += [
                    find_or_add_claim(db, Statement(text), "2024-01-01").id for text in texts[start : start + AT_ONCE]
                ]
            laps.append(time.process_time())
    tenth = max(1, (len(laps) - 1) // 10)
    first, last = (
        tenth * AT_ONCE / max(seconds, 1e-9) for seconds in (laps[tenth] - laps[0], laps[-1] - laps[-1 - tenth])
    )
    return found, f"{first:,.0f}/s at first, {last:,.0f}/s at last"


def rapidfuzz_cdist(texts: Sequence[str]) -> tuple[Clusters, str]:
    """All with all."""
    import numpy as np
    from rapidfuzz import fuzz, process, utils

    plain = [utils.default_process(text) for text in texts]
    union = Union(len(texts))
    for start in range(0, len(plain), 500):
        scores = process.cdist(
            plain[start : start + 500], plain, scorer=fuzz.token_sort_ratio, score_cutoff=80, dtype=np.uint8
        )
        for one, other in zip(*np.nonzero(scores), strict=True):
            union.join(start + int(one), int(other))
    return union.clusters(), "token_sort_ratio ≥ 80"


def datasketch_lsh(texts: Sequence[str]) -> tuple[Clusters, str]:
    """MinHash over words, looked up as they come."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.7, num_perm=64)
    union = Union(len(texts))
    for number, text in enumerate(texts):
        sketch = MinHash(num_perm=64)
        sketch.update_batch([word.encode() for word in set(text.lower().split())])
        for other in index.query(sketch):
            union.join(number, int(other))
        index.insert(str(number), sketch)
    return union.clusters(), "words, Jaccard ≥ 0.7"


def rensa_lsh(texts: Sequence[str]) -> tuple[Clusters, str]:
    """The same in Rust."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=0.7, num_perm=64, num_bands=8)
    union = Union(len(texts))
    for number, text in enumerate(texts):
        sketch = RMinHash(num_perm=64, seed=1)
        sketch.update(list(set(text.lower().split())))
        for other in index.query(sketch):
            union.join(number, int(other))
        index.insert(number, sketch)
    return union.clusters(), "words, 8 bands of 8"


def splink_duckdb(texts: Sequence[str]) -> tuple[Clusters, str]:
    """A linkage model trained on the claims themselves; blocks on pairs of the rarest words."""
    import duckdb
    import splink.comparison_library as compare
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    words = [sorted(set(text.lower().replace(",", "").rstrip(".").split())) for text in texts]
    often = Counter(word for each in words for word in each)
    rows = []
    for number, (text, each) in enumerate(zip(texts, words, strict=True)):
        rarest = sorted(each, key=lambda word: (often[word], word))[:4]
        row = {"unique_id": number, "text": text, "words": each}
        rows.append(row | {f"rare{place}": word for place, word in enumerate((rarest + [""] * 4)[:4])})
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    api = DuckDBAPI(connection)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "claims.jsonl"
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        connection.execute("CREATE TABLE made AS SELECT * FROM read_json_auto(?)", [str(path)])
    pairs = [block_on(f"rare{one}", f"rare{other}") for one in range(4) for other in range(one + 1, 4)]
    settings = SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=pairs,
        comparisons=[
            compare.ArrayIntersectAtSizes("words", [12, 9, 6, 4, 2]),
            compare.JaccardAtThresholds("text", [0.95, 0.9, 0.8]),
            *(compare.ExactMatch(f"rare{place}") for place in range(4)),
        ],
    )
    linker = Linker(api.register("made"), settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("rare0", "rare1"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("rare2", "rare3"))
    links = linker.inference.predict(threshold_match_probability=0.99).as_record_list()
    union = Union(len(texts))
    for link in links:
        union.join(int(link["unique_id_l"]), int(link["unique_id_r"]))
    return union.clusters(), "p ≥ .99, untuned"


@dataclass(frozen=True)
class Entry:
    """A line of the table."""

    name: str
    system: System
    modules: tuple[str, ...] = ()
    most: int | None = None


ENTRIES = (
    Entry("claims, in memory", in_memory),
    Entry("claims, in a database", in_a_database),
    Entry("rapidfuzz cdist", rapidfuzz_cdist, ("rapidfuzz",), ALL_WITH_ALL),
    Entry("datasketch MinHashLSH", datasketch_lsh, ("datasketch",)),
    Entry("rensa RMinHashLSH", rensa_lsh, ("rensa",)),
    Entry("splink on DuckDB", splink_duckdb, ("splink", "duckdb")),
)


class Union:
    """Clusters as closure of pairs."""

    def __init__(self, length: int) -> None:
        self._above = list(range(length))

    def join(self, one: int, other: int) -> None:
        self._above[self._top(one)] = self._top(other)

    def clusters(self) -> Clusters:
        return [self._top(number) for number in range(len(self._above))]

    def _top(self, number: int) -> int:
        while self._above[number] != number:
            self._above[number] = self._above[self._above[number]]
            number = self._above[number]
        return number


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=Path, required=True)
    parser.add_argument("--first", type=int, default=100_000, metavar="N", help="see so many claims (default 100,000)")
    parser.add_argument("--only", nargs="+", metavar="WORD", help="systems with one of these words in their names")
    parser.add_argument("--known", type=int, metavar="N", help="measure adding to a database of so many claims")
    parser.add_argument("--keep", type=Path, metavar="DB", help="make that database here, or take it from here")
    options = parser.parse_args()
    os.environ.update(dict.fromkeys(THREADS, "1"))  # before the processes start: they inherit it
    if options.known:
        print(adding(options.claims, options.known, options.keep))
        return
    rows = list(read(options.claims, options.first))
    lines = [
        "| | claims | claims/s | precision | recall | F1 | memory | merged: number, negation, date, actor, all | |",
        "| --- " * 9 + "|",
    ]
    for entry in ENTRIES:
        if options.only and not any(word in entry.name for word in options.only):
            continue
        if not all(find_spec(name) for name in entry.modules):
            lines.append(f"| {entry.name} | not installed |" + " |" * 7)
            continue
        print(entry.name, file=sys.stderr)
        lines.append(line(entry, rows[: entry.most]))
    print("\n".join(lines))


def line(entry: Entry, rows: Sequence[Row]) -> str:
    """Run a system in a process of its own, and score it."""
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=serve, args=(entry.system, theirs), daemon=True)
    process.start()
    theirs.close()
    ours.send([row["text"] for row in rows])
    try:
        found, remark, seconds, memory = ours.recv()
    except EOFError:
        return f"| {entry.name} | {len(rows):,} | failed, see above |" + " |" * 6
    precision, recall, f1, merged = score(rows, found)
    speed = f"{len(rows) / seconds:,.0f}"
    figures = f"{precision:.4f} | {recall:.4f} | {f1:.4f} | {memory:.0f} MB | {merged}"
    return f"| {entry.name} | {len(rows):,} | {speed} | {figures} | {remark} |"


def serve(system: System, connection: Connection) -> None:
    """Answer with the clusters, the seconds of processor time and the MB of memory that they took."""
    texts = connection.recv()
    began = time.process_time()
    found, remark = system(texts)
    seconds = time.process_time() - began
    connection.send((found, remark, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def score(rows: Sequence[Row], found: Clusters) -> tuple[float, float, float, str]:
    """Precision, recall and F1 of pairs; and what share of hard negatives was merged, by kind."""
    true = pairs(row["cluster"] for row in rows)
    made = pairs(found)
    both = pairs((row["cluster"], number) for row, number in zip(rows, found, strict=True))
    precision, recall = both / made if made else 1.0, both / true if true else 1.0
    homes: dict[int, set[int]] = defaultdict(set)
    for row, number in zip(rows, found, strict=True):
        homes[row["cluster"]].add(number)
    seen: Counter[str] = Counter()
    merged: Counter[str] = Counter()
    for row, number in zip(rows, found, strict=True):
        if row["kind"] == "neg":
            for kind in (*row["ops"], "all"):
                seen[kind] += 1
                merged[kind] += number in homes[row["of"]]
    shares = (f"{merged[kind] / max(1, seen[kind]):.1%}" for kind in ("number", "negation", "date", "actor", "all"))
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9), " ".join(shares)


def pairs(numbers: Iterable[object]) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(numbers).values())


def adding(path: Path, known: int, keep: Path | None) -> str:
    """What adding claims to a database of many costs."""
    with TemporaryDirectory() as folder:
        database = keep or Path(folder) / "claims.db"
        if not database.exists():
            with clocked(f"making a database of {known:,} claims"), Store.open(database) as store:
                fill(store, (row["text"] for row in read(path, known)))
        texts = [row["text"] for row in islice(read(path, known + ADDED), known, None)]
        articles = [article(number, texts[number : number + 25]) for number in range(0, len(texts), 25)]
        with Store.open(database) as store:
            began, worked = time.perf_counter(), time.process_time()
            added = [store.add(*each) for each in articles]
            spent, worked = time.perf_counter() - began, time.process_time() - worked
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        old = sum(each.known_claims for each in added)
        return (
            f"{len(texts):,} claims into a database of {known:,}: {spent:.2f} s, of which {worked:.2f} s computing; "
            f"{old} known; {memory:.0f} MB; the file has {database.stat().st_size / 1e6:,.0f} MB"
        )


def fill(store: Store, texts: Iterable[str]) -> None:
    """Store claims without comparing them, and index them."""
    with store._connection.write() as db:
        db.conn.executemany(
            "INSERT INTO claims (text, first_seen) VALUES (?, '2024-01-01')", ((text,) for text in texts)
        )
        rebuild(db)


def article(number: int, texts: Sequence[str]) -> tuple[Article, list[Attribution]]:
    """An article in which somebody says each of the texts, a line each."""
    made = Article(f"added-{number}.txt", "\n".join(texts))
    found, start = [], 0
    for place, text in enumerate(texts):
        relation = Relation((), (), (Span(start, start + len(text)),), 0.9, "benchmark")
        found.append(Attribution(f"{number}-{place}", relation, text, "said", "say", (), "direct", "asserts"))
        start += len(text) + 1
    return made, found


def read(path: Path, most: int) -> Iterator[Row]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, islice(lines, most))


@contextmanager
def clocked(what: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    print(f"{what}: {time.perf_counter() - began:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
