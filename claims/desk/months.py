"""Numbers by month for pictures and for the tables beside them, and rows of a list under the month of each."""

import re
from calendar import month_name
from collections.abc import Sequence
from itertools import groupby

from claims.desk import charts
from claims.desk.differences import same_words
from claims.errors import StoreError
from claims.store.desk.said import Month, Said

FEWEST = 3
"""Fewer months than this are no picture."""

MOST = 60
"""Where more months than this lie between the first and the last, years are told."""

OF_CLAIM = {"stands": "stand by it", "denies": "deny it", "other": "neither"}
OF_SOURCE = {"stands": "stands by a claim", "denies": "denies one", "other": "neither"}
"""What the sides are called where they are of a claim, and of a source."""

COLOURS = {"stands": charts.FOR, "denies": charts.AGAINST, "other": charts.OTHER}

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


def filled(months: Sequence[Month]) -> list[Month]:
    """Each month from the first to the last, those without anything too; or each year where it is a long time.

    What is no month, in a database that somebody else made, is left out.
    """
    known = {place: month for month in months if (place := _place(month.month)) is not None}
    if not known:
        return []
    first, last = min(known), max(known)
    if last - first < MOST:
        return [known.get(place, Month(_named(place), 0, 0, 0)) for place in range(first, last + 1)]
    years: dict[int, list[Month]] = {year: [] for year in range(first // 12, last // 12 + 1)}
    for place, month in known.items():
        years[place // 12].append(month)
    return [
        Month(f"{year:04}", *(sum(getattr(month, side) for month in told) for side in OF_CLAIM))
        for year, told in years.items()
    ]


def shown_sides(months: Sequence[Month], names: dict[str, str]) -> dict[str, str]:
    """The sides that anybody took, with their names."""
    return {side: words for side, words in names.items() if any(getattr(month, side) for month in months)}


def drawn(title: str, months: Sequence[Month], names: dict[str, str]) -> bytes:
    """The picture of `filled` months, SVG. Raises StoreError where there are none."""
    if not months:
        raise StoreError("There is nothing to draw: no article has it.")
    sides = shown_sides(months, names)
    series = {words: [getattr(month, side) for month in months] for side, words in sides.items()}
    return charts.over_time(title, [month.month for month in months], series, [COLOURS[side] for side in sides])


def told_by_month(rows: Sequence[Said]) -> list[tuple[str, list[tuple[Said, bool]]]]:
    """Rows in order of time under "May 2024", each with whether it has other words than the claim."""
    told = ((row, not same_words(row.claim, row.said)) for row in rows)
    return [(_in_words(month), list(same)) for month, same in groupby(told, lambda pair: pair[0].day[:7])]


def _in_words(month: str) -> str:
    place = _place(month)
    return month if place is None else f"{month_name[place % 12 + 1]} {month[:4]}"


def _place(month: str) -> int | None:
    found = _MONTH.fullmatch(month)
    return int(found[1]) * 12 + int(found[2]) - 1 if found else None


def _named(place: int) -> str:
    return f"{place // 12:04}-{place % 12 + 1:02}"
