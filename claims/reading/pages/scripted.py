"""The article that a page has in its data for machines (schema.org), where its paragraphs have little of it."""

import html
import re
from typing import Any

from claims.reading.markup import is_markup, text_of_markup
from claims.reading.pages.linked import Node
from claims.reading.pages.quoted import letters
from claims.reading.pages.telling import Telling
from claims.reading.printable import without_unprintable

_DATA = "script[@type='application/ld+json']"
_FEWEST = 300
_MUCH_MORE = 1.5
# "… of it.Then she": where paragraphs were joined without a space.
_JOINT = re.compile(r"(?<=[a-z]{2})([.!?][\"”’]?)(?=[\"“‘]?[A-Z])")


def article_in_data(said: Telling) -> str:
    """The article's text among the statements that a page makes of itself, a line a paragraph; "" without any.

    A statement with another headline is about another article.
    """
    body = _body(said.article)
    others = (_body(node) for node in said.nodes if "headline" not in node)
    return _lines(body or max(others, key=len, default=""))


def is_better(body: str, text: str) -> bool:
    """Whether the data's article is so much longer that most of the page's must have been missed, or the same with its
    paragraphs kept apart."""
    if len(body) >= _FEWEST and len(body) > _MUCH_MORE * len(text):
        return True
    return body.count("\n") > text.count("\n") and letters(body) == letters(text)


def write_article(tree: Any, body: str) -> None:
    """Makes the text the page's only content, beside its data for machines; its head stays."""
    from lxml import etree

    page = tree.find("body")
    if page is None:
        page = etree.SubElement(tree, "body")
    data = page.xpath(f".//{_DATA}")
    page.clear()
    page.extend(data)
    article = etree.SubElement(page, "article")
    for line in body.split("\n"):
        etree.SubElement(article, "p").text = line


def _body(node: Node) -> str:
    """The article's text in a statement; that of a live blog's entries as one."""
    entries = node.get("liveBlogUpdate")
    parts = [node, *(entries if isinstance(entries, list) else [entries])]
    texts = (part.get("articleBody") for part in parts if isinstance(part, dict))
    return "\n".join(text for text in texts if isinstance(text, str))


def _lines(body: str) -> str:
    """A text that may be escaped, or HTML, or without paragraphs, as lines."""
    text = without_unprintable(html.unescape(body))
    text = text_of_markup(text) if is_markup(text) else _JOINT.sub(r"\1\n", text)
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))
