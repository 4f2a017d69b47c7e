"""The head of a plain-text article: what its first lines, or the keys at the top of a note, tell of it."""

import re
from dataclasses import dataclass, replace

from claims.language.paragraphs import paragraph_spans
from claims.language.residue import front_matter, residue_spans
from claims.reading.dates import iso_date
from claims.reading.tabular.rows import facts_in
from claims.terms import Span

_HEAD_LINES = 8
_LONGEST_TITLE = 250
_LONGEST_LINE = 160
"""A line of a head, titles apart, has no more characters."""

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    rf"\b{_MONTH}\b.*\b(?:19|20)\d\d\b|\b(?:19|20)\d\d\b.*\b{_MONTH}\b|\b\d{{4}}-\d\d-\d\d", re.IGNORECASE
)
_NUMBERS = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}(?:,?\s.{0,20})?")
_PUBLISHED = re.compile(
    r"(?:first\s+)?(?:published|posted|publication\s+date|date)\s*(?:on|at)?\s*:?\s*", re.IGNORECASE
)
_CHANGED = re.compile(r"(?:last\s+)?(?:updated|modified|changed|edited)\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?:at\s+)?\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s\(?[A-Z]{1,5}\)?)?|\d+ min(?:ute)?s? read",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w.'’-]*(?:\s(?:(?:de|van|von|der|al|bin|la)\s)*[A-Z][\w.'’-]*)"
_BYLINE = re.compile(
    rf"(?:[Bb]y|BY|[Ww]ritten by|[Ss]tory by)\s({_NAME}{{1,4}}(?:(?:,|,?\s(?:and|&))\s{_NAME}{{0,4}})*)"
)
_AGENCY = re.compile(r"(?:By|BY)\s([A-Z][\w.’'&-]*(?:\s[A-Z][\w.’'&-]*){0,3})")
_LABELLED = re.compile(
    r"(title|headline|author|byline|publisher|publication|newspaper|url|link|web link|source)\s?:\s+(\S.*)",
    re.IGNORECASE,
)
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_PIECES = re.compile(r"\s+[|/•·–—-]\s+")
_KEY = re.compile(r"([A-Za-z][\w -]{0,40}?)\s?[:=]\s*+(.*)")
_MEMBER = re.compile(r"\s*-\s++(.+)")
_MARKS = "\"'“”[] "


@dataclass(frozen=True)
class Head:
    """What the first lines tell; None for what they do not. `published` is an ISO date."""

    title: str | None = None
    published: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None


def read_head(text: str) -> Head:
    """What stands at the head of `text`: keys of a note, and of its first lines those that are a date, a byline, an
    address, or labelled so, and one that is no sentence, the title.

    The day of a change is not that of publication, and a day that may be two ("07/08/2024") is none.
    """
    front = front_matter(text)
    head = _in_front(text[front.start : front.end]) if front else Head()
    lines: list[Span] = []
    for span in paragraph_spans(text):
        if not front or span.start > front.end:
            lines.append(span)
        if len(lines) > _HEAD_LINES:
            break
    residue = set(residue_spans(text[: lines[-1].end])) if lines else set()
    datelines = {span.start for span in residue if not text.startswith("#", span.start)}
    title = None
    below = False  # one line below the title may tell more of it
    for span in lines[:_HEAD_LINES]:
        line = _bare(text[span.start : span.end])
        titled = title is not None or head.title is not None
        found = _told(line, titled, span in residue) if len(line) <= _LONGEST_LINE else None
        if found is not None:
            head = _together(head, found)
            continue
        if not any(map(str.isalnum, line)) or span in residue:
            continue
        if title is None and span.start not in datelines and _is_title(line, span, lines):
            title = line
        elif title is not None and not below and len(line) <= _LONGEST_TITLE:
            below = True
        else:
            break
    return replace(head, title=head.title or title)


def _bare(line: str) -> str:
    """A line without the marks of Markdown around it."""
    return " ".join(line.lstrip("#").strip("*_ ").split()) if len(line) <= 2 * _LONGEST_TITLE else line


def _together(head: Head, more: Head) -> Head:
    """Of each, what is told first."""
    return Head(*(getattr(head, name) or getattr(more, name) for name in Head.__dataclass_fields__))


def _told(line: str, titled: bool, residue: bool) -> Head | None:
    """What a line tells beside the title; None if it is no such line. `titled` is whether a title stands before it,
    `residue` whether it is none of the article's prose for sure."""
    if labelled := _LABELLED.fullmatch(line):
        label, words = labelled[1].lower(), labelled[2]
        if label != "source" or _WEB.match(words):
            return _facts({label.replace(" ", ""): words})
    if _WEB.fullmatch(line):
        return Head(url=line)
    pieces = [_piece(piece.strip("*_ "), titled) for piece in _PIECES.split(line)]
    known = [piece for piece in pieces if piece is not None]
    dated = any(piece.published for piece in known)
    # "July 15, 2024 / 10:15 AM / The Courier", "Jane Doe | The Courier | July 15, 2024"
    loose = dated and (titled or residue or (len(pieces) > 2 and known[0].published is not None))
    if not known or (_OTHER in known and not loose):
        return None
    head = Head()
    for piece in known:
        head = _together(head, piece) if piece is not _OTHER else head
    return head


_OTHER = Head(title="no piece of a head")


def _piece(words: str, titled: bool) -> Head | None:
    """What a piece of a line tells; None for a time of day and the like, which tell nothing by themselves."""
    if _CLOCK.fullmatch(words):
        return None
    if _CHANGED.match(words):
        return Head() if any(map(str.isdecimal, words)) else _OTHER
    if byline := _BYLINE.fullmatch(words) or (_AGENCY.fullmatch(words) if titled else None):
        return Head(author=byline[1])
    # "Published 3 March 2024, updated 5 March 2024"
    day = _PUBLISHED.sub(
        "", re.split(r"[,;(]?\s+(?:last\s+)?(?:updated|modified)\b", words, maxsplit=1, flags=re.I)[0], count=1
    )
    if len(day) <= 60 and (_DATE.search(day) or _NUMBERS.fullmatch(day)):
        published = iso_date(day) or iso_date(_CLOCK.sub("", day))
        if published or _NUMBERS.fullmatch(day):
            return Head(published=published)
    return _OTHER


def _is_title(line: str, span: Span, lines: list[Span]) -> bool:
    """Whether a line is a title: short, no full stop at its end, and something follows it."""
    return len(line) <= _LONGEST_TITLE and not line.rstrip("”\"'’").endswith((".", ":", ",")) and span != lines[-1]


def _in_front(front: str) -> Head:
    """What the keys at the top of a note tell: "title: Dam holds", a list in brackets or a member a line."""
    told: dict[str, str | list[str]] = {}
    key = ""
    for line in map(str.rstrip, front.splitlines()):
        if (member := _MEMBER.fullmatch(line)) and key:
            members = told[key]
            told[key] = [*(members if isinstance(members, list) else []), member[1].strip(_MARKS)]
        elif pair := _KEY.fullmatch(line):
            key = pair[1]
            inner = pair[2].strip()
            listed = inner.startswith("[") and inner.endswith("]") and not inner.startswith("[[")
            told[key] = [each.strip(_MARKS) for each in inner.split(",")] if listed else inner.strip(_MARKS)
    return _facts(told)


def _facts(told: dict[str, str] | dict[str, str | list[str]]) -> Head:
    facts = facts_in(told)
    url = facts.get("url")
    day = facts.get("published")
    return Head(
        title=facts.get("title"),
        published=iso_date(day) if day else None,
        author=(facts.get("author") or "").rstrip(". ") or None,
        publisher=facts.get("publisher"),
        url=url if url and _WEB.fullmatch(url) else None,
    )
