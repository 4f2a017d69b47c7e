"""Web pages into articles: what trafilatura finds in them."""

from claims.errors import InputRefused
from claims.language.characters import without_halves
from claims.reading.limits import MAX_BYTES, MAX_CHARACTERS
from claims.terms import Article

_OPENINGS = (b"<!doctype html", b"<html")


def is_page(data: bytes) -> bool:
    """Whether bytes without a name look like HTML."""
    return data[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_OPENINGS)


def read_page(path: str, data: bytes, url: str | None = None) -> Article:
    """The article in an HTML page, with what the page says of itself; `path` names it in errors."""
    from trafilatura import bare_extraction

    if len(data) > MAX_BYTES:
        raise InputRefused(path, f"larger than {MAX_BYTES // 1_000_000} MB")
    document = bare_extraction(data, url=url, include_comments=False, include_tables=False, with_metadata=True)
    text = (getattr(document, "text", None) or "").strip()
    if not text:
        raise InputRefused(path, "no article could be found in this page")
    if len(text) > MAX_CHARACTERS:
        raise InputRefused(path, f"the page's text has more than {MAX_CHARACTERS:,} characters")
    return Article(
        path,
        _whole(text) or "",
        title=_whole(document.title),
        published=document.date,
        publisher=_whole(document.sitename),
        author=_whole(document.author),
        url=url or _whole(document.url),
        language=document.language,
    )


def _whole(words: str | None) -> str | None:
    return words and without_halves(words)
