"""`claims evaluate` and `claims train`: how good is it on annotated articles, and how to make it better there."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claims.cli.options import errors_for_people, model_option, print_json, warn

if TYPE_CHECKING:
    from claims.evaluation.corpus import Corpus
    from claims.training.calibrate import Calibration

FEW = 100
"""Fewer articles are worth a word of warning: the model that ships has learned from 840."""

SHOWN = 5
"""Texts without annotations that are named."""

_corpus = click.argument("corpus", type=click.Path(path_type=Path))


@click.command()
@_corpus
@model_option
@click.option("--reliability", is_flag=True, help="Show how often the program is right at each confidence, too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with all figures.")
def evaluate(corpus: Path, model: Path | None, reliability: bool, as_json: bool) -> None:
    """Score the program on annotated articles.

    CORPUS is a folder with text/NAME.txt and attributions/NAME_ANNOTATOR.ann (brat standoff: Source, Cue and Content,
    tied by E lines). Where several people annotated an article, the alphabetically first counts.
    """
    from claims.attribution.tagger import Tagger
    from claims.evaluation import report
    from claims.evaluation.evaluate import evaluate as evaluated

    with errors_for_people():
        read = _read(corpus)
        scores = evaluated(read.articles, Tagger(model))
        if as_json:
            print_json(report.as_json(scores))
        else:
            click.echo(report.table(scores))
            click.echo(f"\n{'calibration error':33}{scores.calibration_error:10.3f}")
            if reliability:
                click.echo("\n" + report.reliability_table(scores))
    sys.exit(1 if read.refused else 0)


@click.command()
@_corpus
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder that the model goes to.")
@click.option("--epochs", default=4, show_default=True, type=click.IntRange(1), help="How often each article is read.")
@click.option(
    "--start", type=click.Path(path_type=Path), help="A model's folder to go on from, instead of the model in use."
)
@click.option("--from-scratch", is_flag=True, help="Go on from no model; takes thousands of annotated attributions.")
@click.option(
    "--dev", type=click.Path(path_type=Path), help="A second corpus to hold out, instead of a share of CORPUS."
)
@click.option(
    "--seed", default=1, show_default=True, type=click.IntRange(0, 2**32 - 1), help="Another number draws other lots."
)
def train(
    corpus: Path, out: Path, epochs: int, start: Path | None, from_scratch: bool, dev: Path | None, seed: int
) -> None:
    """Train a model on your own annotated articles; --model DIR and CLAIMS_MODEL run it.

    CORPUS is a folder as `claims evaluate` reads it. One article in seven is held out: confidences are fitted and
    figures are taken on those.
    """
    from claims.evaluation import report
    from claims.training import newsroom

    missing = newsroom.installing_commands(from_scratch)
    if missing:
        warn("Error: training needs packages that are not installed:")
        for command in missing:
            warn(f"    {command}")
        sys.exit(2)
    with errors_for_people():
        read = _read(corpus)
        other = _read(dev) if dev else None
        articles, held_out = (read.articles, other.articles) if other else newsroom.split(read.articles, seed)
        if len(articles) < FEW:
            warn(
                f"Note {corpus}: articles to learn from: {len(articles)}. So few may make the model worse; the figures "
                "at the end compare it with the one in use."
            )
        made = newsroom.make_model(articles, held_out, newsroom.Plan(out, epochs, start, from_scratch, seed))
        measure = "content + source"
        click.echo(f"On the articles that were held out ({made.scores.articles:,}):\n\n{report.table(made.scores)}\n")
        click.echo(f"Until now: {measure} F1 {made.before.measures[measure].f1:.3f} on the same articles.")
        click.echo(_of_confidence(made.calibration))
        click.echo(f"The model is in {out}: use it with --model {out}, or set CLAIMS_MODEL.")
    sys.exit(1 if read.refused or (other and other.refused) else 0)


def _of_confidence(calibration: "Calibration") -> str:
    from claims.training.calibrate import FEWEST

    if calibration.error is None:
        return (
            f"Confidences are rough: {calibration.relations} attributions in the held-out articles are too few to fit "
            f"them to ({FEWEST}, in two articles or more, are needed)."
        )
    return f"Confidences: fitted on {calibration.relations:,} attributions, calibration error {calibration.error:.3f}."


def _read(folder: Path) -> "Corpus":
    """A corpus; what is wrong with it goes to standard error."""
    from claims.evaluation.corpus import open_corpus

    corpus = open_corpus(folder)
    for refusal in corpus.refused:
        warn(f"Refused {refusal}")
    if corpus.unannotated:
        some = ", ".join(corpus.unannotated[:SHOWN]) + (", …" if len(corpus.unannotated) > SHOWN else "")
        warn(f"Note {folder}: without annotations and passed over: {len(corpus.unannotated):,} ({some})")
    return corpus
