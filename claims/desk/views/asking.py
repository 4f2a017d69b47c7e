"""What readers ask for in the address of a page: where a list goes on, what of it is wanted."""

from typing import Any

from claims.errors import InputRefused
from claims.store.desk.said import Place, place


def asked_place(request: Any) -> tuple[Place | None, bool]:
    """Where a list that is ordered by time goes on, and whether backwards: `after` a place or `before` one.

    Raises InputRefused for what is no place.
    """
    for name in ("after", "before"):
        if request.args.get(name):
            return place(request.args[name]), name == "before"
    return None, False


def asked_of(request: Any, name: str, known: tuple[str, ...]) -> str | None:
    """One of the words known for `name`, None where none is asked for. Raises InputRefused for others."""
    word = request.args.get(name)
    if word and word not in known:
        raise InputRefused(f"{name}={word[:80]}", f"is none of {', '.join(known)}")
    return word or None
