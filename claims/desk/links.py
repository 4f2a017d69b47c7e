"""Addresses that may stand in a page, and those that articles bring along."""

from typing import Any
from urllib.parse import urlsplit

from claims.errors import InputRefused


def safe_url(address: str | None) -> str | None:
    """An article's address if a reader may follow it: http or https with a host. Anything else is only shown."""
    if not address or any(sign.isspace() or ord(sign) < 32 for sign in address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme.lower() in ("http", "https") and parts.hostname else None


def in_article(article_id: int, attribution_id: int) -> str:
    """The path of an article's page opened where an attribution stands."""
    return f"/article/{article_id}?at={attribution_id}#a{attribution_id}"


def absolute(datasette: Any, request: Any, path: str) -> str:
    """The whole address of a page of ours, as this reader reaches the site. Raises InputRefused where that is none."""
    try:
        address: str = datasette.absolute_url(request, datasette.urls.path(path))
    except ValueError as error:
        raise InputRefused("the address of this site", "is none. Open the page by another one") from error
    return address
