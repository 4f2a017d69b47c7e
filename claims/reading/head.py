"""The head of a plain-text article: its title and the date it was published."""

import re
from dataclasses import dataclass
from datetime import datetime

from claims.language.paragraphs import paragraph_spans
from claims.language.residue import residue_spans
from claims.terms import Span

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\d{4}-\d\d-\d\d", re.IGNORECASE)
_LABEL = re.compile(r"^(?:published|posted|updated|date)\s*(?:on|at)?:?\s*", re.IGNORECASE)
_DEFAULTS = (datetime(2000, 1, 1), datetime(2001, 2, 2))
_HEAD_LINES = 4
_LONGEST_TITLE = 250


@dataclass(frozen=True)
class Head:
    """What the first lines tell; None for what they do not."""

    title: str | None
    published: str | None


def read_head(text: str) -> Head:
    """The title and the ISO date among the first lines of `text`: a line that is a date, a line that is no sentence."""
    lines = []
    for span in paragraph_spans(text):
        lines.append(span)
        if len(lines) == _HEAD_LINES:
            break
    residue = set(residue_spans(text[: lines[-1].end])) if lines else set()
    title = published = None
    for span in lines:
        line = text[span.start : span.end]
        date = _date(line)
        if date and published is None:
            published = date
        elif span in residue:
            continue
        elif title is None and _is_title(line, span, lines):
            title = " ".join(line.lstrip("# ").split())
        else:
            break
    return Head(title, published)


def _is_title(line: str, span: Span, lines: list[Span]) -> bool:
    """Whether a line is a title: short, no full stop at its end, and something follows it."""
    return len(line) <= _LONGEST_TITLE and not line.rstrip("”\"'’").endswith((".", ":", ",")) and span != lines[-1]


def _date(line: str) -> str | None:
    """The ISO date that a line consists of ("Mon. Jul 15th, 2024"), or None."""
    line = _LABEL.sub("", line).strip()
    if len(line) > 60 or not _YEAR.search(line) or not _MONTH.search(line):
        return None
    from dateutil.parser import ParserError, parse

    try:
        # What the line lacks ("May 2024") is filled in from `default`: two of them tell whether anything was.
        dates = {parse(line, default=default, ignoretz=True).date() for default in _DEFAULTS}
    except (ParserError, OverflowError, ValueError):
        return None
    return dates.pop().isoformat() if len(dates) == 1 else None
