"""How far a long run is: a line at the foot of a terminal, with rate and time left. In a pipe there is none."""

import os
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click

from claims.cli.options import printable
from claims.cli.tables import counted

RATE_SECONDS = 20.0
"""The rate is that of so many last seconds: known articles pass much faster than new ones."""

SHOWN_EVERY = 0.1


class Progress:
    """Counts articles, and shows where standard error is a terminal."""

    def __init__(self, total: int | None, *, shown: bool) -> None:
        self._total = total
        self._shown = shown
        self._done = 0
        self._marks = deque([(time.monotonic(), 0)])
        self._drawn = 0.0

    @contextmanager
    def step(self) -> Iterator[None]:
        """While the outcome of one more article is told, the line gives way."""
        if self._drawn:
            self.clear()
        yield
        self._done += 1
        if self._shown:
            now = time.monotonic()
            if now - self._marks[-1][0] >= SHOWN_EVERY:
                self._marks.append((now, self._done))
                while len(self._marks) > 2 and now - self._marks[0][0] > RATE_SECONDS:
                    self._marks.popleft()
            self._drawn = now
            click.echo(f"\r\033[K{printable(self.line(now))}", nl=False, err=True)

    def clear(self) -> None:
        """Take the line away."""
        if self._drawn:
            click.echo("\r\033[K", nl=False, err=True)
            self._drawn = 0.0

    def line(self, now: float) -> str:
        """The line as it is at a time of the monotonic clock."""
        began, before = self._marks[0]
        rate = (self._done - before) / max(now - began, 1e-3)
        if self._total is None or self._done > self._total:
            return f"{counted(self._done, 'article')}, {rate:,.1f} a second"
        left = (self._total - self._done) / rate if rate else 0.0
        return f"{self._done:,} of {counted(self._total, 'article')}, {rate:,.1f} a second, {_told(left)} left"


@contextmanager
def progress(paths: Iterable[str]) -> Iterator[Progress]:
    """The progress over what `paths` name, cleared away at its end."""
    shown = sys.stderr.isatty()
    line = Progress(_count(paths) if shown else None, shown=shown)
    try:
        yield line
    finally:
        line.clear()


def _told(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes:02d} min"
    return f"{minutes} min {seconds:02d} s" if minutes else f"{seconds} s"


def _count(paths: Iterable[str]) -> int | None:
    """How many articles files and folders hold; None where that does not show without reading (a feed, a table)."""
    from claims.reading.files import PAGE_ENDINGS, TEXT_ENDINGS
    from claims.reading.formats import is_readable

    total = 0
    for path in paths:
        names = _names(path) if os.path.isdir(path) else [path]
        for name in names:
            if name.lower().endswith((*TEXT_ENDINGS, *PAGE_ENDINGS)):
                total += 1
            elif names == [path] or is_readable(name):
                return None
    return total


def _names(folder: str) -> Iterator[str]:
    for _, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (name for name in names if not name.startswith("."))
