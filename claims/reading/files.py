"""Paths into articles: files, folders, URLs and standard input, each read or refused by name."""

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from claims.errors import InputRefused
from claims.reading.decoding import decode
from claims.reading.head import read_head
from claims.reading.limits import MAX_BYTES
from claims.reading.pages import fetch, is_page, read_page
from claims.terms import Article

TEXT_ENDINGS = (".txt", ".text", ".md", ".markdown")
PAGE_ENDINGS = (".html", ".htm", ".xhtml")


def read_articles(paths: Iterable[str]) -> Iterator[Article | InputRefused]:
    """Each article that `paths` name, in their order; what cannot be read comes as the error that says why.

    A path is a file, a folder (its text and HTML files, subfolders too, by name), a URL or "-" for standard input.
    """
    for path in paths:
        if path == "-":
            yield _attempt("-", sys.stdin.buffer.read(MAX_BYTES + 1))
        elif path.startswith(("http://", "https://")):
            try:
                page = fetch(path)
                yield read_page(path, page, url=path)
            except InputRefused as refusal:
                yield refusal
        elif Path(path).is_dir():
            found = list(_files_in(Path(path)))
            if not found:
                endings = " ".join((*TEXT_ENDINGS, *PAGE_ENDINGS))
                yield InputRefused(path, f"holds no file that can be read ({endings})")
            for file in found:
                yield _read_file(str(file))
        else:
            yield _read_file(path)


def _files_in(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith((*TEXT_ENDINGS, *PAGE_ENDINGS)) and not name.startswith("."):
                yield Path(parent, name)


def _read_file(path: str) -> Article | InputRefused:
    try:
        if Path(path).exists() and not Path(path).is_file():
            return InputRefused(path, "is neither a file nor a folder")
        with open(path, "rb") as file:
            return _attempt(path, file.read(MAX_BYTES + 1))
    except FileNotFoundError:
        return InputRefused(path, "no such file or folder")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        return InputRefused(path, f"cannot be read ({getattr(error, 'strerror', None) or error})")


def _attempt(path: str, data: bytes) -> Article | InputRefused:
    try:
        if path.lower().endswith(PAGE_ENDINGS) or (path == "-" and is_page(data)):
            return read_page(path, data)
        text, notes = decode(path, data)
    except InputRefused as refusal:
        return refusal
    head = read_head(text)
    article = Article(path, text, title=head.title, published=head.published, notes=notes)
    return replace(article, title=article.title or _title_from(path))


def _title_from(path: str) -> str | None:
    return None if path == "-" else Path(path).stem.replace("-", " ").replace("_", " ") or None
