"""Sources across articles: which rows the speakers of articles become, and why."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import StoreError
from claims.store import Store
from claims.store.source_filing import CANDIDATES
from claims.store.sources import Speakers
from claims.store.writing import add_article
from claims.terms import Article, Attribution, Relation, Role, Source, Span
from tests.tallies import check_tallies
from tests.test_store import rows

PRESIDENT = Role("president", "president")
KESTREL = Source("Ms Kestrel", "Imogen Kestrel", "person", "full-name")
BARE = Source("Kestrel", "Kestrel", "person", "as-written", roles=(PRESIDENT,))
FULL = Source("President Imogen Kestrel", "Imogen Kestrel", "person", "full-name", roles=(PRESIDENT,))


def report(name: str, *speakers: Source | Sequence[Source]) -> tuple[Article, list[Attribution]]:
    """An article in which these speak one after the other, several of them together where they stand together."""
    text = f"Report {name}. " + " ".join(f"Word{number} of {name}." for number in range(len(speakers)))
    article = Article(f"{name}.txt", text, title=f"Title {name}", published="2024-05-01")
    found = []
    for number, together in enumerate(speakers):
        start = text.index(f"Word{number} of")
        span = Span(start, start + 5)
        sources = (together,) if isinstance(together, Source) else tuple(together)
        found.append(
            Attribution(
                f"{name}-{number}", Relation((), (), (span,), 0.9, "t"), f"Word{number} of {name} is quite another",
                "said", "say", sources, "direct", "asserts",
            )
        )  # fmt: skip
    return article, found


def named(path: Path) -> list[tuple[str, str]]:
    """Filed names and kinds of sources known across articles."""
    return rows(path, "SELECT name, kind FROM sources WHERE article_id IS NULL ORDER BY id")


def sound(connection: sqlite3.Connection) -> None:
    """What holds in every database."""
    nothing = {
        "attributions with a source and no mention of it in their article": """
            SELECT a.id FROM attributions a LEFT JOIN source_mentions m ON m.id = a.mention_id
            WHERE a.source_id IS NOT NULL AND (m.source_id IS NOT a.source_id OR m.article_id IS NOT a.article_id)""",
        "mentions without a source": "SELECT id FROM attributions WHERE source_id IS NULL AND mention_id IS NOT NULL",
        "sources nobody mentions": "SELECT id FROM sources WHERE id NOT IN (SELECT source_id FROM source_mentions)",
        "sources whose name is none of theirs": """
            SELECT id FROM sources WHERE NOT EXISTS (
              SELECT 1 FROM source_names WHERE source_id = sources.id AND source_names.name = sources.name)""",
        "names of nobody": "SELECT name FROM source_names WHERE source_id NOT IN (SELECT id FROM sources)",
        "keys of nobody": "SELECT key FROM source_keys WHERE source_id NOT IN (SELECT id FROM sources)",
        "keys of what is known in one article": """
            SELECT key FROM source_keys JOIN sources ON id = source_id WHERE article_id IS NOT NULL""",
        "sources of one article seen in another": """
            SELECT s.id FROM sources s JOIN source_mentions m ON m.source_id = s.id
            WHERE s.article_id IS NOT NULL AND m.article_id <> s.article_id""",
        "roles of another source": """
            SELECT r.text FROM source_roles r JOIN source_mentions m ON m.id = r.mention_id
            WHERE r.source_id <> m.source_id OR r.article_id <> m.article_id""",
        "pairs that are linked both ways": """
            SELECT a.source_id FROM source_links a JOIN source_links b
            ON b.source_id = a.other_id AND b.other_id = a.source_id""",
        "rows that are there and folded": "SELECT id FROM sources WHERE id IN (SELECT id FROM merged_sources)",
        "wrong counts": """
            SELECT n.name FROM source_names n WHERE n.articles <> (
              SELECT count(DISTINCT m.article_id) FROM source_mentions m, json_each(m.names) j
              WHERE m.source_id = n.source_id AND j.key = n.name)""",
    }
    for what, sql in nothing.items():
        assert connection.execute(sql).fetchall() == [], what
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    check_tallies(connection)


@pytest.fixture(autouse=True)
def all_databases_are_sound(path: Path) -> Iterator[None]:
    """Whatever a test did to its database."""
    yield
    if path.exists():
        connection = sqlite3.connect(path)
        sound(connection)
        connection.close()


def test_mention_says_why_it_is_this_source(path: Path) -> None:
    """One row for a name of an article, however often it speaks; all its attributions point there."""
    role = Role("the harbour's spokeswoman", "spokeswoman", "harbour")
    speaker = Source("Ms Kestrel", "Imogen Kestrel", "person", "full-name", roles=(role,))
    with Store.open(path) as store:
        store.add(*report("one", KESTREL, speaker))
        store.add(*report("two", KESTREL))
    found = rows(path, "SELECT article_id, name, rule, score > 0.8, decision_id FROM source_mentions ORDER BY id")
    assert found == [(1, "Imogen Kestrel", "new", 1, None), (2, "Imogen Kestrel", "same-name", 1, None)]
    assert rows(path, "SELECT mention_id FROM attributions ORDER BY id") == [(1,), (1,), (2,)]
    assert rows(path, "SELECT text, office, affiliation FROM source_roles") == [tuple(role.__dict__.values())]
    names = "SELECT name, identifies, articles, rule FROM source_names ORDER BY name"
    assert rows(path, names) == [("Imogen Kestrel", 1, 2, "new"), ("Ms Kestrel", 0, 2, "so-called")]


def test_unnamed_sources_are_known_in_their_article_alone(path: Path) -> None:
    """ "officials" in two articles are two sources; in one article they are one, of whatever kind."""
    groups = [Source("officials", "officials", kind, "as-written", named=False) for kind in ("group", "unknown")]
    with Store.open(path) as store:
        added = store.add(*report("one", *groups))
        store.add(*report("two", *groups))
        assert (added.new_sources, added.known_sources) == (1, 0)
        assert store.sources() == []
        assert [(row.name, row.article_id, row.attributions) for row in store.sources(unnamed=True)] == [
            ("officials", 1, 2),
            ("officials", 2, 2),
        ]


@pytest.mark.parametrize("first", [True, False])
def test_a_short_row_joins_the_full_name_whichever_comes_first(path: Path, first: bool) -> None:
    """ "President Kestrel" is Imogen Kestrel, before or after she is named in full, with or without an office."""
    articles = [report("short", BARE), report("plain", KESTREL), report("full", FULL)]
    with Store.open(path) as store:
        for article in articles if first else reversed(articles):
            store.add(*article)
        assert [(row.name, row.articles) for row in store.sources()] == [("Imogen Kestrel", 3)]
        card = store.source("Imogen Kestrel")
        assert {mention.article for mention in card.mentions} == {"Title short", "Title plain", "Title full"}
        assert all(store.source(str(folded.id)).row.id == card.row.id for folded in card.folded)


def test_a_short_row_that_speaks_beside_the_full_name_does_not_join_it(path: Path) -> None:
    """Who makes a claim together with somebody is somebody else."""
    with Store.open(path) as store:
        store.add(*report("both", [BARE, KESTREL]))
        store.add(*report("full", FULL))
        assert {row.name for row in store.sources()} == {"Kestrel", "Imogen Kestrel"}


def test_a_bare_surname_leads_nowhere(path: Path) -> None:
    """Without an office it is its article's own."""
    bare = Source("Kestrel", "Kestrel", "person", "as-written")
    with Store.open(path) as store:
        store.add(*report("one", KESTREL))
        store.add(*report("two", bare))
        store.add(*report("three", bare))
        assert [row.articles for row in store.sources()] == [1]
        assert len(store.sources(unnamed=True)) == 3


def test_ingest_twice_changes_nothing(path: Path) -> None:
    """Not one row of any table."""
    dump = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%'"
    with Store.open(path) as store:
        store.add(*report("one", FULL, BARE))
        store.add(*report("two", KESTREL))
        before = {table: rows(path, f"SELECT * FROM {table}") for (table,) in rows(path, dump)}
        store.add(*report("one", FULL, BARE))
        assert before == {table: rows(path, f"SELECT * FROM {table}") for (table,) in rows(path, dump)}


def test_sources_are_listed_and_searched(path: Path) -> None:
    """Most attributions first; any name will do, in any case; by kind."""
    agency = Source("KLA", "Kestrel Lake Agency", "media", "full-name", names=("KLA",))
    with Store.open(path) as store:
        store.add(*report("one", KESTREL, agency, agency))
        assert [row.name for row in store.sources()] == ["Kestrel Lake Agency", "Imogen Kestrel"]
        assert [row.name for row in store.sources("kla")] == ["Kestrel Lake Agency"]
        assert [row.name for row in store.sources("the KESTREL", kind="person")] == ["Imogen Kestrel"]
        assert store.sources("nobody") == []
        assert len(store.sources(limit=1)) == 1
        assert store.sources()[0].names == ("KLA",)
        assert store.source("kla").row == store.source(f"#{store.source('KLA').row.id}").row


def test_a_reference_that_nobody_or_several_bear_is_refused_with_candidates(path: Path) -> None:
    """The message names them with their numbers; a name of digits is asked for with an equals sign."""
    other = Source("Kestrel", "Rowan Kestrel", "person", "full-name")
    one = Source("Kestrel", "Imogen Kestrel", "person", "full-name")
    digits = Source("112", "112", "organization", "as-written")
    with Store.open(path) as store:
        store.add(*report("one", one, other, digits))
        with pytest.raises(
            StoreError, match=r'"Kestrel" is a name of 2 sources: \d "Imogen Kestrel" \(person\); \d "Rowan'
        ):
            store.source("Kestrel")
        with pytest.raises(StoreError, match="No source has the number 99"):
            store.source("99")
        with pytest.raises(
            StoreError, match=r'no source goes by the name "Kestr"(?i:.*)Rowan Kestrel'.replace("no", "No")
        ):
            store.source("Kestr")
        assert store.source("=112").row.name == "112"
        assert store.source("112").row.name == "112"


def test_numbers_are_never_used_twice(path: Path) -> None:
    """A folded row's number leads to its keeper for good."""
    with Store.open(path) as store:
        store.add(*report("one", KESTREL))
        store.add(*report("two", Source("x", "Ada Lindqvist", "person", "full-name")))
        store.merge_sources("1", ["2"], "kim")
        store.add(*report("three", Source("x", "Rowan Tarn", "person", "full-name")))
        assert store.source("Rowan Tarn").row.id == 3
        assert store.source("2").row.id == 1


def test_finding_a_source_goes_by_indexes(path: Path) -> None:
    """No statement of ingest or of a decision reads through a table, whatever SQLite knows about it."""
    with Store.open(path) as store:
        store.add(*report("one", FULL, [BARE, KESTREL]))
        statements: list[str] = []
        connection = store._connection._db.conn
        connection.set_trace_callback(statements.append)
        store.add(*report("two", BARE, KESTREL, Source("aides", "aides", "group", "t", named=False)))
        store.add(*report("three", FULL, Source("x", "Tarn Board", "organization", "t")))
        store.merge_sources("Tarn Board", ["Imogen Kestrel"], by="kim")
        store.rename_source("Tarn Board", "Board of Tarn", by="kim")
        store.undo_source_decision(2, by="kim")
        store.undo_source_decision(1, by="kim")
        store.source("Tarn Board")
        connection.set_trace_callback(None)
        read = ("SELECT", "WITH", "UPDATE", "DELETE", "INSERT")
        steps = {
            (step, statement)
            for statement in {told for told in statements if told.split()[0].upper() in read}
            for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
        }
    assert len(steps) > 40
    harmless = (
        "CONSTANT ROW",
        "json_each",
        "VIRTUAL TABLE",
        "SCAN found",
        "SCAN chain",
        "SCAN folded",
        "SCAN claim",
        "sqlite_master",
        "decided_wordings_decision_id",  # whether there is any row: the first one tells
    )
    slow = {pair for pair in steps if pair[0].startswith("SCAN") or "AUTOMATIC" in pair[0]}
    assert {pair for pair in slow if not any(word in pair[0] for word in harmless)} == set()


def test_many_sources_of_one_surname_and_office_keep_ingest_cheap(path: Path) -> None:
    """A key is filled up to its cap; who is the same by name is found all the same."""
    dozens = [
        Source("x", f"Ida{chr(97 + n // 26)}{chr(97 + n % 26)} Kestrel", "person", "t", roles=(PRESIDENT,))
        for n in range(90)
    ]
    with Store.open(path) as store:
        store.add(*report("one", *dozens))
        again = store.add(*report("two", *dozens))
        assert again.new_sources == 0
    most = rows(path, "SELECT max(n) FROM (SELECT count(*) AS n FROM source_keys GROUP BY key)")[0][0]
    assert CANDIDATES <= most <= 64


def test_a_name_in_doubt_does_not_write_a_large_source_anew(path: Path) -> None:
    """A new row of it goes into the one with more behind it, whose number stays; an article's work does not grow."""
    names = ("George Kestrel", "George W. Kestrel", "George H. W. Kestrel")
    changed, before = [], 0
    with Store.open(path) as store:
        for number in range(90):
            store.add(*report(f"n{number}", Source("x", names[number % 3], "person", "t", roles=(PRESIDENT,))))
            ((now,),) = store._connection._db.execute("SELECT total_changes()").fetchall()
            changed.append(now - before)
            before = now
        folded = store.source("George W. Kestrel")
    assert (folded.row.id, folded.row.attributions) == (1, 60)
    assert len(folded.folded) > 20
    assert max(changed[60:]) <= max(changed[15:30]) + 10
    with sqlite3.connect(path) as connection:
        sound(connection)
    connection.close()


PEOPLE = [
    Source("x", "Imogen Kestrel", "person", "t"),
    Source("x", "Imogen R. Kestrel", "person", "t", roles=(Role("pilot", "pilot"),)),
    FULL,
    BARE,
    Source("Kestrel", "Kestrel", "person", "t"),
    Source("x", "Harbour Board", "organization", "t", names=("HB",)),
    Source("the Board", "Harbour Board Inc.", "organization", "t"),
    Source("x", "officials", "group", "t", named=False),
    Source("x", "Foreign Ministry", "government", "t"),
    Source("x", "Foreign Ministry", "government", "t", country="France"),
    Source("x", "Moscow", "government", "t", country="Russia"),
    Source("x", "the Kremlin", "government", "t", country="Russia"),
    Source("x", "Lantern", "unknown", "t"),
    Source("x", "I", "person", "t"),
    Source("x", "  ", "person", "t"),
]


@settings(max_examples=30)
@given(
    st.lists(st.lists(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3), max_size=5), max_size=5), st.randoms()
)
def test_any_articles_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, told: list[list[list[Source]]], dice: object
) -> None:
    """The database is sound after each, no attribution depends on the order, and named sources are as many."""
    articles = [report(f"a{number}", *speakers) for number, speakers in enumerate(told)]
    folder = tmp_path_factory.mktemp("order")
    counts = []
    for order in (articles, dice.sample(articles, len(articles))):  # type: ignore[attr-defined]
        database = folder / f"{len(counts)}.db"
        with Store.open(database) as store:
            for article in order:
                store.add(*article)
                sound(store._connection._db.conn)
        counts.append(
            rows(
                database,
                "SELECT title, uid FROM attributions JOIN articles ON articles.id = article_id ORDER BY 1, 2",
            )
        )
    assert len(set(counts[0])) == sum(len(found) for _, found in articles)
    assert set(counts[0]) == set(counts[1])


def crowd(first: int, number: int) -> list[Source]:
    """People of few surnames and one office, each another one."""
    letters = "bdfgklmnprst"

    def given(n: int) -> str:
        return "".join(letters[n // 12**place % 12] + "aeio"[n // 5**place % 4] for place in range(4)).title()

    surnames = ("Kestrel", "Tarn", "Lindqvist")
    return [
        Source("x", f"{given(n)} {surnames[n % 3]}", "person", "t", roles=(PRESIDENT,))
        for n in range(first, first + number)
    ]


def work(store: Store, name: str, speakers: list[Source]) -> int:
    """What storing an article costs SQLite, in thousands of its instructions."""
    count = [0]

    def tick() -> int:
        count[0] += 1
        return 0

    article, found = report(name, *speakers)
    with store._connection.write() as db:
        added = add_article(db, article, [])
        db.conn.set_progress_handler(tick, 1000)
        Speakers(db, added.article_id, found)
        db.conn.set_progress_handler(None, 0)
    return count[0]


def test_a_source_costs_the_same_beside_few_and_beside_many(path: Path) -> None:
    """Neither an article with thousands of speakers nor a database with thousands of sources is slower for each."""
    with Store.open(path) as store:
        work(store, "warm", crowd(0, 300))
        beside_few = work(store, "few", crowd(300, 100))
        work(store, "many", crowd(400, 3000))
        assert work(store, "more", crowd(3400, 100)) < 1.5 * beside_few
        assert work(store, "again", crowd(300, 100)) < 1.5 * beside_few


def test_most_mentions_tell_the_kind(path: Path) -> None:
    """A body that one article takes for a person is what the others say; unknown counts nothing."""
    kinds = ["person", "unknown", "unknown", "organization", "media", "organization", "person"]
    with Store.open(path) as store:
        for number, kind in enumerate(kinds):
            store.add(*report(f"r{number}", Source("", "Grey Harbour Watch", kind, "as-written")))
    assert named(path) == [("Grey Harbour Watch", "organization")]


def test_a_misspelt_name_joins_once_a_later_article_tells_the_office(path: Path) -> None:
    """What kept two spellings apart is known later: then they are one, and the row says why."""
    chair = Role("chairman of the Net Board", "chairman", "Net Board")
    plain = Source("", "Reimar Tarkanov", "person", "full-name")
    told = Source("", "Reimar Tarkanov", "person", "full-name", roles=(chair,))
    with Store.open(path) as store:
        store.add(*report("a", plain))
        store.add(*report("b", Source("", "Remar Tarkanov", "person", "full-name", roles=(chair,))))
        assert len(named(path)) == 2
        store.add(*report("c", told))
    assert named(path) == [("Reimar Tarkanov", "person")]
    assert rows(path, "SELECT name, rule FROM merged_sources") == [("Remar Tarkanov", "misspelt")]
