"""Quotation marks paired, whatever their kind, one lost at either end, quotations over paragraphs; speech by dashes."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.language.dashes import dashed_speech
from claims.language.paragraphs import paragraph_spans, sentence_starts
from claims.language.single_marks import single_marks
from claims.terms import Span

_MARK = re.compile(r"[“”„«»\"]|''|``")
_ALWAYS_OPENS = {"“", "„", "``"}
_ALWAYS_CLOSES = {"”"}
_USUAL_WAY = {"«": "open", "»": "close"}  # but »so« in German and Danish print
_FAMILIES = {'"': "straight", "«": "guillemets", "»": "guillemets", "''": "typewriter", "``": "typewriter"}
_BEFORE_AN_OPENING = set("([{—–-/:")


@dataclass(frozen=True)
class Quotation:
    """A quotation with its marks, as far as they are there.

    `opened` and `closed` say whether the mark stands in the text at that end. A quotation that goes on in
    the next paragraph is one `Quotation` a paragraph: all but the last have `continues` set.
    """

    span: Span
    opened: bool
    closed: bool
    continues: bool = False


def find_quotations(text: str) -> list[Quotation]:
    """The quotations of `text` in reading order; they never overlap.

    Pairing starts afresh at each paragraph. A paragraph that ends inside a quotation hands it on only if the
    next one opens with a mark (the printers' convention) or closes it; a lost closing mark otherwise
    ends the quotation with its paragraph, a lost opening mark starts it with its sentence. Single marks count where
    they lead (‘Yes,’ she says), and speech behind a dash is a quotation that is not closed.
    """
    paragraphs = list(paragraph_spans(text))
    dashed = dashed_speech(text, paragraphs)
    singles = single_marks(text, paragraphs)
    marked = [sorted([*_marks(text, p), *single]) for p, single in zip(paragraphs, singles, strict=True)]
    found: list[Quotation] = []
    carried = False  # the paragraph before ended inside a quotation
    for number, (paragraph, marks) in enumerate(zip(paragraphs, marked, strict=True)):
        if number in dashed:
            found += [Quotation(span, opened=True, closed=False) for span in dashed[number]]
            carried = False
            continue
        following = marked[number + 1] if number + 1 < len(marked) else []
        following_start = paragraphs[number + 1].start if following else -1
        begin = None  # where the quotation that is open now begins
        opened = nested = False
        family = ""  # which kind of mark opened it: marks of another kind inside are a quotation in the quotation
        if carried and marks and marks[0][0].start != paragraph.start and marks[0][1] == "close":
            begin = paragraph.start
        last_end = paragraph.start
        for mark, way in marks:
            if begin is not None and opened and _family(text, mark) != family and (way == "open" or nested):
                nested = way == "open"
                continue
            if way == "open" or (way == "either" and begin is None):
                if begin is not None:  # the closing mark of the one before was lost: it ends with its sentence
                    end = _sentence_end(text, begin, mark.start)
                    found.append(Quotation(Span(begin, end), opened, closed=False))
                begin, opened, nested, family = mark.start, True, False, _family(text, mark)
            else:
                if begin is None:  # the opening mark was lost
                    start = _sentence_start(text, last_end, mark.start)
                    found.append(Quotation(Span(start, mark.end), opened=False, closed=True))
                else:
                    found.append(Quotation(Span(begin, mark.end), opened, closed=True))
                begin, opened, last_end = None, False, mark.end
        carried = begin is not None and bool(following) and _goes_on(following, following_start)
        if begin is not None and begin < paragraph.end:
            found.append(Quotation(Span(begin, paragraph.end), opened, closed=False, continues=carried))
    return found


def quotation_at(quotations: Sequence[Quotation], offset: int) -> Quotation | None:
    """The quotation that covers the character at `offset`, its marks included; None outside of all."""
    index = bisect_right(quotations, offset, key=lambda q: q.span.start) - 1
    if index >= 0 and offset < quotations[index].span.end:
        return quotations[index]
    return None


def _marks(text: str, paragraph: Span) -> Iterator[tuple[Span, str]]:
    """Each mark of a paragraph and its way: "open", "close" or "either"."""
    low = False  # „ stands open: “ closes it
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        mark, span = match[0], Span(match.start(), match.end())
        if low and mark == "“":
            way, low = "close", False
        elif mark in _ALWAYS_OPENS:
            way = "open"
            low = mark == "„"
        elif mark in _ALWAYS_CLOSES:
            way = "close"
        else:
            before = text[span.start - 1] if span.start > paragraph.start else " "
            after = text[span.end] if span.end < paragraph.end else " "
            free_before = before.isspace() or before in _BEFORE_AN_OPENING or before in "“‘"
            free_after = after.isspace() or after in ".,;:!?)]—–"
            way = "open" if free_before and not free_after else "close" if free_after and not free_before else "either"
            way = _USUAL_WAY.get(mark, way) if way == "either" else way
        if mark == '"' and _is_inch_mark(text, span):
            continue
        yield span, way


def _family(text: str, mark: Span) -> str:
    """Which kind a mark is: "curly", "straight", "typewriter", "guillemets" or "single"."""
    written = text[mark.start : mark.end]
    return "single" if written in ("'", "‘", "’") else _FAMILIES.get(written, "curly")


def _is_inch_mark(text: str, mark: Span) -> bool:
    """Whether a straight mark stands for inches (6'2\")."""
    return bool(re.search(r"\d['’]\d{1,2}$", text[max(0, mark.start - 6) : mark.start]))


def _goes_on(following: list[tuple[Span, str]], following_start: int) -> bool:
    """Whether the marks of the next paragraph show that a quotation that was open goes on there."""
    first, way = following[0]
    return first.start == following_start or way == "close"


def _sentence_start(text: str, after: int, before: int) -> int:
    """Where the sentence that holds the character before `before` starts, not earlier than `after`."""
    starts = [s for s in sentence_starts(text, after, before) if s < before]
    start = starts[-1] if starts else after
    while start < before and text[start].isspace():
        start += 1
    return start


def _sentence_end(text: str, begin: int, limit: int) -> int:
    """Where the sentence that starts at `begin` ends, at the latest before `limit`."""
    starts = [s for s in sentence_starts(text, begin, limit) if s > begin]
    end = starts[0] if starts else limit
    while end > begin and text[end - 1].isspace():
        end -= 1
    return end
