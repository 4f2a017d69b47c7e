"""`claims duplicates`: the pairs of claims that may be one, put to a person one after the other."""

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claims.cli.claim_history import occurrence_lines
from claims.cli.claims_deciding import UNDO
from claims.cli.deciding import deciding, decision_options, tell
from claims.cli.options import as_json_option, errors_for_people, limit_option, print_json, printable, warn
from claims.cli.tables import counted
from claims.errors import StoreError

if TYPE_CHECKING:
    from claims.store import ClaimRow, PossibleDuplicate, Store

QUESTION = "One claim? y yes, n no, s skip, q quit: "


@click.command()
@decision_options
@click.option("--list", "only_list", is_flag=True, help="Print the pairs and ask nothing.")
@limit_option(50, "How many pairs --list and --json print, the surest ones.")
@as_json_option
def duplicates(database: Path, why: str | None, by: str, only_list: bool, limit: int, as_json: bool) -> None:
    """Go through the pairs of claims that may be one, the surest first, and decide.

    \b
    y  they are one: the later claim goes into the earlier one
    n  they are not: never merged, never asked about again
    s  skip: asked again next time
    q  quit

    On a terminal a key is enough; from a pipe or a file each answer is a line. Each answer is stored at once.
    """
    if only_list or as_json:
        with errors_for_people():
            _print(database, limit, as_json)
        return
    with deciding(database) as store:
        _walk(store, database, by, why or "")


def _print(database: Path, limit: int, as_json: bool) -> None:
    from claims.store import Store

    with Store.open_existing(database) as store:
        pairs = store.possible_duplicates(limit)
        waiting = store.waiting_duplicates()
    for number, pair in enumerate(pairs, 1):
        if as_json:
            print_json(asdict(pair))
        else:
            click.echo("\n".join([*([""] if number > 1 else []), *_pair_lines(pair, f"{number} of {waiting}")]))
    if not waiting:
        _nothing_waits()
    elif waiting > len(pairs):
        warn(f"These are the first {len(pairs)} of {waiting:,}; --limit N shows more.")


def _walk(store: "Store", database: Path, by: str, why: str) -> None:
    """Ask about one pair after the other until none is left or the person has had enough."""
    skipped: set[tuple[int, int]] = set()
    done: Counter[str] = Counter()
    ask = _asking()
    left = store.waiting_duplicates()
    while pairs := store.possible_duplicates(1, skipped=skipped):
        (pair,) = pairs
        seen = done.total()
        click.echo("\n".join(["", *_pair_lines(pair, f"{seen + 1} of {seen + left - len(skipped):,}")]))
        answer = ask()
        if answer == "q":
            break
        try:
            _decide(store, pair, answer, database, by, why)
        except StoreError as error:  # somebody else decided about these in the meantime
            warn(f"Error: {error}")
            answer = "s"
        if answer == "s":
            skipped.add((pair.first.id, pair.second.id))
        done[answer] += 1
        if answer != "s":  # a merge may join pairs that were two
            left = store.waiting_duplicates() if answer == "y" else left - 1
    left = store.waiting_duplicates()
    if not left and not done:
        _nothing_waits()
        return
    told = (f"{done['y']} merged", f"{done['n']} kept apart", f"{done['s']} skipped")
    click.echo(f"\n{', '.join(told)}; {counted(left, 'pair')} left.")


def _decide(store: "Store", pair: "PossibleDuplicate", answer: str, database: Path, by: str, why: str) -> None:
    one, other = pair.first.id, pair.second.id
    if answer == "y":
        tell(f"{other} went into {one}.", UNDO, store.merge_claims(one, [other], by, why), database)
    elif answer == "n":
        tell(f"{one} and {other} stay two claims.", UNDO, store.keep_claims_apart(one, other, by, why), database)


def _asking() -> Callable[[], str]:
    """What asks a person: for a key on a terminal, for a line elsewhere."""
    read = _key if sys.stdin.isatty() else _line

    def ask() -> str:
        while True:
            click.echo(QUESTION, nl=False, err=True)
            answer = read()
            if answer in ("y", "n", "s", "q"):
                return answer
            warn("Please answer y, n, s or q.")

    return ask


def _key() -> str:
    try:
        key = click.getchar().lower()
    except EOFError:
        key = "q"
    click.echo(key if key.isprintable() else "", err=True)
    return key


def _line() -> str:
    line = sys.stdin.readline()
    click.echo("", err=True)
    return line.strip().lower()[:1] if line else "q"


def _pair_lines(pair: "PossibleDuplicate", place: str) -> list[str]:
    return [
        printable(f"{place}  {pair.score:.2f}  {pair.reason}"),
        *_claim_lines(pair.first),
        *_claim_lines(pair.second),
    ]


def _claim_lines(row: "ClaimRow") -> list[str]:
    rest = row.attributions - len(row.occurrences)
    lines = [
        f"  {row.id}  {row.text}",
        *(f"      {line}" for told in row.occurrences for line in occurrence_lines(told)),
        *([f"      … and {rest:,} more: claims history {row.id}"] if rest > 0 else []),
    ]
    return [printable(line) for line in lines]


def _nothing_waits() -> None:
    warn("No pair of claims waits for a decision.")
