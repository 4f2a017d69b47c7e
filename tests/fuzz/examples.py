"""Sound files and texts of every kind, and what a hostile hand does to them: nearer to what readers meet than noise."""

# ruff: noqa: E501 (documents read better in few lines)

import csv
import gzip
import html
import io
import json
from pathlib import Path

from hypothesis import strategies as st

from tests.fuzz.inputs import ATTRIBUTES, HEADS, ODD, TAGS, texts

_ROOT = Path(__file__).parents[2]

STORY = """NEW YORK (AP) — The northern dam held through the night, Mayor Ann Lee said on Monday.

“We were lucky,” she told reporters. “The harbour master told me: ‘Close the port.’ So we did.”

According to the Tarn River Agency (TRA), 12 people left the valley; the TRA denied that anybody was hurt. "It is a lie that we did not warn them," its spokesman Jon O’Pell, who has led it since 2019, wrote on Telegram.

But Senator Paul Quist, D-Moor, accused the agency of having “done nothing, as ever”. He believes that Lee knew.

The Foreign Ministry of Orlavia said in a statement carried by its news agency that Moscow “will, of course, answer”.
"""
TRANSCRIPT = """MODERATOR: Good evening. Mayor Lee, did the dam hold?

LEE: It held. I was told at four that it would.

SEN. PAUL QUIST: That is not what the agency said. [applause]

Q: And the road?
A: Closed, they say.
"""
MARKDOWN = f"""---
title: The dam holds
date: 2024-07-15
author: Ann Lee
---
# The dam *holds*

**July 15, 2024**

> “We were lucky,” she said.
>
> — Mayor Ann Lee

* [Read more](http://a.b/c)

{STORY}
"""
DATED = f"The dam holds\nMon. Jul 15th, 2024\nBy Jon Pell\n\nAdvertisement\n\n{STORY}\nRead more: http://a.b/c\n"
_PARAGRAPHS = STORY.strip().split("\n\n")
_AS_HTML = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in _PARAGRAPHS)
_JSON_LD = json.dumps({
    "@context": "https://schema.org", "@graph": [{"@type": "NewsArticle", "headline": "The dam holds", "datePublished": "2024-07-15T10:00:00Z",
    "author": [{"@type": "Person", "name": "Ann Lee"}], "publisher": {"@type": "Organization", "name": "Moor Post"}, "inLanguage": "en", "articleBody": STORY}],
})  # fmt: skip
PAGE = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>The dam holds | Moor Post</title>
<meta property="og:site_name" content="Moor Post"><meta property="og:url" content="https://moor.example/dam"><meta name="author" content="Ann Lee">
<meta property="article:published_time" content="2024-07-15T10:00:00Z"><link rel="canonical" href="https://moor.example/dam">
<script type="application/ld+json">{_JSON_LD}</script><style>p {{ color: red }}</style></head>
<body><header><nav><ul><li><a href="/">Home</a></li></ul></nav></header><main><article><h1>The dam holds</h1>
<time datetime="2024-07-15">July 15, 2024</time><p class="byline">By Ann Lee</p>{_AS_HTML}
<p>He said: <q>It held, <q>they say</q>.</q></p>
<figure><blockquote cite="x"><p>Nobody knew, and nobody asked me about it.</p></blockquote><figcaption>Jon Pell, harbour master</figcaption></figure>
<aside class="pullquote"><blockquote>We were lucky</blockquote></aside>
<blockquote class="twitter-tweet"><p>The dam held.</p>&mdash; Ann Lee (@lee) <a href="https://t.example/1">July 15</a></blockquote>
<table><tr><th colspan="2">Dams</th></tr><tr><td rowspan="2">North</td><td>holds</td></tr></table><ul><li>One, she said.</li></ul>
</article></main><footer>&copy; Moor Post</footer></body></html>
"""
RSS = f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Moor Post</title><language>en-gb</language><link>https://moor.example/</link>
<item><title>The dam &amp; the &lt;b&gt;bridge&lt;/b&gt;</title><link>/dam</link><guid isPermaLink="false">1</guid><pubDate>Mon, 15 Jul 2024 10:00:00 GMT</pubDate><dc:creator>Ann Lee</dc:creator>
<description>A summary …</description><content:encoded><![CDATA[{_AS_HTML}]]></content:encoded></item>
<item><title>Short</title><link>https://moor.example/2</link><description>{html.escape(_AS_HTML)}</description></item></channel></rss>
"""
ATOM = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://moor.example/"><title type="html">Moor &lt;i&gt;Post&lt;/i&gt;</title>
<entry><id>urn:1</id><title>The dam</title><link rel="alternate" href="dam"/><published>2024-07-15T23:30:00-05:00</published><updated>2024-07-20T00:00:00Z</updated>
<author><name>Ann Lee</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{_AS_HTML}</div></content></entry></feed>
"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>Moor</title></channel>
<item rdf:about="https://moor.example/3"><title>Three</title><link>https://moor.example/3</link></item></rdf:RDF>
"""
OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Feeds</title></head><body><outline text="Moor" xmlUrl="https://moor.example/feed"/></body></opml>
"""
_ROW = {
    "headline": "The dam holds", "body": STORY, "publishedAt": "2024-07-15T10:00:00Z", "source": {"name": "Moor Post"},
    "authors": ["Ann Lee", {"name": "Jon Pell"}], "url": "https://moor.example/dam", "lang": "en",
}  # fmt: skip
_ROWS = (_ROW, {**_ROW, "body": _AS_HTML}, {**_ROW, "body": "\ud83d\ude00 It held, \x07she said."})


def _csv(delimiter: str, end: str) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerow(["Title", "Text", "Date", "URL"])
    writer.writerows(
        ["The “dam”", STORY, date, "https://moor.example/dam"] for date in ("2024-07-15", "07/08/2024", "1721000000")
    )
    return out.getvalue().encode()


def _warc(*bodies: bytes) -> bytes:
    archive = b""
    for number, body in enumerate(bodies):
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://moor.example/../{number}\r\nWARC-Date: 2024-08-01T00:00:00Z\r\n"
        head += f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000{number}>\r\nContent-Type: application/http; msgtype=response\r\n"
        archive += f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n"
    return archive


def _response(body: bytes, more: str = "") -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{more}\r\n".encode() + body


def _chunked(body: bytes) -> bytes:
    return f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"


def _pdf() -> bytes:
    lines = " ".join(
        f"({line.strip()}) '"
        for line in STORY.replace("(", "").replace(")", "").encode("ascii", "ignore").decode().splitlines()
    )
    text = f"BT /F1 12 Tf 14 TL 50 750 Td {lines} ET"
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(text)}>>stream\n{text}\nendstream", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        "<</Title(The dam)/Author(Ann Lee)/CreationDate(D:20240801000000)>>",
    )  # fmt: skip
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(places) + 1}/Root 1 0 R/Info 6 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    return body + end.encode()


_PAGE = PAGE.encode()
EXAMPLES: tuple[tuple[str, bytes], ...] = (
    (".txt", STORY.encode()), (".txt", DATED.encode()), (".txt", TRANSCRIPT.encode()), (".md", MARKDOWN.encode()),
    (".txt", DATED.encode("utf-16")), (".html", _PAGE), (".html", PAGE.encode("utf-16")), (".xhtml", b'<?xml version="1.0"?>' + _PAGE),
    (".rss", RSS.encode()), (".atom", ATOM.encode()), (".xml", RDF.encode()), (".xml", OPML.encode()),
    (".jsonl", "\n".join(map(json.dumps, _ROWS)).encode()), (".json", json.dumps(_ROWS).encode()),
    *((ending, _csv(mark, end)) for ending, mark, end in ((".csv", ",", "\r\n"), (".csv", ";", "\n"), (".tsv", "\t", "\n"), (".csv", "|", "\r"))),
    (".warc", _warc(_response(_PAGE), _response(gzip.compress(_PAGE, 1), "Content-Encoding: gzip\r\n"))),
    (".warc", _warc(_response(_chunked(_PAGE), "Transfer-Encoding: chunked\r\n"))), (".pdf", _pdf()),
)  # fmt: skip
"""Each with the ending of its name."""

_TOKENS = tuple(word.encode("utf-8", "surrogatepass") for word in (*ODD, *HEADS)) + tuple(
    f"<{tag}{attribute}>".encode() for tag, attribute in zip(TAGS, ATTRIBUTES * 3, strict=False)
)  # fmt: skip
_TOKENS += (
    b'"', b'""', b",", b";", b"\t", b"|", b"\\", b"{", b"}", b"[", b"]", b"null", b"NaN", b"-1", b"99999999999999999999", b"\\ud800", b"\\u0000",
    b"\xff", b"\x80", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xfe\xff", b"\r\n\r\n", b"Content-Length: 0\r\n", b"WARC-Type: revisit\r\n", b"WARC/0.17\r\n",
    b"obj", b"endstream", b"<<", b">>", b"/Kids[2 0 R]", b"/Filter/FlateDecode", b"/Encrypt 5 0 R", b"xref", b"0000000000",
    b"<![CDATA[", b"]]>", b"<!DOCTYPE html>", b"xml:base='javascript:x'", b"<item>", b"</item>", b"<entry>", b"encoding='ebcdic'", b"charset=utf-7",
)  # fmt: skip

_places = st.integers(0, 2**16 - 1)
_change = st.tuples(
    st.sampled_from(("cut", "drop", "twice", "many", "put", "put", "put", "flip", "swap")), _places, _places, st.sampled_from(_TOKENS)
)  # fmt: skip


def changed(data: bytes, changes: list[tuple[str, int, int, bytes]]) -> bytes:
    """The data after some changes, each with two places (in 65,536ths of the whole) and a token."""
    for what, one, other, token in changes:
        place, end = sorted((one * len(data) >> 16, other * len(data) >> 16))
        piece = data[place:end]
        if what == "cut":
            data = data[:end]
        elif what == "drop":
            data = data[:place] + data[end:]
        elif what == "twice":
            data = data[:end] + piece + data[end:]
        elif what == "many":
            data = data[:place] + data[place : place + 12] * 50 + data[place:]
        elif what == "put":
            data = data[:place] + token + data[place:]
        elif what == "flip":
            data = data[:place] + bytes([(data[place] ^ (1 << one % 8))]) + data[place + 1 :] if data else data
        else:
            data = data[:place] + data[end:] + piece
        data = data[:100_000]
    return data


_changes = st.lists(_change, min_size=1, max_size=6)
_packing = st.sampled_from(("", "", "", ".gz"))


def _file(told: tuple[tuple[str, bytes], list[tuple[str, int, int, bytes]], str, bool]) -> tuple[str, bytes]:
    (ending, data), changes, packing, named = told
    data = changed(data, changes)
    return (ending if named else "") + packing, gzip.compress(data, 1) if packing else data


mutated_files = st.tuples(
    st.sampled_from(EXAMPLES), _changes, _packing, st.sampled_from((True, True, True, False))
).map(_file)
"""A file of some format (its ending and what is in it) that was sound once."""

_ARTICLES = (
    STORY,
    DATED,
    TRANSCRIPT,
    MARKDOWN,
    *(path.read_text("utf-8") for path in sorted([*_ROOT.glob("examples/*.txt"), *_ROOT.glob("tests/articles/*.txt")])),
)
mutated_texts = st.tuples(st.sampled_from(_ARTICLES), _changes).map(
    lambda told: changed(told[0].encode(), told[1])[:6000].decode("utf-8", "replace")
) | st.tuples(st.sampled_from(_ARTICLES), texts, _places).map(
    lambda told: told[0][: told[2] * len(told[0]) >> 16] + told[1] + told[0][told[2] * len(told[0]) >> 16 :]
)  # fmt: skip
"""An article with pieces lost, doubled, moved, or noise among its sentences."""
