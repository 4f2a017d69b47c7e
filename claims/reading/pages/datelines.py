"""The day on which a page says its article first appeared, and the lines about its headline where it may say so."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from claims.reading.dates import iso_date
from claims.reading.pages.headlines import letters

_IN_ADDRESS = re.compile(
    r"/((?:19|20)\d\d)(?:/[a-z]+/|[/-])(0?[1-9]|1[0-2]|[a-z]{3})[/-](0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)", re.I
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UTC = re.compile(r"T?\d\d:?\d\d(?::?\d\d(?:\.\d+)?)?\s*(?:Z|UTC|GMT|[+-]00:?00)$", re.I)
_WRITTEN = re.compile(
    r"(?<![\w/.-])(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?"
    r"\s+(?:19|20)\d\d"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?,?\s+(?:19|20)\d\d"
    r"|(?:19|20)\d\d-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d\d)(?![\w/-])",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"\b(?:updated|modified|edited|revised|corrected|aktualisiert|mis à jour|actualizado)\b", re.I)
_FIRST = re.compile(r"\b(?:published|posted|first)\b", re.I)
_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "figcaption", "figure",
     "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
     "section", "table", "td", "th", "tr", "ul")
)  # fmt: skip
_LOOKS = frozenset(
    (None, "abbr", "acronym", "b", "big", "cite", "del", "em", "font", "i", "ins", "mark", "q", "s", "small", "strong",
     "sub", "sup", "u", "wbr")
)  # fmt: skip
_SILENT = frozenset(
    ("script", "style", "noscript", "template", "svg", "select", "button", "iframe", "textarea", "nav", "footer")
)
_EARLIEST = "1990-01-01"
_LONGEST_DATELINE = 130
_LONGEST_SENTENCE = 60
_SENTENCE_END = (".", "!", "?", ".”", '."', "?”", "!”")
_LONGEST_STAMP = 40
_BEFORE, _AFTER = 4, 14
_MOST_LINES = 5_000


def believable(day: str | None) -> str | None:
    """An ISO day that an article on the web can have: after 1989, and not after tomorrow."""
    latest = (date.today() + timedelta(days=1)).isoformat()
    return day if day and _EARLIEST <= day <= latest else None


def day_in_address(url: str | None) -> str | None:
    """The day in an address such as /2024/07/15/ or /2024-07-15-; None for one that has none."""
    match = _IN_ADDRESS.search(url or "")
    if not match:
        return None
    month = match[2].lower()
    number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month) if month.isdecimal() else 0
    try:
        return believable(date(int(match[1]), number, int(match[3])).isoformat())
    except ValueError:
        return None


def first_day(stamps: Iterable[str | None], address: str | None, printed: Iterable[str]) -> str | None:
    """The earliest day in `stamps`, which call themselves the publication's, as the outlet's own calendar has it.

    A stamp in universal time may be a day off: the day in the address or one that the page prints, if it is the
    day before or after, goes before it. `address` may also tell an earlier day: what is published again keeps it.
    """
    days = []
    for stamp in stamps:
        day = believable(iso_date(stamp)) if stamp else None
        if day and stamp:
            days.append((day, bool(_UTC.search(stamp.strip()))))
    if not days:
        return address
    day, universal = min(days)
    if address and address < day and not _next(address, day):
        return address
    if universal:
        shown = [each for each in (address, *printed) if each]
        if day not in shown:
            return next((each for each in shown if _next(each, day)), day)
    return day


def _next(one: str, other: str) -> bool:
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) == 1


def days_in(lines: Iterable[str]) -> list[str]:
    """The days that short lines name, but for those of an update; a line that says so comes first."""
    found: list[tuple[bool, str]] = []
    for line in lines:
        start = 0
        for match in _WRITTEN.finditer(line):
            before = line[start : match.start()]
            start = match.end()
            words = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", match[0])
            day = believable(iso_date(words))
            if day and not _CHANGED.search(before):
                found.append((not _FIRST.search(before), day))
    return [day for _, day in sorted(found, key=lambda each: each[0])]


def is_paragraph(line: str) -> bool:
    """Whether a line is one of the text, not a by-line or dateline: long, or a sentence."""
    return len(line) > (_LONGEST_SENTENCE if line.endswith(_SENTENCE_END) else _LONGEST_DATELINE)


def lines_about(lines: list[str], title: str | None) -> list[str]:
    """The short lines right before and after the headline: by-line, dateline; the second paragraph ends them."""
    wanted = letters(title or "")
    places = [place for place, line in enumerate(lines) if wanted and letters(line) == wanted]
    if not places:
        return []
    around = []
    for place in places[:10]:
        following = lines[place + 1 : place + 1 + _AFTER]
        long = [number for number, line in enumerate(following) if is_paragraph(line)]
        # One long line may be a picture's caption or a standfirst.
        near = following[: long[1] if len(long) > 1 else None] + lines[max(0, place - _BEFORE) : place]
        around.append((long[0] if long else _AFTER, -place, near))
    # The headline may stand in a menu and in boxes, too: it is the article's where the text begins soonest.
    return [line for line in min(around)[2] if not is_paragraph(line)]


def gap(tag: str | None) -> str:
    """What stands between the text before a tag and the text behind it: nothing where it only gives letters a look."""
    return "" if tag in _LOOKS else " "


def lines_of(tree: Any) -> list[str]:
    """The text of a page, a line a block."""
    from lxml.etree import iterwalk

    lines: list[str] = []
    words: list[str] = []

    def flush() -> None:
        line = " ".join("".join(words).split())
        words.clear()
        if line:
            lines.append(line)

    body = tree.find("body")
    silent = 0
    for event, element in iterwalk(tree if body is None else body, events=("start", "end", "comment", "pi")):
        if len(lines) >= _MOST_LINES:
            break
        tag = element.tag if isinstance(element.tag, str) else None
        apart = gap(tag)
        if event in ("comment", "pi"):
            if not silent:
                words.append(element.tail or "")
            continue
        if event == "start":
            silent += tag in _SILENT
            if tag in _BLOCKS:
                flush()
            if not silent:
                stamp = element.get("datetime", "")[:_LONGEST_STAMP] if tag == "time" else ""
                words += [apart, stamp, apart, element.text or ""]
        else:
            silent -= tag in _SILENT
            if tag in _BLOCKS:
                flush()
            if not silent:
                words += [apart, element.tail or ""]
    flush()
    return lines
