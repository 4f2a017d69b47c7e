"""What all views answer with: a page, the same as JSON, CSV or a feed, and what is said where something is wrong."""

import csv
import io
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import asdict, is_dataclass
from typing import Any

from datasette import Response

from claims.desk import core
from claims.desk.safety import MARK
from claims.errors import ClaimsError, StoreError

View = Callable[[Any, Any], Awaitable[Response]]

OWN = {MARK.decode("ascii"): "own"}
PICTURE = {MARK.decode("ascii"): "picture"}

FIRST_OF_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Signs at the start of a cell that make spreadsheets run it, some also those of full width: ＝ ＋ － ＠."""

LONGEST_NUMBER = 40
"""Digits of a number in an address; Python refuses to read one of some thousands."""


def guarded(view: View) -> Callable[..., Awaitable[Response]]:
    """A view whose refusals become pages that say what to do; Datasette calls it with its names for what it gives."""

    async def answer(datasette: Any, request: Any) -> Response:
        if request.method not in ("GET", "HEAD"):
            return await wrong(datasette, request, "Pages can only be read.", 405)
        try:
            return await view(datasette, request)
        except StoreError as error:
            return await wrong(datasette, request, str(error), 404)
        except core.TooSlow as error:
            return await wrong(datasette, request, str(error), 503)
        except core.NoClaims as error:
            if request.path.rstrip("/") == datasette.urls.path("/").rstrip("/"):
                return await core.index_of_datasette(datasette, request)
            return await wrong(datasette, request, str(error), 404)
        except ClaimsError as error:
            return await wrong(datasette, request, str(error), 400)

    return answer


async def wrong(datasette: Any, request: Any, message: str, status: int) -> Response:
    """A page, or JSON where that was asked for, that says what is wrong."""
    if asked_form(request) == "json":
        return Response.json({"ok": False, "error": message}, status=status, headers=OWN)
    return await html(datasette, request, "wrong.html", {"message": message, "status": status}, status=status)


async def html(datasette: Any, request: Any, template: str, told: dict[str, Any], status: int = 200) -> Response:
    """A page of ours; `told` is what its template names."""
    response = await core.page(datasette, request, template, told, status)
    response.headers.update(OWN)
    return response


def json(told: Any) -> Response:
    """What a dataclass holds, or something that JSON knows."""
    return Response.json(asdict(told) if is_dataclass(told) and not isinstance(told, type) else told, headers=OWN)


def table(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """Rows as CSV to be saved as `name`.csv; no cell of it is a formula to a spreadsheet."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(columns)
    writer.writerows([_harmless(value) for value in row] for row in rows)
    headers = {**OWN, "content-disposition": f'attachment; filename="{name}.csv"'}
    return Response(written.getvalue(), headers=headers, content_type="text/csv; charset=utf-8")


def picture(svg: bytes) -> Response:
    """An SVG picture."""
    return Response(svg, headers=PICTURE, content_type="image/svg+xml; charset=utf-8")


def moved(datasette: Any, path: str) -> Response:
    """For good, as a number that became part of another does."""
    return Response.redirect(datasette.urls.path(path), status=301)


def with_same_ending(request: Any, path: str) -> str:
    """Another path in the form that the end of the address asks for, with the same question."""
    form = asked_form(request)
    return path + (f".{form}" if form else "") + (f"?{request.query_string}" if request.query_string else "")


def asked_form(request: Any) -> str:
    """The form that the end of the address asks for: json, csv, atom; "" for a page."""
    return request.url_vars.get("form") or ""


def asked_number(request: Any, name: str = "number") -> int:
    """The number in the address; one too large for SQLite is one that nothing has."""
    return min(int(request.url_vars[name][:LONGEST_NUMBER]), 2**63 - 1)


def typed_number(request: Any, name: str) -> int | None:
    """A number in the question of the address, or None where there is none that SQLite could hold."""
    typed = (request.args.get(name) or "").strip()
    return int(typed) if typed.isdecimal() and typed.isascii() and len(typed) < 19 else None


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FIRST_OF_A_FORMULA) else value
