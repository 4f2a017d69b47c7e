"""Pictures of the whole database, and the tables beside them."""

import re
from pathlib import Path

import pytest
from lxml import etree

from claims.desk.charts import by_name
from claims.store import Store
from claims.store.desk import plots
from tests.desk import page, part, scans_of_attributions, seen
from tests.invented import AGENCY, GRAIN, HOSTILE, MINISTER, MINISTRY, add, article, get

NAMES = ("months", "sources", "answers", "spread")


def test_each_picture_has_its_numbers_as_a_table(traded: Path) -> None:
    """That lead on to sources and claims."""
    html = page(traded, "/plots")
    months = part(html, "Claims over time")
    assert "2024-03 3 1 0" in months
    assert "2024-04 0 0 0" in months
    assert "Ada Lindqvist 1 1 0" in part(html, "What sources do with claims")
    assert "Defence Ministry of Norland Northern News Agency 1" in part(html, "Who denies whom")
    spread = part(html, "Repetition across publishers")
    assert "3 1" in spread
    assert f"{GRAIN} 3 publishers · 6 times" in spread
    assert re.search(r'<a class="source" href="/source/\d+">', html)
    assert html.count("<details>") == html.count("<img ") == len(NAMES)


def test_every_picture_says_what_it_shows(traded: Path) -> None:
    """To those who do not see it."""
    html = page(traded, "/plots")
    alts = re.findall(r'<img [^>]*alt="([^"]+)"', html)
    assert len(alts) == len(NAMES)
    assert "most claims were made in 2024-03" in seen(alts[0])


@pytest.mark.parametrize("name", NAMES)
def test_pictures_are_svg_without_a_script(traded: Path, name: str) -> None:
    """With a title, and no link to anywhere."""
    (response,) = get(traded, f"/plots/{name}.svg")
    assert response.headers["content-type"].startswith("image/svg+xml")
    root = etree.fromstring(response.content)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert not [part for part in root.iter(etree.Element) if etree.QName(part).localname == "script"]
    assert root.findtext(".//{*}text")
    assert len(response.content) < 300_000


def test_names_of_sources_are_text_in_pictures(tmp_path: Path) -> None:
    """Whatever they hold."""
    path = tmp_path / "claims.db"
    from claims.terms import Source

    hostile = Source(HOSTILE, f"{HOSTILE} & sons \u202e\u0001", "person", "test")
    with Store.open(path) as store:
        add(store, article("x.txt", GRAIN), (GRAIN, (hostile, AGENCY), "asserts"), (GRAIN, (MINISTRY,), "denies"))
    for response in get(path, "/plots", "/plots/sources.svg", "/plots/answers.svg"):
        assert response.status_code == 200
        assert "<script" not in response.text
        assert "\u202e" not in response.text


def test_names_that_no_xml_can_hold_are_drawn() -> None:
    """A database that somebody else made may have any."""
    root = etree.fromstring(by_name("Who", ["\x0b\ufffe Ole \ud800 \u202e"], {"claims": [1]}, []))
    assert "␋\ufffd Ole \ufffd [U+202E]" in [label.text for label in root.iter("{*}text")]


def test_an_unknown_picture_is_not_found(traded: Path) -> None:
    """And the answer tells which there are."""
    (response,) = get(traded, "/plots/nothing.svg")
    assert response.status_code == 404
    assert "months, sources, answers, spread" in response.text


def test_an_empty_database_has_nothing_to_draw(tmp_path: Path) -> None:
    """And no broken picture."""
    path = tmp_path / "claims.db"
    Store.open(path).close()
    html = page(path, "/plots")
    assert "There is nothing to draw yet" in html
    assert "<img" not in html
    assert {response.status_code for response in get(path, *(f"/plots/{name}.svg" for name in NAMES))} <= {200, 404}


def test_many_years_are_drawn_as_years(tmp_path: Path) -> None:
    """So that bars stay wide enough to see."""
    path = tmp_path / "claims.db"
    with Store.open(path) as store:
        for year in range(2001, 2021):
            add(
                store,
                article(f"{year}.txt", GRAIN, str(year), published=f"{year}-05-01"),
                (GRAIN, (MINISTER,), "asserts"),
            )
    assert "Year stood by 2001 1 2002 1" in part(page(path, "/plots"), "Claims over time")


def test_it_goes_through_no_attributions(traded: Path) -> None:
    """Its numbers are kept counted."""
    assert not scans_of_attributions(traded, plots.plots)
