"""Texts with the words that were looked for lit up, found by the rules of the full-text search itself."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

LONG = 420
"""Characters from which on a text is shown as the stretch around the words that were looked for."""

READ = 200_000
"""Characters of a text in which the words are looked for."""

_TOKENS = 48
_ON, _OFF = "\ufdd0", "\ufdd1"
"""Put around what was found; of these no text has any meaning, and none may light words of its own."""

_NOT_SHOWN = str.maketrans({"\0": " ", _ON: "\ufffd", _OFF: "\ufffd"})


@dataclass(frozen=True)
class Piece:
    """A stretch of a text and whether it is what was looked for."""

    text: str
    lit: bool


def lit(texts: Sequence[str], query: str) -> list[tuple[Piece, ...]]:
    """Each text as pieces, long ones as the stretch that has most of what `query`, a full-text query, looks for."""
    shown = [text[:READ].translate(_NOT_SHOWN) for text in texts]
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE shown USING fts5(text, tokenize='porter')")
        db.executemany("INSERT INTO shown (rowid, text) VALUES (?, ?)", enumerate(shown))
        found = dict(
            db.execute(
                "SELECT rowid, iif(length(text) > :long, snippet(shown, 0, :on, :off, '…', :tokens),"
                " highlight(shown, 0, :on, :off)) FROM shown WHERE shown MATCH :query",
                {"query": query, "on": _ON, "off": _OFF, "long": LONG, "tokens": _TOKENS},
            ).fetchall()
        )
    return [_pieces(found.get(number) or shortened(text)) for number, text in enumerate(shown)]


def shortened(text: str) -> str:
    """The start of a text, up to a whole word."""
    return text if len(text) <= LONG else text[:LONG].rsplit(" ", 1)[0] + "…"


def _pieces(text: str) -> tuple[Piece, ...]:
    found = []
    for part in text.split(_ON):
        words, end, rest = part.partition(_OFF)
        if end:
            found += [Piece(words, True), Piece(rest, False)]
        else:
            found.append(Piece(part, False))
    return tuple(piece for piece in found if piece.text)
