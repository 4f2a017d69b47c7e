"""The article that a page has in its data for machines (schema.org), where its paragraphs have little of it."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from claims.reading.markup import is_markup, text_of_markup
from claims.reading.pages.quoted import letters

_DATA = "script[@type='application/ld+json']"
_FEWEST = 300
_MUCH_MORE = 1.5
# "… of it.Then she": where paragraphs were joined without a space.
_JOINT = re.compile(r"(?<=[a-z]{2})([.!?][\"”’]?)(?=[\"“‘]?[A-Z])")
_DEEPEST = 12


def article_in_data(tree: Any) -> str:
    """The longest article text among a page's JSON-LD, a line a paragraph; "" without any."""
    bodies: list[str] = []
    for script in tree.xpath(f"//{_DATA}"):
        try:
            bodies.extend(_bodies(json.loads(script.text or "", strict=False)))
        except (ValueError, RecursionError):
            continue
    return _lines(max(bodies, key=len, default=""))


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


def _bodies(data: Any, depth: int = 0) -> Iterator[str]:
    """The article texts in an object; those of a live blog's entries as one."""
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for item in data:
            yield from _bodies(item, depth + 1)
    elif isinstance(data, dict):
        entries = data.get("liveBlogUpdate")
        parts = [data, *(entries if isinstance(entries, list) else [entries])]
        texts = (part.get("articleBody") for part in parts if isinstance(part, dict))
        body = [text for text in texts if isinstance(text, str)]
        if body:
            yield "\n".join(body)
        else:
            for value in data.values():
                yield from _bodies(value, depth + 1)


def _lines(body: str) -> str:
    """A text that may be escaped, or HTML, or without paragraphs, as lines."""
    text = html.unescape(body)
    text = text_of_markup(text) if is_markup(text) else _JOINT.sub(r"\1\n", text)
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))
