"""`claims match` and `claims dedupe`: is this the same claim?"""

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NoReturn

import click

from claims.cli.options import (
    database_option,
    errors_for_people,
    is_utf8,
    print_json,
    printable,
    progress_line,
    warn,
)
from claims.cli.tables import counted
from claims.errors import InputRefused


@click.command()
@click.argument("text", required=False)
@click.option(
    "--pairs", type=click.File("rb"), help='Judge JSON lines {"id", "a": {"text", "source"?, "cue"?}, "b": {...}}.'
)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1), help="How many known claims to show.")
@database_option
def match(text: str | None, pairs: IO[bytes] | None, limit: int, database: Path) -> None:
    """Show the known claims nearest to TEXT, best first; or judge pairs of wordings (--pairs FILE, - for input)."""
    if (text is None) == (pairs is None):
        raise click.UsageError("give either TEXT or --pairs FILE")
    if text is not None and not text.strip():
        raise click.UsageError("TEXT is empty")
    if text is not None and not is_utf8(text):
        raise click.UsageError("TEXT is not UTF-8")
    with errors_for_people():
        if pairs is not None:
            _judge(pairs)
        else:
            _nearest(text or "", limit, database)


def _judge(pairs: IO[bytes]) -> None:
    from claims.matching import decide, prepare

    lines = JsonLines(pairs)
    for line in lines:
        try:
            found = decide(prepare(_statement(line["a"])), prepare(_statement(line["b"])))
            identity = line["id"]
        except (KeyError, TypeError, AttributeError):
            lines.refuse('needs "id", "a": {"text"} and "b": {"text"}')
            continue
        answer = {"id": identity, "same": found.same, "score": round(found.score, 4), "reason": found.reason}
        print_json(answer)
    sys.exit(lines.exit_status)


def _nearest(text: str, limit: int, database: Path) -> None:
    from claims.store import Store

    with Store.open_existing(database) as store:
        found = list(store.nearest(text, limit))
    for near in found:
        verdict = "same" if near.decision.same else "possible" if near.decision.possible else "other"
        line = f"{near.decision.score:.2f}  {verdict:8}  claim {near.claim_id}: {near.text}  ({near.decision.reason})"
        click.echo(printable(line))
    if not found:
        warn("No known claim is near this.")


@click.command()
@click.option("--jsonl", "lines", type=click.File("rb"), help='Cluster JSON lines {"id", "text", "source"?}.')
@click.option("--rebuild", is_flag=True, help="Make the claims of the database anew.")
@click.option("--dry-run", is_flag=True, help="With --rebuild: only say what would be done.")
@database_option
def dedupe(lines: IO[bytes] | None, rebuild: bool, dry_run: bool, database: Path) -> None:
    """Cluster wordings of claims: those of a file (--jsonl), or all of a database (--rebuild).

    --jsonl needs no database and prints {"id", "cluster"} for each line, in their order (- for standard input).

    --rebuild compares all attributions of the database with all others and makes the clusters its claims, so that
    these do not depend on the order in which articles came. What people decided holds. A claim of which nothing is
    left leads on to the one that got most of it. Nobody else can write to the database meanwhile.
    """
    if (lines is None) != rebuild:
        raise click.UsageError("give either --jsonl FILE or --rebuild")
    if dry_run and not rebuild:
        raise click.UsageError("--dry-run goes with --rebuild")
    if lines is None:
        _rebuild(database, dry_run)
    else:
        _cluster(lines)


def _rebuild(database: Path, dry_run: bool) -> None:
    from claims.store import Store

    with errors_for_people():
        with progress_line() as tell, Store.open_existing(database) as store:  # a mistyped path makes no database
            told = store.rebuild_claims(dry_run=True, tell=tell) if dry_run else None
        if told is None:
            with progress_line() as tell, Store.open(database) as store:
                told = store.rebuild_claims(tell=tell)
        click.echo(
            f"{counted(told.before, 'claim')} before, {told.after:,} after; "
            f"{counted(told.moved, 'attribution')} moved; {counted(told.superseded, 'claim')} superseded"
        )


def _cluster(lines: IO[bytes]) -> None:
    from claims.matching import cluster

    with errors_for_people():
        read = JsonLines(lines)
        identities: list[Any] = []

        def statements() -> Iterator[Any]:
            for line in read:
                try:
                    statement = _statement(line)
                    identities.append(line["id"])
                except (KeyError, TypeError, AttributeError):
                    read.refuse('needs "id" and "text"')
                    continue
                yield statement

        numbers = cluster(statements())
        for identity, number in zip(identities, numbers, strict=True):
            print_json({"id": identity, "cluster": number})
    sys.exit(read.exit_status)


def _statement(value: dict[str, Any]) -> Any:
    from claims.matching import Statement

    text, source, cue = value["text"], value.get("source"), value.get("cue")
    if not isinstance(text, str) or not all(words is None or isinstance(words, str) for words in (source, cue)):
        raise TypeError("text, source and cue are strings")
    return Statement(text, source, cue)


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _no_number(digits)


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number that JSON can hold")


class JsonLines:
    """The objects of a JSON Lines file; a line that holds none is named on standard error and passed over."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._number = 0
        self.exit_status = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for line in self._file:
            self._number += 1
            if not line.strip():
                continue
            try:
                value = json.loads(line, parse_constant=_no_number, parse_float=_finite)
            except (ValueError, RecursionError):
                self.refuse("is no JSON")
                continue
            if isinstance(value, dict):
                yield value
            else:
                self.refuse("is no JSON object")

    def refuse(self, reason: str) -> None:
        """Say what is wrong with the line read last."""
        self.exit_status = 1
        name = getattr(self._file, "name", "input")
        warn(f"Refused {InputRefused(f'{name}, line {self._number}', reason)}")
