"""Paths into articles: files, folders, URLs and standard input, each read or refused by name."""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from claims.errors import InputRefused
from claims.reading.decoding import decode
from claims.reading.fetching import fetch
from claims.reading.given import NOTHING_GIVEN, Given
from claims.reading.head import read_head
from claims.reading.limits import MAX_BYTES
from claims.reading.pages import is_page, read_page
from claims.reading.tongues import in_english
from claims.terms import Article

TEXT_ENDINGS = (".txt", ".text", ".md", ".markdown")
PAGE_ENDINGS = (".html", ".htm", ".xhtml")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")


def read_articles(paths: Iterable[str], given: Given = NOTHING_GIVEN) -> Iterator[Article | InputRefused]:
    """Each article that `paths` name, in their order; what cannot be read comes as the error that says why.

    A path is a file, a folder (its text and HTML files, subfolders too, by name), a URL or "-" for standard input.
    What is `given` of all of them wins over what they say themselves.
    """
    for found in _found(paths, given):
        yield _admitted(found, given) if isinstance(found, Article) else found


def _admitted(article: Article, given: Given) -> Article | InputRefused:
    try:
        return in_english(given.over(article))
    except InputRefused as refusal:
        return refusal


def _found(paths: Iterable[str], given: Given) -> Iterator[Article | InputRefused]:
    for path in paths:
        scheme = _SCHEME.match(path)
        if not path:
            yield InputRefused("''", "is no path: it is empty")
        elif path == "-":
            yield _read_standard_input()
        elif scheme:
            yield _read_url(path, scheme[1].lower(), given)
        elif os.path.isdir(path):  # unlike Path.is_dir it never raises
            yield from _read_folder(path)
        else:
            yield _read_file(path)


def _read_standard_input() -> Article | InputRefused:
    try:
        data = sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b""
    except OSError as error:
        return InputRefused("-", f"standard input cannot be read ({error.strerror})")
    return _attempt("-", data)


def _read_url(url: str, scheme: str, given: Given) -> Article | InputRefused:
    if scheme not in ("http", "https"):
        return InputRefused(url, f"{scheme}:// is not supported; http:// and https:// are")
    try:
        page = fetch(url, private=given.fetch_private)
        if page.is_text and not is_page(page.data):
            return _text_article(url, page.data, title=None, url=page.url)
        return read_page(url, page.data, page.url, page.charset)
    except InputRefused as refusal:
        return refusal


def _read_folder(folder: str) -> Iterator[Article | InputRefused]:
    """The articles of a folder in order of their names; folders in it that cannot be looked into are refused."""
    closed: list[OSError] = []
    found = False
    for parent, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith((*TEXT_ENDINGS, *PAGE_ENDINGS)) and not name.startswith("."):
                found = True
                yield _read_file(os.path.join(parent, name))
    for error in closed:
        yield InputRefused(_storable(str(error.filename)), f"cannot be looked into ({error.strerror})")
    if not found and not closed:
        endings = " ".join((*TEXT_ENDINGS, *PAGE_ENDINGS))
        yield InputRefused(folder, f"holds no file that can be read ({endings})")


def _read_file(path: str) -> Article | InputRefused:
    name = _storable(path)
    try:
        if os.path.exists(path) and not os.path.isfile(path):
            return InputRefused(name, "is neither a file nor a folder")
        with open(path, "rb") as file:
            return _attempt(name, file.read(MAX_BYTES + 1))
    except FileNotFoundError:
        return InputRefused(name, "no such file or folder")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        return InputRefused(name, f"cannot be read ({getattr(error, 'strerror', None) or error})")


def _attempt(path: str, data: bytes) -> Article | InputRefused:
    try:
        if path.lower().endswith(PAGE_ENDINGS) or (path == "-" and is_page(data)):
            return read_page(path, data)
        return _text_article(path, data, title=_title_from(path))
    except InputRefused as refusal:
        return refusal


def _text_article(path: str, data: bytes, title: str | None, url: str | None = None) -> Article:
    """A plain text with what its head tells; `title` stands in where that has none."""
    text, notes = decode(path, data)
    head = read_head(text)
    article = Article(path, text, title=head.title, published=head.published, url=url, notes=notes)
    return replace(article, title=article.title or title)


def _title_from(path: str) -> str | None:
    return None if path == "-" else Path(path).stem.replace("-", " ").replace("_", " ") or None


def _storable(path: str) -> str:
    """A path that can be stored and printed: bytes in it that are no UTF-8 are written out ("half\\xe9.txt")."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
