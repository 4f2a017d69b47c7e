"""The day of publication in what tables and feeds say of it."""

import re
from datetime import UTC, date, datetime

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_SHORT_YEAR = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d\d\b")
_STAMP = re.compile(r"(20\d\d)(\d\d)(\d\d)(?:T?\d{4}(?:\d\d)?Z?)?")
_EPOCH = re.compile(r"\d{9,13}(?:\.\d+)?")
_LONGEST = 80
_DEFAULTS = (datetime(2000, 1, 1), datetime(2001, 2, 2))


def iso_date(words: str) -> str | None:
    """The ISO date in `words` as their writer's calendar has it; None where they do not tell one day for sure.

    "07/08/2024" is July to some and August to others, "05/06/07" anything: no date. Seconds and milliseconds since 1970
    are days in UTC.
    """
    words = words.strip()
    if not words or len(words) > _LONGEST:
        return None
    try:
        if iso := _ISO.match(words):
            return date(int(iso[1]), int(iso[2]), int(iso[3])).isoformat()
        if stamp := _STAMP.fullmatch(words):
            return date(int(stamp[1]), int(stamp[2]), int(stamp[3])).isoformat()
        if _EPOCH.fullmatch(words):
            seconds = float(words)
            return datetime.fromtimestamp(seconds / 1000 if seconds >= 1e11 else seconds, UTC).date().isoformat()
        if slashed := _SLASHED.match(words):
            first, second, year = map(int, slashed.groups())
            if first != second and max(first, second) <= 12:
                return None
            month, day = (first, second) if second > 12 or first == second else (second, first)
            return date(year, month, day).isoformat()
        return None if _SHORT_YEAR.match(words) else _parsed(words)
    except (ValueError, OverflowError, OSError):
        return None


def _parsed(words: str) -> str | None:
    """The date in words such as "Mon, 15 Jul 2024 10:00:00 GMT"."""
    from dateutil.parser import parse

    # What the words lack ("May 2024") is filled in from `default`: two of them tell whether anything was.
    dates = {parse(words, default=default, ignoretz=True).date() for default in _DEFAULTS}
    return dates.pop().isoformat() if len(dates) == 1 else None
