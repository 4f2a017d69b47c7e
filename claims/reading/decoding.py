"""Bytes of a file into text: UTF-8 first, a guess that says so otherwise, a refusal for what is no text."""

import codecs

from claims.errors import InputRefused
from claims.reading.limits import MAX_BYTES, MAX_CHARACTERS

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text in `data`, unchanged but for a byte-order mark, and notes on what had to be guessed.

    Raises InputRefused, naming `name`, for what is empty, binary or too large.
    """
    if len(data) > MAX_BYTES:
        raise InputRefused(name, f"larger than {MAX_BYTES // 1_000_000} MB; split it into articles")
    text, notes = _decoded(name, data)
    if not text.strip():
        raise InputRefused(name, "is empty: there is no text in it")
    if len(text) > MAX_CHARACTERS:
        raise InputRefused(
            name, f"holds {len(text):,} characters; an article has at most {MAX_CHARACTERS:,}: split it into articles"
        )
    return text, notes


def _decoded(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), ()
            except UnicodeDecodeError:
                break
    if b"\0" in data:
        raise InputRefused(name, "is a binary file, not text")
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _guessed(name, data)


def _guessed(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    from charset_normalizer import from_bytes

    # Control bytes that no text of any charset holds: what a picture or an archive is full of.
    controls = sum(data[:65536].count(byte) for byte in (*range(1, 9), *range(14, 27), *range(28, 32)))
    guess = from_bytes(data).best() if controls * 100 <= len(data[:65536]) else None
    if guess is None:
        raise InputRefused(name, "is a binary file, not text")
    return str(guess), (f"not UTF-8: read as {guess.encoding}",)
