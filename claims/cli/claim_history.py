"""`claims history`: all that is known of one claim, who said it when, and what people decided about it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from claims.cli.cards import as_object, decision_line, more_line, part_lines
from claims.cli.claims_deciding import NUMBER
from claims.cli.options import (
    as_json_option,
    database_flag,
    database_option,
    errors_for_people,
    limit_option,
    print_json,
    printable,
)
from claims.cli.tables import counted

if TYPE_CHECKING:
    from claims.store import ClaimCard, ClaimLink, Occurrence


@click.command()
@click.argument("claim", type=NUMBER)
@database_option
@limit_option(20, "How often the claim was made to show, the first times.")
@as_json_option
def history(claim: int, database: Path, limit: int, as_json: bool) -> None:
    """Show a CLAIM by its number: who said it when, its wordings and links, what people decided and why."""
    from claims.store import Store

    with errors_for_people():
        with Store.open_existing(database) as store:
            card = store.claim(claim)
        if as_json:
            print_json(as_object(card))
        else:
            click.echo("\n".join(as_text(card, limit, database_flag(database))))


def as_text(card: "ClaimCard", limit: int, flag: str) -> list[str]:
    """The card as lines; `flag` names the database in commands to type."""
    row = card.row
    lines = [
        printable(f"{row.id}  {row.text}"),
        f"{counted(row.attributions, 'attribution')} by {counted(row.sources, 'source')} in "
        f"{counted(row.articles, 'article')}, first on {printable(row.first_seen)}",
    ]
    if card.asked is not None:
        lines.append(f"Number {card.asked} was merged into it.")
    others = [wording for wording in card.wordings if wording.text != row.text]
    parts = {
        "Said": [
            *(line for told in row.occurrences[:limit] for line in occurrence_lines(told)),
            *more_line(row.attributions - min(limit, len(row.occurrences))),
        ],
        "Other wordings": [
            *(f"{wording.times} × {wording.text}" for wording in others[:limit]),
            *more_line(len(others) - limit),
        ],
        "Links": [line for link in card.links for line in _link(card, link, flag)],
        "Merged into it": [f"{m.id}  {m.text}, {m.merged_at[:10]}; {m.reason}" for m in card.merged],
        "Not the same": [f"{other.id}  {other.text}" for other in card.apart],
        "Decisions": [decision_line(decision) for decision in card.decisions],
    }
    return [*lines, *part_lines(parts)]


def occurrence_lines(told: "Occurrence") -> list[str]:
    """One time that a claim was made: when, by whom and where, then in which words and why these are the claim."""
    who = f"{told.source} ({told.kind})" if told.source else "nobody named"
    return [
        f"{told.published or 'undated':10}  {who} {told.stance} it in {told.article} (article {told.article_id})",
        f'    attribution {told.id}: "{told.text}"; {told.reason}',
    ]


def _link(card: "ClaimCard", link: "ClaimLink", flag: str) -> list[str]:
    here = link.claim_id == card.row.id
    other, text = (link.other_id, link.other_claim) if here else (link.claim_id, link.claim)
    relation = link.relation if here or link.relation != "denies" else "is denied by"
    lines = [f"{relation} {other}  {text}", f"    {link.score:.2f}: {link.reason}"]
    if link.relation == "possible-duplicate":
        lines += [f"    if they are one:  claims merge {min(card.row.id, other)} {max(card.row.id, other)}{flag}"]
    return lines
