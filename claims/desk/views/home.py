"""The front page: the search box, how much there is, what is new, repeated and contested."""

from typing import Any

from datasette import Response

from claims.desk import core
from claims.desk.views import answers
from claims.store.desk.home import home


async def show(datasette: Any, request: Any) -> Response:
    """The front page; where nothing was read yet it says how to begin."""
    found = await core.read(datasette, home)
    template = "home.html" if found.last else "empty.html"
    return await answers.html(datasette, request, template, {"home": found})
