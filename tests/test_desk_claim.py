"""The page of a claim and what can be taken away from it: real Datasette, real SQLite."""

import asyncio
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from sqlite_utils import Database

from claims.desk import taking
from claims.desk.charts import whole_steps
from claims.desk.differences import differences
from claims.desk.feeds import urn
from claims.desk.months import FEWEST, MOST, OF_CLAIM, drawn, filled
from claims.store import Store
from claims.store.desk import claims, said
from claims.store.desk.said import Month, Wanted, place, stretch
from claims.web import application
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
from tests.invented import AGENCY, BRIDGE, GRAIN, MINISTRY, add, article, copied, get


def test_the_page_tells_what_is_claimed_and_who_denies_it(traded: Path) -> None:
    """The claim, its counts and its deniers stand at the top."""
    html = page(traded, "/claim/1")
    assert seen(html[html.index("<h1") : html.index("</h1>")]) == GRAIN
    for told in (
        "Said 6 times",
        "by 5 named sources",
        "in 5 articles",
        "of 3 publishers",
        "from 2024-02-03 to 2024-06-01",
    ):
        assert told in seen(html)
    assert part(html, "Who denies it").startswith("Ada Lindqvist, Defence Ministry of Norland")
    assert html.index("Who denies it") < html.index("In which words")


def test_a_claim_that_nobody_denies_says_nothing_of_denials(traded: Path) -> None:
    """No empty parts."""
    html = page(traded, f"/claim/{number_of(traded, 'claims', 'text', MORE_GRAIN)}")
    for heading in ("Who denies it", "In which words", "When it was said", "History of this claim"):
        assert heading not in html


def test_wordings_show_their_differences(traded: Path) -> None:
    """Most frequent first; words left out and new ones are marked."""
    told = page(traded, "/claim/1")
    wordings = re.findall(r'<p class="said"><bdi>(.*?)</bdi></p>\s*<p class="about">(\d) times?', told)
    assert wordings == [
        (GRAIN, "4"),
        ("Norland <del>has</del> sold ten shiploads of grain to Sudmark", "1"),
        (f"{GRAIN} <ins>last week</ins>", "1"),
    ]


def test_the_timeline_goes_month_by_month(traded: Path) -> None:
    """Who said it, with which stance, in which words where they differ, and where."""
    html = page(traded, "/claim/1")
    assert re.findall(r"<h3>(\w+ \d{4})</h3>", html) == ["February 2024", "March 2024", "May 2024", "June 2024"]
    told = part(html, "Who said it, when and where")
    assert (
        "2024-03-03 Ole Brandt asserts Norland sold ten shiploads of grain to Sudmark Harbour talk · Paper 1 · “said”"
        in told
    )
    assert "2024-03-05 Defence Ministry of Norland denies Ministry denies" in told
    assert html.count('<li class="against">') == 2
    assert len(attributions_on(html)) == 6


def test_claims_that_bear_on_it_stand_side_by_side(traded: Path, tmp_path: Path) -> None:
    """Each with who says it, and why they are set against each other."""
    path = copied(traded, tmp_path / "claims.db")
    bridge = number_of(path, "claims", "text", BRIDGE)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO claim_links VALUES (?, 1, 'denies', 0.9, 'says that it is not so')", (bridge,))
        connection.execute("INSERT INTO claim_links VALUES (1, ?, 'possible-duplicate', 0.6, 'same words')", (bridge,))
    html = page(path, "/claim/1")
    other = part(html, "Contradicting claims")
    assert MORE_GRAIN in other
    assert "Ada Lindqvist" in other
    assert "“twelve shiploads of” against “ten shiploads of” (80% sure)" in other
    assert f"{BRIDGE} denied by Defence Ministry of Norland" in part(html, "Claims that deny it")
    assert "same words (60% sure)" in part(html, "Perhaps the same claim")
    assert f"Defence Ministry of Norland in the words “{BRIDGE}”" in part(html, "Who denies it")
    denial = part(page(path, f"/claim/{bridge}"), "Claims that it denies")
    assert denial.startswith(f"{BRIDGE} denied by Defence Ministry of Norland {GRAIN} ")


def test_history_tells_decisions_and_a_merged_number_leads_on(traded: Path, tmp_path: Path) -> None:
    """The address of a merged claim leads to the one it is part of, in every form, with what was asked."""
    path = copied(traded, tmp_path / "claims.db")
    other, bridge = (number_of(path, "claims", "text", text) for text in (MORE_GRAIN, BRIDGE))
    with Store.open(path) as store:
        store.merge_claims(1, [other], "Ida Holm", "a slip of the pen")
        store.keep_claims_apart(1, bridge, "Ida Holm", "grain is no bridge")
    for ending in ("", ".json", ".csv", ".atom", "?after=2024-01-01.1.1"):
        (response,) = get(path, f"/claim/{other}{ending}")
        assert (response.status_code, response.headers["location"]) == (301, f"/claim/1{ending}")
    told = part(page(path, "/claim/1"), "History of this claim")
    for words in ("a slip of the pen", "Ida Holm", f"{other}: {MORE_GRAIN}", BRIDGE):
        assert words in told


def test_a_number_that_no_claim_has_is_not_found(traded: Path) -> None:
    """The page says so and leads on."""
    for number in ("77", "9" * 30, "9" * 5000):
        html, told = get(traded, f"/claim/{number}", f"/claim/{number}.json")
        assert html.status_code == told.status_code == 404
        assert "There is no claim with the number" in html.text
        assert told.json()["ok"] is False
    (wrong,) = get(traded, "/claim/1?after=yesterday")
    assert wrong.status_code == 400
    assert "is no place in this list" in wrong.text


def test_every_page_of_the_timeline_leads_to_the_next_and_back(crowded: Path) -> None:
    """Nothing is missing, nothing comes twice."""
    forth = [attributions_on(html) for html in followed(crowded, "/claim/1", "next")]
    assert [len(one) for one in forth] == [50, 50, 30]
    whole = [number for one in forth for number in one]
    assert len(set(whole)) == 130
    back = [attributions_on(html) for html in followed(crowded, "/claim/1?before=9999-99-99.0.0", "prev")]
    assert [number for one in reversed(back) for number in one] == whole


@settings(max_examples=40)
@given(st.integers(1, 60), st.booleans(), st.booleans(), st.booleans(), st.sampled_from([None, "denies"]))
def test_stretches_make_up_the_list(
    crowded: Path, limit: int, along_the_days: bool, newest_first: bool, backwards: bool, stance: str | None
) -> None:
    """However the rows are looked for, and however many at once, they come in order of time, each once."""
    times = said.MANY + 1 if along_the_days else 1
    wanted = Wanted("claim_id", 1, times, stance, newest_first, limit=limit)
    start = place("0000-00-00.0.0" if newest_first else "9999-99-99.0.0") if backwards else None
    found = []
    with closing(sqlite3.connect(crowded)) as connection:
        db = Database(connection)
        while True:
            told = stretch(db, Wanted("claim_id", 1, times, stance, newest_first, start, backwards, wanted.limit))
            rows = [(row.day, row.article_id, row.attribution_id) for row in told.rows]
            found += reversed(rows) if backwards else rows
            further = told.before if backwards else told.after
            if further is None:
                break
            assert len(rows) == limit
            start = place(further)
    assert len(found) == (13 if stance else 130)
    assert found == sorted(found, reverse=newest_first != backwards)


def test_a_newcomer_shifts_no_page(crowded: Path, tmp_path: Path) -> None:
    """Who follows a link to the next page finds what comes after what was read."""
    path = copied(crowded, tmp_path / "claims.db")
    first, second, *_ = followed(path, "/claim/1", "next")
    link = re.search(r'rel="next" href="([^"]*)"', first)
    assert link is not None
    with Store.open(path) as store:
        add(store, article("early.txt", GRAIN, published="2019-01-01"), (GRAIN, (MINISTRY,), "denies"))
    assert attributions_on(page(path, link[1])) == attributions_on(second)


def test_the_feed_is_valid_and_has_the_newest(crowded: Path, traded: Path) -> None:
    """Newest first, at most 50; each entry says who does what and leads to its place in the article."""
    big, small = (feed(get(path, "/claim/1.atom")[0]) for path in (crowded, traded))
    assert len(big.findall(f"{ATOM}entry")) == 50
    told = [
        (entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}updated")) for entry in small.findall(f"{ATOM}entry")
    ]
    assert told[0] == (f"sailors asserts: {GRAIN}", "2024-06-01T00:00:00+00:00")
    assert told[1] == (f"Ada Lindqvist denies: {GRAIN}", "2024-05-07T00:00:00+00:00")
    assert [day for _, day in told] == sorted((day for _, day in told), reverse=True)
    link = small.find(f"{ATOM}entry/{ATOM}link").get("href")
    assert re.fullmatch(r"http://localhost/article/5\?at=(\d+)#a\1", link)
    assert small.findtext(f"{ATOM}updated") == "2024-06-01T00:00:00+00:00"


def test_the_feed_stands_what_xml_cannot_hold(tmp_path: Path) -> None:
    """Control characters and marks that turn words round are replaced; markup is text."""
    path, words = tmp_path / "claims.db", "the \x0bharbour \u202e<b>is</b> closed & quiet"
    with Store.open(path) as store:
        add(store, article("a.txt", words, title="T\x08"), (words, (), "asserts"))
    root = feed(get(path, "/claim/1.atom")[0])
    assert (
        root.findtext(f"{ATOM}entry/{ATOM}title")
        == "Nobody named asserts: the ␋harbour [U+202E]<b>is</b> closed & quiet"
    )


def test_names_of_entries_do_not_depend_on_where_they_are_served() -> None:
    """The same thing has the same name, another one another."""
    assert urn("said", "abc", 1) == urn("said", "abc", 1) != urn("said", "abc", 2)
    assert urn("said", "a", "bc") != urn("said", "ab", "c")


def test_a_host_that_is_none_is_refused(traded: Path) -> None:
    """Whole addresses are made of what the reader's program says it asked."""
    site = application(traded)
    response = asyncio.run(site.client.get("/claim/1", headers={"host": "["}))
    assert response.status_code == 400
    assert "Open the page by another one" in response.text


def test_rows_can_be_taken_away(traded: Path) -> None:
    """CSV and JSON have every occurrence with all that is known of it, and its address."""
    table, told = get(traded, "/claim/1.csv", "/claim/1.json")
    rows, known = rows_of(table), told.json()
    assert [row["stance"] for row in rows].count("denies") == 2
    assert rows[1]["source"] == "Ole Brandt"
    assert rows[1]["said"] == GRAIN_SHORTER
    assert rows[1]["permalink"] == "http://localhost/article/2?at={0}#a{0}".format(rows[1]["attribution_id"])
    assert 'filename="claim-1.csv"' in table.headers["content-disposition"]
    assert known["permalink"] == "http://localhost/claim/1"
    assert known["claim"]["counts"]["text"] == GRAIN
    assert [row["source"] for row in known["rows"]] == [row["source"] for row in rows]
    assert known["note"] is known["next"] is None
    assert set(known["rows"][0]) | {"note"} == set(rows[0])


def test_what_is_cut_says_where_the_rest_is(crowded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A note in words, and an address that goes on where the rows end."""
    monkeypatch.setattr(taking, "ROWS", {"csv": 100, "json": 60})
    monkeypatch.setattr(taking, "ROWS_AT_ONCE", 30)
    table, told = get(crowded, "/claim/1.csv", "/claim/1.json")
    rows, known = rows_of(table), told.json()
    assert len(rows) == 100
    assert [row["note"] for row in rows[:-1]] == [""] * 99
    rest = rows[-1]["note"].rpartition(" ")[2]
    assert rows[-1]["note"] == f"Only 100 rows are here. The next ones: {rest}"
    further, going_on = get(crowded, *(link.removeprefix("http://localhost") for link in (rest, known["next"])))
    numbers = [int(row["attribution_id"]) for row in rows + rows_of(further)]
    assert len(numbers) == len(set(numbers)) == 130
    assert [row["attribution_id"] for row in known["rows"] + going_on.json()["rows"]] == numbers[:120]


def test_the_picture_has_its_numbers_beside_it(traded: Path) -> None:
    """A picture without a script for three months or more, and a table of what it shows."""
    html = page(traded, "/claim/1")
    assert 'src="/claim/1/by-month.svg"' in html
    numbers = part(html, "When it was said")
    assert "Month stand by it deny it 2024-02 1 0 2024-03 2 1 2024-04 0 0 2024-05 0 1 2024-06 1 0" in numbers
    picture, other = get(traded, "/claim/1/by-month.svg", "/claim/1/by-day.svg")
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert etree.fromstring(picture.content).tag == "{http://www.w3.org/2000/svg}svg"
    assert b"<script" not in picture.content
    assert other.status_code == 404


@given(st.lists(st.tuples(st.integers(1900, 2100), st.integers(1, 12)), unique=True, max_size=30))
def test_no_month_between_is_left_out(days: list[tuple[int, int]]) -> None:
    """Months follow one another, or years where there are many; nothing is lost, and there is a picture of each."""
    months = [Month(f"{year}-{month:02}", 1, 2, 3) for year, month in days]
    told = filled([*months, Month("soon", 1, 1, 1)])
    assert [sum(getattr(month, side) for month in told) for side in OF_CLAIM] == [len(days) * n for n in (1, 2, 3)]
    assert [month.month for month in told] == sorted({month.month for month in told})
    assert len(told) <= max(MOST, 201)
    if len(told) == FEWEST:
        assert drawn("Title", told, OF_CLAIM).startswith(b"<?xml")


@given(st.integers(0, 10**7))
def test_numbers_along_the_axis_are_round(top: int) -> None:
    """They begin at 0, are few and go up to the highest."""
    steps = whole_steps(top)
    assert steps[0] == 0
    assert steps[-1] >= top
    assert len(steps) <= 7


TEXTS = st.lists(st.sampled_from(["grain", "Grain,", "has", "been", "sold", "not", "—", "٣"]), max_size=12).map(
    " ".join
)


@given(TEXTS, TEXTS)
def test_differences_keep_all_words(first: str, other: str) -> None:
    """What is the same and what is new make up the wording, with no word lost or moved."""
    pieces = differences(first, other)
    assert " ".join(piece.words for piece in pieces if piece.where != "first" and piece.words) == other
    left_out = sum(len(piece.words.split()) for piece in pieces if piece.where == "first")
    assert left_out <= len(first.split())


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    """Markup of an article is text on the page, and a page of very long ones stays small."""
    path, words = tmp_path / "claims.db", "<script>alert(1)</script> \"'&&&& " + "<&\u202e>" * 1200
    evil = '"><img src=x onerror=alert(1)>'
    with Store.open(path) as store:
        for number in range(55):
            source = type(AGENCY)(evil, f"{evil} {number} " + "&" * 3000, "person", "test")
            known = {"title": evil * 90, "publisher": evil * 90, "published": "2024-01-01"}
            add(store, article(f"{number}.txt", words, f"day {number}", **known), (words, (source,), "denies"))  # type: ignore[arg-type]
    html = page(path, "/claim/1")
    assert "<script" not in html
    assert "<img src=x" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("times", [1, said.MANY + 1])
def test_no_query_goes_through_all_attributions(traded: Path, times: int) -> None:
    """Each step finds its rows by an index."""
    wanted = Wanted("claim_id", 1, times, start=place("2024-03-01.1.1"))
    assert scans_of_attributions(traded, lambda db: claims.page_of_claim(db, claims.claim_counts(db, 1), wanted)) == []
