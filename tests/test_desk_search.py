"""The search page: what is asked is understood as a person means it, and no text breaks it."""

import random
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlite_utils import Database

from claims.store import Store
from claims.store.desk.asking import MOST_CHARACTERS, MOST_WORDS, asked_for, full_text
from claims.store.desk.lighting import LONG, lit
from claims.store.desk.search import Narrowing, Search, search
from claims.terms import Role, Source
from tests.desk import (
    GRAIN_SHORTER,
    MAYOR,
    feed,
    followed,
    number_of,
    page,
    part,
    rows_of,
    scans_of_attributions,
    seen,
    trade,
)
from tests.invented import AGENCY, BRIDGE, GRAIN, HOSTILE, MINISTER, MINISTRY, TAXES, add, article, copied, get

OTHER_LINDQVIST = Source("Lindqvist", "Bo Lindqvist", "person", "test")
SUDMARK = Source("Sudmark", "Sudmark", "government", "test")
NO_TEXT = ("*", '"', "(", "AND", "OR NOT", 'AND OR NOT * ( "', "\0", "NEAR(a b, 2)", "text:grain", "-grain", "^grain",
           "grain*", "a" * 10_000, "grain " * 5000, "'", "%", "🦭", "\ud800", "”“", "--", "{grain}", "+")  # fmt: skip


@pytest.fixture(scope="module")
def traded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the other pages are tested with, and a second minister of that surname who speaks of taxes."""
    path = trade(tmp_path_factory.mktemp("trade") / "claims.db")
    chair = Source("Berg", "Eva Berg", "person", "test", roles=(Role("harbour chair", "chair", ""),))
    with Store.open(path) as store:
        told = article("later.txt", TAXES, BRIDGE, title="Taxes & boats", published="2025-01-02", publisher="Paper 7")
        add(store, told, (TAXES, (OTHER_LINDQVIST,), "promises"), (BRIDGE, (SUDMARK, chair), "asserts"))
    return path


@pytest.fixture(scope="module")
def db(traded: Path) -> Iterator[Database]:
    with closing(sqlite3.connect(traded)) as connection:
        yield Database(connection)


def asked(path: Path, text: str, **narrowed: str) -> str:
    """The page of a search."""
    return page(path, f"/search?{urlencode({'q': text, **narrowed})}")


def found(db: Database, text: str, **chosen: str | int) -> list[tuple[str | None, str | None, list[str]]]:
    """For each group its source, its stance, its claims."""
    return [
        (group.source.name if group.source else None, group.stance, [hit.claim for hit in group.hits])
        for group in search(db, text, Narrowing(**chosen)).groups  # type: ignore[arg-type]
    ]


def headings(html: str) -> list[str]:
    return [seen(heading) for heading in re.findall(r"<h2[^>]*>(.*?)</h2>", html, re.S)]


def test_a_name_and_a_subject_show_first_what_that_source_said_about_it(traded: Path) -> None:
    """With stance, day, article and the words lit up, with a way to what others said."""
    html = asked(traded, "Lindqvist grain")
    assert headings(html)[0] == "Ada Lindqvist on “grain”"
    assert '<a href="/search?q=grain">What anyone said</a>' in html
    first = part(html, "Ada Lindqvist on “grain”")
    assert first.startswith(f"{GRAIN} Ada Lindqvist denies · 2024-05-07 · Minister answers, Paper 0")
    assert "<mark>grain</mark>" in html
    assert re.search(r'href="/article/\d+\?at=\d+#a\d+"', html)


@pytest.mark.parametrize(
    "text",
    ["grain Lindqvist", "what did Lindqvist say about grain?", "Ada Lindqvist: grain", "“Ada Lindqvist” grain",
     "LINDQVIST’S GRAIN", "Lindqvist shiploads of grain"],
)  # fmt: skip
def test_the_name_may_stand_anywhere_and_the_question_be_put_in_any_way(db: Database, text: str) -> None:
    """The words that only put the question are no subject."""
    source, stance, told = found(db, text)[0]
    assert (source, stance) == ("Ada Lindqvist", None)
    assert GRAIN in told


def test_a_name_that_several_bear_shows_what_each_said(db: Database) -> None:
    """None is guessed to be the one."""
    assert {source for source, _, _ in found(db, "Lindqvist")} >= {"Ada Lindqvist", "Bo Lindqvist"}
    assert found(db, "Lindqvist taxes")[0][0] == "Bo Lindqvist"


def test_two_sources_of_which_one_is_the_subject(db: Database) -> None:
    """Sudmark is a source, too; what is asked is what the minister said about it."""
    groups = found(db, "Lindqvist Sudmark")
    assert groups[0][0] == "Ada Lindqvist"
    assert all("Sudmark" in claim for claim in groups[0][2])
    assert found(db, "Sudmark")[0] == ("Sudmark", None, [BRIDGE])


def test_an_office_before_a_name_is_part_of_it(db: Database) -> None:
    """Nobody has to know that claims do not tell it."""
    assert found(db, "chair Berg bridge")[0] == ("Eva Berg", None, [BRIDGE])


def test_a_word_for_a_stance_asks_for_it(traded: Path, db: Database) -> None:
    """Who denied something is found, though no claim says "denied"."""
    assert found(db, "who denied grain") == [(None, "denies", [GRAIN])]
    assert found(db, "Lindqvist denied grain")[0] == ("Ada Lindqvist", "denies", [GRAIN])
    html = asked(traded, "who denied grain")
    assert headings(html)[0] == "Who denies “grain”"
    assert "Defence Ministry of Norland" in part(html, "Who denies “grain”")


def test_what_nobody_denies_in_its_own_words_is_told_with_who_denies_it(traded: Path, tmp_path: Path) -> None:
    """Who asks who denied something finds the claim, and beside it those who denied it by pointing back at it."""
    path = copied(traded, tmp_path / "claims.db")
    bridge, taxes = (number_of(path, "claims", "text", text) for text in (BRIDGE, TAXES))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO claim_links VALUES (?, ?, 'denies', 0.8, 'points at it')", (bridge, taxes))
    told = part(asked(path, "who denied taxes on boats"), "“taxes boats”")
    assert told.startswith(TAXES)
    assert "denied by Defence Ministry of Norland" in told


def test_words_in_quotation_marks_stay_together(db: Database) -> None:
    """In this order, side by side."""
    assert found(db, '"ten shiploads"')
    assert not found(db, '"shiploads ten"')
    assert found(db, "shiploads ten")


def test_a_source_is_found_by_its_own_words(db: Database) -> None:
    """Also where the claim, as it was first made, has others."""
    assert found(db, '"Norland sold" Brandt')[0] == ("Ole Brandt", None, [GRAIN])


def test_its_own_words_are_shown_where_the_claim_has_others(traded: Path) -> None:
    """So that one sees why it was found."""
    assert f"in the words “{GRAIN_SHORTER}”" in seen(asked(traded, '"Norland sold" Brandt'))


def test_claims_of_anyone_come_after_and_who_denies_them_beside(traded: Path) -> None:
    """The claim once, with the last times that it was made."""
    told = part(asked(traded, "shiploads"), "“shiploads”")
    assert told.count(GRAIN) == 1
    assert "3 more times" in told
    told = part(asked(traded, "Brandt shiploads"), "Ole Brandt on “shiploads”")
    assert "denied by Ada Lindqvist, Defence Ministry of Norland" in told


def test_narrowing_counts_claims_and_keeps_what_was_asked(traded: Path) -> None:
    """Each choice is a link, and has as many claims as it says."""
    html = asked(traded, "Norland")
    link, count = re.search(r'href="([^"]*stance=denies[^"]*)">.*?</a> <span class="faint">(\d+)</span>', html).groups()  # type: ignore[union-attr]
    narrowed = page(traded, link.replace("&amp;", "&"))
    assert f"{count} claim" in seen(narrowed)
    assert "q=Norland" in link
    assert "asserts" not in part(narrowed, headings(narrowed)[0])


@pytest.mark.parametrize(
    ("name", "value"), [("stance", "denies"), ("publisher", "Paper 7"), ("year", "2025"), ("source", "1")]
)
def test_each_narrowing_leaves_what_fits_it(db: Database, name: str, value: str) -> None:
    """And nothing else."""
    chosen = {name: int(value) if name == "source" else value}
    everything = search(db, "the bridge OR grain", Narrowing())
    for text in ("Norland", "bridge", "taxes", "Lindqvist"):
        for group in search(db, text, Narrowing(**chosen)).groups:
            for hit in group.hits:
                for saying in hit.sayings:
                    fits = {"stance": saying.stance, "publisher": saying.publisher, "year": saying.day[:4],
                            "source": str(saying.source_id)}  # fmt: skip
                    assert fits[name] == value
    assert everything.pages == 1


def test_nothing_left_of_a_choice_leads_back(traded: Path) -> None:
    """One click shows everything again."""
    html = asked(traded, "grain", year="1900")
    assert "No claim is left of this choice" in html
    assert 'href="/search?q=grain"' in html


def test_sorting(traded: Path, db: Database) -> None:
    """The newest first, or those made most often."""
    days = [hit.sayings[0].day for group in search(db, "Norland", Narrowing()).groups[:1] for hit in group.hits]
    assert days == sorted(days, reverse=True)
    repeated = search(db, "the bridge shiploads", Narrowing(), repeated_first=True)
    for group in repeated.groups:
        times = [hit.times for hit in group.hits]
        assert times == sorted(times, reverse=True)
    assert "<b>most repeated first</b>" in asked(traded, "grain", sort="repeated")


def test_a_misspelt_name_leads_to_the_one_that_is_known(traded: Path) -> None:
    """With the other words kept."""
    html = asked(traded, "Lindquist grain shiploads")
    assert re.search(r'href="/search\?q=Lindqvist\+grain\+shiploads"', html)
    assert "Did you mean" in html


def test_nothing_found_says_what_was_searched_and_shows_the_nearest(traded: Path) -> None:
    """Another wording of a claim finds it."""
    html = asked(traded, "Norland sold Sudmark ten shiploads of wheat and grain")
    assert "No claim has these words" in html
    assert "Searched were the words of all claims" in html
    assert GRAIN in part(html, "Claims most like it")


def test_a_source_without_all_the_words_is_told_with_some(traded: Path) -> None:
    """And that it is some."""
    html = asked(traded, "Lindqvist grain volcano")
    assert headings(html)[0] == "Ada Lindqvist on any of “grain volcano”"
    assert "These have some." in html


def test_sources_and_articles_are_found(traded: Path) -> None:
    """By a word of the name, and by words of title or text."""
    html = asked(traded, "news")
    assert "Northern News Agency" in part(html, "Sources")
    assert "Taxes & boats" in part(asked(traded, "boats"), "Articles")


def test_no_question_shows_how_to_ask(traded: Path) -> None:
    """An empty box is no error."""
    for text in ("", "  "):
        assert "Put a name first" in asked(traded, text)


@pytest.mark.parametrize("text", NO_TEXT)
def test_no_text_is_an_error(traded: Path, db: Database, text: str) -> None:
    """On the page, and in the reader, which also may see what no address can hold."""
    assert isinstance(search(db, text, Narrowing()), Search)
    address = urlencode({"q": text.encode("utf-8", "surrogatepass")})
    for response in get(traded, *(f"/search{form}?{address}" for form in ("", ".json", ".csv", ".atom"))):
        assert response.status_code == 200, response.text
        assert len(response.content) < 300_000


@given(st.text(max_size=60) | st.lists(st.sampled_from([*NO_TEXT, "grain", "Lindqvist", "denied", "of"])).map(" ".join))
@example('"')
def test_any_text_can_be_searched(db: Database, text: str) -> None:
    """Nothing is left of it that SQLite refuses, and what is looked for is bounded."""
    told = search(db, text, Narrowing())
    assert len(told.asked.words) <= MOST_WORDS
    assert len(told.asked.text) <= MOST_CHARACTERS
    db.execute("SELECT count(*) FROM claims_fts WHERE claims_fts MATCH ?", (told.query,)).fetchall()


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=20))
def test_any_address_is_answered(db: Database, text: str, publisher: str, year: str) -> None:
    """Whatever it narrows by."""
    search(db, text, Narrowing(publisher=publisher, year=year, stance=year), repeated_first=True, page=99)


@pytest.mark.parametrize("address", ["/search?q=grain&page=x", "/search?q=grain&page=-1", "/search?q=grain&source=abc",
                                     "/search?q=grain&page=99999999999999999999", "/search?q=grain&source=9" + "9" * 30,
                                     "/search?q=grain&sort=x&stance=%00&publisher=%ff"])  # fmt: skip
def test_odd_addresses_are_answered(traded: Path, address: str) -> None:
    """With what can be made of them."""
    page(traded, address)


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufdd0\ufdd1"), max_size=LONG),
        max_size=4,
    )
)
@example(["\ue000grain\ue001", "grain \ue000", "<mark>grain</mark>"])
def test_lit_texts_are_the_texts(texts: list[str]) -> None:
    """Whatever signs they hold, nothing is lost, and only what is looked for is lit."""
    for text, pieces in zip(texts, lit(texts, '"grain"'), strict=True):
        assert "".join(piece.text for piece in pieces) == text
        assert all("grain" in piece.text.casefold() for piece in pieces if piece.lit)


def test_no_text_lights_words_of_its_own() -> None:
    """The signs that mark what was found are others in the texts."""
    (pieces,) = lit(["\ufdd0grain\ufdd1 and \ufdd0corn\ufdd1"], '"corn"')
    assert [piece.text for piece in pieces if piece.lit] == ["corn"]
    assert "".join(piece.text for piece in pieces) == "\ufffdgrain\ufffd and \ufffdcorn\ufffd"


def test_long_texts_show_the_stretch_with_the_words() -> None:
    """Not their start."""
    (pieces,) = lit([f"{'much ' * 500}grain {'more ' * 500}"], full_text(asked_for("grain").words))
    assert any(piece.lit for piece in pieces)
    assert sum(len(piece.text) for piece in pieces) < LONG


def test_markup_of_articles_is_text(tmp_path: Path) -> None:
    """In claims, names, titles, and what was asked."""
    path = tmp_path / "claims.db"
    said = f"{HOSTILE} grain <mark>rules</mark> \u202eolleh"
    told = article("x.txt", said, title=f"{HOSTILE} grain", publisher=HOSTILE, published="2024-01-01")
    with Store.open(path) as store:
        add(store, told, (said, (Source(HOSTILE, f"{HOSTILE} grain", "person", "test"),), "asserts"))
    for text in ("grain", f"{HOSTILE} grain", "rules"):
        html = asked(path, text)
        assert "<script" not in html
        assert "<mark>rules</mark> " not in html or text == "rules"
        assert "\u202e" not in html


def test_what_was_found_can_be_taken_away(traded: Path) -> None:
    """As JSON, CSV and a feed, each of the same claims."""
    told, table, news = get(traded, *(f"/search.{form}?q=Lindqvist+grain" for form in ("json", "csv", "atom")))
    groups = told.json()["groups"]
    assert groups[0]["source"]["name"] == "Ada Lindqvist"
    assert {hit["claim"] for group in groups for hit in group["hits"]} == {row["claim"] for row in rows_of(table)}
    entries = feed(news).findall("{*}entry")
    assert len(entries) == len(rows_of(table))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty claims about ferries, half of them the mayor's, of which ten name the mayor."""
    path, dice = tmp_path_factory.mktemp("many") / "claims.db", random.Random(7)
    with Store.open(path) as store:
        for number in range(60):
            made_up = [
                "".join(letter + dice.choice("aeiou") for letter in dice.choices("bdfgklmnprst", k=4)) for _ in "123456"
            ]
            text = f"{' '.join(made_up)} ferry{' Brandt' if number < 20 else ''}"
            told = article(f"{number}.txt", text, published=f"2024-01-{number % 28 + 1:02}")
            add(store, told, (text, (MAYOR if number % 2 else AGENCY,), "asserts"))
    return path


def claims_on(*pages: str) -> list[str]:
    return [number for html in pages for number in re.findall(r'class="claim" href="/claim/(\d+)"', html)]


def test_many_claims_come_in_pages(many: Path) -> None:
    """Each once."""
    pages = list(followed(many, "/search?q=ferry", "next"))
    assert len(pages) == 3
    assert len(claims_on(*pages)) == len(set(claims_on(*pages))) == 60


def test_several_groups_show_their_first_claims_and_where_all_are(many: Path) -> None:
    """So that what others said of somebody is in sight of what he said himself."""
    html = asked(many, "Brandt")
    assert headings(html)[:2] == ["What Ole Brandt said", "Others on “Brandt”"]
    assert len(claims_on(html)) == 16
    link = re.search(r'<a href="([^"]*)">All 30 claims</a>', html)
    assert link
    pages = list(followed(many, link[1].replace("&amp;", "&"), "next"))
    assert len(set(claims_on(*pages))) == 30
    assert "Show all that was found" in pages[0]


@pytest.mark.parametrize("text", ["Lindqvist grain", "who denied grain", "Norland", "Lindqvist", "nothing at all"])
def test_no_search_goes_through_all_attributions(traded: Path, text: str) -> None:
    """An index leads to each."""
    assert not scans_of_attributions(traded, lambda db: search(db, text, Narrowing(stance="denies")))


def test_unnamed_sources_of_one_word_are_asked_together(tmp_path: Path) -> None:
    """ "officials" are somebody else in each article, and whoever asks for them means all."""
    path = tmp_path / "claims.db"
    officials = Source("officials", "officials", "group", "test", named=False)
    with Store.open(path) as store:
        for number, text in enumerate((GRAIN, BRIDGE, TAXES)):
            add(store, article(f"{number}.txt", text), (text, (officials,), "asserts"))
        add(store, article("x.txt", GRAIN), (GRAIN, (MINISTER, MINISTRY), "asserts"))
    with closing(sqlite3.connect(path)) as connection:
        ((source, _, claims),) = [group for group in found(Database(connection), "officials") if group[0]]
    assert source == "officials"
    assert set(claims) == {GRAIN, BRIDGE, TAXES}
