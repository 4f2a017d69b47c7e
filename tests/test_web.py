"""The pages over a database of claims, as metadata.yml describes them: real Datasette, real SQLite."""

import asyncio
import re
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from datasette.app import Datasette
from hypothesis import given
from hypothesis import strategies as st

from claims.store import Store
from claims.store.desk.asking import any_text_to_fts
from claims.terms import Source
from claims.web import application
from claims.web.metadata import metadata_for
from tests.invented import (
    AGENCY,
    BRIDGE,
    GRAIN,
    HOSTILE,
    MINISTER,
    MINISTRY,
    TAXES,
    add,
    article,
    closed_after,
    copied,
    get,
)

LIMITED = {"latest_attributions": {"attributions"}, "claims_contested": {"claim_tallies"}}
"""Tables that a query walks from the end of, as far as its limit says."""
HOSTILE_LINK = "javascript:alert(2)"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three articles, one of them old and one undated, with a claim that is confirmed and denied."""
    path = tmp_path_factory.mktemp("db") / "claims.db"
    recent = (date.today() - timedelta(days=3)).isoformat()
    old = article("old.txt", GRAIN, title="Grain trade", published="2021-05-02", publisher="River Gazette")
    new = article("new.txt", GRAIN, BRIDGE, title="Talks", published=recent, publisher="Harbour Post",
                  url="https://harbour.example/talks")  # fmt: skip
    undated = article("undated.txt", TAXES)
    with Store.open(path) as store:
        add(store, old, (GRAIN, (AGENCY,), "asserts"))
        add(store, new, (GRAIN, (MINISTER,), "confirms"), (GRAIN, (MINISTRY,), "denies"),
            (BRIDGE, (MINISTER,), "promises"))  # fmt: skip
        add(store, undated, (TAXES, (), "asserts"))
    return path


@pytest.fixture(scope="module")
def hostile_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An article that tries to put markup and script addresses on every page."""
    path = tmp_path_factory.mktemp("hostile") / "claims.db"
    said = f"{HOSTILE} shall rule"
    source = Source(HOSTILE, f"{HOSTILE} & sons", "person", "test")
    reported = article(f"{HOSTILE}.txt", said, "x" * 5000, title=HOSTILE, publisher=HOSTILE_LINK, author=HOSTILE,
                       published=date.today().isoformat(), url=HOSTILE_LINK)  # fmt: skip
    with Store.open(path) as store:
        add(store, reported, (said, (source, MINISTER), "asserts"), (said, (MINISTRY,), "denies"))
    return path


def rows(path: Path, query: str, **parameters: str) -> list[dict[str, Any]]:
    """What a query of metadata.yml, a table or a view returns."""
    (response,) = get(path, f"/{path.stem}/{query}.json?{urlencode(parameters | {'_shape': 'array'})}")
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()
    return found


def described() -> dict[str, Any]:
    """What metadata.yml says of the database."""
    told: dict[str, Any] = metadata_for("claims")["databases"]["claims"]
    return told


def columns_by_table(path: Path) -> dict[str, list[str]]:
    """Every table and view of a database with its columns, search indexes left out."""
    with closing(sqlite3.connect(path)) as connection:
        listed = connection.execute("SELECT name FROM pragma_table_list WHERE schema = 'main'").fetchall()
        names = [name for (name,) in listed if not name.startswith("sqlite_") and "_fts" not in name]
        return {
            name: [column for (column,) in connection.execute("SELECT name FROM pragma_table_info(?)", [name])]
            for name in names
        }


def test_every_table_and_column_is_described(database: Path) -> None:
    """Nobody meets a table or a column that metadata.yml leaves unexplained, nor reads of one that is not there."""
    told = described()["tables"]
    found = columns_by_table(database)
    assert {name for name in told if not name.endswith("_fts")} == set(found)
    for name, columns in found.items():
        assert list(told[name]["columns"]) == columns, name
        assert all([told[name]["title"], told[name]["description"], *told[name]["columns"].values()]), name


def test_facets_sort_orders_and_labels_name_real_columns(database: Path) -> None:
    """What metadata.yml sorts, counts and labels by is there, and the pages really do it."""
    found = columns_by_table(database)
    for name, told in described()["tables"].items():
        if name not in found:
            continue
        named = [*told.get("facets", ()), *(told[key] for key in ("sort", "sort_desc", "label_column") if key in told)]
        assert set(named) <= set(found[name]), name
        (page,) = get(database, f"/claims/{name}.json")
        assert page.status_code == 200, page.text
        assert set(page.json()["facet_results"]) == set(told.get("facets", ())), name


def test_only_tables_for_people_are_listed(database: Path) -> None:
    """Search indexes, keys and migrations are hidden; the rest is not."""
    (page,) = get(database, "/claims.json")
    shown = {table["name"] for table in page.json()["tables"] if not table["hidden"]}
    assert shown == {
        "articles", "attributions", "claims", "claim_links", "sources", "source_names", "source_mentions",
        "source_roles", "source_links", "source_decisions", "merged_sources", "sources_apart", "claim_decisions",
        "merged_claims", "claims_apart",
    }  # fmt: skip


def test_foreign_keys_show_labels(database: Path) -> None:
    """A row of attributions shows the claim, the speaker and the headline, not their numbers alone."""
    (page,) = get(database, "/claims/attributions")
    for label in (GRAIN, MINISTER.name, "Talks"):
        assert re.search(rf'<a href="/(claim|source|article)/\d+">{re.escape(label)}</a>', page.text), label


def test_an_article_without_a_title_has_no_label_none(database: Path) -> None:
    """An untitled article is not called "None"."""
    (page,) = get(database, "/claims/attributions")
    assert ">None<" not in page.text


@pytest.mark.parametrize("name", ["Ada Lindqvist", "lindqvist", " Lindqvist "])
def test_claims_by_source_takes_any_form_of_a_name(database: Path, name: str) -> None:
    """A whole name, a part of it or a short form finds what the source said, newest first."""
    found = rows(database, "claims_by_source", source=name)
    assert {(row["claim"], row["stance"]) for row in found} == {(GRAIN, "confirms"), (BRIDGE, "promises")}
    assert {row["source"] for row in found} == {MINISTER.name}


def test_claims_by_source_knows_other_names(database: Path) -> None:
    """A name that only the articles use finds the source too."""
    assert [row["source"] for row in rows(database, "claims_by_source", source="NNA")] == [AGENCY.name]


def test_claims_by_source_without_a_name_shows_all(database: Path) -> None:
    """The query can be opened before a name is typed; nobody is found for a name nobody has."""
    assert len(rows(database, "claims_by_source")) == 4
    assert rows(database, "claims_by_source", source="Nobody") == []


def test_said_about_joins_name_and_words(database: Path) -> None:
    """What one source said about one thing, whatever the order of the words."""
    found = rows(database, "said_about", source="Lindqvist", about="grain norland")
    assert [(row["said"], row["stance"]) for row in found] == [(GRAIN, "confirms")]
    assert len(rows(database, "said_about", source="Lindqvist")) == 2
    assert rows(database, "said_about", source="NNA", about="bridge") == []


def test_claims_denied(database: Path) -> None:
    """The denial is listed with who denied."""
    found = rows(database, "claims_denied")
    assert [(row["claim"], row["denied_by"], row["publisher"]) for row in found] == [
        (GRAIN, MINISTRY.name, "Harbour Post")
    ]


def test_claims_contested(database: Path) -> None:
    """A claim that some stand by and another denies is listed once, with both sides."""
    (found,) = rows(database, "claims_contested")
    assert found["claim"] == GRAIN
    assert set(found["asserted_by"].split("; ")) == {AGENCY.name, MINISTER.name}
    assert found["denied_by"] == MINISTRY.name


def test_claims_by_several_sources_counts_no_denial(database: Path) -> None:
    """Two sources made the claim; the third denied it and is not counted."""
    (found,) = rows(database, "claims_by_several_sources")
    assert (found["claim"], found["sources"], found["times"]) == (GRAIN, 2, 2)
    assert set(found["made_by"].split("; ")) == {AGENCY.name, MINISTER.name}


def test_claims_first_made_this_week(database: Path) -> None:
    """Claims of this week's and of undated articles are listed, unless an older article has them."""
    found = rows(database, "claims_first_made_this_week")
    assert {row["claim"]: row["made_by"] for row in found} == {BRIDGE: MINISTER.name, TAXES: None}


def test_claims_that_contradict(database: Path, tmp_path: Path) -> None:
    """Linked claims are listed as a pair with who made each; a possible duplicate is not a contradiction."""
    copy = copied(database, tmp_path / "claims.db")
    with closing(sqlite3.connect(copy)) as target:
        numbers = dict(target.execute("SELECT text, id FROM claims").fetchall())
        target.execute("DELETE FROM claim_links")
        add_link = "INSERT INTO claim_links (claim_id, other_id, relation, score, reason) VALUES (?, ?, ?, 0.8, 'test')"
        target.execute(add_link, (numbers[BRIDGE], numbers[GRAIN], "contradicts"))
        target.execute(add_link, (numbers[BRIDGE], numbers[TAXES], "possible-duplicate"))
        target.commit()
    (found,) = rows(copy, "claims_that_contradict")
    assert (found["claim"], found["made_by"], found["other_claim"]) == (BRIDGE, MINISTER.name, GRAIN)
    assert MINISTRY.name in found["other_made_by"]


def test_latest_attributions_start_with_the_last(database: Path) -> None:
    """The last article read comes first, a claim of an unnamed source included."""
    found = rows(database, "latest_attributions")
    assert len(found) == 5
    assert (found[0]["claim"], found[0]["source"]) == (TAXES, None)


def test_every_query_is_described_read_only_and_has_a_page(database: Path) -> None:
    """Each query has a title and a description, writes nothing, and opens as a page before anything is typed."""
    for name, query in described()["queries"].items():
        assert set(query) - {"params"} == {"title", "description", "hide_sql", "sql"}, name
        (page,) = get(database, f"/claims/{name}")
        assert page.status_code == 200, name
        assert query["title"] in page.text, name


@pytest.mark.parametrize("query", sorted(described()["queries"]))
def test_no_query_reads_through_a_large_table(database: Path, query: str) -> None:
    """Indexes and tables of counts answer, whatever SQLite knows about the data; only names may be looked through."""
    told = described()["queries"][query]
    with closing(sqlite3.connect(database)) as connection:
        connection.create_function("escape_fts", 1, str)
        assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'").fetchall()
        parameters = dict.fromkeys(told.get("params", ()), "x")
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {told['sql']}", parameters)]
    scanned = {found[1] for step in plan if (found := re.match(r"SCAN (\w+)", step))}
    tables = set(columns_by_table(database))
    assert scanned & tables <= {"source_names"} | LIMITED.get(query, set()), plan
    assert query != "latest_attributions" or "USE TEMP B-TREE FOR ORDER BY" not in plan, plan
    assert not [step for step in plan if "AUTOMATIC" in step], plan


@pytest.mark.parametrize("typed", ['"', "*", "AND", "-", "NEAR(", '""', "^", "\0", "text:", "' OR 1=1 --", '"a\nb"'])
def test_search_takes_any_text(database: Path, typed: str) -> None:
    """Punctuation and search operators are words like any other, in every search box."""
    for table in ("claims", "articles", "attributions", "attributed_claims"):
        rows(database, table, _search=typed)
    rows(database, "said_about", source="Lindqvist", about=typed)


@given(st.text(alphabet=st.sampled_from('ab"*^:-+(){}\\ \n\0é') | st.characters(codec="utf-8")))
def test_every_text_is_a_valid_search(typed: str) -> None:
    """Whatever is typed, SQLite accepts what becomes of it as a full-text query."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5 (text)")
        assert connection.execute("SELECT * FROM words WHERE words MATCH ?", [any_text_to_fts(typed)]).fetchall() == []


def test_search_finds_claims_and_articles(database: Path) -> None:
    """The search boxes of the tables and of the view find words wherever they stand."""
    assert [row["text"] for row in rows(database, "claims", _search="BRIDGE")] == [BRIDGE]
    assert [row["path"] for row in rows(database, "articles", _search="boats")] == ["undated.txt"]
    assert len(rows(database, "attributed_claims", _search="grain")) == 3
    assert len(rows(database, "attributions", _search="grain")) == 3


def test_claim_numbers_are_links(database: Path) -> None:
    """From a query and from the view one comes to the claim."""
    query, view = get(database, "/claims/claims_denied", "/claims/attributed_claims?stance=denies")
    for page in (query, view):
        (link,) = set(re.findall(r'href="(/claim/\d+)"', page.text))
        assert GRAIN in get(database, link)[0].text
    (link,) = set(re.findall(r'href="(/article/\d+)"', view.text))
    assert BRIDGE in get(database, link)[0].text


def test_text_from_articles_stays_text(hostile_database: Path) -> None:
    """No page carries markup or a script address from an article into the browser."""
    tables = [f"/claims/{name}" for name in described()["tables"]]
    queries = [f"/claims/{name}?{urlencode({'source': HOSTILE})}" for name in described()["queries"]]
    single = ["/claims/articles/1", "/claims/claims/1", "/claims/attributions/1", "/claims/sources/1"]
    searched = [f"/claims/claims?{urlencode({'_search': HOSTILE})}", f"/claims/{HOSTILE}", f"/claims?sql={HOSTILE}"]
    shown = 0
    for page in get(hostile_database, "/", "/claims", *tables, *queries, *single, *searched):
        assert HOSTILE not in page.text, page.url
        assert not re.search(r"""href\s*=\s*["']?\s*javascript:""", page.text, re.IGNORECASE), page.url
        shown += "&lt;script&gt;" in page.text
    assert shown > 10


def test_long_texts_are_cut_in_tables_and_whole_on_their_page(hostile_database: Path) -> None:
    """A table of articles stays readable; the page of one article has all of it."""
    table, single = get(hostile_database, "/claims/articles", "/claims/articles/1")
    assert "x" * 1000 not in table.text
    assert "x" * 5000 in single.text


def test_pages_show_what_is_written_meanwhile(tmp_path: Path) -> None:
    """An article that is ingested while the pages are open is there at the next look, also before a checkpoint."""
    path = tmp_path / "claims.db"
    first, second = article("a.txt", GRAIN), article("b.txt", BRIDGE)

    async def look(site: Datasette) -> list[int]:
        counts = []
        for reported, words in ((first, GRAIN), (second, BRIDGE)):
            add(store, reported, (words, (MINISTER,), "asserts"))
            counts.append(len((await site.client.get("/claims/latest_attributions.json?_shape=array")).json()))
        return counts

    with Store.open(path) as store:
        assert sqlite3.connect(path).execute("PRAGMA journal_mode").fetchone() == ("wal",)
        with closed_after(application(path)) as site:
            assert not [served for served in site.databases.values() if served.path and not served.is_mutable]
            assert asyncio.run(look(site)) == [1, 2]


@pytest.mark.parametrize("sql", ["delete from claims", "with x as (select 1) delete from claims", "vacuum"])
def test_the_web_cannot_write(database: Path, sql: str) -> None:
    """SQL that changes the database is refused."""
    before = rows(database, "claims")
    (refused,) = get(database, f"/claims.json?{urlencode({'sql': sql})}")
    assert refused.status_code == 400
    assert rows(database, "claims") == before
