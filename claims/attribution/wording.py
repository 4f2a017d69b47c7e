"""How a content reads: its words made readable, and whether they are quoted."""

import re
from collections.abc import Sequence

from claims.language.quotations import Quotation, quotation_at
from claims.terms import Span

_WORD = re.compile(r"\w+")
_OUTER_OPENING = re.compile(r"^(?:[“„\"«]|''|``)\s*")
_OUTER_CLOSING = re.compile(r"\s*(?:[”\"»]|'')$")
_THAT = re.compile(r"^that\s+(?=\S)", re.IGNORECASE)


def readable(text: str, content: Sequence[Span]) -> str:
    """The words of `content` as a person would write them down: one line, pieces joined by " … ", without the
    leading "that" and the outer quotation marks."""
    pieces = [_bare(" ".join(text[start:end].split())).rstrip(" ,;") for start, end in content]
    joined = " … ".join(piece for piece in pieces if _WORD.search(piece))
    return _THAT.sub("", joined)


def _bare(piece: str) -> str:
    """A piece without quotation marks that stand around all of it, or open or close it alone."""
    opening, closing = _OUTER_OPENING.search(piece), _OUTER_CLOSING.search(piece)
    inner = piece[opening.end() if opening else 0 : closing.start() if closing else len(piece)]
    return inner if _stands_alone(inner) else piece


def _stands_alone(inner: str) -> bool:
    """Whether the marks left inside pair among themselves: “A” and “B” is not one quotation."""
    depth = 0
    for mark in inner:
        depth += (mark == "“") - (mark == "”")
        if depth < 0:
            return False
    return not depth and '"' not in inner and "''" not in inner


def form_of(text: str, content: Sequence[Span], quotations: Sequence[Quotation]) -> str:
    """ "direct" if all words of the content stand inside quotation marks, "mixed" if some do, else "indirect"."""
    starts = [match.start() for start, end in content for match in _WORD.finditer(text, start, end)]
    quoted = sum(quotation_at(quotations, start) is not None for start in starts)
    return "indirect" if not quoted else "direct" if quoted == len(starts) else "mixed"
