"""One record of an article (a table's row, a JSON object) into an article, by the names of its columns."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from claims.errors import InputRefused
from claims.language.characters import without_halves
from claims.reading.dates import iso_date
from claims.reading.given import NOTHING_GIVEN, Given
from claims.reading.limits import MAX_CHARACTERS
from claims.reading.markup import is_markup
from claims.reading.printable import one_line, plain_line
from claims.reading.sheltered import sheltered
from claims.terms import Article

COLUMN_NAMES = {
    "text": (
        "text", "body", "article", "articletext", "articlebody", "fulltext", "maintext", "content", "contenttext",
        "bodytext", "story", "rawtext", "plaintext", "html", "contenthtml", "bodyhtml",
    ),
    "title": ("title", "headline", "head", "heading", "articletitle", "webtitle"),
    "published": (
        "published", "publishedat", "publicationdate", "webpublicationdate", "publishdate", "publishedon",
        "datepublished", "datepublish", "pubdate", "date", "datetime", "articledate", "publishedtime",
    ),
    "publisher": (
        "publisher", "outlet", "newspaper", "paper", "publication", "medium", "medianame", "sitename", "sourcename",
        "sourcecommonname", "source", "site", "domain", "sourcedomain", "sourcehostname", "hostname",
    ),
    "author": ("author", "authors", "byline", "creator", "writer", "reporter", "journalist"),
    "url": (
        "url", "link", "canonicalurl", "articleurl", "sourceurl", "weburl", "permalink", "href", "weblink",
        "articlelink", "documentidentifier", "source",
    ),
    "language": ("language", "lang"),
}  # fmt: skip
"""The fields of an article with the names of columns that mean them, in letters only, the surest first."""

_CONTAINERS = frozenset("_source article attributes data doc document fields item node record".split())  # noqa: SIM905
"""The objects inside an object whose members are as good as its own, in the exports of search engines and archives."""

_INNER = ("name", "title", "rendered", "main", "$date")
"""What an object in the place of a word says: {"name": "Reuters"}, {"rendered": "<p>…"}, the first of these."""

_NO_LETTER = re.compile(r"[^a-z0-9]+")
_STUMP = re.compile(r"\[\+\s?\d+ (?:chars|characters|more)\]\s*$|^\s*\[removed\]\s*$", re.IGNORECASE)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_DEEPEST = 4
_MOST_COLUMNS = 1000
_SHOWN_COLUMNS = 12


def flat(value: Mapping[str, Any]) -> dict[str, Any]:
    """An object's members by their names, those of objects in it by theirs with a dot: "fields", "fields.headline"."""
    columns: dict[str, Any] = {}

    def add(inner: Mapping[str, Any], before: str, depth: int) -> None:
        for key, member in inner.items():
            if len(columns) >= _MOST_COLUMNS:
                return
            columns[before + key] = member
            if isinstance(member, dict) and depth < _DEEPEST:
                add(member, f"{before}{key}.", depth + 1)

    add(value, "", 1)
    return columns


def columns_of(name: str, head: Iterable[str], given: Given) -> dict[str, tuple[str, ...]]:
    """Which columns hold which field of an article, the surest first: the one that is given, else by their names.

    Raises InputRefused, naming `name` and the columns there are, where the text has none.
    """
    there = list(head)
    found = _known_columns(there, given)
    for field, wanted in given.columns.items():
        if field not in found:
            raise InputRefused(name, f"has no column {wanted!r} for the {field}; {_shown(there)}")
    if "text" not in found:
        reason = f"has no column that is known to hold the text; {_shown(there)}: say which is which"
        if "url" in found:
            reason += f", or ingest what stands at the addresses in {found['url'][0]!r} (@FILE: a list, one a line)"
        raise InputRefused(name, reason)
    return found


def facts_in(row: Mapping[str, Any]) -> dict[str, str]:
    """What a row of words tells of an article, its text apart, each field of Article by its name."""
    columns = _known_columns(list(row), NOTHING_GIVEN)
    facts = {field: _first(field, row, columns) for field in columns if field != "text"}
    return {field: fact for field, fact in facts.items() if fact}


def _known_columns(there: list[str], given: Given) -> dict[str, tuple[str, ...]]:
    names_there = frozenset(there)
    by_letters: dict[str, str] = {}
    by_own_name: dict[str, str] = {}
    for one in sorted(there, key=lambda column: column.count(".")):
        by_letters.setdefault(_letters(one), one)
        container, _, own = one.rpartition(".")
        if container and all(each in _CONTAINERS for each in container.split(".")):
            by_own_name.setdefault(_letters(own), one)
        elif one[:1] != "_" and not (container and container in names_there):
            by_own_name.setdefault(_letters(one), one)
    found: dict[str, tuple[str, ...]] = {}
    for field, names in COLUMN_NAMES.items():
        wanted = given.columns.get(field)
        if wanted is None:
            columns = tuple(by_own_name[each] for each in names if each in by_own_name)
        else:
            column = wanted if wanted in names_there else by_letters.get(_letters(wanted))
            columns = (column,) if column is not None else ()
        if columns:
            found[field] = columns
    return found


def has_text(row: Mapping[str, Any], given: Given, least: int = 1) -> bool:
    """Whether a row has at least so many characters in a column for the text."""
    try:
        return any(len(_text(row.get(column))) >= least for column in columns_of("", row, given)["text"])
    except InputRefused:
        return False


def row_article(name: str, row: Mapping[str, Any], columns: Mapping[str, tuple[str, ...]]) -> Article:
    """The article in a row. Raises InputRefused, naming `name`, for a row without one."""
    value = next(filter(None, (_text(row.get(column)) for column in columns["text"])), "")
    if not value:
        raise InputRefused(name, f"has no text in its column {columns['text'][0]!r}")
    if "\0" in value:
        raise InputRefused(name, "its text has a NUL in it: is it binary?")
    url = _first("url", row, columns)
    if stump := _STUMP.search(value[-100:]):
        there = f"; the article is at {url}" if url else ""
        raise InputRefused(name, f"has no more than the beginning of its text ({stump[0].strip()}){there}")
    notes = []
    text = value
    if is_markup(value):
        text = sheltered(name, "claims.reading.markup:text_in", without_halves(value).encode())
        notes.append("HTML read as text")
        if not text:
            raise InputRefused(name, "there is no text in its HTML")
    if len(text) > MAX_CHARACTERS:
        raise InputRefused(name, f"holds {len(text):,} characters; an article has at most {MAX_CHARACTERS:,}")
    day = _first("published", row, columns)
    published = iso_date(day) if day else None
    if day and not published:
        notes.append(f"no day could be read from the date {day[:40]!r}")
    return Article(
        name,
        without_halves(text),
        title=_first("title", row, columns),
        published=published,
        publisher=_first("publisher", row, columns),
        author=_first("author", row, columns),
        url=url,
        language=_first("language", row, columns),
        notes=tuple(notes),
    )


def _first(field: str, row: Mapping[str, Any], columns: Mapping[str, tuple[str, ...]]) -> str | None:
    """What the first column for a field that has anything says: "source" may be a name or an address, and an author
    may be no more than a number."""
    for column in columns.get(field, ()):
        words = _words(row.get(column))
        if not words or (_letters(column) == "source" and bool(_WEB.match(words)) != (field == "url")):
            continue
        if field in ("author", "publisher") and words.isdecimal():
            continue
        return plain_line(words) if field in ("title", "author", "publisher") else words
    return None


def _text(value: object) -> str:
    """The text in a cell, "" for none: also as an object's, or as a list of paragraphs."""
    if isinstance(value, dict):
        value = value.get("rendered")
    if isinstance(value, list) and all(isinstance(member, str) for member in value):
        value = "\n\n".join(value)
    return value if isinstance(value, str) and value.strip() else ""


def _words(value: object) -> str | None:
    """What a cell says on one line: a list's members, an object's name."""
    if isinstance(value, dict):
        value = next((value[key] for key in _INNER if isinstance(value.get(key), str)), None)
    if isinstance(value, list):
        members = (_words(member) for member in value[:20] if not isinstance(member, list))
        return ", ".join(word for word in members if word) or None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return one_line(str(value))


def _letters(column: str) -> str:
    return _NO_LETTER.sub("", column.lower())


def _shown(columns: list[str]) -> str:
    names = [column[:40] for column in columns if column.strip()]
    more = " …" if len(names) > _SHOWN_COLUMNS else ""
    return f"its columns are {', '.join(names[:_SHOWN_COLUMNS])}{more}" if names else "it has no columns"
