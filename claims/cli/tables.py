"""Columns for people: cut to the width of a terminal, whole where a program or a file takes them."""

import shutil
import sys
import unicodedata
from collections.abc import Sequence
from itertools import accumulate, takewhile

from claims.cli.options import printable

GAP = "  "
ELLIPSIS = "…"
NARROWEST = 12
"""Columns are never cut below this."""


def terminal_width() -> int | None:
    """The columns of the terminal that standard output goes to; None for a pipe or a file."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def table(rows: Sequence[Sequence[object]], head: Sequence[str] = (), *, cut: Sequence[int] = ()) -> list[str]:
    """Rows as lines of aligned columns, numbers to the right.

    On a terminal the columns `cut` give way, the last of them first, until a line fits or they are at their narrowest.
    Text is made printable.
    """
    if not rows:
        return []
    numeric = [all(isinstance(cell, int) for cell in column) for column in zip(*rows, strict=True)]
    cells = [[printable(str(cell)) for cell in row] for row in ([head, *rows] if head else rows)]
    widths = [max(map(width_of, column)) for column in zip(*cells, strict=True)]
    room = terminal_width()
    if room is not None:
        for column in reversed(cut):
            over = sum(widths) + len(GAP) * (len(widths) - 1) - room
            widths[column] -= max(0, min(over, widths[column] - NARROWEST))
    return [
        GAP.join(_set(c, w, right) for c, w, right in zip(row, widths, numeric, strict=True)).rstrip() for row in cells
    ]


def width_of(text: str) -> int:
    """How many columns of a terminal a text takes: marks none, wide letters two."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def shortened(text: str, width: int) -> str:
    """A text of at most `width` columns."""
    if width_of(text) <= width:
        return text
    widths = accumulate(map(width_of, text))
    kept = sum(1 for _ in takewhile(lambda taken: taken < width, widths))
    return text[:kept].rstrip() + ELLIPSIS


def _set(cell: str, width: int, right: bool) -> str:
    cell = shortened(cell, width)
    space = " " * (width - width_of(cell))
    return space + cell if right else cell + space


def counted(number: int, thing: str) -> str:
    """ "1 article", "2 articles"."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
