"""Web pages into articles: fetched by httpx, read by trafilatura."""

import time
from dataclasses import dataclass

from claims.errors import InputRefused
from claims.language.characters import without_halves
from claims.reading.limits import FETCH_SECONDS, MAX_BYTES, MAX_CHARACTERS, SILENCE_SECONDS
from claims.terms import Article

_OPENINGS = (b"<!doctype html", b"<html")


@dataclass(frozen=True)
class Page:
    """What a server sent; `is_text` where it calls it plain text."""

    data: bytes
    is_text: bool


def is_page(data: bytes) -> bool:
    """Whether bytes without a name look like HTML."""
    return data[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_OPENINGS)


def fetch(url: str) -> Page:
    """The page at `url`. Raises InputRefused with what the server, or the way to it, said."""
    import httpx

    from claims import __version__

    headers = {"User-Agent": f"claims/{__version__} (article reader)"}
    received = bytearray()
    deadline = time.monotonic() + FETCH_SECONDS
    try:
        with (
            httpx.Client(follow_redirects=True, timeout=SILENCE_SECONDS, headers=headers, max_redirects=5) as client,
            client.stream("GET", url) as response,
        ):
            if response.status_code >= 400:
                raise InputRefused(url, f"the server answered {response.status_code} {response.reason_phrase}".rstrip())
            kind = response.headers.get("content-type", "text/html").partition(";")[0].strip().lower()
            if not kind.startswith("text/") and kind not in ("application/xhtml+xml", "application/xml"):
                raise InputRefused(url, f"is {kind}, neither a page nor a text")
            for piece in response.iter_bytes():
                received += piece
                if len(received) > MAX_BYTES:
                    raise InputRefused(url, f"the page is larger than {MAX_BYTES // 1_000_000} MB")
                if time.monotonic() > deadline:
                    raise InputRefused(url, f"the server was not done after {FETCH_SECONDS:.0f} seconds")
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise InputRefused(url, f"cannot be fetched ({str(error) or type(error).__name__})") from error
    return Page(bytes(received), kind == "text/plain")


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
