"""The page of one source, the same as JSON, CSV and a feed, and its picture by month."""

from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from datasette import Response

from claims.desk import core, months, taking
from claims.desk.links import absolute
from claims.desk.views import answers
from claims.desk.views.asking import asked_of, asked_place
from claims.errors import StoreError
from claims.store.desk import sources
from claims.store.desk.said import Wanted

STANCES = ("asserts", "denies", "accuses", "confirms", "doubts", "criticizes", "praises", "promises", "demands", "asks",
           "warns", "believes")  # fmt: skip

DID = {
    "asserts": "Asserted", "denies": "Denied", "accuses": "Accused", "confirms": "Confirmed", "doubts": "Doubted",
    "criticizes": "Criticized", "praises": "Praised", "promises": "Promised", "demands": "Demanded", "asks": "Asked",
    "warns": "Warned", "believes": "Believed",
}  # fmt: skip
"""What a source did who takes a stance."""


async def show(datasette: Any, request: Any) -> Response:
    """The source of a number; one that was merged into another leads there."""
    asked, form = answers.asked_number(request), answers.asked_form(request)
    counts = await core.read(datasette, sources.source_counts, asked)
    number, path = counts.id, f"/source/{counts.id}"
    if number != asked:
        return answers.moved(datasette, answers.with_same_ending(request, path))
    stance = asked_of(request, "stance", STANCES)
    start, backwards = asked_place(request)
    times = dict(counts.stances).get(stance, 0) if stance else counts.times
    wanted = Wanted("source_id", number, times, stance, newest_first=True, start=start, backwards=backwards)
    if form:
        file, title = f"source-{number}", counts.name[:200]
        query = urlencode({"stance": stance}) if stance else ""
        if stance:
            file, title = f"{file}-{stance}", f"{title} {stance}"
        told = partial(sources.source_page, counts=counts)
        subject = taking.Subject("source", path, query, file, title, told)
        return await taking.answer(datasette, request, form, subject, wanted)
    return await _page(datasette, request, path, counts, wanted)


async def _page(datasette: Any, request: Any, path: str, counts: sources.SourceCounts, wanted: Wanted) -> Response:
    known, said = await core.read(datasette, sources.page_of_source, counts, wanted)
    by_month, here = months.filled(known.months), datasette.urls.path(path)
    of_stance = urlencode({"stance": wanted.stance}) if wanted.stance else ""

    def going(**places: str) -> str:
        asked = "&".join(filter(None, [of_stance, *(f"{name}={quote(where)}" for name, where in places.items())]))
        return f"{here}{'?' if asked else ''}{asked}#said"

    told = {
        "known": known,
        "source": known.counts,
        "here": here,
        "permalink": absolute(datasette, request, path),
        "others": [name for name in known.names if name.name != known.counts.name],
        "by_month": by_month if len(by_month) >= months.FEWEST else [],
        "sides": months.shown_sides(by_month, months.OF_SOURCE),
        "tabs": [("Everything", known.counts.times, f"{here}#said", wanted.stance is None)]
        + [
            (DID.get(stance, stance), times, f"{here}?stance={quote(stance)}#said", wanted.stance == stance)
            for stance, times in known.counts.stances
        ],
        "said": months.told_by_month(said.rows),
        "earlier": going(before=said.before) if said.before else None,
        "later": going(after=said.after) if said.after else None,
        "start": going() if wanted.start else None,
        "feed": f"{here}.atom{'?' if of_stance else ''}{of_stance}",
        "forms": [
            (f"{here}.{form}{'?' if of_stance else ''}{of_stance}", name)
            for form, name in (("json", "JSON"), ("csv", "CSV"), ("atom", "Feed (Atom)"))
        ],
        "stance_only": DID.get(wanted.stance or ""),
    }
    return await answers.html(datasette, request, "source.html", told)


async def picture(datasette: Any, request: Any) -> Response:
    """How often the source spoke in each month."""
    if request.url_vars["name"] != "by-month":
        raise StoreError("There is no such picture of a source.")
    found = months.filled(await core.read(datasette, sources.source_months, answers.asked_number(request)))
    return answers.picture(months.drawn("How often in articles", found, months.OF_SOURCE))
