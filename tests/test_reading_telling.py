"""What web pages say of themselves: headline, day, authors, outlet, address, however they say it."""

import time
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.reading.pages import read_page
from claims.reading.pages.bylines import authors
from claims.reading.pages.finding import find
from claims.reading.printable import LONGEST_LINE, one_line

TEXT = "".join(
    f"<p>{words}</p>"
    for words in (
        "The dam above Sarn held through the night, the mayor told residents who had gathered in the square at dawn.",
        "No breach was found by morning, engineers said after they had walked the whole wall with lamps.",
        "Schools open again on Wednesday, the council said in its letter to the parents of the valley.",
    )
)


def told(head: str = "", title: str = "Dam holds", heading: str = "", url: str | None = None) -> dict[str, Any]:
    """What a page says whose headline is "Dam holds" unless `heading`, which comes before its text, has another."""
    heading = heading or "<h1>Dam holds after the storm</h1>"
    return find(f"<html><head><title>{title}</title>{head}</head><body>{heading}{TEXT}</body></html>".encode(), url)


def meta(**values: str) -> str:
    """Meta elements by their names, in which "__" stands for a colon."""
    return "".join(f'<meta property="{name.replace("__", ":")}" content="{value}">' for name, value in values.items())


def linked(json: str) -> str:
    return f"<script type='application/ld+json'>{json}</script>"


ARTICLE = """{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Dam holds after the storm",
"datePublished": "2024-07-15T08:00:00+02:00", "dateModified": "2024-07-18T08:00:00+02:00",
"author": [{"@type": "Person", "name": "Ann Lee"}, {"@type": "Person", "name": "Bo Carr"}],
"publisher": {"@type": "NewsMediaOrganization", "name": "The Sarn Courier"}, "inLanguage": "en-GB"}"""
GRAPH = """{"@graph": [{"@type": "WebSite", "name": "Sarn"}, {"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
{"@type": "Person", "@id": "#bo", "name": "Bo Carr"},
{"@type": "Organization", "@id": "#us", "name": "The Sarn Courier"},
{"@type": ["Article", "NewsArticle"], "headline": "Dam holds after the storm", "datePublished": "2024-07-15",
"author": [{"@id": "#ann"}, {"@id": "#bo"}], "publisher": {"@id": "#us"}, "inLanguage": "en-GB"}]}"""
LIVE = ARTICLE.replace("NewsArticle", "LiveBlogPosting").replace(
    '"inLanguage"',
    '"liveBlogUpdate": [{"@type": "BlogPosting", "headline": "12:30", "datePublished": "2024-07-16"}], "inLanguage"',
)


@pytest.mark.parametrize(
    "json",
    [
        ARTICLE,
        GRAPH,
        LIVE,
        f"[{ARTICLE}]",
        f"<!-- {ARTICLE} -->",
        f"//<![CDATA[\n{ARTICLE};\n//]]>",
        ARTICLE.replace("]", ",]").replace("}", ", }"),
        '{"@type": "BreadcrumbList"}' + ARTICLE,
        ARTICLE.replace("after the", "after\nthe"),
        '{"@type": "NewsArticle", "headline": "Nine other floods", "datePublished": "2024-07-01"}, ' + ARTICLE,
        '{"@type": "ItemList", "itemListElement": [{"@type": "Article", "datePublished": "2024-07-01"}]}' + ARTICLE,
    ],
)
def test_statements_for_machines_are_read_however_broken(json: str) -> None:
    """In comments, with too many commas, several in one script, in a graph, a live blog, beside those of others."""
    said = told(linked(json))
    assert (said["title"], said["published"]) == ("Dam holds after the storm", "2024-07-15")
    assert (said["author"], said["publisher"], said["language"]) == ("Ann Lee; Bo Carr", "The Sarn Courier", "en")
    assert said["notes"] == []


def test_what_stands_alone_in_a_broken_statement_is_read() -> None:
    """A quotation mark in a description spoils the rest, not the day."""
    said = told(linked(ARTICLE.replace('"headline"', '"description": "It "held", he said", "headline"')))
    assert said["published"] == "2024-07-15"


@pytest.mark.parametrize(
    ("title", "head", "heading"),
    [
        ("Dam holds after the storm | The Sarn Courier", meta(og__site_name="The Sarn Courier"), ""),
        ("Dam holds after the storm - Valley - Sarn Courier", meta(og__site_name="The Sarn Courier"), "<h2>x</h2>"),
        ("Dam holds after the storm – SarnCourier.com", meta(og__site_name="Sarn Courier"), "<h2>x</h2>"),
        ("Sarn Courier | Dam holds after the storm", meta(og__site_name="Sarn Courier"), "<h2>x</h2>"),
        ("Dam holds after the storm | Sarn | 15.07.2024", meta(og__site_name="Sarn"), "<h2>x</h2>"),
        (
            "Dam holds after the storm | Sarn Sport",
            meta(og__title="Dam holds after the storm", og__site_name="Sarn"),
            "",
        ),
        ("Storm: dam holds", meta(og__title="How the dam held after the storm"), ""),
        ("Courier", meta(og__site_name="Courier"), "<h1>Courier</h1><h1>Dam holds after the storm</h1>"),
        ("Dam holds &amp;amp; holds", meta(og__title="&lt;b&gt;Dam holds&lt;/b&gt; after the storm"), "<h2>x</h2>"),
    ],
)
def test_the_title_is_the_headline(title: str, head: str, heading: str) -> None:
    """As the article prints it, without the outlet's name, which is cut only where it is known."""
    head += meta(article__section="Valley")
    assert told(head, title, heading)["title"] == "Dam holds after the storm"


@pytest.mark.parametrize("title", ["Dam holds - for now", "Storm | Dam holds", "Sarn: the dam that held"])
def test_no_part_of_a_headline_is_cut(title: str) -> None:
    """A dash in a headline is no sign that a name follows."""
    assert told(meta(og__site_name="The Courier"), title, f"<h1>{title}</h1>")["title"] == title
    assert told(meta(og__site_name="The Courier"), title, "<h2>x</h2>")["title"] == title


@pytest.mark.parametrize(
    ("head", "day"),
    [
        (meta(article__published_time="2024-07-15T23:30:00-04:00"), "2024-07-15"),
        (meta(article__modified_time="2024-07-16", article__published_time="2024-07-15"), "2024-07-15"),
        (meta(article__modified_time="2024-07-16"), None),
        (meta(date="2024-07-18", pubdate="2024-07-15T06:00:00Z"), "2024-07-15"),
        ("<meta name='DC.date.issued' content='2024-07-15'>", "2024-07-15"),
        ("<meta name='citation_publication_date' content='2024/07/15'>", "2024-07-15"),
        ("<meta name='pubdate' content='Mon, 15 Jul 2024 23:10:00 EST'>", "2024-07-15"),
        ("<meta itemprop='datePublished' content='20240715T055000+0900'>", "2024-07-15"),
        (meta(article__published_time="1970-01-01T00:00:00Z"), None),
        (meta(article__published_time=(date.today() + timedelta(days=9)).isoformat()), None),
        (meta(article__published_time="07/08/2024"), None),
        (linked(ARTICLE) + meta(article__published_time="2024-07-17T08:00:00+02:00"), "2024-07-15"),
    ],
)
def test_the_day_of_publication_is_the_first(head: str, day: str | None) -> None:
    """As the page writes it, not that of a change, not one that cannot be."""
    assert told(head)["published"] == day


@pytest.mark.parametrize(
    ("about", "url", "day"),
    [
        ("<time datetime='2024-07-14 21:30:00-0400'>July 14</time>", None, "2024-07-14"),
        ("<p>By Ann Lee</p><p>July 14, 2024 9:30 pm</p>", None, "2024-07-14"),
        ("<p>Posted 14 July 2024. Updated 16 July 2024</p>", None, "2024-07-14"),
        ("<p>Updated July 14, 2024</p>", None, "2024-07-15"),
        ("<p>July 4, 2024</p>", None, "2024-07-15"),
        ("", "https://sarn.example/2024/07/14/dam", "2024-07-14"),
        ("", "https://sarn.example/2024/NEWS/07/14/dam.html", "2024-07-14"),
        ("", "https://sarn.example/2023/02/03/dam", "2023-02-03"),
        ("", "https://sarn.example/2024/13/45/dam", "2024-07-15"),
    ],
)
def test_universal_time_gives_way_to_the_day_in_print(about: str, url: str | None, day: str) -> None:
    """Where a page says 01:30 UTC, its readers see the evening before; what is published again keeps its first day."""
    head = meta(article__published_time="2024-07-15T01:30:00Z")
    heading = f"<h1>Dam holds after the storm</h1>{about}"
    assert told(head, "Dam holds", heading, url)["published"] == day


@pytest.mark.parametrize(
    ("about", "day"),
    [
        ("<div>By Ann Lee | Monday, July 15th, 2024</div>", "2024-07-15"),
        ("<div>Updated July 16, 2024, first published 15 Jul 2024</div>", "2024-07-15"),
        ("<time datetime='2024-07-15T10:00:00+02:00'>Today</time>", "2024-07-15"),
        ("<div>Last modified on July 16, 2024</div>", None),
        ("<div>07/08/2024</div>", None),
    ],
)
def test_a_line_beside_the_headline_tells_the_day(about: str, day: str | None) -> None:
    """Where nothing is said for machines; an update is no publication."""
    assert told(heading=f"<h1>Dam holds</h1>{about}")["published"] == day


def test_a_day_from_elsewhere_is_no_day_of_publication() -> None:
    """Neither from the text nor from teasers of other articles."""
    teasers = "<ul><li>Flood in May <span>May 2, 2023</span></li><li>Bridge opens <span>June 9, 2022</span></li></ul>"
    body = f"{TEXT}<p>The wall was built on 3 April 1961, he said.</p><footer>© 2024 Sarn</footer>{teasers}"
    said = find(f"<html><head><title>Dam holds</title></head><body><h1>Dam holds</h1>{body}</body></html>".encode())
    assert said["published"] is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By ANN LEE and BO O'CARR", ["Ann Lee", "Bo O'Carr"]),
        ("By Ann B. Lee, Senior Political Correspondent, CNN", ["Ann B. Lee"]),
        ("By Ann Lee, Bo Carr & Cy de la Dune | AP – 1 hr ago", ["Ann Lee", "Bo Carr", "Cy de la Dune"]),
        ("Ann Lee Education editor", ["Ann Lee"]),
        ("Posted by Ann Lee on July 15, 2024", ["Ann Lee"]),
        ("Ann Lee in Sarn", ["Ann Lee"]),
        ("View all posts by Ann Lee", ["Ann Lee"]),
        ("Ann Lee; Ann Lee", ["Ann Lee"]),
        ("Ann Lee and agencies", ["Ann Lee"]),
        ("Staff and agencies", ["Staff and agencies"]),
        ("Reuters", ["Reuters"]),
        ("By Mary-Jane O’Neill", ["Mary-Jane O’Neill"]),
        ("The Sarn Courier", []),
        ("https://www.facebook.com/annlee", []),
        ("@annlee", []),
        ("admin", []),
        ("By", []),
        ("", []),
    ],
)
def test_authors_are_named_as_readers_would(line: str, names: list[str]) -> None:
    """No "By", job, place, address; people before agencies; the outlet is no author."""
    assert authors(line, ["The Sarn Courier"]) == names


@pytest.mark.parametrize(
    ("head", "about", "author"),
    [
        (meta(author="The Sarn Courier"), "<div class='byline'>By Ann Lee</div>", "Ann Lee"),
        (meta(article__author="https://facebook.com/ann"), "<a rel='author'>Ann Lee</a>", "Ann Lee"),
        ("<meta name='byl' content='By Ann Lee and Bo Carr'>", "", "Ann Lee; Bo Carr"),
        ("<meta name='author' content='Ann Lee'><meta name='author' content='Bo Carr'>", "", "Ann Lee; Bo Carr"),
        ("", "<p>By: Ann Lee</p>", "Ann Lee"),
        ("", "<p><a class='author'>Ann Lee</a> <a class='author'>Bo Carr</a></p>", "Ann Lee; Bo Carr"),
        ("", "<div class='photo-author'>Photo: Cy Dune/Reuters</div><p>By Ann Lee</p>", "Ann Lee"),
        ("", "<div class='comments'><span class='author'>Cy Dune</span></div>", None),
    ],
)
def test_the_author_is_found(head: str, about: str, author: str | None) -> None:
    """In metas and in the by-line, not in comments, boxes and pictures."""
    head += meta(og__site_name="The Sarn Courier")
    assert told(head, heading=f"<h1>Dam holds</h1>{about}")["author"] == author


@pytest.mark.parametrize(
    ("head", "title", "url", "publisher"),
    [
        (meta(og__site_name="U.S."), "Dam holds | Sarn", "https://www.sarn.com/a", "Sarn"),
        (meta(og__site_name="SARN.com"), "Dam holds - SARN", "https://edition.sarn.com/a", "SARN"),
        (meta(og__site_name="Sarn | All the valley's news"), "Dam holds", "https://sarn.com/a", "Sarn"),
        (meta(og__site_name="Sarn Post"), "Dam holds - The Sarn Post", "https://sarnpost.com/a", "The Sarn Post"),
        ("", "Dam holds | Sarn Courier", "https://www.sarncourier.co.uk/a", "Sarn Courier"),
        ("", "Dam holds - Sarn Morning Post", "https://www.smp.com/a", "Sarn Morning Post"),
        ("", "Dam holds - for now", "https://www.sarn.com/a", "sarn.com"),
        (meta(og__site_name="the Sarn"), "Dam holds | The Sarn", "https://thesarn.com/a", "The Sarn"),
        (linked(ARTICLE) + meta(publisher="SC"), "Dam holds", "https://courier.example/a", "The Sarn Courier"),
    ],
)
def test_the_publisher_is_named_as_readers_know_it(head: str, title: str, url: str, publisher: str) -> None:
    """The name that its address stands for, in words where the page has it in words."""
    assert told(head, title, url=url)["publisher"] == publisher


@pytest.mark.parametrize(
    ("head", "url", "address"),
    [
        ("<link rel=canonical href='/dam'>", "https://sarn.example/x?y=1", "https://sarn.example/dam"),
        ("<link rel=canonical href='8003098'>", "https://sarn.example/dam", "https://sarn.example/dam"),
        ("<link rel=canonical href='javascript:alert(1)//'>", None, None),
        (
            "<link rel=canonical href='http://[::1'>" + meta(og__url="https://sarn.example/dam"),
            None,
            "https://sarn.example/dam",
        ),
        (
            "<link rel=canonical href='https://evil.example/dam'>",
            "https://sarn.example/dam",
            "https://sarn.example/dam",
        ),
        (f"<link rel=canonical href='https://sarn.example/{'a' * 5000}'>", None, None),
    ],
)
def test_the_address_that_a_page_calls_its_own(head: str, url: str | None, address: str | None) -> None:
    """Only a web address, whole, and of the site that the page was fetched from."""
    page = f"<html><head><title>Dam</title>{head}</head><body><h1>Dam holds</h1>{TEXT}</body></html>"
    assert read_page("dam.html", page.encode(), url).url == address


def test_hostile_values_are_short_lines() -> None:
    """A megabyte, markup, controls and turned letters: what is kept is one line that can be shown."""
    nasty = "Dam <script>alert(1)</script> \u202eholds\x07 \x1b[31m " + "a" * 1_000_000
    head = f'<meta property="og:title" content="{nasty.replace("<", "&lt;")}"><meta name="author" content="{nasty}">'
    said = told(head + meta(og__site_name="x" * 100_000), nasty, f"<h1>{nasty}</h1>")
    for value in (said["title"], said["author"], said["publisher"]):
        assert value is None or (len(value) <= LONGEST_LINE and value.isprintable() and "<script" not in value)


@pytest.mark.parametrize(
    "script",
    [
        '"' + '\\"' * 300_000,
        "1 " * 300_000,
        "[" * 300_000,
        '{"@graph":' * 50_000,
        "<!--" * 200_000,
        '{"@type": "NewsArticle", "author": ' + "[" * 500 + "]" * 500 + "}",
        '{"@type": 7, "headline": {"a": 1}, "author": 9, "publisher": [null], "datePublished": ["2024", 3]}',
        '{"@type": "NewsArticle", "headline": 1, "author": {"name": {"a": 1}}, "inLanguage": {"name": "English"}}',
        ", " * 300_000,
    ],
)
def test_statements_that_mean_harm_end_soon(script: str) -> None:
    """Whatever stands in the script, the article is read, and in seconds."""
    began = time.process_time()
    assert "dam above Sarn held" in told(linked(script))["text"]
    assert time.process_time() - began < 5


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_values_are_told_or_not(one: str, two: str, three: str) -> None:
    """Nothing that a page says of itself makes it unreadable."""
    said = told(
        f'<meta property="og:title" content="{one}"><meta name="author" content="{two}">'
        f'<meta property="article:published_time" content="{three}"><meta property="og:site_name" content="{three}">'
        + linked(f'{{"@type": "Article", "headline": "{two}", "author": "{one}", "datePublished": "{three}"}}'),
        three,
        f"<h1>{one}</h1><p class='byline'>By {three}</p>",
    )
    assert set(said) == {"text", "title", "published", "author", "publisher", "url", "language", "notes"}


def test_one_line() -> None:
    """Spaces are one, what cannot be printed is gone, nothing is no line."""
    assert one_line(" Dam\u200b \n holds\0 \x85") == "Dam holds"
    assert one_line(" \t") is one_line(None) is one_line(7) is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jonathan V. Last", ["Jonathan V. Last"]),
        ("By Choi In Hoon", ["Choi In Hoon"]),
        ("Von Miller", ["Von Miller"]),
        ("Von Ann Lee", ["Ann Lee"]),
        ("By Ann Lee in Sarn", ["Ann Lee"]),
        ("BY ANN LEE IN SARN", ["Ann Lee"]),
    ],
)
def test_small_words_end_a_name_and_capital_ones_are_a_part_of_it(line: str, names: list[str]) -> None:
    """ "Last", "In" and "Von" may be somebody's names."""
    assert authors(line) == names


def test_a_headline_keeps_its_letters_together() -> None:
    """Marks for the look of letters are no spaces; lines and blocks are."""
    head = "<h1>“<i>Dune</i>” wins <b>P</b>rize<br>again</h1>"
    page = f"<html><body><article>{head}<p>{'The dam held all night, said the mayor. ' * 9}</p></article></body></html>"
    assert find(page.encode())["title"] == "“Dune” wins Prize again"
