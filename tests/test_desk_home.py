"""The front page: how to begin, how much there is, and ways on."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from claims.store import Store
from claims.store.desk.home import home
from tests.desk import crowd, page, part, scans_of_attributions, seen
from tests.invented import AGENCY, BRIDGE, GRAIN, add, article


def test_an_empty_database_says_how_to_fill_it(tmp_path: Path) -> None:
    """With the command that does it."""
    Store.open(tmp_path / "claims.db").close()
    html = page(tmp_path / "claims.db", "/")
    assert "<code>claims ingest article.txt</code>" in html
    assert 'role="search"' not in html


def test_it_begins_with_one_search_box(traded: Path) -> None:
    """That asks the search page."""
    html = page(traded, "/")
    assert html.count('role="search"') == 1
    assert re.search(r'<form [^>]*action="/search" method="get"', html)


def test_it_counts_what_there_is(traded: Path) -> None:
    """As the tables hold it, and tells what came in last."""
    told = seen(page(traded, "/"))
    with closing(sqlite3.connect(traded)) as connection:
        for table, words in (
            ("claims", "{} claims"),
            ("attributions", "made {} times"),
            ("articles", "in {} articles"),
        ):
            ((number,),) = connection.execute(f"SELECT count(*) FROM {table}").fetchall()
            assert words.format(number) in told
    assert "last read" in told
    assert "Sailors talk" in told


def test_it_shows_what_is_new_repeated_and_contested(traded: Path) -> None:
    """Each claim with who made it last, or how often it was made."""
    html = page(traded, "/")
    newest = part(html, "Newest claims")
    assert newest.startswith(BRIDGE)
    assert "Defence Ministry of Norland denies · 2024-06-01 · Sailors talk" in newest
    assert part(html, "Most repeated").startswith(f"{GRAIN} 6 times by 5 sources in 5 articles")
    assert "Ministry denies" in part(html, "Contested")


def test_nothing_contested_or_repeated_leaves_no_empty_part(tmp_path: Path) -> None:
    """A heading always has something under it."""
    path = tmp_path / "claims.db"
    with Store.open(path) as store:
        add(store, article("one.txt", GRAIN), (GRAIN, (AGENCY,), "asserts"))
    html = page(path, "/")
    assert "Contested</h2>" not in html
    assert "Most repeated" not in html
    assert "1 claim made 1 time by 1 source in 1 article" in seen(html)


def test_long_texts_are_cut(tmp_path: Path) -> None:
    """No article makes the front page heavy."""
    path = tmp_path / "claims.db"
    long = "grain " * 20_000
    with Store.open(path) as store:
        for number in range(8):
            told = article(f"{number}.txt", f"{number} {long}", title=long, publisher=long)
            add(store, told, (f"{number} {long}"[:50_000], (AGENCY,), "asserts"))
    page(path, "/")


def test_it_goes_through_no_attributions(traded: Path, tmp_path: Path) -> None:
    """Its numbers are kept counted."""
    assert not scans_of_attributions(traded, home)
    assert not scans_of_attributions(crowd(tmp_path / "claims.db"), home)


def test_a_claim_without_attributions_is_no_error(traded: Path, tmp_path: Path) -> None:
    """Somebody's own SQL may have taken them away."""
    path = tmp_path / "claims.db"
    crowd(path, 3)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO claims (id, text, first_seen) VALUES (99, 'nobody says it', '2030-01-01')")
    with closing(sqlite3.connect(path)) as connection:
        assert [line.id for line in home(Database(connection)).newest] == [1]
