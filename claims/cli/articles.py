"""`claims ingest` and `claims extract`: articles in, attributions out."""

import sys
from pathlib import Path
from typing import Any

import click

from claims.cli.options import database_option, errors_for_people, model_option, print_json, warn
from claims.errors import InputRefused
from claims.terms import ROLES, Article, Attribution, Source

_paths = click.argument("paths", nargs=-1, required=True, metavar="PATH...")
_narrated = click.option("--narrated", is_flag=True, help="Take in sentences in the outlet's own voice, too.")


@click.command()
@_paths
@database_option
@model_option
@_narrated
def ingest(paths: tuple[str, ...], database: Path, model: Path | None, narrated: bool) -> None:
    """Read articles, split them into attributed claims, store them.

    PATH is a text or HTML file, a folder of them, a URL, or - for standard input. What cannot be read is named and
    passed over. An article that is stored already changes nothing.
    """
    from claims.attribution.tagger import Tagger
    from claims.cli.summary import Summary
    from claims.extraction import extract as extract_from
    from claims.reading import read_articles
    from claims.store import Store

    summary = Summary(database)
    with errors_for_people(), Store.open(database) as store:
        tagger: Tagger | None = None
        for article in read_articles(paths):
            if isinstance(article, InputRefused):
                summary.refused(article)
                continue
            _show_notes(article)
            known_as = store.known_as(article)
            if known_as is not None:
                summary.known(article, known_as)
                continue
            tagger = tagger or Tagger(model)
            try:
                summary.added(article, store.add(article, extract_from(article, tagger, narrated=narrated)))
            except InputRefused as refusal:
                summary.refused(refusal)
        click.echo(summary.text(store.counts()))
    sys.exit(summary.exit_status)


@click.command()
@_paths
@model_option
@_narrated
def extract(paths: tuple[str, ...], model: Path | None, narrated: bool) -> None:
    """Read articles and print each attribution as a line of JSON; no database.

    PATH is a text or HTML file, a folder of them, a URL, or - for standard input.
    """
    from claims.attribution.tagger import Tagger
    from claims.extraction import extract as extract_from
    from claims.reading import read_articles

    refused = False
    with errors_for_people():
        tagger: Tagger | None = None
        for article in read_articles(paths):
            if isinstance(article, InputRefused):
                warn(f"Refused {article}")
                refused = True
                continue
            _show_notes(article)
            tagger = tagger or Tagger(model)
            for attribution in extract_from(article, tagger, narrated=narrated):
                print_json(as_line(article, attribution))
    sys.exit(1 if refused else 0)


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
