"""The page of one claim, the same as JSON, CSV and a feed, and its picture by month."""

from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import quote

from datasette import Response

from claims.desk import core, months, taking
from claims.desk.differences import differences, same_words
from claims.desk.links import absolute
from claims.desk.shown import shortened
from claims.desk.views import answers
from claims.desk.views.asking import asked_place
from claims.errors import StoreError
from claims.store.desk import claims
from claims.store.desk.said import Wanted

LONGEST_CITED = 300
WORDINGS_AT_ONCE = 5
"""More wordings are shown to who asks for them."""

RELATIONS = {
    "contradicts": "Contradicting claims",
    "denied-by": "Claims that deny it",
    "denies": "Claims that it denies",
    "possible-duplicate": "Perhaps the same claim",
}


async def show(datasette: Any, request: Any) -> Response:
    """The claim of a number; one that was merged into another leads there."""
    asked, form = answers.asked_number(request), answers.asked_form(request)
    counts = await core.read(datasette, claims.claim_counts, asked)
    number, path = counts.id, f"/claim/{counts.id}"
    if number != asked:
        return answers.moved(datasette, answers.with_same_ending(request, path))
    start, backwards = asked_place(request)
    wanted = Wanted("claim_id", number, counts.times, start=start, backwards=backwards)
    if form:
        title = f"Claim: {counts.text[:200]}"
        told = partial(claims.claim_page, counts=counts)
        subject = taking.Subject("claim", path, "", f"claim-{number}", title, told)
        return await taking.answer(datasette, request, form, subject, wanted)
    return await _page(datasette, request, path, counts, wanted)


async def _page(datasette: Any, request: Any, path: str, counts: claims.ClaimCounts, wanted: Wanted) -> Response:
    known, said = await core.read(datasette, claims.page_of_claim, counts, wanted)
    by_month = months.filled(known.months)
    permalink = absolute(datasette, request, path)
    wordings = [(wording.times, differences(counts.text, wording.text)) for wording in known.wordings]
    here = datasette.urls.path(path)
    told = {
        "known": known,
        "claim": counts,
        "here": here,
        "permalink": permalink,
        "wordings": wordings[:WORDINGS_AT_ONCE],
        "rarer_wordings": wordings[WORDINGS_AT_ONCE:],
        "only_wording": all(same_words(counts.text, wording.text) for wording in known.wordings),
        "bearings": [
            (relation, words, [bearing for bearing in known.bearings if bearing.relation == relation])
            for relation, words in RELATIONS.items()
            if any(bearing.relation == relation for bearing in known.bearings)
        ],
        "denied_in_other_words": [
            bearing.other for bearing in known.bearings if bearing.relation == "denied-by" and bearing.other.tellers
        ],
        "by_month": by_month if len(by_month) >= months.FEWEST else [],
        "sides": months.shown_sides(by_month, months.OF_CLAIM),
        "said": months.told_by_month(said.rows),
        "earlier": f"{here}?before={quote(said.before)}#said" if said.before else None,
        "later": f"{here}?after={quote(said.after)}#said" if said.after else None,
        "start": f"{here}#said" if wanted.start else None,
        "end": f"{here}?before=9999-99-99.0.0#said" if said.after else None,
        "citation": _citation(counts, permalink),
        "forms": [(f"{here}.{form}", name) for form, name in
                  (("json", "JSON"), ("csv", "CSV"), ("atom", "Feed (Atom)"))],
    }  # fmt: skip
    return await answers.html(datasette, request, "claim.html", told)


async def picture(datasette: Any, request: Any) -> Response:
    """How often the claim was made in each month."""
    if request.url_vars["name"] != "by-month":
        raise StoreError("There is no such picture of a claim.")
    found = months.filled(await core.read(datasette, claims.claim_months, answers.asked_number(request)))
    return answers.picture(months.drawn("How often it was said", found, months.OF_CLAIM))


def _citation(claim: claims.ClaimCounts, permalink: str) -> str:
    made = "no article has it any more"
    if claim.first:
        when = claim.first if claim.first == claim.last else f"{claim.first} to {claim.last}"
        made = f"made {_many(claim.times, 'time')} by {_many(claim.sources, 'named source')}"
        made += f" in {_many(claim.articles, 'article')}, {when}"
    today = datetime.now(UTC).date().isoformat()
    return f"“{shortened(claim.text, LONGEST_CITED)}” Claim {claim.id}: {made}. {permalink} (as of {today})"


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
