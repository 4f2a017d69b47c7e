"""`claims ingest` and `claims extract`: articles in, attributions out."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claims.cli.options import (
    database_option,
    errors_for_people,
    language_option,
    model_option,
    print_json,
    typed_text,
    warn,
)
from claims.errors import InputRefused
from claims.terms import ROLES, Article, Attribution, Source

if TYPE_CHECKING:
    from claims.reading import Given
    from claims.running import Engine

MAPPED = ("text", "title", "published", "publisher", "author", "url", "language")
"""The fields of an article that --map may take from a column."""

MOST_WORKERS = 256


def _columns(context: click.Context, option: click.Parameter, value: str | None) -> Mapping[str, str]:
    """ "title=headline,text=body" as {"title": "headline", "text": "body"}."""
    columns: dict[str, str] = {}
    for pair in value.split(",") if value is not None else ():
        field, equals, column = (part.strip() for part in pair.partition("="))
        if not (equals and column):
            raise click.BadParameter(f"{pair!r} is not FIELD=COLUMN", context, option)
        if field not in MAPPED:
            raise click.BadParameter(f"{field!r} is none of {', '.join(MAPPED)}", context, option)
        if field in columns:
            raise click.BadParameter(f"two columns for {field}", context, option)
        columns[field] = column
    return columns


def _given(context: click.Context, option: click.Parameter, value: Any) -> Any:
    return value.date().isoformat() if value is not None else None


_OPTIONS = (
    click.argument("paths", nargs=-1, required=True, metavar="PATH..."),
    click.option(
        "--published", type=click.DateTime(["%Y-%m-%d"]), callback=_given, metavar="YYYY-MM-DD",
        help="The day on which all these articles appeared, whatever they say themselves.",
    ),
    click.option("--publisher", callback=typed_text, help="Who published them, whatever they say."),
    click.option("--url", callback=typed_text, help="Where they stand on the web, whatever they say."),
    language_option,
    click.option(
        "--map", "columns", callback=_columns, metavar="FIELD=COLUMN,…",
        help="Which columns of tables (JSON Lines, CSV) hold what: title=headline,text=body.",
    ),
    click.option("--private", is_flag=True, help="Fetch from this machine and its local network, too."),
    click.option("--narrated", is_flag=True, help="Take in sentences in the outlet's own voice, too."),
    click.option(
        "--workers", type=click.IntRange(1, MOST_WORKERS), metavar="N",
        help="Extract in N processes beside this one, which reads and stores; the result is the same for any N.",
    ),
    click.option(
        "--dask", metavar="ADDRESS", help="Extract on the workers of this Dask scheduler (tcp://host:8786)."
    ),
)  # fmt: skip


@dataclass(frozen=True)
class _Reading:
    """What commands that read articles and extract are told."""

    paths: tuple[str, ...]
    given: "Given"
    narrated: bool
    workers: int | None
    dask: str | None


def _reads_articles(command: Callable[..., Any]) -> Callable[..., Any]:
    """The argument and the options of commands that read articles and extract, which they get as one _Reading."""

    @wraps(command)
    def gathered(
        paths: tuple[str, ...],
        published: str | None,
        publisher: str | None,
        url: str | None,
        language: str | None,
        columns: Mapping[str, str],
        private: bool,
        narrated: bool,
        workers: int | None,
        dask: str | None,
        **others: Any,
    ) -> Any:
        from claims.reading import Given

        given = Given(published, publisher, url, columns, private, language)
        return command(_Reading(paths, given, narrated, workers, dask), **others)

    for option in reversed(_OPTIONS):
        gathered = option(gathered)
    return gathered


@click.command()
@_reads_articles
@database_option
@model_option
def ingest(reading: _Reading, database: Path, model: Path | None) -> None:
    """Read articles, split them into attributed claims, store them.

    PATH is a file (text, Markdown, HTML, PDF, or many articles in one: a feed, JSON Lines, CSV, WARC; packed as .gz,
    too), a folder or pattern of files, a URL, @FILE for a list of paths, or - for standard input. What cannot be read
    is named and passed over. An article that is stored already changes nothing, so that a run that was stopped goes on
    where it was when it is started again.
    """
    from claims.cli.progress import progress
    from claims.cli.summary import Summary
    from claims.reading import read_articles
    from claims.running import Extracted, Known, run
    from claims.store import Store

    summary = Summary(database)
    with (
        errors_for_people(),
        _stopped(summary.stopped),
        _engine(model, reading) as engine,
        Store.open(database) as store,
        progress(reading.paths) as told,
    ):
        for outcome in run(read_articles(reading.paths, reading.given), engine, store.known_as):
            with told.step():
                if isinstance(outcome, InputRefused):
                    summary.refused(outcome)
                    continue
                _show_notes(outcome.article)
                if isinstance(outcome, Known):
                    summary.known(outcome.article, outcome.known_as)
                    continue
                assert isinstance(outcome, Extracted)
                try:
                    summary.added(outcome.article, store.add(outcome.article, outcome.attributions))
                except InputRefused as refusal:
                    summary.refused(refusal)
        told.clear()
        click.echo(summary.text(store.counts()))
    sys.exit(summary.exit_status)


@click.command()
@_reads_articles
@model_option
def extract(reading: _Reading, model: Path | None) -> None:
    """Read articles and print each attribution as a line of JSON; no database.

    PATH is a file (text, Markdown, HTML, PDF, or many articles in one: a feed, JSON Lines, CSV, WARC; packed as .gz,
    too), a folder or pattern of files, a URL, @FILE for a list of paths, or - for standard input.
    """
    from claims.cli.progress import progress
    from claims.reading import read_articles
    from claims.running import Extracted, run

    refused = False
    with (
        errors_for_people(),
        _stopped(lambda: "Stopped."),
        _engine(model, reading) as engine,
        progress(reading.paths) as told,
    ):
        for outcome in run(read_articles(reading.paths, reading.given), engine):
            with told.step():
                if isinstance(outcome, InputRefused):
                    warn(f"Refused {outcome}")
                    refused = True
                    continue
                assert isinstance(outcome, Extracted)
                _show_notes(outcome.article)
                for attribution in outcome.attributions:
                    print_json(as_line(outcome.article, attribution))
    sys.exit(1 if refused else 0)


def _engine(model: Path | None, reading: _Reading) -> "Engine":
    """What extracts: this process, others beside it, or a cluster."""
    from claims.running import Here, Job, Processes

    job = Job(model, reading.narrated)
    if reading.dask is not None:
        from claims.running.cluster import Cluster

        if reading.workers is not None:
            raise click.UsageError("--workers and --dask are two ways of doing it: take one")
        return Cluster(job, reading.dask)
    return Processes(job, reading.workers) if reading.workers is not None else Here(job)


@contextmanager
def _stopped(last_line: Callable[[], str]) -> Iterator[None]:
    """Ctrl+C ends the command with one line and the status that shells expect."""
    try:
        yield
    except KeyboardInterrupt:
        warn(last_line())
        sys.exit(130)


def as_line(article: Article, attribution: Attribution) -> dict[str, Any]:
    """An attribution as `claims extract` prints it."""
    sources = [_as_object(source) for source in attribution.sources]
    relation, when, where = attribution.relation, attribution.when, attribution.where
    return {
        "article": article.path,
        "text": attribution.text,
        "source": sources if len(sources) > 1 else sources[0] if sources else None,
        "cue": {"text": attribution.cue, "lemma": attribution.cue_lemma},
        "form": attribution.form,
        "stance": attribution.stance,
        "confidence": relation.confidence,
        "rule": relation.rule,
        "spans": {role: [list(span) for span in getattr(relation, role)] for role in ROLES},
        "id": attribution.id,
        "parent": attribution.parent,
        "act": attribution.act,
        "hedges": [{"text": hedge.text, "by": hedge.by, "span": list(hedge.span)} for hedge in attribution.hedges],
        "when": {"text": when.text, "date": when.date, "span": list(when.span)} if when else None,
        "where": {"text": where.text, "span": list(where.span)} if where else None,
    }


def _as_object(source: Source) -> dict[str, Any]:
    return {
        "text": source.text,
        "name": source.name,
        "kind": source.kind,
        "rule": source.rule,
        "named": source.named,
        "names": list(source.names),
        "country": source.country,
        "roles": [{"text": role.text, "office": role.office, "of": role.of} for role in source.roles],
    }


def _show_notes(article: Article) -> None:
    for note in article.notes:
        warn(f"Note {article.path}: {note}")
