"""Options and ways of speaking that several commands share."""

import json
import os
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from claims.errors import ClaimsError

DEFAULT_DATABASE = Path("db/claims.db")
MOST = 2**31 - 1
"""What --limit takes at the most."""


def _not_empty(context: click.Context, option: click.Parameter, value: Path | None) -> Path | None:
    """An empty path (an unset variable in a script, say) would mean the working directory."""
    if value is not None and str(value) in ("", "."):
        raise click.BadParameter("names no file or folder", context, option)
    return value


def database_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """--db PATH, else CLAIMS_DB, else db/claims.db."""
    return click.option(
        "--db",
        "database",
        type=click.Path(path_type=Path),
        callback=_not_empty,
        envvar="CLAIMS_DB",
        default=DEFAULT_DATABASE,
        show_default=True,
        show_envvar=True,
        help="The SQLite database.",
    )(command)


def model_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """--model DIR, else CLAIMS_MODEL, else the model in the package."""
    return click.option(
        "--model",
        type=click.Path(path_type=Path),
        callback=_not_empty,
        envvar="CLAIMS_MODEL",
        show_envvar=True,
        help="A folder with another trained model.",
    )(command)


def _supported(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    if value is not None and value.lower() != "en":
        raise click.BadParameter(f"{value!r} is not supported; only English (en) can be read yet", context, option)
    return value and "en"


def language_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """--language en: what is read is English, whatever it looks like."""
    return click.option(
        "--language",
        callback=_supported,
        metavar="en",
        help="Read it as English (en) even where it looks like another language, which would be refused.",
    )(command)


as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


def limit_option(default: int, what: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """--limit, how many are shown."""
    return click.option("--limit", default=default, show_default=True, type=click.IntRange(1, MOST), help=what)


def typed_text(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
    """Words from the command line (one, several or none): on one line, not empty, such as can be stored."""
    if value is None or isinstance(value, tuple):
        return value and tuple(typed_text(context, parameter, one) for one in value)
    if not is_utf8(value):
        raise click.BadParameter("is not UTF-8", context, parameter)
    if not value.strip():
        raise click.BadParameter("is empty", context, parameter)
    return " ".join(value.split())


def database_flag(database: Path) -> str:
    """What a command that people are told to type needs beside, for another database than the usual one."""
    return "" if database == DEFAULT_DATABASE else printable(f" --db {shlex.quote(str(database))}")


def warn(message: str) -> None:
    """One line on standard error."""
    click.echo(printable(message), err=True)


def printable(text: str) -> str:
    """Text from the world for a terminal: what would move the cursor, colour or turn the line is written out."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def print_json(value: object) -> None:
    """One JSON object a line on standard output; half characters (lone surrogates) are escaped, as JSON can."""
    line = json.dumps(value, ensure_ascii=False)
    click.echo(line if is_utf8(line) else json.dumps(value))


def is_utf8(text: str) -> bool:
    """Whether the text can be written down at all: lone surrogates cannot."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


@contextmanager
def progress_line() -> Iterator[Callable[[str], None]]:
    """What shows how far a long work is: a line on standard error that gives way to the next, on a terminal only."""
    shown = sys.stderr.isatty()

    def tell(line: str) -> None:
        if shown:
            click.echo(f"\r\033[K{printable(line)}", nl=False, err=True)

    try:
        yield tell
    finally:
        tell("")


@contextmanager
def errors_for_people() -> Iterator[None]:
    """Errors meant for people end the command with their message and status 1, Ctrl+C with 130; a closed pipe ends it
    quietly, a full disk behind standard output in words."""
    try:
        yield
    except ClaimsError as error:
        warn(f"Error: {error}")
        sys.exit(1)
    except KeyboardInterrupt:
        warn("Stopped. What was stored stays.")
        sys.exit(130)
    except OSError as error:
        if not isinstance(error, BrokenPipeError):  # else the reader (`| head`) has what it wanted
            warn(f"Error: cannot write what was found ({error.strerror or error})")
        # Python would complain again on flushing at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
