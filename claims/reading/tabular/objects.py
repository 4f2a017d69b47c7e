"""JSON into articles: an object a line, an array of objects, one object, or one that holds a list of them."""

import io
import json
import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from claims.errors import InputRefused, NotArticles
from claims.reading.given import Given
from claims.reading.limits import MAX_BYTES
from claims.reading.tabular.lines import TOO_LONG, lines_of
from claims.reading.tabular.refusing import few_refusals
from claims.reading.tabular.rows import columns_of, flat, has_text, row_article
from claims.terms import Article

_DEEPEST = 4
"""How many keys down a list of articles is looked for: response.docs, hits.hits."""

_PROSE = 100
"""What has fewer characters, somewhere inside a document, is a keyword, a tag or a comment."""

_MOST_OBJECTS = 1000
"""Of so many something must be an article where any is."""

_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()


@few_refusals
def read_json_lines(name: str, stream: io.BufferedReader, given: Given) -> Iterator[Article | InputRefused]:
    """The articles of a file with a JSON object a line, each named "FILE#LINE"; broken lines come as refusals.

    Raises InputRefused for a file without any line.
    """
    yield from _from_lines(name, lines_of(stream), given)


@few_refusals
def read_json(name: str, stream: io.BufferedReader, given: Given) -> Iterator[Article | InputRefused]:
    """The articles of a JSON document, or of objects a line or one after another: each named "FILE#PLACE", one that is
    the whole document by its file. Raises InputRefused where there are none."""
    lines = lines_of(stream)
    held: list[str] = []
    beginning: list[str] = []
    size = 0
    for line in lines:
        size += len(line or "")
        if line is None or size > MAX_BYTES:
            raise InputRefused(name, "is JSON too large to be read as a whole; JSON Lines (jq -c '.[]') may be larger")
        held.append(line)
        if len(beginning) < 2 and line.strip():
            beginning.append(line.lstrip())
            # Two lines, one of which may be broken, with an object each.
            if len(beginning) == 2 and all(one[0] == "{" for one in beginning) and any(map(_is_object, beginning)):
                yield from _from_lines(name, chain(held, lines), given)
                return
    if not beginning:
        raise InputRefused(name, "is empty: there is no article in it")
    yield from _from_document(name, "".join(held).strip(), given)


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _from_lines(name: str, lines: Iterator[str | None], given: Given) -> Iterator[Article | InputRefused]:
    empty = True
    for number, line in enumerate(lines, 1):
        if line is not None and not line.strip():
            continue
        empty = False
        row = f"{name}#{number}"
        try:
            if line is None:
                raise InputRefused(row, TOO_LONG)
            line = line.strip()
            value, end = _value(row, line, 0)
            if end < len(line):
                raise InputRefused(row, f"is no JSON (there is more than an object at character {end + 1})")
            yield from _articles(row, f"{row}.", value, given)
        except InputRefused as refusal:
            yield InputRefused(refusal.name, refusal.reason)
    if empty:
        raise InputRefused(name, "is empty: there is no article in it")


def _from_document(name: str, text: str, given: Given) -> Iterator[Article | InputRefused]:
    """The articles of an array, or of the objects that `text` consists of, up to where it is broken."""
    array = text.startswith("[")
    values: list[Any] = []
    place = int(array)
    broken = None
    while (place := _past(_BETWEEN, text, place)) < len(text) and not (array and text[place] == "]"):
        try:
            value, place = _value(f"{name}#{len(values) + 1}", text, place)
        except InputRefused as refusal:
            broken = InputRefused(refusal.name, f"{refusal.reason}; nothing is read from there on")
            break
        values.append(value)
    else:
        if array and place >= len(text):
            broken = InputRefused(f"{name}#{len(values)}", "is the last: the array breaks off after it")
        elif array and text[place + 1 :].strip():
            broken = InputRefused(f"{name}#{len(values) + 1}", "stands behind the array's end, and is not read")
    if not values and broken:
        raise InputRefused(name, broken.reason)
    if len(values) == 1 and not array:
        yield from _articles(name, f"{name}#", values[0], given)
    else:
        yield from _articles(name, f"{name}#", values, given)
    if broken:
        yield broken


def _past(pattern: re.Pattern[str], text: str, place: int) -> int:
    found = pattern.match(text, place)
    return found.end() if found else place


def _value(row: str, text: str, place: int) -> tuple[Any, int]:
    """The JSON value at a place in `text`, and where it ends. Raises InputRefused, naming `row`."""
    try:
        return _DECODER.raw_decode(text, place)
    except json.JSONDecodeError as error:
        raise InputRefused(row, f"is no JSON ({error.msg} at character {error.pos + 1})") from error
    except (RecursionError, ValueError) as error:  # ValueError: a number of thousands of digits
        raise InputRefused(row, "is JSON that nobody can mean: too deep, or with too long a number") from error


def _articles(row: str, inner: str, value: Any, given: Given) -> Iterator[Article | InputRefused]:
    """The articles that a value holds: the one that it is, named `row`, or those of a list in it, named by their place
    with `inner` before it. Raises InputRefused, naming `row`, where there are none."""
    if _is_article(value, given):
        columns = flat(value)
        yield row_article(row, columns, columns_of(row, columns, given))
        return
    lists = dict(islice(_lists(value), _MOST_OBJECTS))
    fits = _is_article if isinstance(value, list) else _is_surely_article
    fitting = [
        path
        for path, members in lists.items()
        if any(fits(one, given) or _holds_some(one, given) for one in members[:_MOST_OBJECTS])
    ]
    if len(fitting) > 1:
        raise InputRefused(row, f"holds several lists of articles ({', '.join(fitting[:5])}): make each a file")
    if not fitting:
        alone = list(_outermost(value, given))
        if len(alone) != 1:
            raise _nothing(row, value, lists, given)
        yield from _articles(row, inner, alone[0], given)
        return
    for number, member in enumerate(lists[fitting[0]], 1):
        named = f"{inner}{number}"
        try:
            yield from _articles(named, f"{named}.", member, given)
        except InputRefused as refusal:
            yield InputRefused(refusal.name, refusal.reason)


def _is_article(value: Any, given: Given) -> bool:
    return isinstance(value, dict) and has_text(flat(value), given)


def _is_surely_article(value: Any, given: Given) -> bool:
    """Whether an object somewhere inside is an article, not a comment or a keyword, which have a "text", too."""
    if not isinstance(value, dict):
        return False
    columns = flat(value)
    return has_text(columns, given, _PROSE) or (has_text(columns, given) and "title" in columns_of("", columns, given))


def _holds_some(value: Any, given: Given) -> bool:
    """Whether a member of a list is an article, or holds one in an object or a list of its own."""
    return any(_is_surely_article(one, given) for one in islice(_objects(value), _MOST_OBJECTS))


def _lists(value: Any, path: str = "", depth: int = 0) -> Iterator[tuple[str, list[Any]]]:
    """The lists in a value, the value itself among them, by the keys that lead there; not those in lists."""
    if isinstance(value, list):
        yield path, value
    elif isinstance(value, dict) and depth < _DEEPEST:
        for key, inner in value.items():
            yield from _lists(inner, f"{path}.{key}" if path else str(key), depth + 1)


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The objects in a value, itself among them."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner, depth + 1)


def _outermost(value: Any, given: Given, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The objects inside an object that are articles, each without those inside it."""
    if isinstance(value, dict) and _is_surely_article(value, given):
        yield value
    elif isinstance(value, dict) and depth < _DEEPEST:
        for inner in value.values():
            yield from _outermost(inner, given, depth + 1)


def _nothing(row: str, value: Any, lists: dict[str, list[Any]], given: Given) -> InputRefused:
    """What is to be said of a value without articles: its columns, or those of the one list in it."""
    if lists and not any(lists.values()):
        return NotArticles(row, "holds no article: its list of them is empty")
    filled = [members for members in lists.values() if members]
    shown = next((one for one in filled[0] if isinstance(one, dict)), None) if len(filled) == 1 else value
    if not isinstance(shown, dict):
        return NotArticles(row, "is no JSON object, and holds none")
    columns = flat(shown)
    try:
        columns_of(row, columns, given)
        reason = "has no text in the column for it"
    except InputRefused as refusal:
        reason = refusal.reason
    prose = any(isinstance(each, str) and len(each) >= _PROSE for each in columns.values())
    return InputRefused(row, reason) if prose else NotArticles(row, reason)
