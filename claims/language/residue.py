"""Page residue: stretches of a text that are not the article's prose (menus, labels, comment forms, signatures)."""

import re
from functools import cache
from pathlib import Path

from claims.language.furniture import LONGEST_LINE, furniture_inside, is_furniture, menus
from claims.language.lexicons import lexicon_lines
from claims.language.paragraphs import paragraph_spans
from claims.terms import Span

# "-Vladimir Putin", "— Jane Roe" alone at a paragraph's end: who signed a page or a picture, nobody's words.
_SIGNATURE = re.compile(r"(?:^|(?<=[.!?\"”’)]\s)|(?<=\s\s))[-–—]{1,2}\s?(?:[A-Z][\w.'’-]*)(?:\s[A-Z][\w.'’-]*){0,3}$")
# "PORT SAREN –", "WASHINGTON, March 3 (AP) —", "Saren, May 3 (AP) -", "(Saren, May 3, 2025) –": where and through whom
# a report came, before its first sentence.
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.’'-]+(?:\s[A-Z][A-Z.’'-]+){0,3}"  # the town
    r"(?:,\s[A-Z][\w.]*(?:\s[\w.]+){0,2})?"  # its state or country, or the day
    r"(?:\s\([A-Z][\w /]{1,20}\))?"  # the agency
    r"|[A-Z][\w.’' -]{1,30},\s[A-Z][a-z]{2,8}\.?\s\d{1,2}\s\([A-Z][\w /]{1,20}\)"
    r"|\([A-Z][\w.’' -]{1,30},\s[\w. ]{3,12},?\s\d{4}\))"
    r"\s?[–—-]{1,2}\s+(?=[A-Z0-9“\"'‘])"
)

# What programs write about a note, at the very top of its file: YAML between lines of dashes, TOML between plus signs.
_FRONT_MATTER = re.compile(r"(---|\+\+\+)[ \t]*\r?\n((?:[^\n]{0,4000}\n){1,80}?)(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_HEADING = re.compile(r"#{1,6}\s+(?=\S)")  # of Markdown
_KEY = re.compile(r"[A-Za-z][\w -]{0,40}\s?[:=](?:\s|$)")


def front_matter(text: str) -> Span | None:
    """The lines at the top of a note that tell of it by keys ("title: Dam holds"), without the marks around them."""
    found = _FRONT_MATTER.match(text)
    return Span(*found.span(2)) if found and _KEY.match(found[2]) else None


@cache
def residue_lines() -> tuple[str, ...]:
    """The lexicon's lines as written (`residue.txt`, beside this module)."""
    return lexicon_lines(Path(__file__).with_name("residue.txt"))


@cache
def _lexicon() -> tuple[frozenset[str], re.Pattern[str]]:
    """Whole lines that are residue, and a pattern for the openings of lines that are."""
    lines = [_plain(line) for line in residue_lines()]
    openings = sorted((re.escape(line[:-1]) for line in lines if line.endswith(":")), key=len, reverse=True)
    return frozenset(lines) - {""}, re.compile(rf"(?:{'|'.join(openings)})\s?[:|]")


def residue_spans(text: str) -> list[Span]:
    """The residue of a text in reading order: whole paragraphs, datelines, credits, signatures at paragraphs' ends."""
    paragraphs = list(paragraph_spans(text))
    found = set(menus(text, paragraphs))
    if front := front_matter(text):
        # with the marks before and behind it
        found.update(paragraph for paragraph in paragraphs if paragraph.start <= front.end)
    for paragraph in paragraphs:
        if paragraph in found or is_residue_line(text[paragraph.start : paragraph.end]):
            found.add(paragraph)
            continue
        found.update(furniture_inside(text, paragraph))
        if heading := _HEADING.match(text, paragraph.start, paragraph.end):
            found.add(Span(*heading.span()))
        dateline = _DATELINE.match(text, paragraph.start, paragraph.end)
        if dateline:
            found.add(Span(paragraph.start, dateline.end()))
        tail = max(paragraph.start, paragraph.end - 60)
        signature = _SIGNATURE.search(text, tail, paragraph.end)
        if signature:
            found.add(Span(signature.start(), paragraph.end))
    return _apart(sorted(found))


def is_residue_line(line: str) -> bool:
    """Whether a line without its margins is residue as a whole, as its words alone tell."""
    whole, opening = _lexicon()
    plain = _plain(line) if len(line) <= LONGEST_LINE else ""
    return plain in whole or opening.match(plain) is not None or is_furniture(line)


def _apart(spans: list[Span]) -> list[Span]:
    """Spans in order, those that overlap joined."""
    joined: list[Span] = []
    for span in spans:
        if joined and span.start < joined[-1].end:
            span = Span(joined[-1].start, max(joined.pop().end, span.end))
        joined.append(span)
    return joined


def _plain(line: str) -> str:
    """A line for comparison: lower case, one kind of space and apostrophe, no bullets."""
    return " ".join(line.casefold().replace("’", "'").split()).lstrip("•·▪- ")
