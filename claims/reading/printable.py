"""What an input says of itself as one line that can be shown: title, author, publisher."""

import html
import re

from claims.language.characters import without_halves

LONGEST_LINE = 1000
"""The longest real headlines have 300 characters."""

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>|<!--.{0,500}?-->", re.DOTALL)
# Controls, and what turns the direction of the words around it or cannot be seen.
_UNPRINTABLE = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def without_unprintable(text: str) -> str:
    """A text without control characters but for line breaks and tabs, halves of characters and signs of direction."""
    return _UNPRINTABLE.sub("", without_halves(text))


def one_line(words: object) -> str | None:
    """`words` on one printable line of at most a thousand characters; None for what is no text, or empty."""
    if not isinstance(words, str):
        return None
    return " ".join(without_unprintable(words[: 20 * LONGEST_LINE]).split())[:LONGEST_LINE] or None


def plain_line(words: object) -> str | None:
    """`words` on one line, which may hold markup and characters that are escaped once too often ("&amp;#8217;")."""
    if not isinstance(words, str):
        return None
    return one_line(_TAG.sub(" ", html.unescape(_TAG.sub(" ", words[: 20 * LONGEST_LINE]))))
