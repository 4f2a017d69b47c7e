"""Web pages into articles: fetched by httpx, read by trafilatura."""

from claims.errors import InputRefused
from claims.reading.limits import FETCH_SECONDS, MAX_BYTES, MAX_CHARACTERS
from claims.terms import Article

_OPENINGS = (b"<!doctype html", b"<html")


def is_page(data: bytes) -> bool:
    """Whether bytes without a name look like HTML."""
    return data[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_OPENINGS)


def fetch(url: str) -> bytes:
    """The page at `url`. Raises InputRefused with what the server, or the way to it, said."""
    import httpx

    from claims import __version__

    headers = {"User-Agent": f"claims/{__version__} (article reader)"}
    received = bytearray()
    try:
        with (
            httpx.Client(follow_redirects=True, timeout=FETCH_SECONDS, headers=headers, max_redirects=5) as client,
            client.stream("GET", url) as response,
        ):
            if response.status_code >= 400:
                raise InputRefused(url, f"the server answered {response.status_code} {response.reason_phrase}".rstrip())
            for piece in response.iter_bytes():
                received += piece
                if len(received) > MAX_BYTES:
                    raise InputRefused(url, f"the page is larger than {MAX_BYTES // 1_000_000} MB")
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise InputRefused(url, f"cannot be fetched ({str(error) or type(error).__name__})") from error
    return bytes(received)


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
        text.encode("utf-8", "replace").decode("utf-8"),
        title=document.title,
        published=document.date,
        publisher=document.sitename,
        author=document.author,
        url=url or document.url,
        language=document.language,
    )
