"""Articles come in many wrappings: tables, feeds, archives, packed files, documents."""

import csv
import gzip
import html
import io
import json
import os
import subprocess
import sys
import tempfile
import uuid
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import InputRefused
from claims.reading import Given, read_articles
from claims.reading.dates import iso_date
from claims.reading.formats import reader_for
from claims.reading.leaves import text_of_pages
from claims.reading.limits import MAX_BYTES, MAX_CHARACTERS, MAX_FEED_ENTRIES
from claims.reading.markup import is_markup, text_of_markup
from claims.reading.packed import opened
from claims.terms import Article


def read(*paths: Path | str, given: Given | None = None) -> list[object]:
    return list(read_articles([str(path) for path in paths], given or Given()))


def test_what_is_given_wins_over_what_the_file_says(tmp_path: Path) -> None:
    """Date, publisher and address of the command line stand in place of the article's own; the rest stays."""
    (tmp_path / "a.txt").write_text("The dam holds\nJuly 15, 2024\nThe dam held, the mayor said.\n")
    [article] = read(tmp_path / "a.txt", given=Given(published="2020-01-02", publisher="Sarn Courier"))
    assert isinstance(article, Article)
    assert (article.title, article.published, article.publisher) == ("The dam holds", "2020-01-02", "Sarn Courier")
    [article] = read(tmp_path / "a.txt")
    assert isinstance(article, Article)
    assert (article.published, article.publisher) == ("2024-07-15", None)


SAID = "The dam held, the mayor of Sarn said on Monday."


def articles(found: list[object]) -> list[Article]:
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


def refusals(found: list[object]) -> list[str]:
    return [str(one) for one in found if isinstance(one, InputRefused)]


def test_json_lines_are_articles_named_by_their_line(tmp_path: Path) -> None:
    """Columns are found by their usual names; a broken line is named and the rest goes on."""
    file = tmp_path / "a.jsonl"
    rows = [
        {"Headline": "Dam holds", "body": SAID, "publishedAt": "2024-07-15T23:30:00-05:00", "outlet": {"name": "It"}},
        {"headline": "It", "link": "https://sarn.example/2", "byline": ["Ann Lee", "Bo"], "body": "It\u2028held."},
    ]
    lines = [json.dumps(rows[0]), "", "{broken", "[1]", json.dumps({"id": 7}), "[" * 100_000, json.dumps(rows[1])]
    file.write_text("\n".join(lines), "utf-8")
    found = read(file)
    first, last = (one for one in found if isinstance(one, Article))
    assert (first.path, first.title, first.published) == (f"{file}#1", "Dam holds", "2024-07-15")
    assert (first.text, first.publisher) == (SAID, "It")
    assert (last.path, last.url, last.author) == (f"{file}#7", "https://sarn.example/2", "Ann Lee, Bo")
    assert last.text == "It\u2028held."
    assert [refusal.partition("a.jsonl")[2][:3] for refusal in refusals(found)] == ["#3:", "#4:", "#5:", "#6:"]
    assert "is no JSON (" in refusals(found)[0]
    assert "its columns are id" in refusals(found)[2]


def test_a_json_array_is_a_table_too(tmp_path: Path) -> None:
    """What many programs export: one array of objects, each an article by its place."""
    (tmp_path / "a.json").write_text(json.dumps([{"body": SAID}, 7, {"title": "no text"}], indent=1))
    found = read(tmp_path / "a.json")
    assert [one.path for one in found if isinstance(one, Article)] == [f"{tmp_path}/a.json#1"]
    assert len(refusals(found)) == 2


def test_columns_are_mapped_by_what_is_given(tmp_path: Path) -> None:
    """The mapping wins over usual names; a column that is not there is named, with those that are."""
    file = tmp_path / "a.csv"
    file.write_text(f'id,text,words,day\n1,teaser,"{SAID}",15 July 2024\n')
    [article] = articles(read(file, given=Given(columns={"text": "words", "published": "Day"})))
    assert (article.text, article.published) == (SAID, "2024-07-15")
    [refusal] = refusals(read(file, given=Given(columns={"text": "wrods"})))
    assert "has no column 'wrods' for the text; its columns are id, text, words, day" in refusal


@pytest.mark.parametrize(("ending", "delimiter"), [(".csv", ","), (".csv", ";"), (".tsv", "\t")])
def test_csv_rows_are_articles_named_by_their_first_line(tmp_path: Path, ending: str, delimiter: str) -> None:
    """Cells may hold lines and quotes; a row with more cells than the head is refused, the rest read."""
    file = tmp_path / f"a{ending}"
    d = delimiter
    file.write_text(
        f'title{d}text{d}date\nOne{d}"She said: ""It held.""\nThen she left{d} he said."{d}2024-07-15\n'
        f'Two{d}"{SAID}"{d}07/08/2024{d}{d}\nThree{d}"{SAID}"{d}\n\nFour{d}{d}\n',
        "utf-8-sig",
    )
    found = read(file)
    first, third = (one for one in found if isinstance(one, Article))
    assert (first.path, first.published) == (f"{file}#2", "2024-07-15")
    assert first.text == f'She said: "It held."\nThen she left{d} he said.'
    assert (third.path, third.published) == (f"{file}#5", None)
    assert [refusal.partition(ending)[2][:3] for refusal in refusals(found)] == ["#4:", "#7:"]


def test_what_a_date_does_not_tell_stays_open(tmp_path: Path) -> None:
    """The seventh of August or the eighth of July: no date, and a note that says so."""
    (tmp_path / "a.csv").write_text(f'text,date\n"{SAID}",07/08/2024\n')
    [article] = articles(read(tmp_path / "a.csv"))
    assert article.published is None
    assert "'07/08/2024'" in article.notes[0]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2024-07-15", "2024-07-15"),
        ("2024-07-15T23:59:59-11:00", "2024-07-15"),
        ("Mon, 15 Jul 2024 10:00:00 GMT", "2024-07-15"),
        ("15/07/2024", "2024-07-15"),
        ("7/15/2024 8:00 PM", "2024-07-15"),
        ("1721037600", "2024-07-15"),
        ("1721037600000", "2024-07-15"),
        ("20240715", "2024-07-15"),
        ("20240715T100000Z", "2024-07-15"),
        ("202407151000", "2024-07-15"),
        ("15-07-2024", "2024-07-15"),
        ("15.7.2024 10:00", "2024-07-15"),
        ("07-08-2024", None),
        ("07.08.2024", None),
        ("07/08/24", None),
        ("20241315", None),
        ("July 2024", None),
        ("2024-13-15", None),
        ("yesterday", None),
        ("9" * 70, None),
        ("", None),
    ],
)
def test_days_are_read_where_they_are_sure(words: str, day: str | None) -> None:
    """The writer's own calendar decides; nothing is filled in."""
    assert iso_date(words) == day


@given(st.text(max_size=90))
def test_any_words_are_a_day_or_none(words: str) -> None:
    """Nothing crashes the reading of dates; what it gives is an ISO date."""
    day = iso_date(words)
    assert day is None or date.fromisoformat(day)


def test_a_cell_may_be_longer_than_csv_allows_by_itself(tmp_path: Path) -> None:
    """Articles of 150,000 characters exist; a million is no article, and the next row is read."""
    file = tmp_path / "a.csv"
    file.write_text(f'text\n"{SAID * 4_000}"\n{"x" * (MAX_CHARACTERS + 10)}\nIt held.\n')
    found = read(file)
    assert [type(one) for one in found] == [Article, InputRefused, Article]
    assert f"#3: holds {MAX_CHARACTERS + 10:,} characters" in refusals(found)[0]


def test_a_line_without_end_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines are bounded before they are held: the endless one is named, the next ones read."""
    monkeypatch.setattr("claims.reading.tabular.lines.MAX_ROW_BYTES", 1000)
    for ending, head, row in ((".jsonl", "{}", json.dumps({"text": SAID})), (".csv", "text,title", f'"{SAID}",t')):
        file = tmp_path / f"a{ending}"
        file.write_text(f"{head}\n{'y' * 5000}\n{row}\n")
        found = read(file)
        assert [one.path for one in found if isinstance(one, Article)] == [f"{file}#3"]
        assert any(f"{file}#2: is longer than" in refusal for refusal in refusals(found))


@pytest.mark.parametrize("charset", ["utf-16", "cp1252", "utf-8-sig"])
def test_tables_of_other_charsets_are_read(tmp_path: Path, charset: str) -> None:
    """Office programs export UTF-16 and Windows-1252."""
    (tmp_path / "a.csv").write_bytes('text;title\r\n"The café held, he said.";Café\r\n'.encode(charset))
    [article] = articles(read(tmp_path / "a.csv"))
    assert (article.text, article.title) == ("The café held, he said.", "Café")


def test_html_in_a_cell_becomes_text() -> None:
    """A line for each paragraph, quotations kept, scripts not."""
    markup = (
        "<p>The dam   held,\nthe mayor said.</p>"
        "<blockquote>It <b>held</b>.<br>Twice.</blockquote><script>x()</script>ok"
    )
    assert text_of_markup(markup) == "The dam held, the mayor said.\n\nIt held.\n\nTwice.\n\nok"


@given(st.text(alphabet=st.one_of(st.sampled_from("<>/&;pdivscript\0 \n\"'=!-"), st.characters()), max_size=200))
def test_any_markup_becomes_storable_text(markup: str) -> None:
    """Nothing crashes it, and what comes out can be stored."""
    text_of_markup(markup).encode("utf-8")


def test_nested_markup_is_survived() -> None:
    """A hundred thousand nested elements neither crash nor hang."""
    assert isinstance(text_of_markup("<div>" * 100_000 + "deep"), str)


@given(
    st.binary(max_size=400), st.sampled_from([".jsonl", ".csv", ".tsv", ".rss", ".warc", ".pdf", ".gz", "", ".csv.gz"])
)
def test_any_bytes_under_any_name_are_read_or_refused(data: bytes, ending: str) -> None:
    """No bytes crash a reader, packed or not."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"a{ending}"
        file.write_bytes(gzip.compress(data) if ending == ".csv.gz" else data)
        for one in read(file):
            assert isinstance(one, Article | InputRefused)
            if isinstance(one, Article):
                one.text.encode("utf-8")


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1).filter(str.strip),
        min_size=1,
        max_size=5,
    )
)
def test_tables_give_back_what_was_written(texts: list[str]) -> None:
    """What Python's own writers write comes back letter by letter, in order."""
    with tempfile.TemporaryDirectory() as folder:
        table, lines = Path(folder) / "a.csv", Path(folder) / "a.jsonl"
        with open(table, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows([["text", "title"], *([text, "t"] for text in texts)])
        lines.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
        kept = [text for text in texts if not is_markup(text)]
        for path in (table, lines):
            with open(path, "rb") as file:
                stream = opened(path.name, file)
                # read without a look at the language
                found = articles(list(reader_for(path.name, stream)(path.name, stream, Given())))
            assert [article.text for article in found if not article.notes] == kept


def test_packed_files_are_what_is_in_them(tmp_path: Path) -> None:
    """Any format may be gzipped, in several pieces; the title comes from the name before its ending."""
    (tmp_path / "dam-holds.txt.gz").write_bytes(gzip.compress(SAID[:10].encode()) + gzip.compress(SAID[10:].encode()))
    (tmp_path / "rows.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": SAID}).encode()))
    text, row = articles(read(tmp_path))
    assert (text.text, text.title) == (SAID, "dam holds")
    assert row.path.endswith("rows.jsonl.gz#1")


def test_bombs_and_broken_packings_are_refused(tmp_path: Path) -> None:
    """What unpacks to implausibly much, or breaks off, is named; nothing is held of it."""
    bomb = gzip.compress(b"\n" * 10_000_000)
    for name in ("bomb.jsonl.gz", "bomb.txt.gz", "bomb.csv.gz", "bomb.warc.gz", "bomb.rss.gz"):
        (tmp_path / name).write_bytes(bomb)
    (tmp_path / "cut.txt.gz").write_bytes(gzip.compress(os.urandom(1000))[:-300])
    found = refusals(read(tmp_path))
    assert len(found) == 6
    assert "unpacks to more than 100 times its size" in found[1]
    assert "cut.txt.gz: is gzipped, but broken or cut off" in found[-1]


def test_patterns_and_lists_name_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pattern is what files fit it, by name; a list is what its lines say, comments apart."""
    for name in ("b.txt", "a.txt", "deep/er/c.txt", "d.png", "odd[1].txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"The story of {name}, he said.")
    monkeypatch.chdir(tmp_path)
    assert [article.path for article in articles(read("?.txt"))] == ["a.txt", "b.txt"]
    assert [article.path for article in articles(read("**/c.txt"))] == ["deep/er/c.txt"]
    assert [article.path for article in articles(read("odd[1].txt"))] == ["odd[1].txt"]
    assert refusals(read("*.nothing")) == ["*.nothing: no file fits this pattern"]
    Path("list.txt").write_text("# mine\n\nb.txt\r\n?.txt\nnone.txt\n@list.txt\n-\n")
    found = read("@list.txt")
    assert [one.path for one in found if isinstance(one, Article)] == ["b.txt", "a.txt", "b.txt"]
    assert [refusal.split(":")[0] for refusal in refusals(found)] == ["none.txt", "@list.txt", "-"]
    assert "the list cannot be read" in refusals(read("@nowhere.txt"))[0]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a.txt\n")))
    assert [article.path for article in articles(read("@-"))] == ["a.txt"]


def test_patterns_follow_no_links_in_circles(tmp_path: Path) -> None:
    """Two links to their own folder make more paths than anyone can count."""
    for name in ("a.txt", "deep/b.txt", "deep/er/c.txt", ".hidden/d.txt", "deep/.e.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"The story of {name}, he said.")
    for link in ("here", "again", "deep/up"):
        (tmp_path / link).symlink_to(tmp_path)
    for pattern, names in (
        ("**/*.txt", ["a.txt", "deep/b.txt", "deep/er/c.txt"]),
        ("**", ["a.txt", "deep/b.txt", "deep/er/c.txt"]),
        ("deep/**/*.txt", ["deep/b.txt", "deep/er/c.txt"]),
        ("**/er/**/*.txt", ["deep/er/c.txt"]),
        ("*/b.txt", ["deep/b.txt"]),
    ):
        found = articles(read(tmp_path / pattern))
        assert [article.path for article in found] == [str(tmp_path / name) for name in names]


def test_a_million_broken_rows_are_counted_not_told_one_by_one(tmp_path: Path) -> None:
    """The first hundred in a row are named; what is good between them and behind them is read."""
    good = json.dumps({"text": SAID})
    (tmp_path / "rows.jsonl").write_text("\n".join(["{"] * 150 + [good] + ["{}"] * 100 + [good] + ["["] * 101))
    found = read(tmp_path / "rows.jsonl")
    assert [article.path[-4:] for article in articles([one for one in found if isinstance(one, Article)])] == [
        "#151",
        "#252",
    ]
    told = refusals(found)
    assert len(told) == 101 + 100 + 101
    assert "rows.jsonl#101: the first of 50 more, refused one after the other up to " in told[100]
    assert "rows.jsonl#150: is no JSON" in told[100]
    assert "the first of 1 more" in told[-1]
    (tmp_path / "rows.csv").write_text("text,title\n" + 'a,b,"c"\n' * 1000)
    assert len(read(tmp_path / "rows.csv")) == 101


def test_xml_without_a_name_is_a_feed_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its tags are no article; a billion laughs are refused on standard input, too."""
    for data, reason in (
        (b'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "ha">]><rss><item>&a;</item></rss>', "declares entities"),
        (b'<!DOCTYPE z [<!ENTITY a "ha">]><z>&a;</z>', "is no RSS or Atom feed"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><urlset><url>x</url></urlset>', "is no RSS or Atom feed"),
    ):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert reason in refusals(read("-"))[0]


def test_standard_input_may_be_of_any_format(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has no name is told by its beginning."""
    for data, names in (
        (json.dumps({"text": SAID}).encode() + b"\n" + json.dumps({"text": "It held."}).encode(), ["-#1", "-#2"]),
        (gzip.compress(SAID.encode()), ["-"]),
        (b'<?xml version="1.0"?>\n<!-- x --><rss version="2.0">' + ENTRY + b"</rss>", ["-#1"]),
    ):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert [article.path for article in articles(read("-"))] == names


WHOLE = (
    "<p>" + "</p><p>".join(f"The dam held on day {n}, the mayor of Sarn told residents." for n in range(15)) + "</p>"
)
ENTRY = (
    "<channel><title>Sarn Courier</title><language>en</language><item><title>Dam &amp;amp; bridge hold</title>"
    "<link>https://sarn.example/1</link><pubDate>Mon, 15 Jul 2024 10:00:00 GMT</pubDate>"
    f"<description>{html.escape(WHOLE)}</description></item></channel>"
).encode()
ATOM = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Sarn Courier</title>
<entry><id>urn:1</id><title>Whole</title><link href="https://sarn.example/1"/>
<published>2024-07-15T23:30:00-05:00</published>
<updated>2024-07-20T00:00:00Z</updated><author><name>Ann Lee</name></author>
<content type="html">{html.escape(WHOLE)}</content></entry>
<entry><id>urn:2</id><title>Short</title><link href="https://sarn.example/2"/><updated>2024-07-20T00:00:00Z</updated>
<summary>The dam held …</summary></entry></feed>"""


def test_feeds_give_whole_articles_and_name_the_others(tmp_path: Path) -> None:
    """An entry with its article in it is one; a summary is refused with the address. When it was changed is no day of
    publication."""
    (tmp_path / "feed.atom").write_text(ATOM)
    found = read(tmp_path / "feed.atom")
    [article] = (one for one in found if isinstance(one, Article))
    assert article.path.endswith("feed.atom#1")
    assert (article.title, article.published, article.url) == ("Whole", "2024-07-15", "https://sarn.example/1")
    assert (article.publisher, article.author) == ("Sarn Courier", "Ann Lee")
    assert article.text.startswith("The dam held on day 0, the mayor of Sarn told residents.\n\nThe dam held on day 1")
    [refusal] = refusals(found)
    assert "feed.atom#2: the feed has no more than a summary of it; the article is at https://sarn.example/2" in refusal


def test_rss_in_pieces_is_read(tmp_path: Path) -> None:
    """Broken XML is what many feeds are made of."""
    (tmp_path / "feed.xml").write_bytes(b"<rss version='2.0'>" + ENTRY.replace(b"</channel>", b"&nbsp;<oops>"))
    [article] = articles(read(tmp_path / "feed.xml"))
    assert (article.publisher, article.published) == ("Sarn Courier", "2024-07-15")


@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_a_billion_laughs_are_refused(tmp_path: Path, charset: str) -> None:
    """Entities that a feed declares itself are never expanded."""
    entities = "".join(f"<!ENTITY l{n + 1} '{f'&l{n};' * 10}'>" for n in range(10))
    feed = (
        f"<!DOCTYPE rss [<!ENTITY l0 'ha'>{entities}]><rss version='2.0'><channel><title>&l10;</title></channel></rss>"
    )
    (tmp_path / "feed.rss").write_bytes(feed.encode(charset))
    assert "declares entities" in refusals(read(tmp_path / "feed.rss"))[0]


def test_of_ten_thousand_entries_the_first_are_read(tmp_path: Path) -> None:
    """A feed's length is bounded, and what was left out is said."""
    items = "".join(f"<item><link>https://sarn.example/{n}</link></item>" for n in range(10_000))
    (tmp_path / "feed.rss").write_text(f"<rss version='2.0'><channel>{items}</channel></rss>")
    found = refusals(read(tmp_path / "feed.rss"))
    assert len(found) == MAX_FEED_ENTRIES + 1
    assert "has 9,000 entries more" in found[-1]


def test_what_is_no_feed_is_refused(tmp_path: Path) -> None:
    """Other XML is named as what it is not."""
    (tmp_path / "map.xml").write_text("<urlset><url><loc>https://sarn.example/</loc></url></urlset>")
    assert "is no RSS or Atom feed" in refusals(read(tmp_path / "map.xml"))[0]


def test_xml_of_other_kinds_is_passed_over_in_a_folder(tmp_path: Path) -> None:
    """A site's map among its saved pages is nobody's mistake; named, it is refused. XHTML is a page, whatever its
    ending, and a list of feeds says who takes it."""
    (tmp_path / "map.xml").write_text(
        "<?xml version='1.0'?><urlset><url><loc>https://sarn.example/</loc></url></urlset>"
    )
    (tmp_path / "mine.xml").write_text(
        "<opml version='2.0'><body><outline xmlUrl='https://sarn.example/f'/></body></opml>"
    )
    (tmp_path / "page.xml").write_text(f"<?xml version='1.0'?><html><head><title>Dam</title></head>{WHOLE}</html>")
    assert [article.path for article in articles(read(tmp_path))] == [f"{tmp_path}/page.xml"]
    assert "is no RSS or Atom feed" in refusals(read(tmp_path / "map.xml"))[0]
    assert "is a list of feeds (OPML): claims watch takes those" in refusals(read(tmp_path / "mine.xml"))[0]
    (tmp_path / "page.xml").unlink()
    [refusal] = refusals(read(tmp_path))
    assert refusal == f"{tmp_path}: holds no articles; {tmp_path}/map.xml: is no RSS or Atom feed"


PAGE = f"<!doctype html><html><head><title>Dam holds</title></head><body><article>{WHOLE}</article></body></html>"


def record(kind: str, uri: str, body: bytes) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2024-08-01T00:00:00Z\r\n"
    head += f"WARC-Record-ID: <urn:uuid:{uuid.uuid4()}>\r\nContent-Type: application/http; msgtype={kind}\r\n"
    return head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n"


def response(body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body


@pytest.mark.parametrize("meta", ["", "<meta charset=utf-8>"])
def test_web_archives_know_the_charset_of_their_pages(meta: str, tmp_path: Path) -> None:
    """What the server called it goes with the page, and before what the page says."""
    body = PAGE.replace("<title>", f"{meta}<title>").replace("Dam holds", "Дамба стоит").encode("koi8-r")
    found = record("response", "https://sarn.example/1", response(body, "text/html; charset=koi8-r"))
    (tmp_path / "a.warc").write_bytes(found)
    [article] = articles(read(tmp_path / "a.warc"))
    assert article.title == "Дамба стоит"


def test_web_archives_give_their_pages(tmp_path: Path) -> None:
    """Pages that were sent are articles, packed ones too; pictures, redirects and requests are passed over. The day of
    the crawl is no day of publication."""
    packed = response(gzip.compress(PAGE.encode()), more="Content-Encoding: gzip\r\n")
    records = [
        record("request", "https://sarn.example/1", b"GET / HTTP/1.1\r\n\r\n"),
        record("response", "https://sarn.example/1", response(PAGE.encode())),
        record("response", "https://sarn.example/p.png", response(b"\x89PNG", "image/png")),
        record("response", "https://sarn.example/2", response(b"", status="301 Moved")),
        record("response", "https://sarn.example/3", packed),
        record("response", "https://sarn.example/4", response(b"<html></html>")),
    ]
    (tmp_path / "a.warc").write_bytes(b"".join(records))
    (tmp_path / "b.warc.gz").write_bytes(b"".join(map(gzip.compress, records)))
    for file in (tmp_path / "a.warc", tmp_path / "b.warc.gz"):
        found = read(file)
        read_pages = [one for one in found if isinstance(one, Article)]
        assert [article.path for article in read_pages] == [f"{file}#2", f"{file}#5"]
        assert [article.url for article in read_pages] == ["https://sarn.example/1", "https://sarn.example/3"]
        assert "The dam held on day 3" in read_pages[1].text
        assert read_pages[0].published is None
        assert [f"{file}#6" in refusal for refusal in refusals(found)] == [True]


def test_archives_that_lie_are_survived(tmp_path: Path) -> None:
    """A bomb within a record, a length that is not there, a file that is cut: refused by name, the rest goes on."""
    bomb = gzip.compress(b"a" * (MAX_BYTES + 10))
    whole = record("response", "https://sarn.example/1", response(PAGE.encode()))
    packed = record("response", "https://sarn.example/b", response(bomb, more="Content-Encoding: gzip\r\n"))
    (tmp_path / "a.warc").write_bytes(packed + whole)
    found = read(tmp_path / "a.warc")
    assert [type(one) for one in found] == [InputRefused, Article]
    assert "larger than" in refusals(found)[0]
    (tmp_path / "b.warc").write_bytes(whole.replace(b"Content-Length: ", b"Content-Length: 99999999999"))
    (tmp_path / "c.warc").write_bytes(whole + whole[: len(whole) // 2])
    (tmp_path / "d.warc").write_bytes(b"no archive at all")
    for name in "bcd":
        assert read(tmp_path / f"{name}.warc")
    assert refusals(read(tmp_path / "d.warc"))


def test_a_record_longer_than_it_says_is_named(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """What was read of it may be a part; the library's own words, over several lines, are not heard."""
    whole = record("response", "https://sarn.example/1", response(PAGE.encode()))
    length = len(response(PAGE.encode()))
    (tmp_path / "a.warc").write_bytes(whole.replace(f"{length}".encode(), f"{length - 9}".encode()) + whole)
    found = read(tmp_path / "a.warc")
    assert any("a.warc#1: does not end where it says" in refusal for refusal in refusals(found))
    assert capfd.readouterr() == ("", "")


def test_addresses_in_an_archive_reach_no_terminal(tmp_path: Path) -> None:
    """The library would print one with a space in it, and what moves the cursor with it."""
    uri = "https://sarn.example/a \x1b]0;owned\x07 b"
    (tmp_path / "a.warc").write_bytes(record("response", uri, response(PAGE.encode())))
    done = subprocess.run(
        [sys.executable, "-m", "claims", "extract", "a.warc"], cwd=tmp_path, capture_output=True, check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.stderr == b""
    assert b"\x1b" not in done.stdout


def pdf(*lines: str) -> bytes:
    """A PDF of one page with these lines on it."""
    text = "BT /F1 12 Tf 14 TL 50 750 Td " + " ".join(f"({line}) '" for line in lines) + " ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(text)}>>stream\n{text}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        "<</Title(The dam)/CreationDate(D:20240801000000)>>",
    ]
    body = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer<</Size {len(objects) + 1}/Root 1 0 R/Info 6 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    return body + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def test_pdf_is_read_with_its_paragraphs(tmp_path: Path) -> None:
    """Lines become paragraphs again and cut words one; the day the file was made is no day of publication."""
    pytest.importorskip("pypdf")
    (tmp_path / "a.pdf").write_bytes(
        pdf(
            "The dam above the town of Sarn held through the night, the may-",
            "or said on Monday, and nobody had to leave a house that stood.",
            "It held.",
            "Nothing else was known of the state of the old bridge, she said.",
        )
    )
    [article] = articles(read(tmp_path / "a.pdf"))
    assert article.text.split("\n\n") == [
        "The dam above the town of Sarn held through the night, the mayor said on Monday, and nobody had to leave a "
        "house that stood. It held.",
        "Nothing else was known of the state of the old bridge, she said.",
    ]
    assert (article.title, article.published) == ("The dam", None)


def test_pages_go_on_over_their_edges() -> None:
    """Running heads and page numbers are left out, and the sentence between two pages is whole."""
    lines = [f"Line {word} of what the mayor of Sarn said on that Monday," for word in "abcdefghijklmnopqrstuvwxyz"]
    lines[16] = lines[16][:-1] + "."
    pages = [
        "\n".join(["The Sarn Courier, 15 July", *lines[n : n + 8], f"Page {n} of 3", f"sarn.example/{n}"])
        for n in (1, 9, 17)
    ]
    assert text_of_pages(pages).split("\n\n") == [" ".join(lines[1:17]), " ".join(lines[17:25])]


def test_pages_keep_what_stands_on_one() -> None:
    """A document of one page has no running head, and a line that comes but once stays."""
    assert text_of_pages(["12\nThe dam held, she said."]) == "12\n\nThe dam held, she said."
    assert "Dam holds" in text_of_pages(["Dam holds\nThe dam held, she said.", "It held.\n2", "It stood.\n3"])


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        ("the mainte-\nnance of it", "maintenance"),
        ("the may-\nor of it, or so it may be", "mayor"),
        ("the well-\nknown dam", "well-known"),
        ("two-\nthirds of it", "two-thirds"),
        ("a re-entry, and its re-\nentry too", "re-entry too"),
        ("the Medve-\ndevs, and Medvedevs", "the Medvedevs,"),
        ("the main\u00ad\ntenance", "maintenance"),
        ("the main\u2010\ntenance", "maintenance"),
        ("the o\ufb03cial \ufb01re service", "official fire"),
        ("the main\u00adtenance", "maintenance"),
        ("the Trans-\nPacific way", "Trans-Pacific"),
        ("a 12-\nyear-old dam", "12-year-old"),
    ],
)
def test_words_that_were_cut_are_whole(lines: str, word: str) -> None:
    """A hyphen of the word's own stays, and letters that print as one are letters again."""
    assert word in text_of_pages([lines])


@given(st.lists(st.text(st.sampled_from("ab -\n\u00ad1.A\ufb01"), max_size=60), max_size=5))
def test_any_pages_are_put_together(pages: list[str]) -> None:
    """Nothing crashes it, and no letter is made up."""
    assert len(text_of_pages(pages).replace("\n\n", "")) <= 3 * sum(map(len, pages))


def test_broken_pdf_and_missing_reader_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken file is refused by name; where the extra is missing, the refusal tells how to install it."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 and nothing more")
    assert "is a broken PDF" in refusals(read(tmp_path / "a.pdf"))[0]
    monkeypatch.setitem(sys.modules, "pypdf", None)
    assert "pip install 'claims-to-sqlite[pdf]'" in refusals(read(tmp_path / "a.pdf"))[0]
