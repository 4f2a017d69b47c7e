"""Headers that keep scripts and frames of others out of every page, whatever words of an article stand in it."""

import re
from base64 import b64encode
from collections.abc import Awaitable, Callable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import datasette

OWN = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""For our own pages: no script at all, styles and pictures from here, forms to here."""

OTHERS = (
    "default-src 'self'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " object-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""For Datasette's pages: scripts in files of this server, in a page only those that Datasette writes there."""

PICTURES = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""For an SVG picture, whose styles are part of it."""

MARK = b"x-claims-page"
"""A header by which our views tell which policy they need; it does not leave the server."""

POLICIES = {b"own": OWN, b"picture": PICTURES}

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.S)
_FLAG = re.compile(r"\{\{\s*\w+\s*\}\}")

Send = Callable[[dict[str, Any]], Awaitable[None]]


def with_headers(app: Any) -> Any:
    """Datasette's application with our headers on every answer."""

    async def answer(scope: dict[str, Any], receive: Any, send: Send) -> None:
        async def send_with_headers(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": list(_headers(message.get("headers", [])))}
            await send(message)

        await app(scope, receive, send_with_headers if scope["type"] == "http" else send)

    return answer


def _headers(sent: list[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, bytes]]:
    policy = policy_of_datasette()
    for name, value in sent:
        if name.lower() == MARK:
            policy = POLICIES[value]
        else:
            yield name, value
    yield b"content-security-policy", policy.encode("ascii")
    yield b"x-content-type-options", b"nosniff"
    yield b"referrer-policy", b"same-origin"


@cache
def policy_of_datasette() -> str:
    """The policy for Datasette's own pages, with the hashes of the scripts in its templates.

    A script that a template completes with a word of its own is allowed with `true` and with `false` in its place.
    """
    found = set()
    for template in sorted((Path(datasette.__file__).parent / "templates").glob("*.html")):
        for script in _SCRIPT.findall(template.read_text(encoding="utf-8")):
            texts = [_FLAG.sub(flag, script) for flag in ("true", "false")]
            found |= {_hash(text) for text in texts if "{{" not in text and "{%" not in text}
    return OTHERS.format(hashes=" ".join(sorted(found)))


def _hash(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode('utf-8')).digest()).decode('ascii')}'"
