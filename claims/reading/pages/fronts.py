"""Front pages and sections: many headlines that lead to articles, and no article of their own."""

import re
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from claims.reading.pages.linked import is_article, strings
from claims.reading.pages.telling import Telling

_FRONT = re.compile(r"/?(?:index\.\w{2,5}|home|homepage|news)?/?", re.IGNORECASE)
_HEADLINE = 5
"""Words of a link that may be a headline."""
_MANY = 25
"""Headlines; an article has fewer beside it than a front page has on it."""
_MOST_LINKS = 3_000


def is_front(tree: Any, said: Telling) -> bool:
    """Whether a page that says this of itself is a list of articles; its tree has to be as it came.

    What is said for one article says more than any number of headlines beside it, as a feed's reader may open it.
    """
    if "article" in said.metas.get("og:type", []) or any(map(is_article, said.nodes)):
        return False
    kinds = {kind for node in said.nodes for kind in strings(node.get("@type"))}
    return ("CollectionPage" in kinds or _is_root(said.url or said.canonical)) and _headlines(tree) >= _MANY


def _is_root(address: str | None) -> bool:
    """Whether an address is that of a site's first page."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return False
    return bool(parts.hostname) and not parts.query and _FRONT.fullmatch(parts.path) is not None


def _headlines(tree: Any) -> int:
    """How many different links of a page are as long as headlines."""
    links = islice(tree.iter("a"), _MOST_LINKS)
    lines = {" ".join(link.text_content().split()) for link in links if link.get("href")}
    return sum(line.count(" ") + 1 >= _HEADLINE for line in lines)
