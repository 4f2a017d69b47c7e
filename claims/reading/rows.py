"""One record of an article (a table's row, a JSON object) into an article, by the names of its columns."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from claims.errors import InputRefused
from claims.language.characters import without_halves
from claims.reading.dates import iso_date
from claims.reading.given import Given
from claims.reading.limits import MAX_CHARACTERS
from claims.reading.lines import one_line
from claims.reading.markup import is_markup
from claims.reading.sheltered import sheltered
from claims.terms import Article

COLUMN_NAMES = {
    "text": (
        "text", "body", "article", "articletext", "articlebody", "fulltext", "maintext", "content", "contenttext",
        "bodytext", "story", "rawtext", "plaintext", "html", "contenthtml", "bodyhtml",
    ),
    "title": ("title", "headline", "head", "heading", "articletitle"),
    "published": (
        "published", "publishedat", "publicationdate", "publishdate", "publishedon", "datepublished", "pubdate",
        "date", "datetime", "articledate", "publishedtime",
    ),
    "publisher": (
        "publisher", "outlet", "newspaper", "paper", "publication", "medium", "sitename", "sourcename", "source",
        "site", "domain", "sourcedomain",
    ),
    "author": ("author", "authors", "byline", "creator", "writer"),
    "url": ("url", "link", "canonicalurl", "articleurl", "sourceurl", "weburl", "permalink", "href"),
    "language": ("language", "lang"),
}  # fmt: skip
"""The fields of an article with the names of columns that mean them, in letters only, the surest first."""

_NO_LETTER = re.compile(r"[^a-z0-9]+")
_SHOWN_COLUMNS = 12


def columns_of(name: str, head: Iterable[str], given: Given) -> dict[str, str]:
    """Which column holds which field of an article: as given, else by the columns' names.

    Raises InputRefused, naming `name` and the columns there are, where the text has none.
    """
    there = [column for column in head if isinstance(column, str)]
    by_letters: dict[str, str] = {}
    for one in there:
        by_letters.setdefault(_letters(one), one)
    found = {}
    for field, names in COLUMN_NAMES.items():
        wanted = given.columns.get(field)
        if wanted is None:
            column = next((by_letters[each] for each in names if each in by_letters), None)
        else:
            column = wanted if wanted in there else by_letters.get(_letters(wanted))
            if column is None:
                raise InputRefused(name, f"has no column {wanted!r} for the {field}; {_shown(there)}")
        if column is not None:
            found[field] = column
    if "text" not in found:
        raise InputRefused(name, f"has no column that is known to hold the text; {_shown(there)}: say which is which")
    return found


def row_article(name: str, row: Mapping[str, Any], columns: Mapping[str, str]) -> Article:
    """The article in a row. Raises InputRefused, naming `name`, for a row without one."""
    value = row.get(columns["text"])
    if not isinstance(value, str) or not value.strip():
        raise InputRefused(name, f"has no text in its column {columns['text']!r}")
    if "\0" in value:
        raise InputRefused(name, "its text has a NUL in it: is it binary?")
    notes = []
    text = value
    if is_markup(value):
        text = sheltered(name, "claims.reading.markup:text_in", without_halves(value).encode())
        notes.append("HTML read as text")
        if not text:
            raise InputRefused(name, "there is no text in its HTML")
    if len(text) > MAX_CHARACTERS:
        raise InputRefused(name, f"holds {len(text):,} characters; an article has at most {MAX_CHARACTERS:,}")

    def told(field: str) -> str | None:
        return _words(row.get(columns[field])) if field in columns else None

    day = told("published")
    published = iso_date(day) if day else None
    if day and not published:
        notes.append(f"no day could be read from the date {day[:40]!r}")
    return Article(
        name,
        without_halves(text),
        title=told("title"),
        published=published,
        publisher=told("publisher"),
        author=told("author"),
        url=told("url"),
        language=told("language"),
        notes=tuple(notes),
    )


def _words(value: object) -> str | None:
    """What a cell says on one line: a list's members, an object's name."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        members = (_words(member) for member in value[:20] if not isinstance(member, list))
        return ", ".join(word for word in members if word) or None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return one_line(str(value))


def _letters(column: str) -> str:
    return _NO_LETTER.sub("", column.lower())


def _shown(columns: list[str]) -> str:
    names = ", ".join(column[:40] for column in columns[:_SHOWN_COLUMNS])
    return f"its columns are {names}{' …' if len(columns) > _SHOWN_COLUMNS else ''}" if names else "it has no columns"
