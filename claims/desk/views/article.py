"""An article as published, with every attribution marked in place and listed beside it."""

from typing import Any

from datasette import Response

from claims.desk import core
from claims.desk.links import safe_url
from claims.desk.marked_text import pieces
from claims.desk.views.answers import asked_form, asked_number, html, json, typed_number
from claims.store.desk.articles import article_page


async def show(datasette: Any, request: Any) -> Response:
    """`/article/N`, of a long text the part `?part=`, or the one with the attribution `?at=`."""
    part, at = typed_number(request, "part"), typed_number(request, "at")
    page = await core.read(datasette, article_page, asked_number(request), (part or 1) - 1, at)
    if asked_form(request) == "json":
        return json(page)
    told = {
        "page": page,
        "original": safe_url(page.url),
        "pieces": pieces(page.text, page.start, page.marked),
        "place_of": {one.id: place for place, one in enumerate(page.marked, start=1)},
    }
    return await html(datasette, request, "article.html", told)
