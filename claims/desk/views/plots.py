"""Pictures of the whole database, each with its numbers as a table whose rows lead on."""

from collections.abc import Callable, Sequence
from typing import Any

from datasette import Response

from claims.desk import charts, core
from claims.desk import months as by_month
from claims.desk.views import answers
from claims.errors import StoreError
from claims.store.desk import plots

LONGEST_LABEL = 34
SIDES = {"stands": "stands by claims", "denies": "denies claims", "other": "neither"}
OVER_TIME = {"stands": "stood by", "denies": "denied", "other": "neither"}
"""What the sides are called where they are of a source, and of claims in general."""


async def show(datasette: Any, request: Any) -> Response:
    """All pictures, those left out that would show nothing."""
    found = await core.read(datasette, plots.plots)
    months = by_month.filled(found.months)
    told = {
        "found": found,
        "months": months,
        "month_sides": by_month.shown_sides(months, OVER_TIME),
        "busiest": max(months, key=lambda month: month.stands + month.denies + month.other, default=None),
        "sides": SIDES,
        "height": {"sources": charts.height(len(found.sources)), "answers": charts.height(len(found.answers)),
                   "spread": charts.height(len(found.spread))},
    }  # fmt: skip
    return await answers.html(datasette, request, "plots.html", told)


async def picture(datasette: Any, request: Any) -> Response:
    """One picture as SVG."""
    name = request.url_vars["name"]
    if name not in PICTURES:
        raise StoreError(f'There is no picture "{name}" here. There are {", ".join(PICTURES)}.')
    reader, draw = PICTURES[name]
    return answers.picture(draw(await core.read(datasette, reader)))


def _months(found: Sequence[plots.Month]) -> bytes:
    return by_month.drawn("Claims over time", by_month.filled(found), OVER_TIME)


def _sources(found: Sequence[plots.Stances]) -> bytes:
    shown = {side: told for side, told in SIDES.items() if any(getattr(source, side) for source in found)}
    series = {name: [getattr(source, side) for source in found] for side, name in shown.items()}
    names = [_short(source.name) for source in found]
    return charts.by_name("What sources do with claims", names, series, [by_month.COLOURS[side] for side in shown])


def _answers(found: Sequence[plots.Answers]) -> bytes:
    names = [
        f"{_short(one.denier, LONGEST_LABEL // 2)} denies {_short(one.source, LONGEST_LABEL // 2)}" for one in found
    ]
    return charts.by_name("Who denies whom", names, {"claims": [one.claims for one in found]}, [charts.AGAINST])


def _spread(found: Sequence[plots.Spread]) -> bytes:
    names = [publishers(one.publishers) for one in found]
    return charts.by_name("Claims by how many publishers brought them", names,
                          {"claims": [one.claims for one in found]}, [charts.PLAIN])  # fmt: skip


def publishers(number: int) -> str:
    """So many publishers, in words."""
    if number >= plots.SPREAD_SHOWN:
        return f"{plots.SPREAD_SHOWN} or more publishers"
    return f"{number} publisher{'' if number == 1 else 's'}"


def _short(name: str, longest: int = LONGEST_LABEL) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…"


PICTURES: dict[str, tuple[Callable[..., Any], Callable[[Any], bytes]]] = {
    "months": (plots.months, _months),
    "sources": (plots.sources, _sources),
    "answers": (plots.answers, _answers),
    "spread": (plots.spread, _spread),
}
"""What is read for each picture, and how it is drawn."""
