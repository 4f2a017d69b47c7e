"""The page of an article: its text as published, each attribution marked in place and listed."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.desk.marked_text import DEEPEST, pieces
from claims.store import Store
from claims.store.desk import articles
from claims.store.desk.articles import MarkedAttribution, parts_of
from claims.terms import Article, Attribution, Relation, Source, Span
from tests.desk import page
from tests.invented import AGENCY, GRAIN, MINISTER, add, article, get

OUTER = "the ministry denied that the bridge is closed"
INNER = "the bridge is closed"
TEXT = f"Talks in Norhaven\n\nAda Lindqvist said {OUTER}.\nNothing more <b>happened</b> \u202eyadot.\n"


def marked(number: int, **spans: Any) -> MarkedAttribution:
    """An attribution with nothing but its places."""
    places = {"source": (), "cue_at": (), "content": ()} | spans
    told = {"parent": None, "rule": "", "match_reason": "", "hedges": None, "said_when": None, "said_where": None}
    told |= places | {"others": 0}
    return MarkedAttribution(number, (number,), (), 1, "", "", "asserts", "direct", None, 0.9, **told)


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, int, list[MarkedAttribution]]:
    text, start = draw(st.text("ab \n<&\u202e", min_size=1, max_size=40)), draw(st.integers(0, 30))
    place = st.integers(max(0, start - 5), start + len(text) + 5)
    span = st.tuples(place, place).map(lambda pair: (min(pair), max(pair) + 1))
    spans = st.lists(span, max_size=3).map(tuple)
    shown = st.builds(lambda source, cue, content: {"source": source, "cue_at": cue, "content": content}, *[spans] * 3)
    return text, start, [marked(number, **one) for number, one in enumerate(draw(st.lists(shown, max_size=5)), start=1)]


@given(texts_with_spans())
def test_pieces_are_the_text_and_hold_each_place(case: tuple[str, int, list[MarkedAttribution]]) -> None:
    """However attributions stand in each other, the pieces are the whole text, and each role has exactly its words.

    Those of the outer ones may be missing where more are inside each other than can be told apart.
    """
    text, start, shown = case
    cut = list(pieces(text, start, shown))
    assert "".join(piece.text for piece in cut) == text
    for place, one in enumerate(shown):
        for role, spans in (("source", one.source), ("cue", one.cue_at), ("content", one.content)):
            told_by_others: set[int] = set()
            wanted = {n for first, last in spans for n in range(first, last) if start <= n < start + len(text)}
            found, at = set(), start
            for piece in cut:
                if any((layer.place, layer.role) == (place, role) for layer in piece.layers):
                    found |= set(range(at, at + len(piece.text)))
                if len(piece.layers) == DEEPEST:
                    told_by_others |= set(range(at, at + len(piece.text)))
                at += len(piece.text)
            assert found <= wanted
            assert wanted - found <= told_by_others


def test_what_a_page_says_of_itself_makes_no_page_long(tmp_path: Path) -> None:
    """A title may be a book: pages and lists tell the start of it."""
    path = tmp_path / "claims.db"
    long = "grain " * 50_000
    told = article("one.txt", GRAIN, title=long, publisher=long, author=long, url=f"https://example.org/{long}")
    with Store.open(path) as store:
        add(store, told, (GRAIN, (AGENCY,), "asserts"))
    for address in ("/", "/article/1", "/claim/1", "/source/1", "/search?q=grain"):
        assert len(page(path, address)) < 30_000
    for response in get(path, "/claim/1.csv", "/claim/1.atom", "/search.json?q=grain"):
        assert len(response.content) < 330_000  # the address is whole


@given(st.text("ab\n", max_size=200), st.integers(4, 20))
def test_parts_are_the_text_and_not_too_long(text: str, size: int) -> None:
    """A long text is cut without a gap into parts of which none is longer than it may be."""
    before, articles.PART = articles.PART, size
    try:
        starts = parts_of(text)
    finally:
        articles.PART = before
    ends = [*starts[1:], len(text)]
    assert starts[0] == 0
    assert all(0 < end - start <= size for start, end in zip(starts, ends, strict=True)) or not text


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An article with one attribution inside another, both sources of one named together, and a long article."""
    path = tmp_path_factory.mktemp("desk") / "claims.db"
    ministry = Source("the ministry", "Ministry of Works", "government", "test")

    def said(article: Article, words: str, who: str, cue: str, source: tuple[Source, ...], parent: str | None = None,
             stance: str = "asserts") -> Attribution:  # fmt: skip
        def span(part: str) -> Span:
            at = article.text.index(part)
            return Span(at, at + len(part))

        relation = Relation((span(who),), (span(cue),), (span(words),), 0.9, "test")
        return Attribution(words[:20], relation, words, cue, cue, source, "indirect", stance, parent)

    short = Article("short.txt", TEXT, title="Talks <i>go on</i>", url="javascript:alert(1)")
    long = Article(
        "long.txt", "\n".join(f"Line {n}: somebody said nothing new." for n in range(2000)) + "\nHe sang: la la la"
    )
    with Store.open(path) as store:
        store.add(short, [
            said(short, OUTER, "Ada Lindqvist", "said", (MINISTER, AGENCY)),
            said(short, INNER, "the ministry", "denied", (ministry,), parent=OUTER[:20], stance="denies"),
        ])  # fmt: skip
        store.add(long, [said(long, "la la la", "He", "sang", (AGENCY,))])
    return path


class TextOf(HTMLParser):
    """The words inside the section of the text, without the numbers of attributions."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words, self._inside, self._ref = "", False, False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside |= tag == "section" and ("class", "text") in attrs
        self._ref |= tag == "a"

    def handle_endtag(self, tag: str) -> None:
        self._inside &= tag != "section"
        self._ref &= tag != "a"

    def handle_data(self, data: str) -> None:
        if self._inside and not self._ref:
            self.words += data


def test_the_text_is_shown_as_it_is(database: Path) -> None:
    """The page has every word of the text and no other; only what would turn the line round is written out."""
    (page,) = get(database, "/article/1")
    assert page.status_code == 200
    assert TextOf(page.text).words == TEXT.replace("\u202e", "[U+202E]")


def test_attributions_are_marked_in_place_and_listed(database: Path) -> None:
    """A nested attribution is marked inside the outer one, and list and text lead to each other."""
    (page,) = get(database, "/article/1")
    content = r'<span class="content">[^<]*'
    assert re.search(rf'{content}<a[^>]*>\d</a>(<span[^>]*>)*<span class="content">{INNER}</span>', page.text) or (
        f'<span class="content"><span class="content">{INNER}</span></span>' in page.text
    )
    for anchor in re.findall(r'href="#([an]\d+)"', page.text):
        assert f'id="{anchor}"' in page.text
    assert "Ada Lindqvist" in page.text
    assert AGENCY.name in page.text
    assert 'class="nested"' in page.text


def test_addresses_of_articles_cannot_run(database: Path) -> None:
    """An address that is no web address is shown and not linked, and titles stay text."""
    (page,) = get(database, "/article/1")
    assert 'href="javascript:' not in page.text
    assert "javascript:alert(1)" in page.text
    assert "<i>go on</i>" not in page.text


def test_long_articles_come_in_parts_and_links_find_the_right_one(database: Path) -> None:
    """An attribution far down is on the part that the address with its number shows."""
    first, asked, beyond = get(database, "/article/2", "/article/2?at=4", "/article/2?part=999999999999999999999")
    assert 'id="a4"' not in first.text
    assert 'id="a4"' in asked.text
    assert "asked" in asked.text
    assert beyond.status_code == 200
    assert all(len(page.content) < 300_000 for page in (first, asked))


def test_what_is_not_there_is_told(database: Path) -> None:
    """An unknown number is a page that says so, an attribution of another article is passed over."""
    missing, huge, other = get(database, "/article/77", f"/article/{10**30}", "/article/1?at=4")
    assert (missing.status_code, huge.status_code, other.status_code) == (404, 404, 200)
    assert "No article has the number 77" in missing.text


def test_the_same_as_data(database: Path) -> None:
    """The JSON form has text, attributions and their places."""
    told = get(database, "/article/1.json")[0].json()
    outer, inner = told["marked"]
    assert told["text"] == TEXT
    assert [TEXT[first:last] for first, last in inner["content"]] == [INNER]
    assert inner["parent"] == outer["id"]
    assert [speaker["name"] for speaker in outer["speakers"]] == [MINISTER.name, AGENCY.name]
    assert get(database, "/article/77.json")[0].json()["ok"] is False
