"""The command line: thin commands over the rooms, which they import only when they run."""

import click

from claims import __version__
from claims.cli.lazy import LazyGroup


@click.group(
    cls=LazyGroup,
    commands_in={
        "ingest": "claims.cli.articles:ingest",
        "extract": "claims.cli.articles:extract",
        "match": "claims.cli.matching:match",
        "dedupe": "claims.cli.matching:dedupe",
        "serve": "claims.cli.serving:serve",
    },
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="claims")
def main() -> None:
    """Who said this, when, in which words, who else said it, and who denied it?

    `claims ingest article.txt` splits articles into attributed claims and stores them in SQLite;
    `claims serve` opens them in the browser.
    """
