"""The page of a source and what can be taken away from it: real Datasette, real SQLite."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from lxml import etree
from sqlite_utils import Database

from claims.store import Store
from claims.store.desk import said, sources
from claims.store.desk.said import Wanted, place
from claims.terms import Role, Source
from tests.desk import (
    ATOM,
    GRAIN_SHORTER,
    MORE_GRAIN,
    attributions_on,
    feed,
    followed,
    number_of,
    page,
    part,
    rows_of,
    scans_of_attributions,
    seen,
)
from tests.invented import BRIDGE, GRAIN, add, article, copied, get


def source(path: Path, name: str) -> str:
    """The address of a source's page."""
    return f"/source/{number_of(path, 'sources', 'name', name)}"


def test_the_page_tells_who_it_is_and_what_it_said(traded: Path) -> None:
    """Name, kind, counts, and each claim with stance, words, day and article, newest first."""
    html = page(traded, source(traded, "Ada Lindqvist"))
    assert re.search(r"<h1><bdi>Ada Lindqvist</bdi></h1>", html)
    for told in (
        "person",
        "Speaks 2 times",
        "in 2 articles",
        "from 2024-03-03 to 2024-05-07",
        "Also called Lindqvist.",
    ):
        assert told in seen(html)
    told = part(html, "Statements")
    assert told.startswith("Everything 2 Asserted 1 Denied 1 May 2024")
    assert re.search(rf"2024-05-07 denies {GRAIN} Minister answers · Paper 0 · “said”", told)
    assert told.index(GRAIN) < told.index(MORE_GRAIN)
    assert "In these words" not in told
    assert f"{GRAIN} In these words: {GRAIN_SHORTER}" in part(page(traded, source(traded, "Ole Brandt")), "Statements")


def test_one_stance_alone_is_a_link_away(traded: Path) -> None:
    """Its address holds the list, its downloads and its feed to that stance."""
    address = source(traded, "Ada Lindqvist")
    html = page(traded, f"{address}?stance=denies")
    assert MORE_GRAIN not in part(html, "Statements")
    assert re.search(r'aria-current="true">Denied', html)
    for form in ("json", "csv", "atom"):
        assert f'href="{address}.{form}?stance=denies"' in html
    table, told, feed_of_it, wrong = get(
        traded,
        *(f"{address}.{form}?stance=denies" for form in ("csv", "json", "atom")),
        f"{address}?stance=sings",
    )
    assert [row["claim"] for row in rows_of(table)] == [GRAIN]
    assert [row["stance"] for row in told.json()["rows"]] == ["denies"]
    (title,) = feed(feed_of_it).findall(f"{ATOM}entry/{ATOM}title")
    assert title.text == f"Ada Lindqvist denies: {GRAIN}"
    assert wrong.status_code == 400


def test_with_whom_it_agrees_and_clashes(traded: Path) -> None:
    """Who denies whom how often, and who is on the same side, each with a claim to look at."""
    agency = page(traded, source(traded, "Northern News Agency"))
    assert part(agency, "Is denied by") == f"Ada Lindqvist 1 claim {GRAIN} Defence Ministry of Norland 1 claim {GRAIN}"
    assert part(agency, "Agrees with").startswith(f"Ole Brandt 1 claim {GRAIN} sailors 1 claim")
    assert "Denies claims of" not in agency
    minister = page(traded, source(traded, "Ada Lindqvist"))
    assert "Northern News Agency 1 claim" in part(minister, "Denies claims of")
    assert part(minister, "Agrees with").startswith("Defence Ministry of Norland 1 claim")


def test_a_source_that_no_name_tells_says_which_article_knows_it(traded: Path) -> None:
    """It is nobody's page to follow across articles."""
    html = page(traded, source(traded, "sailors"))
    assert "Known from one article only, as no name tells who it is: Sailors talk" in seen(html)
    assert "Known from one article" not in page(traded, "/source/1")


def test_roles_are_told_over_time(tmp_path: Path) -> None:
    """What several articles call it alike is one line, from the first day to the last."""
    path = tmp_path / "claims.db"
    called = (("harbour master", "2022-01-05"), ("Harbour Master", "2023-02-01"), ("mayor", "2024-01-01"))
    with Store.open(path) as store:
        for office, day in called:
            roles = (Role(f"{office} of Kolmar", office, "Kolmar"),)
            who = Source("Ama Osei", "Ama Osei", "person", "test", roles=roles)
            add(store, article(f"{day}.txt", GRAIN, day, published=day), (GRAIN, (who,), "asserts"))
    assert part(page(path, "/source/1"), "Described as") == (
        "mayor of Kolmar 2024-01-01 · 1 article harbour master of Kolmar 2022-01-05 to 2023-02-01 · 2 articles"
    )


def test_history_tells_decisions_and_a_merged_number_leads_on(traded: Path, tmp_path: Path) -> None:
    """The address of a merged source leads to the one it is part of, in every form, with what was asked."""
    path = copied(traded, tmp_path / "claims.db")
    agency, mayor, minister = (
        number_of(path, "sources", "name", name) for name in ("Northern News Agency", "Ole Brandt", "Ada Lindqvist")
    )
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO source_links VALUES (?, ?, 'possibly-same', 0.7, 'as like as two peas')", (minister, agency)
        )
    assert "Ada Lindqvist as like as two peas (70% sure)" in part(
        page(path, f"/source/{agency}"), "Perhaps the same source"
    )
    with Store.open(path) as store:
        store.merge_sources(str(agency), [str(mayor)], "Ida Holm", "he speaks for it")
        store.keep_apart(str(agency), str(minister), "Ida Holm", "she does not")
    for ending in ("", ".json", ".csv", ".atom", "?stance=denies"):
        (response,) = get(path, f"/source/{mayor}{ending}")
        assert (response.status_code, response.headers["location"]) == (301, f"/source/{agency}{ending}")
    html = page(path, f"/source/{agency}")
    told = part(html, "History of this source")
    for words in ("he speaks for it", "Ida Holm", f"{mayor}: Ole Brandt", "Declared to be others Ada Lindqvist"):
        assert words in told
    assert "Perhaps the same" not in html


def test_a_number_that_no_source_has_is_not_found(traded: Path) -> None:
    """The page says so and leads on."""
    for number in ("77", "9" * 30):
        html, told = get(traded, f"/source/{number}", f"/source/{number}.json")
        assert html.status_code == told.status_code == 404
        assert "There is no source with the number" in html.text


@pytest.mark.parametrize("many", [0, 10**9], ids=["along the days", "its own in order"])
def test_every_page_leads_to_the_next_and_back(crowded: Path, monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    """Newest first, nothing missing, nothing twice, also of one stance alone."""
    monkeypatch.setattr(said, "MANY", many)
    forth = [attributions_on(html) for html in followed(crowded, "/source/1", "next")]
    assert [len(one) for one in forth] == [50, 50, 30]
    whole = [number for one in forth for number in one]
    assert len(set(whole)) == 130
    back = [attributions_on(html) for html in followed(crowded, "/source/1?before=0000-00-00.0.0", "prev")]
    assert [number for one in reversed(back) for number in one] == whole
    denied = attributions_on(page(crowded, "/source/1?stance=denies"))
    assert [number for number in whole if number in denied] == denied
    assert len(denied) == 13


def test_the_feed_is_valid(crowded: Path) -> None:
    """At most 50 entries, the newest first."""
    root = feed(get(crowded, "/source/1.atom")[0])
    told = [entry.findtext(f"{ATOM}updated") for entry in root.findall(f"{ATOM}entry")]
    assert len(told) == 50
    assert told == sorted(told, reverse=True)
    assert root.findtext(f"{ATOM}title") == "Northern News Agency"


def test_rows_can_be_taken_away(traded: Path) -> None:
    """CSV and JSON have all it said with all that is known of each."""
    address = source(traded, "Northern News Agency")
    table, told = get(traded, f"{address}.csv", f"{address}.json")
    rows, known = rows_of(table), told.json()
    assert [row["claim"] for row in rows] == [BRIDGE, GRAIN, GRAIN]
    assert {row["source_kind"] for row in rows} == {"media"}
    assert known["source"]["counts"]["stances"] == [["asserts", 2], ["promises", 1]]
    assert known["source"]["denied_by"][0]["claim"] == GRAIN
    assert known["permalink"] == f"http://localhost{address}"
    assert [row["attribution_id"] for row in known["rows"]] == [int(row["attribution_id"]) for row in rows]


def test_the_picture_has_its_numbers_beside_it(traded: Path) -> None:
    """A picture without a script for three months or more, and a table of what it shows."""
    address = source(traded, "Northern News Agency")
    numbers = part(page(traded, address), "Over time")
    assert "Month stands by a claim neither 2024-02 1 0 2024-03 1 0 2024-04 0 0 2024-05 0 1" in numbers
    (picture,) = get(traded, f"{address}/by-month.svg")
    assert etree.fromstring(picture.content).tag == "{http://www.w3.org/2000/svg}svg"
    assert b"<script" not in picture.content


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    """Markup of an article is text on the page, and a page of very long ones stays small."""
    path, evil = tmp_path / "claims.db", '"><img src=x onerror=alert(1)><script>alert(1)</script>'
    who = Source("Ama Osei", "Ama Osei", "person", "test", roles=(Role(evil * 50, evil, evil),))
    with Store.open(path) as store:
        for number in range(55):
            words = f"{evil} number {number} {'<&' * 2000}"
            add(store, article(f"{number}.txt", words, title=evil * 90, publisher=evil), (words, (who,), "accuses"))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE sources SET name = ? || name, country = ?", (evil * 90, evil * 90))
        connection.execute("UPDATE source_names SET name = ? || name", (evil * 90,))
    html = page(path, "/source/1")
    assert len(attributions_on(html)) == 50
    assert "<script" not in html
    assert "<img src=x" not in html


@pytest.mark.parametrize("times", [1, said.MANY + 1])
def test_no_query_goes_through_all_attributions(traded: Path, times: int) -> None:
    """Each step finds its rows by an index."""
    for stance in (None, "denies"):
        wanted = Wanted("source_id", 1, times, stance, newest_first=True, start=place("2024-05-01.9.9"))

        def reader(db: Database, wanted: Wanted = wanted) -> object:
            return sources.page_of_source(db, sources.source_counts(db, 1), wanted)

        assert scans_of_attributions(traded, reader) == []
