"""A page of HTML: the article in it, and what it says of itself."""

from claims.reading.pages.opening import is_page, read_page

__all__ = ["is_page", "read_page"]
