"""`claims watch`: feeds polled politely, what is new stored, each new claim on a line."""

import re
import signal
import time
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from claims.cli.options import database_option, errors_for_people, language_option, model_option, printable, warn
from claims.cli.tables import counted
from claims.errors import ClaimsError, InputRefused, StoreError
from claims.terms import Article, Attribution

if TYPE_CHECKING:
    from claims.reading import Given
    from claims.reading.web.courtesy import Visitor
    from claims.reading.web.watched import Watched
    from claims.running import Job
    from claims.store import Store

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_SHORTEST, _LONGEST = 60, 7 * 86_400


class _Span(click.ParamType):
    """A stretch of time such as 90s, 15m, 2h or 1d, in seconds."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        if isinstance(value, int | float):
            return float(value)
        match = re.fullmatch(r"(\d{1,6})\s*([smhd])", value.strip().lower())
        seconds = int(match[1]) * _UNITS[match[2]] if match else 0
        if not _SHORTEST <= seconds <= _LONGEST:
            self.fail(f"{value!r} is no time between 1m and 7d, such as 15m or 2h", param, ctx)
        return float(seconds)


@click.command()
@click.argument("feeds", nargs=-1, required=True, metavar="FEED...")
@click.option("--every", type=_Span(), default="15m", show_default=True, help="How often to ask: 90s, 15m, 2h, 1d.")
@click.option("--once", is_flag=True, help="Ask each feed once and stop, for those who have a timetable of their own.")
@click.option("--private", is_flag=True, help="Fetch from this machine and its local network, too.")
@language_option
@database_option
@model_option
def watch(
    feeds: tuple[str, ...],
    every: float,
    once: bool,
    private: bool,
    language: str | None,
    database: Path,
    model: Path | None,
) -> None:
    """Poll RSS and Atom feeds, read and store what is new in them, print each new claim on a line.

    FEED is the address of a feed, an OPML file (what readers of feeds export), or @FILE for a list: addresses, one a
    line, or OPML. Articles that do not stand in the feed are fetched, unless robots.txt forbids it.
    What was dealt with is remembered beside the database (DATABASE.watch.json). Ctrl+C stops.
    """
    from claims.reading import Given
    from claims.reading.limits import EXTRACT_SECONDS
    from claims.reading.web.courtesy import Visitor
    from claims.reading.web.subscriptions import feeds_named
    from claims.reading.web.watched import Watched
    from claims.running import Job
    from claims.store import Store

    refused = 0
    with errors_for_people():
        before = signal.signal(signal.SIGTERM, _stop)
        try:
            watched = Watched(database.with_name(database.name + ".watch.json"))
            named = list(feeds_named(feeds))
            for refusal in (one for one in named if isinstance(one, InputRefused)):
                refused += 1
                warn(f"Refused {refusal}")
            addresses = [one for one in named if isinstance(one, str)]
            for address in addresses:
                if watched[address].gone:
                    warn(f"Note {address}: its server said that it is gone for good (410); it is not asked")
            if all(watched[address].gone for address in addresses):
                raise ClaimsError("there is no feed to watch")
            visitor = Visitor(private=private)
            given = Given(fetch_private=private, language=language)
            with Store.open(database) as store:
                storing = _Storing(store, Job(model, seconds=EXTRACT_SECONDS))
                while True:
                    begun = time.monotonic()
                    for feed in addresses:
                        refused += storing.poll(feed, watched, visitor, given, every)
                    if once:
                        break
                    time.sleep(max(0.0, every - (time.monotonic() - begun)))
        except KeyboardInterrupt:
            # The way to stop it, so no failure: what was not dealt with to its end comes again next time.
            warn("Stopped. What was stored stays; the same command goes on from there.")
        finally:
            signal.signal(signal.SIGTERM, before)
    raise SystemExit(1 if once and refused else 0)


class _Storing:
    """Puts what feeds bring into a database and says so."""

    def __init__(self, store: "Store", job: "Job") -> None:
        self._store = store
        self._job = job

    def poll(self, feed: str, watched: "Watched", visitor: "Visitor", given: "Given", every: float) -> int:
        """Ask one feed and store what is new in it; returns how many inputs were refused."""
        from claims.reading.web.watching import Moved, new_articles

        refused = 0
        try:
            for found in new_articles(feed, watched, visitor, given, every):
                try:
                    if isinstance(found, Moved):
                        warn(f"Note {found.url}: has moved to {found.address} for good; asked there from now on")
                        continue
                    if isinstance(found, InputRefused):
                        raise found
                    self._add(found)
                except InputRefused as refusal:
                    refused += 1
                    warn(f"Refused {refusal}")
        except StoreError as error:
            # A database that another program holds, or a full disk, may pass: the article comes again.
            refused += 1
            warn(f"Error: {error} (tried again at the next poll)")
        return refused

    def _add(self, article: Article) -> None:
        for note in article.notes:
            warn(f"Note {article.path}: {note}")
        known_as = self._store.known_as(article)
        if known_as is not None:
            warn(f"Known   {article.path}: this text is stored already; nothing changed")
            return
        added = self._store.add(article, self._job(article))
        warn(f"Stored  {article.path}: {counted(added.attributions, 'attribution')}")
        for number, attribution in added.brought:
            click.echo(_line(number, attribution, article))


def _line(number: int, attribution: Attribution, article: Article) -> str:
    """A new claim for people and for `grep`: its number, who said it, what, and where."""
    who = " and ".join(source.name for source in attribution.sources) or "somebody"
    parts = str(number), f"{who} {attribution.stance}: {attribution.text}", article.url or article.path
    return "\t".join(map(printable, parts))


def _stop(signal_number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
