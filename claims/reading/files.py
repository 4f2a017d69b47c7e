"""Paths into articles: files, folders, patterns, lists, URLs and standard input, each read or refused by name."""

import glob
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from typing import BinaryIO

from claims.errors import InputRefused, NotArticles
from claims.reading.admitting import admitted
from claims.reading.formats import ENDINGS, PAGE_ENDINGS, TEXT_ENDINGS, is_readable, reader_for
from claims.reading.given import NOTHING_GIVEN, Given
from claims.reading.packed import opened
from claims.terms import Article

__all__ = ["PAGE_ENDINGS", "TEXT_ENDINGS", "read_articles"]

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_PATTERN = re.compile(r"[*?\[]")
_LONGEST_PATH = 10_000


def read_articles(paths: Iterable[str], given: Given = NOTHING_GIVEN) -> Iterator[Article | InputRefused]:
    """Each article that `paths` name, in their order; what cannot be read comes as the error that says why.

    A path is a file, a folder (the files in it that can be read, subfolders too, by name), a pattern ("a/*.txt"; "**"
    stands for folders in folders), a URL, "-" for standard input, or "@FILE" for the paths that stand in FILE, one a
    line. What is `given` of all of them wins over what they say themselves.
    """
    for path in paths:
        for found in _listed(path[1:], given) if path.startswith("@") else _found(path, given):
            yield admitted(found, given) if isinstance(found, Article) else found


def _found(path: str, given: Given) -> Iterator[Article | InputRefused]:
    scheme = _SCHEME.match(path)
    if not path:
        yield InputRefused("''", "is no path: it is empty")
    elif path == "-":
        yield from _read_stream("-", _standard_input(), given)
    elif scheme:
        yield from _read_url(path, scheme[1].lower(), given)
    elif os.path.isdir(path):  # unlike Path.is_dir it never raises
        yield from _read_folder(path, given)
    elif _PATTERN.search(path) and not os.path.exists(path):
        yield from _read_pattern(path, given)
    else:
        yield from _read_file(path, given)


def _listed(path: str, given: Given) -> Iterator[Article | InputRefused]:
    """The articles of all paths in a list, whose blank lines and comments (#) are passed over."""
    name = _storable(f"@{path}")
    try:
        with nullcontext(_standard_input()) if path == "-" else open(path, "rb") as file:
            stream = opened(name, file)
            while line := stream.readline(_LONGEST_PATH + 1):
                listed = os.fsdecode(line.strip().removeprefix(b"\xef\xbb\xbf"))
                if len(line) > _LONGEST_PATH:
                    yield InputRefused(name, f"has a line of more than {_LONGEST_PATH:,} characters: is it a list?")
                    return
                if not listed or listed.startswith("#"):
                    continue
                if listed.startswith("@") or listed == "-":
                    yield InputRefused(_storable(listed), f"stands in the list {name[1:]}, which may name files only")
                    continue
                yield from _found(listed, given)
    except InputRefused as refusal:
        yield refusal
    except (OSError, ValueError) as error:
        yield InputRefused(name, f"the list cannot be read ({getattr(error, 'strerror', None) or error})")


def _standard_input() -> BinaryIO:
    """Standard input as bytes; nothing where it was closed."""
    return sys.stdin.buffer if sys.stdin else io.BytesIO()


def _read_url(url: str, scheme: str, given: Given) -> Iterator[Article | InputRefused]:
    if scheme not in ("http", "https"):
        yield InputRefused(url, f"{scheme}:// is not supported; http:// and https:// are")
        return
    # What speaks to the web takes a while to load, and most runs read files alone.
    from claims.reading.web.arrivals import KINDS, read_fetched
    from claims.reading.web.fetching import fetch

    try:
        yield from read_fetched(url, fetch(url, private=given.fetch_private, kinds=KINDS), given)
    except InputRefused as refusal:
        yield refusal


def _read_folder(folder: str, given: Given) -> Iterator[Article | InputRefused]:
    """The articles of a folder in order of their names; folders in it that cannot be looked into are refused.

    Files that nobody named and that are of another kind (a site's map among its pages) are passed over.
    """
    closed: list[OSError] = []
    passed: list[NotArticles] = []
    told = False
    for parent, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if is_readable(name) and not name.startswith("."):
                for found in _read_file(os.path.join(parent, name), given):
                    if isinstance(found, NotArticles):
                        passed.append(found)
                        continue
                    told = True
                    yield found
    for error in closed:
        yield InputRefused(_storable(str(error.filename)), f"cannot be looked into ({error.strerror})")
    if not told and not closed:
        reason = f"no file that can be read ({' '.join(ENDINGS)})"
        yield InputRefused(folder, f"holds no articles; {passed[0]}" if passed else f"holds {reason}")


def _read_pattern(pattern: str, given: Given) -> Iterator[Article | InputRefused]:
    """The articles of all files that a pattern fits, in order of their names; those of a folder if it fits that."""
    found = False
    for path in sorted(set(_fitting(pattern))):
        # "a/**" fits each folder and what is in it: a file is read once.
        if not (os.path.isdir(path) and "**" in pattern):
            found = True
            yield from _read_folder(path, given) if os.path.isdir(path) else _read_file(path, given)
    if not found:
        yield InputRefused(_storable(pattern), "no file fits this pattern")


def _fitting(pattern: str) -> Iterator[str]:
    """The paths that a pattern fits. "**" follows no links: a few that lead back would make millions of paths."""
    parts = pattern.replace(os.altsep or os.sep, os.sep).split(os.sep)
    if "**" not in parts:
        yield from glob.iglob(pattern)
        return
    place = parts.index("**")
    before, after = os.sep.join(parts[:place]), os.sep.join(parts[place + 1 :])
    starts = [start for start in glob.iglob(before) if os.path.isdir(start)] if before else [os.sep * (place > 0)]
    for start in starts:
        for folder, folders, names in os.walk(start or "."):
            folders[:] = [name for name in folders if not name.startswith(".")]
            inside = folder if start else os.path.normpath(folder).removeprefix(".")
            if after:
                yield from _fitting(os.path.join(glob.escape(inside), after))
            else:
                yield from (os.path.join(inside, name) for name in names if not name.startswith("."))


def _read_file(path: str, given: Given) -> Iterator[Article | InputRefused]:
    name = _storable(path)
    try:
        if os.path.exists(path) and not os.path.isfile(path):
            yield InputRefused(name, "is neither a file nor a folder")
            return
        with open(path, "rb") as file:
            yield from _read_stream(name, file, given)
    except FileNotFoundError:
        yield InputRefused(name, "no such file or folder")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        yield InputRefused(name, f"cannot be read ({getattr(error, 'strerror', None) or error})")


def _read_stream(name: str, file: BinaryIO, given: Given) -> Iterator[Article | InputRefused]:
    try:
        stream = opened(name, file)
        yield from reader_for(name, stream)(name, stream, given)
    except InputRefused as refusal:
        yield refusal
    except OSError as error:
        yield InputRefused(name, f"cannot be read ({error.strerror or error})")


def _storable(path: str) -> str:
    """A path that can be stored and printed: bytes in it that are no UTF-8 are written out ("half\\xe9.txt")."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
