"""What tests of the claim desk's pages share: databases of invented articles, and ways to look at an answer."""

import csv
import io
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any

from lxml import etree
from sqlite_utils import Database

from claims.store import Store
from claims.terms import Source
from tests.invented import AGENCY, BRIDGE, GRAIN, MINISTER, MINISTRY, add, article, get

MAYOR = Source("Brandt", "Ole Brandt", "person", "test")
SAILORS = Source("sailors", "sailors", "group", "test", named=False)
GRAIN_SHORTER = "Norland sold ten shiploads of grain to Sudmark"
GRAIN_LONGER = "Norland has sold ten shiploads of grain to Sudmark last week"
MORE_GRAIN = "Norland has sold twelve shiploads of grain to Sudmark"
ATOM = "{http://www.w3.org/2005/Atom}"


def trade(path: Path) -> Path:
    """A claim told in three wordings, denied by two and contradicted by another, with what people decided about it."""
    told = (
        ("Grain trade", "2024-02-03", (GRAIN, AGENCY, "asserts")),
        ("Harbour talk", "2024-03-03", (GRAIN_SHORTER, MAYOR, "asserts"), (MORE_GRAIN, MINISTER, "asserts")),
        ("Ministry denies", "2024-03-05", (GRAIN, MINISTRY, "denies"), (GRAIN_LONGER, AGENCY, "asserts")),
        ("Minister answers", "2024-05-07", (GRAIN, MINISTER, "denies"), (BRIDGE, AGENCY, "promises")),
        ("Sailors talk", "2024-06-01", (GRAIN, SAILORS, "asserts"), (BRIDGE, MINISTRY, "denies")),
    )
    with Store.open(path) as store:
        for number, (title, day, *said) in enumerate(told):
            known = {"title": title, "published": day, "publisher": f"Paper {number % 3}"}
            add(
                store,
                article(f"{number}.txt", *(one[0] for one in said), title, **known),
                *((words, (source,), stance) for words, source, stance in said),
            )
    return path


def crowd(path: Path, times: int = 130) -> Path:
    """One claim that one source makes in many articles, several on a day, some of no day, not in their order."""
    with Store.open(path) as store:
        for number in range(times):
            day = None if number % 13 == 0 else f"2024-{number * 7 % 12 + 1:02}-{number % 3 + 1:02}"
            stance = "denies" if number % 10 == 0 else "asserts"
            add(store, article(f"{number}.txt", GRAIN, f"day {number}", published=day), (GRAIN, (AGENCY,), stance))
    return path


def number_of(path: Path, table: str, column: str, value: str) -> int:
    """The number of a row."""
    with closing(sqlite3.connect(path)) as connection:
        (row,) = connection.execute(f"SELECT id FROM {table} WHERE {column} = ?", (value,)).fetchall()
    return int(row[0])


def page(path: Path, address: str) -> str:
    """The page at an address, as HTML."""
    (response,) = get(path, address)
    assert response.status_code == 200, response.text
    assert len(response.content) < 300_000
    text: str = response.text
    return text


def seen(html: str) -> str:
    """What a reader sees of some HTML, on one line."""
    apart = re.sub(r"</?(p|li|h\d|div|td|th|tr|time|summary)\b[^>]*>", " ", html)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", apart)).split())


def part(html: str, heading: str) -> str:
    """What a reader sees of the part of a page under a heading of the second level."""
    for found in re.split(r"<h2", html)[1:]:
        title, _, rest = found.partition("</h2>")
        if seen(f"<h2{title}") == heading:
            return seen(rest)
    raise AssertionError(f"no part {heading!r} on the page")


def followed(path: Path, address: str, rel: str) -> Iterator[str]:
    """The page at an address and all that its links "next", or "prev", lead to."""
    while True:
        html = page(path, address)
        yield html
        link = re.search(rf'<a rel="{rel}" href="([^"]*)"', html)
        if link is None:
            return
        address = unescape(link[1])


def attributions_on(html: str) -> list[int]:
    """The attributions that a page links to in their articles, in the order of the page."""
    return [int(number) for number in re.findall(r'href="/article/\d+\?at=\d+#a(\d+)"', html)]


def rows_of(response: Any) -> list[dict[str, str]]:
    """The rows of a CSV answer."""
    return list(csv.DictReader(io.StringIO(response.text)))


def feed(response: Any) -> Any:
    """A feed's root element; it holds all that Atom demands (RFC 4287, section 4.1)."""
    assert response.headers["content-type"].startswith("application/atom+xml")
    root = etree.fromstring(response.content)
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (told,) = element.findall(f"{ATOM}{name}")
            assert told.text
        assert re.fullmatch(
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", element.findtext(f"{ATOM}updated")
        )
        assert re.match(r"(https?://|urn:uuid:)", element.findtext(f"{ATOM}id"))
        assert element.find(f"{ATOM}author") is not None
        (alternate,) = (link for link in element.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate")
        assert alternate.get("href").startswith("http")
    ids = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids) <= 50
    return root


def scans_of_attributions(path: Path, reader: Callable[[Database], Any]) -> list[str]:
    """Steps of the queries that a reader makes which go through all attributions, or through all of a stance."""
    statements: list[str] = []
    with closing(sqlite3.connect(path)) as connection:
        connection.set_trace_callback(statements.append)
        reader(Database(connection))
        connection.set_trace_callback(None)
        steps = [
            (row[3], statement)
            for statement in statements
            if not statement.startswith("--")  # what a full-text table asks of its own tables
            for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")
        ]
    assert steps
    return [
        f"{step}: {statement}"
        for step, statement in steps
        if re.search(r"SCAN (said|attributions)\b|attributions_stance", step)
    ]
