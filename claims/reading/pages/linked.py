"""What pages say of their article for machines: schema.org statements in JSON-LD, however broken."""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

_SCRIPTS = "//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]"
_MOST_SCRIPTS = 50
_MOST_CHARACTERS = 2_000_000
_MOST_FOR_OTHERS = 100_000
_MOST_NODES = 2_000
_DEEPEST = 8
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|Story|Column|Newscast|Obituary)$")
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage")
_MOST_VALUES = 500
_AROUND = re.compile(r"(?:\s|<!--|-->|/\*|\*/|//|<!\[CDATA\[|\]\]>|[;,])*+")
_COMMA_TOO_MANY = re.compile(r"""("(?:[^"\\]|\\.)*+(?:"|\\?\Z))|,(?=\s*[}\],])""", re.DOTALL)
_FIELD = re.compile(r"""["'](headline|datePublished|inLanguage)["']\s*:\s*"([^"\\\n]{1,500})\"""")
_KIND = re.compile(r""""@type"\s*+:\s*+(?:\[\s*+)?"(\w{0,40}Article|\w{0,40}Posting)\"""")

Node = dict[str, Any]


def statements(tree: Any) -> list[Node]:
    """The objects in the JSON-LD of a page that are about itself, not inside lists of other pages."""
    found: list[Node] = []
    left = _MOST_CHARACTERS
    for script in tree.xpath(_SCRIPTS)[:_MOST_SCRIPTS]:
        text = script.text or ""
        left -= len(text)
        if left < 0:
            break
        for value in _values(text):
            found.extend(islice(_nodes(value), _MOST_NODES - len(found)))
    return found


def drop_long(tree: Any) -> None:
    """Drops JSON-LD from a page beyond what articles have: others' expressions need the square of its length."""
    left = _MOST_FOR_OTHERS
    for script in tree.xpath(_SCRIPTS):
        left -= len(script.text or "")
        if left < 0:
            script.drop_tree()


def is_article(node: Node) -> bool:
    """Whether a statement is about an article, a blog's entry, a live blog."""
    return any(_ARTICLE.search(kind) for kind in strings(node.get("@type")))


def resolved(value: Any, nodes: list[Node]) -> list[Any]:
    """The members of `value`, those that only name another statement ({"@id": "#ann"}) replaced by it."""
    members = value if isinstance(value, list) else [value]
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    return [
        known.get(str(each.get("@id")), each) if isinstance(each, dict) and "name" not in each else each
        for each in members[:50]
    ]


def strings(value: Any) -> list[str]:
    """The strings in a value that may be one, or a list of them."""
    return [each for each in (value if isinstance(value, list) else [value])[:50] if isinstance(each, str)]


def _values(text: str) -> Iterator[Any]:
    """The JSON values in a script, one after the other: in comments, without commas, with too many of them."""
    decoder = json.JSONDecoder(strict=False)
    text = _COMMA_TOO_MANY.sub(lambda match: match[1] or "", text)
    place = 0
    for _ in range(_MOST_VALUES):
        skipped = _AROUND.match(text, place)
        place = skipped.end() if skipped else place
        if place >= len(text):
            return
        try:
            value, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            # Broken beyond repair, often by a quotation mark in a description: what stands alone can be read still.
            if kind := _KIND.search(text, place):
                yield {**{field[1]: field[2] for field in reversed([*_FIELD.finditer(text, place)])}, "@type": kind[1]}
            return
        yield value


def _nodes(value: Any, depth: int = 0) -> Iterator[Node]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for member in value:
            yield from _nodes(member, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in _INSIDE:
            if isinstance(value.get(key), dict | list):
                yield from _nodes(value[key], depth + 1)
