"""The command line: thin commands over the rooms, which they import only when they run."""

import click

from claims import __version__
from claims.cli.lazy import LazyGroup


@click.group(
    cls=LazyGroup,
    commands_in={
        "ingest": ("claims.cli.articles:ingest", "Read articles and store their claims."),
        "extract": ("claims.cli.articles:extract", "Read articles and print their attributions."),
        "watch": ("claims.cli.watching:watch", "Poll feeds, store what is new, print each new claim."),
        "match": ("claims.cli.matching:match", "Find the known claims nearest to a wording, or judge pairs."),
        "dedupe": ("claims.cli.matching:dedupe", "Cluster wordings of claims, those of a file or all of a database."),
        "sources": ("claims.cli.sources:sources", "See who is known as a source, and decide who is who."),
        "duplicates": ("claims.cli.duplicates:duplicates", "Decide which claims that look alike are one."),
        "history": ("claims.cli.claim_history:history", "Who made a claim when, its links, what was decided."),
        "merge": ("claims.cli.claims_deciding:merge", "Say that claims are one."),
        "split": ("claims.cli.claims_deciding:split", "Say that one claim is two."),
        "undo": ("claims.cli.claims_deciding:undo", "Take a decision about claims back."),
        "decisions": ("claims.cli.claims_deciding:decisions", "What people decided about claims, latest first."),
        "check": ("claims.cli.keeping:check", "Verify a database: the file, texts, indexes, counts."),
        "backup": ("claims.cli.keeping:backup", "Copy a database, also while others use it."),
        "serve": ("claims.cli.serving:serve", "Browse the database in Datasette."),
        "evaluate": ("claims.cli.training:evaluate", "Score the program on annotated articles."),
        "train": ("claims.cli.training:train", "Train a model on your own annotated articles."),
    },
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="claims")
def main() -> None:
    """Who said this, when, in which words, who else said it, and who denied it?

    `claims ingest article.txt` splits articles into attributed claims and stores them in SQLite;
    `claims serve` opens them in the browser.
    """
