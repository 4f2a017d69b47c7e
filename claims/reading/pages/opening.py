"""Web pages into articles: found by trafilatura, in a process whose death is survived."""

import re
from urllib.parse import urlsplit

from claims.errors import InputRefused
from claims.language.characters import without_halves
from claims.reading.limits import MAX_BYTES, MAX_CHARACTERS
from claims.reading.printable import one_line
from claims.reading.sheltered import sheltered
from claims.terms import Article

_OPENING = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s+|<!--.{0,2000}?-->|<\?xml[^>]{0,500}\?>){0,20}<(?:!doctype\s+html|html|head|body|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_WIDE_OPENINGS = (b"\xff\xfe<\0", b"\xfe\xff\0<", b"<\0", b"\0<")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_UNPRINTABLE = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")
_VERSIONS_OF_A_SITE = re.compile(r"^(?:www|m|mobile|amp|edition)\.")


def is_page(data: bytes) -> bool:
    """Whether bytes without a name look like HTML."""
    return data.startswith(_WIDE_OPENINGS) or _OPENING.match(data[:4096]) is not None


def read_page(path: str, data: bytes, url: str | None = None, charset: str | None = None) -> Article:
    """The article in an HTML page, with what the page says of itself; `path` names it in errors, `url` is where it was
    fetched from, `charset` what its server calls its charset. Raises InputRefused."""
    if len(data) > MAX_BYTES:
        raise InputRefused(path, f"larger than {MAX_BYTES // 1_000_000} MB")
    found = sheltered(path, "claims.reading.pages.finding:find", data, {"url": url, "charset": charset})
    text = _UNPRINTABLE.sub("", without_halves(found["text"]))
    if len(text) > MAX_CHARACTERS:
        raise InputRefused(path, f"the page's text has more than {MAX_CHARACTERS:,} characters")
    published = found["published"]
    return Article(
        path,
        text,
        title=one_line(found["title"]),
        published=published if published and _DATE.fullmatch(published) else None,
        publisher=one_line(found["publisher"]),
        author=one_line(found["author"]),
        url=_address(one_line(found["url"]), url),
        language=found["language"],
        notes=tuple(found["notes"]),
    )


def _address(canonical: str | None, fetched: str | None) -> str | None:
    """The address that a page calls its own; of a page that was fetched only if it is on the same site."""
    try:
        claimed = urlsplit(canonical or "")
        if claimed.scheme not in ("http", "https") or not claimed.hostname:
            return fetched
        if fetched and _site(claimed.hostname) != _site(urlsplit(fetched).hostname or ""):
            return fetched
    except ValueError:
        return fetched
    return canonical


def _site(host: str) -> str:
    return _VERSIONS_OF_A_SITE.sub("", host.lower())
