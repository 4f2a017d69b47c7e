"""Claims, sources and articles that a person looks for: first what those who are named said with the other words."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sqlite_utils import Database

from claims.matching import Statement
from claims.store.desk.asking import EMPTY_SEARCH, Asked, Word, asked_for, by_stance, full_text, telling, typed
from claims.store.desk.hits import MOST_HITS, Denier, Saying, denials, said_by, said_by_anyone, sayings
from claims.store.desk.lighting import READ
from claims.store.desk.named import FoundSource, named_in, names_like, with_words_in_name
from claims.store.desk.said import PUBLISHER, TITLE
from claims.store.propositions import nearest_claims
from claims.store.source_names import name_key

PAGE = 25
"""Claims on a page of one group."""

FIRST = 8
"""Claims of each group where there are several."""

ARTICLES_SHOWN = 5
CHOICES_SHOWN = 8
NEAREST_SHOWN = 5


@dataclass(frozen=True)
class Narrowing:
    """What a person chose among what was found; "" or None where nothing was chosen. `group` is the number of one."""

    stance: str = ""
    publisher: str = ""
    year: str = ""
    source: int | None = None
    group: int | None = None


@dataclass(frozen=True)
class Hit:
    """A claim that was found, and the times that it was made, newest first."""

    claim_id: int
    claim: str
    times: int
    sayings: tuple[Saying, ...]


@dataclass(frozen=True)
class Group:
    """Claims found in one way, `claims` in all: those that `source` made (None: anyone) with all of `words`, or any of
    them where `some`; made with `stance` where the words asked for one. `typed` is a search for the words."""

    source: FoundSource | None
    words: tuple[str, ...]
    typed: str
    stance: str | None
    some: bool
    number: int
    claims: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Choice:
    """A way to narrow what was found, and how many claims that leaves."""

    value: str
    label: str
    claims: int


@dataclass(frozen=True)
class FoundArticle:
    """An article that has the words; `text` is what is searched for them."""

    id: int
    title: str
    publisher: str | None
    published: str | None
    text: str


@dataclass(frozen=True)
class Search:
    """What a search finds: `groups` of all claims, `shown` those of one page, and who denies these.

    `cut` where there is more than is counted; `near` are searches with names as they are known, for where nothing was
    found, and `nearest` claims that are like what was asked. `query` finds any of the words in a text.
    """

    asked: Asked
    groups: tuple[Group, ...]
    claims: int
    cut: bool
    page: int
    pages: int
    shown: tuple[Group, ...]
    denied: dict[int, tuple[Denier, ...]]
    choices: dict[str, tuple[Choice, ...]]
    sources: tuple[FoundSource, ...]
    articles: tuple[FoundArticle, ...]
    near: tuple[str, ...]
    nearest: tuple[tuple[int, str], ...]
    query: str


def search(db: Database, text: str, narrowed: Narrowing, *, repeated_first: bool = False, page: int = 1) -> Search:
    """Find claims, sources and articles for any text that a person types; never more than `MOST_HITS` sayings."""
    asked = asked_for(text)
    named = named_in(db, asked)
    ways, cut = _looked_for(db, asked, named)
    groups = tuple(_grouped(db, ways, narrowed, repeated_first=repeated_first))
    words = telling(asked.words) or asked.words
    sources = named or with_words_in_name(db, words)
    near = [] if ways else names_like(db, asked)
    hits = [hit for group in groups for hit in group.hits]
    pages = -(-len(hits) // PAGE) if len(groups) == 1 else 1
    page = min(page, pages)
    stretch = slice((page - 1) * PAGE, page * PAGE) if len(groups) == 1 else slice(FIRST)
    shown = tuple(replace(group, hits=group.hits[stretch]) for group in groups)
    return Search(
        asked,
        groups,
        len({hit.claim_id for hit in hits}),
        cut,
        page,
        pages,
        shown,
        denials(db, [hit.claim_id for group in shown for hit in group.hits]),
        _choices(hits),
        tuple(sources),
        _articles(db, words),
        tuple(_asked_with(asked, window.start, window.end, name) for window, name in near),
        () if ways else tuple(_nearest(db, asked)),
        full_text(words, " OR ") or EMPTY_SEARCH,
    )


@dataclass(frozen=True)
class _Way:
    """A way to read what was asked that finds something: see Group."""

    source: FoundSource | None
    words: tuple[Word, ...]
    stance: str | None
    some: bool = False
    found: tuple[int, ...] = ()


def _looked_for(db: Database, asked: Asked, named: Sequence[FoundSource]) -> tuple[list[_Way], bool]:
    """The ways to read what was asked, with the attributions each finds, none twice; whether there are more."""
    ways: list[_Way] = []
    seen: set[int] = set()
    cut = False

    def keep(find: Callable[[int], list[int]], way: _Way) -> None:
        nonlocal cut
        # No way takes all that may be told, so that those after it are told, too.
        limit = (MOST_HITS - len(seen)) // (2 if way.source else 1)
        found = find(limit) if limit else []
        cut = cut or len(found) >= limit
        new = tuple(number for number in found if number not in seen)
        seen.update(new)
        if new:
            ways.append(replace(way, found=new))

    rests = [(source, _said_words(db, asked, source)) for source in named]
    for source, rest in rests:
        for stance, words in by_stance(rest):
            keep(partial(said_by, db, source, words, stance), _Way(source, words, stance))
    anyones = by_stance(telling(asked.words) or asked.words)
    for stance, words in anyones:
        keep(partial(said_by_anyone, db, words, stance), _Way(None, words, stance))
    stance, words = anyones[0]
    if stance and not ways:  # who denies a claim may do so in other words, as "these accusations", or not at all
        keep(partial(said_by_anyone, db, words, None), _Way(None, words, None))
    if not ways:
        for source, rest in rests:
            if len(rest) > 1:
                keep(partial(said_by, db, source, rest, None, some=True), _Way(source, rest, None, some=True))
    return ways, cut


def _said_words(db: Database, asked: Asked, source: FoundSource) -> tuple[Word, ...]:
    """The words asked but those that name a source and, before its name, tell its office."""
    start = source.start
    if start:
        rows = db.execute("SELECT DISTINCT text FROM source_roles WHERE source_id = ? LIMIT 40", (source.id,))
        offices = {word for (text,) in rows.fetchall() for word in name_key(text).split()}
        while start and name_key(asked.words[start - 1].typed) in offices:
            start -= 1
    return telling((*asked.words[:start], *asked.words[source.end :]))


def _grouped(db: Database, ways: Sequence[_Way], narrowed: Narrowing, *, repeated_first: bool) -> Iterator[Group]:
    """What each way found, narrowed and sorted."""
    chosen = [(number, way) for number, way in enumerate(ways, 1) if narrowed.group in (None, number)]
    told = sayings(db, [number for _, way in chosen for number in way.found])
    for place, way in chosen:
        by_claim: dict[int, list[Saying]] = {}
        for number in way.found:
            if _fits(told[number], narrowed):
                by_claim.setdefault(told[number].claim_id, []).append(told[number])
        hits = [
            Hit(claim, made[0].claim, made[0].times, tuple(sorted(made, key=lambda one: one.day, reverse=True)))
            for claim, made in by_claim.items()
        ]
        hits.sort(key=lambda hit: (hit.sayings[0].day, hit.claim_id), reverse=True)
        if repeated_first:
            hits.sort(key=lambda hit: -hit.times)
        if hits:
            words = tuple(word.text for word in way.words)
            yield Group(way.source, words, typed(way.words), way.stance, way.some, place, len(hits), tuple(hits))


def _fits(saying: Saying, narrowed: Narrowing) -> bool:
    return (
        narrowed.stance in ("", saying.stance)
        and narrowed.publisher in ("", saying.publisher)
        and narrowed.year in ("", saying.day[:4])
        and narrowed.source in (None, saying.source_id)
    )


def _choices(hits: Sequence[Hit]) -> dict[str, tuple[Choice, ...]]:
    """The stances, publishers, years and sources of what was found, those of most claims first."""
    told: dict[str, Callable[[Saying], tuple[str, str] | None]] = {
        "stance": lambda saying: (saying.stance, saying.stance),
        "source": lambda saying: (str(saying.source_id), saying.source or "") if saying.source_id else None,
        "publisher": lambda saying: (saying.publisher, saying.publisher) if saying.publisher else None,
        "year": lambda saying: (saying.day[:4], saying.day[:4]),
    }
    found = {}
    for name, of in told.items():
        counts = Counter(value for hit in hits for value in {of(saying) for saying in hit.sayings} - {None} if value)
        most = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:CHOICES_SHOWN]
        if name == "year":
            most.sort(reverse=True)
        found[name] = tuple(Choice(value, label, count) for (value, label), count in most)
    return found


def _articles(db: Database, words: Sequence[Word]) -> tuple[FoundArticle, ...]:
    """The newest articles that have all the words in title or text."""
    if not words:
        return ()
    rows = db.execute(
        f"""
        SELECT id, {TITLE}, {PUBLISHER}, published, substr(articles.text, 1, {READ})
        FROM (SELECT rowid AS number FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rowid DESC LIMIT ?)
        JOIN articles ON articles.id = number ORDER BY number DESC
        """,  # noqa: S608 (this module's own words and numbers)
        (full_text(words), ARTICLES_SHOWN),
    )
    return tuple(FoundArticle(*row) for row in rows.fetchall())


def _asked_with(asked: Asked, start: int, end: int, name: str) -> str:
    """What was asked with a name in the place of some of its words."""
    return " ".join(filter(None, [typed(asked.words[:start]), name, typed(asked.words[end:])]))


def _nearest(db: Database, asked: Asked) -> Iterable[tuple[int, str]]:
    """Claims that share keys with what was asked, as another wording of it would."""
    text = " ".join(word.typed for word in asked.words)
    return [(near.claim_id, near.text) for near in nearest_claims(db, Statement(text), NEAREST_SHOWN)] if text else []
