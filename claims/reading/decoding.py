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
                text = data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                break
            if "\0" in text:
                break
            return text, ()
    if b"\0" in data:
        raise InputRefused(name, "is a binary file, not text")
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return guessed(name, data)


def guessed(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of bytes that are no UTF-8: UTF-8 with a few stray bytes, else Windows-1252 where that fits, else what
    the letters' frequencies say."""
    # Control bytes that no text of any charset holds: what a picture or an archive is full of.
    controls = sum(data[:65536].count(byte) for byte in (*range(1, 9), *range(14, 27), *range(28, 32)))
    if controls * 100 > len(data[:65536]):
        raise InputRefused(name, "is a binary file, not text")
    if nearly := nearly_utf8(data):
        return nearly
    foreign = sum(data.count(byte) for byte in range(128, 256))
    if foreign * 5 <= len(data) and not any(byte in data for byte in _UNDEFINED_IN_1252):
        return data.decode("cp1252"), ("not UTF-8: read as windows-1252",)
    from charset_normalizer import from_bytes

    guess = from_bytes(data).best()
    if guess is None:
        raise InputRefused(name, "is a binary file, not text")
    return str(guess), (f"not UTF-8: read as {guess.encoding}",)


def nearly_utf8(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    """The text of bytes that are UTF-8 but for a few, each of which is read as Windows-1252; None for other bytes."""
    repaired, strays = _with_strays(data)
    wide = sum(ord(letter) > 127 for letter in repaired) - strays
    if wide <= 2 * strays:
        return None
    return repaired, (f"not quite UTF-8: {strays} stray byte{'' if strays == 1 else 's'} read as windows-1252",)


_UNDEFINED_IN_1252 = (0x81, 0x8D, 0x8F, 0x90, 0x9D)


def _with_strays(data: bytes) -> tuple[str, int]:
    """UTF-8 in which each byte that fits nowhere is read as Windows-1252, and how many such bytes there were."""
    text = data.decode("utf-8", "surrogateescape")
    strays = [letter for letter in text if "\udc80" <= letter <= "\udcff"]
    table = {ord(s): bytes([ord(s) - 0xDC00]).decode("cp1252", "replace") for s in set(strays)}
    return text.translate(table), len(strays)
