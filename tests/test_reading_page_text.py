"""The text of a page is its article, whole and once: what is lost in search of it, and what stands beside it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import InputRefused
from claims.reading.charsets import page_text
from claims.reading.pages.finding import find
from tests.test_reading_pages import AFTER, BEFORE, LAST, lines, page

FORGIVES = "“The river forgives nothing, and it forgets nothing.”"


def between(body: str, head: str = "") -> list[str]:
    """The lines that a page's text has because `body` stands in it."""
    found = lines(page(body, head))
    for line in ("Dam holds", BEFORE, AFTER, LAST):
        found.remove(line)
    return found


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (f"<aside><p>{FORGIVES}</p></aside>", [FORGIVES]),
        ("<aside class='pull-quote'><p>The river forgives nothing</p></aside>", ["The river forgives nothing"]),
        (f"<figure><blockquote><p>{FORGIVES}</p></blockquote></figure>", [FORGIVES]),
        ("<aside><h3>Facts</h3><p>The river is 90 kilometres long and is deep.</p></aside>", []),
        ("<aside class='quote'><ul><li>One link</li></ul></aside>", []),
    ],
)
def test_pulled_quotations_are_kept_and_boxes_are_not(body: str, kept: list[str]) -> None:
    """An aside is read if its marks or its class say that it is a quotation."""
    assert between(body) == kept


@pytest.mark.parametrize(
    "pulled",
    [
        "<blockquote class='pullquote'><p>{}</p><cite>Bo Carr</cite></blockquote>",
        "<blockquote><p>{}</p><footer>Bo Carr, engineer</footer></blockquote>",
        "<figure><blockquote>{}</blockquote><figcaption>Bo Carr</figcaption></figure>",
        "<aside><p>“{}”</p><p>— Bo Carr, engineer</p></aside>",
        "<aside class='pullquote'>{}</aside>",
    ],
)
def test_a_pulled_quotation_that_repeats_a_paragraph_goes_with_its_signature(pulled: str) -> None:
    """Who said it does not hide that it was said before; nobody's name is left alone on a line."""
    assert between(pulled.format(LAST[:60])) == []


def test_a_dash_within_a_quotation_is_no_signature() -> None:
    """What follows it may be nowhere else."""
    said = f"{LAST[:60]} – we have checked it twice"
    assert between(f"<blockquote>{said}</blockquote>") == [said]


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("<p>The mayor\n   said <b>no</b>\r\nto <a href='/x'>all of\nit</a>.</p>", ["The mayor said no to all of it."]),
        ("<p>She left.<br>\nHe stayed.</p>", ["She left.", "He stayed."]),
        ("<p>It <del>was not</del><ins>was</ins> fine, he said.</p>", ["It was fine, he said."]),
        ("<p>The wall broke on <time>Monday</time>, he said.</p>", ["The wall broke on Monday, he said."]),
        ("<p>The muni&shy;cipality&nbsp;said&#8203; no.</p>", ["The municipality said no."]),
        ("<p>The council&amp;#8217;s &amp;quot;no&amp;quot; stands.</p>", ['The council’s "no" stands.']),
        (
            "<div>The <a href='/x'>mayor</a> said that nobody in the valley was hurt.<br><br>He was <b>glad</b>.</div>",
            ["The mayor said that nobody in the valley was hurt.", "He was glad."],
        ),
        (
            "<div>Plain words of the mayor\nover two lines, he said.</div>",
            ["Plain words of the mayor over two lines, he said."],
        ),
    ],
)
def test_a_paragraph_is_a_line_as_browsers_show_it(body: str, kept: list[str]) -> None:
    """Whatever tags, line ends, entities and struck words its markup has; one that only a division holds is kept."""
    assert between(body) == kept


def test_struck_words_are_few() -> None:
    """What holds whole paragraphs is a tag that was not closed, and no reason to lose the rest of the page."""
    assert between("<div><s><p>The wall is sound, he said.</p></div>") == ["The wall is sound, he said."]


RELATED = "<a href='/1'>Minister says the dam is broken</a>"
MORE = (
    f"<li>{RELATED}</li><li><a href='/2'>Mayor leaves over the dam</a></li><li>By <a href='/3'>Ann Lee of Sarn</a></li>"
)


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{RELATED}</p>",
        f"<p><strong>READ MORE:</strong> {RELATED}</p>",
        f"<h3>More from Sarn</h3><ul>{MORE}</ul>",
        "<p>Advertisement</p>",
        "<p>Sign up for our newsletter to get the news every morning.</p>",
        "<p>The dam on Monday morning. Photo: Bo Carr/Sarn Pictures</p>",
        "<p>© 2024 The Sarn Courier. All rights reserved.</p>",
    ],
)
def test_what_stands_beside_the_article_is_no_text(body: str) -> None:
    """Links to other articles with their headings, captions, furniture."""
    assert between(body) == []


@pytest.mark.parametrize(
    "said",
    [
        "<a href='/x'>The dam has never moved, the mayor said on Monday.</a>",
        "<a href='/x'>The mayor</a> said that the dam had held.",
        "<a href='/x'>— Bo Carr, engineer of the valley</a>",
        "Reporting by Ann Lee; editing by Bo Carr",
    ],
)
def test_links_in_what_is_said_stay(said: str) -> None:
    """A sentence is one, also where it links to elsewhere."""
    [line] = between(f"<p>{said}</p>")
    assert line in said.replace("</a>", "").replace("<a href='/x'>", "")


def test_a_heading_that_the_page_links_to_stays() -> None:
    """A table of contents does not take the headings away, nor do links to the page itself."""
    heading = "What the engineers of the valley found"
    body = f"<p><a href='#1'>{heading}</a></p><h2 id='1'>{heading}</h2><p>The wall is sound, they said to us.</p>"
    assert heading in between(body + f"<div class='share'><a href='/self'>{heading}</a></div>")


LEAD = "The dam of Sarn is sound, says a report that the council has kept back for a year"


def test_the_lead_is_read_once() -> None:
    """Words below the headline by which the page describes itself belong to the article; a motto above it does not."""
    head = f"<html><head><meta name='description' content='{LEAD}'></head><body>"
    text = f"<article><p>{BEFORE}</p><p>{AFTER}</p><p>{LAST}</p></article></body></html>"
    lead, title = f"<p class='dek'>{LEAD}</p>", "<h1>Dam holds</h1>"
    below = lines(f"{head}<header>{title}{lead}</header>{text}".encode())
    assert below[-4:] == [LEAD, BEFORE, AFTER, LAST]
    assert LEAD not in lines(f"{head}<header>{lead}{title}</header>{text}".encode())
    assert LEAD not in lines(f"{head}<header>{title}</header>{text}<footer>{lead}</footer>".encode())
    in_text = page(f"<p>{LEAD}.</p>", f"<meta name='description' content='{LEAD}'>")
    assert [line for line in lines(in_text) if LEAD in line] == [f"{LEAD}."]


def data_page(data: object, body: str = "") -> bytes:
    head = "<title>Dam holds</title><meta property='article:published_time' content='2024-07-15'>"
    script = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    return f"<html><head>{head}</head><body><div>{script}</div>{body}</body></html>".encode()


@pytest.mark.parametrize(
    "data",
    [
        {"@type": "NewsArticle", "articleBody": "\n\n".join((BEFORE, AFTER, LAST))},
        {"@graph": [{"@type": "Person"}, {"@type": "NewsArticle", "articleBody": f"{BEFORE}{AFTER}{LAST}"}]},
        [{"articleBody": f"<p>{BEFORE}</p><p>{AFTER}</p><p>{LAST}</p>"}, {"articleBody": AFTER}],
        {"articleBody": f"&lt;p&gt;{BEFORE}&lt;/p&gt;&lt;p&gt;{AFTER}&lt;/p&gt;&lt;p&gt;{LAST}&lt;/p&gt;"},
        {"@type": "LiveBlogPosting", "liveBlogUpdate": [{"articleBody": part} for part in (BEFORE, AFTER, LAST)]},
    ],
)
@pytest.mark.parametrize(
    "body", ["", "<p>The dam on Monday. Photo: Bo Carr</p>", f"<p>{BEFORE}</p><p>Subscribe to read on.</p>"]
)
def test_an_article_that_only_the_pages_data_holds_is_read(data: object, body: str) -> None:
    """Whatever its shape, a line a paragraph, with what the page says of itself."""
    found = find(data_page(data, body))
    assert found["text"].split("\n") == [BEFORE, AFTER, LAST]
    assert (found["title"], found["published"]) == ("Dam holds", "2024-07-15")


def test_the_pages_own_text_goes_before_its_data() -> None:
    """Data that have little more than the page, or a summary, change nothing."""
    for body in ("A short summary of it.", f"{BEFORE} {AFTER} {LAST} And a little more than the page has."):
        data = json.dumps({"articleBody": body})
        head = f"<script type='application/ld+json'>{data}</script>"
        assert between("", head) == []


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["articleBody", "liveBlogUpdate", "@graph"]), inner, max_size=3)
        ),
        max_leaves=9,
    )
)
@settings(max_examples=40, deadline=None)
def test_any_data_are_borne(data: object) -> None:
    """No shape of them crashes the reading."""
    assert BEFORE in find(data_page(data, f"<article><p>{BEFORE}</p><p>{AFTER}</p></article>"))["text"]


def test_broken_data_are_passed_over() -> None:
    """What is no JSON, or endless, is no article; the page is read."""
    for data in ("{", '{"articleBody": ' * 5000, "[" * 100_000):
        assert between("", f"<script type='application/ld+json'>{data}</script>") == []


def test_a_page_of_links_has_no_article() -> None:
    """Where all text stands beside an article that is not there, the page is refused."""
    with pytest.raises(InputRefused, match="no article"):
        find(f"<html><body><p>{RELATED}</p><p>Advertisement</p></body></html>".encode())


SAID = "<p>The café’s owner said “no” – twice – and left Sarn.</p>"


@pytest.mark.parametrize(
    ("data", "server"),
    [
        (f"<meta charset=utf-8>{SAID}".encode("cp1252"), None),
        (f"<meta charset=utf-8>{SAID}".encode("cp1252"), "windows-1252"),
        (f"<meta charset=utf-8>{SAID}".encode("cp1252"), "utf-8"),
        (f"<meta charset=iso-8859-1>{SAID}".encode(), None),
        (f"<meta charset=iso-8859-1>{SAID}".encode(), "iso-8859-1"),
        (f"<meta charset=iso-8859-1>{SAID}".encode() + b"<p>\xe9", "iso-8859-1"),
        (f"<meta charset=koi8-r>{SAID}".encode() + b"<p>\xc3", None),
    ],
)
def test_labels_that_are_wrong_are_seen_through(data: bytes, server: str | None) -> None:
    """UTF-8 under another name, also with a stray or a cut character, and other bytes that are called UTF-8."""
    assert SAID in page_text(data, server)[0]


def front(links: int, head: str = "", address: str = "https://paper.example/") -> bytes:
    teasers = "".join(
        f"<article><h2><a href='/{n}'>Harbour shed number {n} is painted at last</a></h2><p>{BEFORE}</p></article>"
        for n in range(links)
    )
    head = f"<html><head><title>The Paper</title><link rel='canonical' href='{address}'>{head}</head>"
    return f"{head}<body>{teasers}</body></html>".encode()


def test_a_front_page_is_no_article() -> None:
    """What many articles are announced by would be filed as one article's claims."""
    for page_of in (
        front(30),
        front(30, address="https://paper.example/index.html"),
        front(
            30, '<script type=\'application/ld+json\'>{"@type": "CollectionPage"}</script>', "https://a.example/sport"
        ),
    ):
        with pytest.raises(InputRefused, match="front page or a list of articles"):
            find(page_of)


@pytest.mark.parametrize(
    "page_of",
    [
        front(5),
        front(30, address="https://paper.example/2024/dam-holds"),
        front(30, address="https://paper.example/?p=12"),
        front(30, "<meta property='og:type' content='article'>"),
        front(30, '<script type=\'application/ld+json\'>{"@type": "NewsArticle"}</script>'),
    ],
)
def test_an_article_among_many_links_is_read(page_of: bytes) -> None:
    """Where anything says that the page is one article's, headlines beside it change nothing."""
    assert BEFORE in find(page_of)["text"]
