"""What the cards of sources and of claims share: parts under titles, decisions a line each, the same as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from claims.cli.options import print_json, printable, warn

if TYPE_CHECKING:
    from claims.store import ClaimCard, PersonDecision, SourceCard


def as_object(card: "SourceCard | ClaimCard") -> dict[str, Any]:
    """The card as one JSON object, what its row says first."""
    told = asdict(card)
    row: dict[str, Any] = told.pop("row")
    return row | told


def part_lines(parts: Mapping[str, Sequence[str]]) -> list[str]:
    """The parts of a card that are not empty, each under its title."""
    lines = []
    for title, body in parts.items():
        if body:
            lines += ["", title, *(f"  {printable(line)}" for line in body)]
    return lines


def more_line(number: int) -> list[str]:
    """A line for so many that --limit cut off; none where nothing was."""
    return [f"… and {number:,} more (--limit N)"] if number > 0 else []


def decision_line(decision: "PersonDecision") -> str:
    """A decision on one line: number, day, what, by whom, why, and whether it was undone."""
    why = f" ({decision.why})" if decision.why else ""
    undone = f"; undone {decision.undone_at[:10]} by {decision.undone_by}" if decision.undone_at else ""
    what = decision.what.rstrip(".")
    return printable(f"{decision.id}  {decision.decided_at[:10]}  {what}, by {decision.decided_by}{why}{undone}")


def show_decisions(found: Sequence["PersonDecision"], as_json: bool, thing: str) -> None:
    """Print decisions about a thing ("sources"), one a line, or say that there are none."""
    for decision in found:
        if as_json:
            print_json(asdict(decision))
        else:
            click.echo(decision_line(decision))
    if not found:
        warn(f"Nobody has decided anything about {thing} yet.")
