"""The charset of a page: what its bytes show goes before what its labels say."""

import codecs
import re

from claims.errors import InputRefused
from claims.reading.decoding import guessed, nearly_utf8
from claims.reading.limits import MAX_BYTES

_LABEL = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.I)
_LABELLED = 4096
_KNOWN = re.compile(
    r"utf|iso8859|latin|cp(?:125|866|874|932|949|950|437|85)|windows|koi8|mac|gb|hz$|big5|shift_?jis|euc|iso2022|johab"
    r"|tis|ascii|ptcp|kz"
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


def page_text(data: bytes, charset: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of an HTML page, with notes on what had to be guessed; `charset` is what its server calls it.

    A byte-order mark decides, then whether the bytes are UTF-8 but for a few (which is no accident), then the server's
    label, the page's own, and at last the letters. Raises InputRefused for what is no text.
    """
    if len(data) > MAX_BYTES:
        raise InputRefused("", f"larger than {MAX_BYTES // 1_000_000} MB")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff"), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    if nearly := nearly_utf8(data):
        return nearly
    label = _LABEL.search(data[:_LABELLED])
    for said in (charset, label and label[1].decode("ascii")):
        codec = _codec(said)
        if codec:
            try:
                return data.decode(codec), ()
            except UnicodeDecodeError:
                continue
    return guessed("", data.replace(b"\0", b""))


def _codec(label: str | None) -> str | None:
    """The codec of a label, as browsers understand it: Latin-1 is Windows-1252. None for what is no charset."""
    try:
        name = codecs.lookup(label or "").name
    except (LookupError, ValueError):
        return None
    if name in ("iso8859-1", "ascii"):
        return "cp1252"
    # "utf-8" has been tried; "unicode_escape" and the like are codecs, too, but no charsets
    return name if _KNOWN.match(name) and name not in ("utf-8", "utf-7", "utf-8-sig") else None
