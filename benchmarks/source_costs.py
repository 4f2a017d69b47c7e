"""What naming sources costs: beside extraction, and with many known sources. Run through benchmarks/sources.py.

All times are processor time: what else the machine does is not counted, nor is waiting for the disk.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from itertools import islice, pairwise
from pathlib import Path
from random import Random
from shutil import copyfile
from typing import Any

import claims.extraction
import claims.store.writing
from claims.attribution.tagger import Tagger
from claims.errors import InputRefused
from claims.extraction import extract
from claims.speakers.lexicon import lexicon
from claims.store import Store
from claims.store.sources import Speakers
from claims.terms import Article, Attribution, Relation, Role, Source, Span

ARTICLES = 100
"""So many of the articles are measured with."""
PASSES = 5
IN_ONE_ARTICLE = 50
"""So many made-up sources speak in one made-up article."""

SURNAMES = 20_000
STARTS = "b br c ch d dr f g gr h j k kl l m n p pr r s sh st t tr v w z"
VOWELS = "a e i o u ai ee ou"
ENDS = "l ll n nd r rk rn rt s sk ss t tt x ck m ld"
SUBJECTS = "Water Transport Farm Energy Harbour School Housing Health Trade Labour Research Credit Mining Rail"
BODIES = "Council Association Board Institute Union Agency Committee Foundation League Authority Bureau Trust"
OFFICES = "spokesperson director chairman professor analyst mayor secretary president lawyer senator"


def put(store: Store, article: Article, attributions: Sequence[Attribution]) -> None:
    """Store an article; one that is refused is named on standard error."""
    try:
        store.add(article, attributions)
    except InputRefused as refusal:
        print(f"Refused {refusal}", file=sys.stderr)


@contextmanager
def clocked(place: object, function: str) -> Iterator[list[float]]:
    """While this lasts, the seconds that each call of a module's or class' function takes are listed."""
    seconds: list[float] = []
    original: Callable[..., Any] = getattr(place, function)

    @wraps(original)
    def timed(*args: Any, **named: Any) -> Any:
        began = time.process_time()
        try:
            return original(*args, **named)
        finally:
            seconds.append(time.process_time() - began)

    setattr(place, function, timed)
    try:
        yield seconds
    finally:
        setattr(place, function, original)


def cost(articles: Sequence[Article], folder: Path, seed: int) -> str:
    """Naming within articles and across them beside extraction, each pass with a fresh database."""
    chosen = Random(seed).sample(list(articles), min(ARTICLES, len(articles)))  # noqa: S311
    tagger = Tagger()
    extract(chosen[0], tagger)  # word lists and model are loaded
    passes: list[tuple[float, float, float, float]] = []
    for number in range(PASSES):
        extraction = storing = 0.0
        with (
            Store.open(folder / f"cost{number}.db") as store,
            clocked(claims.extraction, "resolve") as naming,
            clocked(claims.store.writing, "Speakers") as recognizing,
        ):
            for article in chosen:
                began = time.process_time()
                found = extract(article, tagger)
                extracted = time.process_time()
                put(store, article, found)
                extraction += extracted - began
                storing += time.process_time() - extracted
        passes.append((extraction - sum(naming), sum(naming), sum(recognizing), storing - sum(recognizing)))
    whats = ("extraction without names", "names within the article", "sources across articles", "the rest of storing")
    base = statistics.median(one[0] for one in passes)
    lines = [
        f"# Cost over {len(chosen)} articles, median of {PASSES} passes\n",
        "| | ms an article | of extraction | passes |",
    ]
    lines.append("| --- | --- | --- | --- |")
    for what, spent in zip(whats, zip(*passes, strict=True), strict=True):
        middle = statistics.median(spent)
        between = f"{1000 * min(spent) / len(chosen):.2f}-{1000 * max(spent) / len(chosen):.2f}"
        lines.append(f"| {what} | {1000 * middle / len(chosen):.2f} | {middle / base:.1%} | {between} |")
    return "\n".join(lines)


def cost_of_known(
    sizes: Sequence[int], readings: Sequence[tuple[Article, list[Attribution]]], folder: Path, seed: int
) -> str:
    """What recognizing costs a source with so many known ones: for sources of real articles, and for made-up ones that
    share given names, surnames and initials with those known. The databases take turns, after a turn to warm up."""
    dice = Random(seed)  # noqa: S311
    chosen = dice.sample(list(readings), min(ARTICLES, len(readings)))
    extraction = seconds_of_extraction([article for article, _ in chosen])
    inhabitants = made_up_sources(dice)
    relatives = list(made_up_articles("relative", list(islice(inhabitants, 20 * IN_ONE_ARTICLE))))
    sizes = sorted(sizes)
    filling = [fill(folder, size, before, inhabitants) for before, size in pairwise([0, *sizes])]
    spent: dict[tuple[int, bool], list[float]] = {}
    for turn in range(1 + PASSES):
        for size in sizes:
            for made_up, articles in ((False, chosen), (True, relatives)):
                found = seconds_of_sources(known_database(folder, size), articles)
                if turn:
                    spent.setdefault((size, made_up), []).extend(found)
    lines = [
        f"# Cost of known sources: {len(chosen)} articles, {len(relatives)} made-up ones, {PASSES} passes\n",
        "| known | µs a source: median | p95 | mean | of extraction | made-up: median | p95 | mean | filling, µs |",
        "| --- " * 9 + "|",
    ]
    for size, each in zip(sizes, filling, strict=True):
        real = spent[size, False]
        share = f"{sum(real) / PASSES / extraction:.1%}"
        cells = [f"{size:,}", *microseconds(real), share, *microseconds(spent[size, True]), f"{1e6 * each:.0f}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def seconds_of_extraction(articles: Sequence[Article]) -> float:
    """The median of what extraction takes for all of them."""
    tagger = Tagger()
    passes = []
    for _ in range(1 + PASSES):
        began = time.process_time()
        for article in articles:
            extract(article, tagger)
        passes.append(time.process_time() - began)
    return statistics.median(passes[1:])


def fill(folder: Path, size: int, before: int, inhabitants: Iterator[Source]) -> float:
    """Make a database of so many sources out of the one of `before`; seconds for each source that was added."""
    path = known_database(folder, size)
    if before:
        copyfile(known_database(folder, before), path)
    began = time.process_time()
    with Store.open(path) as store:
        for article, attributions in made_up_articles(f"known{size}", list(islice(inhabitants, size - before))):
            put(store, article, attributions)
    return (time.process_time() - began) / (size - before)


def known_database(folder: Path, size: int) -> Path:
    return folder / f"known{size}.db"


def seconds_of_sources(database: Path, articles: Sequence[tuple[Article, list[Attribution]]]) -> list[float]:
    """What each source of the articles takes to be recognized and written down, in a copy of the database."""
    copy = database.with_suffix(".copy.db")
    copyfile(database, copy)
    with Store.open(copy) as store, clocked(Speakers, "_add") as spent:
        for article, attributions in articles:
            put(store, article, attributions)
    copy.unlink()
    return spent


def microseconds(seconds: Sequence[float]) -> list[str]:
    """Median, 95th percentile and mean."""
    middle, high = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
    return [f"{1e6 * one:.0f}" for one in (middle, high, statistics.mean(seconds))]


def made_up_sources(dice: Random) -> Iterator[Source]:
    """Without end: seven people to three bodies, no two of the same name. Surnames are shared as in life: of people
    with a surname, seven in a thousand have the commonest."""
    given = sorted(name.title() for name in lexicon().first_names)
    surnames = sorted({word(dice) for _ in range(2 * SURNAMES)})
    dice.shuffle(surnames)
    surnames = surnames[:SURNAMES]
    weights = [1 / (rank + 20) for rank in range(len(surnames))]
    used = set()
    while True:
        family = dice.choices(surnames, weights)[0]
        body = f"{dice.choice(surnames)} {one_of(dice, SUBJECTS)} {one_of(dice, BODIES)}"
        if dice.random() < 0.7:
            initial = f"{dice.choice('ABCDEFGHJKLMNPRSTW')}. " if dice.random() < 0.15 else ""
            office = one_of(dice, OFFICES)
            roles = (Role(f"{office} of the {body}", office, body),) if dice.random() < 0.5 else ()
            source = Source(family, f"{dice.choice(given)} {initial}{family}", "person", "full-name", roles=roles)
        else:
            names = ("".join(part[0] for part in body.split()),) if dice.random() < 0.3 else ()
            source = Source(body, body, "organization", "full-name", names=names)
        if source.name not in used:
            used.add(source.name)
            yield source


def word(dice: Random) -> str:
    syllables = dice.choice((2, 2, 3))
    return "".join(one_of(dice, STARTS) + one_of(dice, VOWELS) for _ in range(syllables)).title() + one_of(dice, ENDS)


def one_of(dice: Random, words: str) -> str:
    return dice.choice(words.split())


def made_up_articles(name: str, sources: Sequence[Source]) -> Iterator[tuple[Article, list[Attribution]]]:
    """Articles in which each source makes the article's one claim: claims are not what is measured."""
    for start in range(0, len(sources), IN_ONE_ARTICLE):
        speaking = sources[start : start + IN_ONE_ARTICLE]
        claim = f"{name}claim{start}"
        text = "\n".join(f"{source.name} said {claim}" for source in speaking)
        attributions = []
        place = 0
        for number, source in enumerate(speaking):
            end = place + len(source.name)
            content = Span(end + 6, end + 6 + len(claim))
            relation = Relation((Span(place, end),), (Span(end + 1, end + 5),), (content,), 1.0, "made up")
            identity = f"{name}{start + number}"
            attributions.append(Attribution(identity, relation, claim, "said", "say", (source,), "indirect", "asserts"))
            place = content.end + 1
        yield Article(f"{name}{start}.txt", text), attributions
