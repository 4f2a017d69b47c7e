"""`claims merge`, `split`, `undo`, `decisions`: what a person decides about claims, and taking it back."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claims.cli.cards import show_decisions
from claims.cli.deciding import by_option, deciding, decision_options, tell, tell_undone
from claims.cli.options import as_json_option, database_option, errors_for_people, limit_option
from claims.cli.tables import counted, shortened

if TYPE_CHECKING:
    from claims.store import ClaimRow

UNDO = "claims undo"
TEXT_SHOWN = 80
"""Columns of a claim's text in a confirmation."""


class Number(click.ParamType):
    """The number of a row, also as "#17"."""

    name = "number"

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        digits = str(value).strip().removeprefix("#")
        if digits.isascii() and digits.isdigit() and 0 < len(digits) <= 18:
            return int(digits)
        return self.fail(
            f"{str(value)!r} is not the number of a row; `claims match TEXT` and the database show numbers"
        )


NUMBER = Number()


@click.command()
@click.argument("keep", type=NUMBER)
@click.argument("others", type=NUMBER, nargs=-1, required=True, metavar="OTHER...")
@decision_options
def merge(keep: int, others: tuple[int, ...], database: Path, why: str | None, by: str) -> None:
    """Say that each OTHER is the claim KEEP (all are numbers of claims), for good.

    Whatever said OTHER says KEEP now, and so does what later articles say in its words.
    """
    with deciding(database) as store:
        kept = store.claim(keep).row
        merged = {row.id: row for row in (store.claim(other).row for other in others)}
        decision = store.merge_claims(kept.id, list(merged), by, why or "")
        moved = "; ".join(_said(row) for number, row in merged.items() if number != kept.id)
        tell(f"{moved} went into {_said(store.claim(kept.id).row)}.", UNDO, decision, database)


@click.command()
@click.argument("claim", type=NUMBER)
@click.argument("attributions", type=NUMBER, nargs=-1, required=True, metavar="ATTRIBUTION...")
@decision_options
def split(claim: int, attributions: tuple[int, ...], database: Path, why: str | None, by: str) -> None:
    """Say that each ATTRIBUTION makes another claim than CLAIM (all are numbers; `claims history CLAIM` has them).

    Sources who spoke together stay together. The two claims are never merged again, nor asked about.
    """
    with deciding(database) as store:
        before = store.claim(claim).row
        new = store.split_claim(before.id, attributions, by, why or "")
        made = store.claim(new)
        text = f"{_said(made.row)} is a claim of its own; {_said(store.claim(before.id).row)} is left."
        tell(text, UNDO, made.decisions[0].id, database)


@click.command()
@click.argument("decision", required=False, type=click.IntRange(1))
@database_option
@by_option
def undo(decision: int | None, database: Path, by: str) -> None:
    """Take DECISION about claims back, or the last one that stands; `claims decisions` has their numbers.

    For decisions about sources there is `claims sources undo`.
    """
    with deciding(database) as store:
        tell_undone(store.undo_claim_decision(decision, by))


@click.command()
@database_option
@limit_option(20, "How many decisions to show, the latest ones.")
@as_json_option
def decisions(database: Path, limit: int, as_json: bool) -> None:
    """Show what people decided about claims, latest first, and what was undone."""
    from claims.store import Store

    with errors_for_people(), Store.open_existing(database) as store:
        show_decisions(store.claim_decisions(limit), as_json, "claims")


def _said(row: "ClaimRow") -> str:
    return f'{row.id} "{shortened(row.text, TEXT_SHOWN)}" with {counted(row.attributions, "attribution")}'
