"""How a content reads: its words made readable, and whether they are quoted."""

import re
from collections.abc import Sequence

from claims.language.markdown import without_markdown
from claims.language.paragraphs import words_at
from claims.language.quotations import Quotation, quotation_at
from claims.terms import Relation, Span

_WORD = re.compile(r"\w+")
_OUTER_OPENING = re.compile(r"^(?:[“„\"«]|''|``)\s*")
_OUTER_CLOSING = re.compile(r"\s*(?:[”\"»]|'')$")
# Marks that are apostrophes, too, or turned the other way elsewhere: they stand around a piece, or they are none.
_PAIRED = re.compile(r"^(?:‘(?P<a>[^‘]*)’|'(?P<b>[^'].*[^'])'|„(?P<c>[^„“]*)“|»(?P<d>[^»«]*)«)$")
_THAT = re.compile(r"^that\s+(?=\S)", re.IGNORECASE)


def readable(text: str, content: Sequence[Span]) -> str:
    """The words of `content` as a person would write them down: one line, pieces joined by " … ", without the
    leading "that" and the outer quotation marks."""
    pieces = [_bare(without_markdown(words_at(text, start, end))).rstrip(" ,;") for start, end in content]
    joined = " … ".join(piece for piece in pieces if _WORD.search(piece))
    return _THAT.sub("", joined)


def _bare(piece: str) -> str:
    """A piece without quotation marks that stand around all of it, or open or close it alone."""
    paired = _PAIRED.match(piece)
    if paired:
        return paired[paired.lastgroup or 0]
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


def form_of(text: str, relation: Relation, quotations: Sequence[Quotation]) -> str:
    """ "direct" if all words of the content stand inside quotation marks, "mixed" if some do, else "indirect".

    Marks that stand around the cue, too, quote somebody else, who reports this.
    """
    around = quotation_at(quotations, relation.cue[0].start) if relation.cue else None
    if around and all(_PAIRED.match(text[start:end]) for start, end in relation.content):
        return "direct"
    starts = [match.start() for start, end in relation.content for match in _WORD.finditer(text, start, end)]
    quoted = sum(quotation_at(quotations, start) not in (None, around) for start in starts)
    return "indirect" if not quoted else "direct" if quoted == len(starts) else "mixed"
