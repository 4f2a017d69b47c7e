"""What is contested: both sides of each clash, with who said which, when and where."""

import random
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from claims.store import Store
from claims.store.desk.contested import clashes
from tests.desk import MORE_GRAIN, crowd, feed, followed, page, rows_of, scans_of_attributions, seen
from tests.invented import AGENCY, GRAIN, HOSTILE, MINISTER, MINISTRY, add, article, get


@pytest.fixture(scope="module")
def quarrels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty claims that are each denied."""
    path, dice = tmp_path_factory.mktemp("quarrels") / "claims.db", random.Random(7)
    with Store.open(path) as store:
        for number in range(60):
            one, two, three, four = ("".join([*dice.choices("bdfgklmnprst", k=3), *"aeo"]) for _ in range(4))
            words = f"{one} sold {two} the {three} of {four}"
            told = article(f"{number}.txt", words, published=f"2024-{number % 12 + 1:02}-01")
            add(store, told, (words, (MINISTER,), "asserts"), (words, (MINISTRY,), "denies"))
    return path


def sides(html: str) -> list[str]:
    return [seen(side) for side in re.findall(r'<div class="side">(.*?)</div>', html, re.S)]


def test_who_stands_by_a_claim_and_who_denies_it_stand_side_by_side(traded: Path) -> None:
    """The claim once, with the last ones on either side."""
    html = page(traded, "/contested")
    start = html.index(f"<bdi>{GRAIN}</bdi></a>\n<div")
    stands, denies = sides(html[start:])[:2]
    assert stands.startswith("sailors asserts 2024-06-01 · Sailors talk, Paper 1")
    assert denies.startswith("Ada Lindqvist ✕ denies".replace("✕ ", ""))
    assert "Defence Ministry of Norland denies 2024-03-05 · Ministry denies, Paper 2" in denies


def test_claims_that_tell_otherwise_stand_side_by_side_with_the_reason(traded: Path) -> None:
    """The earlier one first."""
    html = page(traded, "/contested")
    stands, against = next(pair for pair in zip(sides(html), sides(html)[1:], strict=False) if MORE_GRAIN in pair[1])
    assert stands.startswith(GRAIN)
    assert against.startswith(f"{MORE_GRAIN} Ada Lindqvist asserts 2024-03-03")
    assert "“twelve shiploads of” against “ten shiploads of”" in seen(html)


def test_who_denies_a_claim_does_not_stand_by_it_against_another(traded: Path) -> None:
    """Between two claims that tell otherwise stand only those who stand by the one and by the other."""
    found = get(traded, "/contested.json")[0].json()["clashes"]
    two_claims = [clash for clash in found if clash["kind"] == "contradicts"]
    assert two_claims
    for clash in two_claims:
        said = [saying for side in ("stands", "against") for saying in clash[side]["sayings"]]
        assert said
        assert all(saying["stance"] != "denies" for saying in said)


def test_a_claim_that_nobody_stands_by_clashes_with_none(tmp_path: Path) -> None:
    """Who denies the one and asserts the other says one thing."""
    path = tmp_path / "claims.db"
    with Store.open(path) as store:
        add(store, article("one.txt", GRAIN), (GRAIN, (MINISTRY,), "denies"))
        add(store, article("two.txt", MORE_GRAIN), (MORE_GRAIN, (MINISTER,), "asserts"))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM claim_links WHERE relation = 'contradicts'").fetchone() == (1,)
    assert "No source was found" in seen(page(path, "/contested"))


def test_nothing_contested_says_so(tmp_path: Path) -> None:
    """And is no error in any form."""
    path = tmp_path / "claims.db"
    with Store.open(path) as store:
        add(store, article("one.txt", GRAIN), (GRAIN, (AGENCY,), "asserts"))
    assert "No source was found that denies or contradicts another one." in seen(page(path, "/contested"))
    told, table, news = get(path, *(f"/contested.{form}" for form in ("json", "csv", "atom")))
    assert told.json() == {"clashes": [], "next": None}
    assert rows_of(table) == []
    assert not feed(news).findall("{*}entry")


def test_one_who_denies_what_it_said_itself_is_no_clash(tmp_path: Path) -> None:
    """It takes two."""
    path = tmp_path / "claims.db"
    crowd(path, 20)
    assert "No source was found" in seen(page(path, "/contested"))


def test_pages_have_each_clash_once_newest_first(quarrels: Path) -> None:
    """To the last one."""
    pages = list(followed(quarrels, "/contested", "next"))
    numbers = [int(n) for html in pages for n in re.findall(r'href="/claim/(\d+)"><bdi>[^<]*</bdi></a>\n<div', html)]
    assert len(pages) >= 3
    assert numbers == sorted(set(numbers), reverse=True)
    with closing(sqlite3.connect(quarrels)) as connection:
        ((clashing,),) = connection.execute("SELECT count(*) FROM claim_tallies WHERE clashes > 0").fetchall()
    assert len(numbers) == clashing


@pytest.mark.parametrize("before", ["x", "-1", "0", "9" * 40, "%00", "١"])
def test_odd_places_are_answered(quarrels: Path, before: str) -> None:
    """With what is before them, or from the newest on."""
    page(quarrels, f"/contested?before={before}")


def test_what_is_contested_can_be_taken_away(traded: Path) -> None:
    """As JSON, CSV and a feed."""
    told, table, news = get(traded, *(f"/contested.{form}" for form in ("json", "csv", "atom")))
    found = told.json()["clashes"]
    assert {clash["kind"] for clash in found} == {"denied", "contradicts"}
    assert {row["side"] for row in rows_of(table)} == {"stands", "against"}
    assert len(feed(news).findall("{*}entry")) == len(found)


def test_markup_of_articles_is_text(tmp_path: Path) -> None:
    """On both sides."""
    path = tmp_path / "claims.db"
    said = f"{HOSTILE} shall rule \u202eereht"
    told = article("x.txt", said, title=HOSTILE, publisher=HOSTILE, published="2024-01-01")
    with Store.open(path) as store:
        add(store, told, (said, (MINISTER,), "asserts"), (said, (MINISTRY,), "denies"))
    html = page(path, "/contested")
    assert "shall rule" in html
    assert "<script" not in html
    assert "\u202e" not in html


def test_it_goes_through_no_attributions(traded: Path, quarrels: Path) -> None:
    """An index leads to each."""
    assert not scans_of_attributions(traded, clashes)
    assert not scans_of_attributions(quarrels, lambda db: clashes(db, 30))
