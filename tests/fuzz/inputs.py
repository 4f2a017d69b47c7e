"""Hostile inputs: texts made of what trips a reader of news, and files of every format, broken in every way."""

# ruff: noqa: E501 (lists of oddities read better in few lines)

import gzip
import json

from hypothesis import strategies as st

NAMES = (
    "Ann Lee", "Lee", "Mayor Ann Lee", "Jon O’Pell", "Dr. A. B. Marsk Jr.", "the Harbour Board", "He", "she", "they", "I",
    "officials", "Tarn River Agency (TRA)", "Moscow", "the White House", "Østre-Söder", "李娜", "MARSK", "mr. lee",
    "Senator Paul Quist, D-Moor,", "Lee's spokesman", "a person familiar with the matter", "Q", "A",
)  # fmt: skip
CUES = (
    "said", "says", "told reporters", "denied", "according to", "According to", "did not deny", "believes", "warned that",
    "was quoted as saying", "tweeted", "asked", "wants", "has been told", "is said to", "claimed, wrongly,", "said:",
)  # fmt: skip
CLAIMS = (
    "that the dam had held", "the ferry sank, killing 12 people", "nothing", "that he knew that she said that it was over",
    "no", "that", "it would cost $3.5 million (or 2,000,000 €)", "on Monday in Geneva", "in 1999", "as of 31/12/2024",
    "“We were lucky,”", "\"Not me\"", "‘We won’t’", "„Nein“", "«Non»", "``ok''", "'tis", "“", "”", "\"", "'", "’", "''",
    "“a “b “c “d", "” ” ”", "( ( [", ") ] )", "—", "–", "--", "…", "...", "?!?!", ";", ":", "“…”", "“ ”", "\"\"",
)  # fmt: skip
ODD = (
    "\0", "\r", "\r\n", "\n", "\n\n", "\t", "\v", "\f", "\x1b[31m", "\x85", "\u2028", "\u2029", "\u00a0", "\u200b", "\u200d",
    "\u202e", "\ufeff", "\ufffd", "\u0301", "e\u0301\u0301\u0301", "ﬀ", "İ", "ß", "ǅ", "١٢٣", "½", "²", "𝔸", "👩‍👩‍👧", "\U0010ffff",
    "_", "__", "###", "* * *", "> ", "- ", "http://a.b/c?d=e&f", "a@b.c", "<b>", "</p>", "&amp;", "&#0;", "%s%n", "{}", "\\",
    "NEW YORK (AP) —", "Q:", "A:", "LEE:", "MR. LEE:", "[applause]", "Advertisement", "Read more:", "June 19, 2024",
    "2024-02-30", "By Jon Pell", "x" * 300, "no " * 60, "(" * 80, "“" * 40, "a." * 60, "said " * 40, "1" * 200,
)  # fmt: skip

piece = (
    st.sampled_from(NAMES)
    | st.sampled_from(CUES)
    | st.sampled_from(CLAIMS)
    | st.sampled_from(ODD)
    | st.text(max_size=8)
)
texts = st.lists(st.tuples(piece, st.sampled_from((" ", " ", " ", "", ", ", ". ", "\n", "\n\n"))), max_size=50).map(
    lambda pieces: "".join(words + after for words, after in pieces)
)
"""Short texts in which speakers, cues, quotation marks and odd characters follow each other in any order."""

TAGS = (
    "p", "div", "article", "blockquote", "table", "tr", "td", "ul", "li", "h1", "title", "meta", "script", "style", "a", "br",
    "iframe", "svg", "math", "template", "noscript", "form", "select", "option", "pre", "time", "main", "body", "html", "head",
)  # fmt: skip
ATTRIBUTES = (
    "", "", "", ' class="article"', ' colspan="1000000"', ' href="javascript:x"', ' property="article:published_time"',
    ' content="2024-13-45T99:99"', ' datetime="2024-06-19"', ' name="author" content="Ann Lee"', " id=\x00", ' charset="utf-7"',
    ' itemprop="datePublished"', ' type="application/ld+json"', ' rel="canonical" href="file:///etc/passwd"', ' lang="zz"',
)  # fmt: skip
HEADS = (
    "<!doctype html>", "<?xml version='1.0' encoding='utf-99'?>", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "<![CDATA[", "<!--", "]]>",
    "<rss version='2.0'><channel>", "<item><title>", "</item>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>",
    "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99\r\n\r\n", "%PDF-1.7\n", "{\"text\": \"", "\"}\n", "[[[[", "text,title\n",
    "&lt;", "&#x110000;", "&#xd800;", "&nbsp", "<", ">", "</", "<p", "=\"", "PK\x03\x04", "\x1f\x8b", "BOM",
)  # fmt: skip

_tag = st.tuples(
    st.sampled_from(("<{}{}>", "<{}{}>", "</{}{}>", "<{}{}/>")), st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)
)
markup = st.lists(_tag.map(lambda tag: tag[0].format(*tag[1:])) | st.sampled_from(HEADS) | texts, max_size=30).map(
    "".join
)
"""Pages, feeds and what is neither: tags that open, close or do nothing, with texts between."""

ENCODINGS = (
    "utf-8",
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-32",
    "latin-1",
    "cp1252",
    "utf-7",
    "shift_jis",
    "koi8-r",
)
_written = st.tuples(texts | markup, st.sampled_from(ENCODINGS)).map(lambda told: told[0].encode(told[1], "replace"))
_rows = st.lists(
    st.dictionaries(st.sampled_from(("text", "title", "url", "date")), texts | st.none() | st.integers())
).map(lambda rows: "\n".join(map(json.dumps, rows)).encode())


def _spoilt(told: tuple[bytes, int, bytes]) -> bytes:
    data, place, other = told
    place %= len(data) + 1
    return data[:place] + other + data[place + len(other) :]


_contents = _written | _rows | st.binary(max_size=300)
_contents |= st.tuples(_contents, st.integers(0, 5000), st.binary(max_size=4)).map(_spoilt)
contents = (
    _contents
    | _contents.map(lambda data: gzip.compress(data, 1))
    | st.tuples(_contents.map(lambda data: gzip.compress(data, 1)), st.integers(0, 5000), st.binary(max_size=4)).map(
        _spoilt
    )
)
"""What stands in a file: any of these, in some encoding, packed or not, and some with bytes written over."""

endings = st.sampled_from(
    (".txt", ".txt", ".md", ".html", ".html", ".htm", ".xhtml", ".xml", ".rss", ".atom", ".json", ".jsonl", ".csv", ".tsv", ".gz",
     ".html.gz", ".jsonl.gz", ".warc", ".warc.gz", ".pdf", "")
)  # fmt: skip
