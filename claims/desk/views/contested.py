"""What is contested: both sides of each clash, newest claims first, as a page, JSON, CSV and a feed."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from datasette import Response

from claims.desk import core
from claims.desk.feeds import Entry, atom, urn
from claims.desk.views import answers
from claims.store.desk.contested import Clash, clashes

COLUMNS = ("kind", "reason", "side", "claim_id", "claim", "source_id", "source", "stance", "said", "article_id",
           "article", "publisher", "published", "attribution_id")  # fmt: skip

ROWS = 200
"""Contested claims in a CSV or JSON; the page and the feed have fewer."""


async def show(datasette: Any, request: Any) -> Response:
    """Clashes of the newest contested claims, in the form that the address asks for."""
    form = answers.asked_form(request)
    start = answers.typed_number(request, "before")
    found = await core.read(datasette, clashes, start, *([ROWS] if form in ("json", "csv") else []))
    path = f"/contested{'.' if form else ''}{form}"
    later = str(datasette.urls.path(f"{path}?before={found.before}")) if found.before else None
    if form == "json":
        return answers.json({"clashes": [asdict(clash) for clash in found.clashes], "next": later})
    if form == "csv":
        return answers.table("contested", COLUMNS, _rows(found.clashes))
    if form == "atom":
        return atom(datasette, request, "Contested claims", "/contested", [_entry(clash) for clash in found.clashes])
    told = {
        "clashes": found.clashes,
        "later": later,
        "first": str(datasette.urls.path("/contested")) if start else None,
        "forms": [(str(datasette.urls.path(f"/contested.{end}")), name)
                  for end, name in (("csv", "CSV"), ("json", "JSON"), ("atom", "Feed"))],
    }  # fmt: skip
    return await answers.html(datasette, request, "contested.html", told)


def _rows(found: tuple[Clash, ...]) -> Iterator[list[object]]:
    for clash in found:
        for name, side in (("stands", clash.stands), ("against", clash.against)):
            for saying in side.sayings:
                told = asdict(saying) | {"kind": clash.kind, "reason": clash.reason, "side": name}
                yield [told[column] for column in COLUMNS]


def _entry(clash: Clash) -> Entry:
    both = (clash.stands, clash.against)
    who = [", ".join(dict.fromkeys(saying.source or "Nobody named" for saying in side.sayings)) for side in both]
    said = " / ".join(f"{names}: {side.claim}" for names, side in zip(who, both, strict=True))
    day = max((saying.day for side in both for saying in side.sayings), default="")
    title = f"{'Denied' if clash.kind == 'denied' else 'Contradicted'}: {clash.stands.claim}"
    name = urn("clash", clash.kind, clash.stands.claim, clash.against.claim)
    return Entry(name, title[:300], f"/claim/{clash.stands.claim_id}", day, said, who[1] or "Nobody named")
