"""Single quotation marks that lead, as in British print: told from apostrophes and from marks inside quotations."""

import re
from collections.abc import Iterator, Sequence

from claims.terms import Span

# Not the first half of a typewriter's '' and not an elision ('em, '90s).
_OPENING = re.compile(
    r"(?<![\w'’])(?:‘|'(?!'))(?=[\w“\"(…$£€])(?!(?:em|til|tis|twas|cause|bout|n|round)\b|\d0s\b)", re.IGNORECASE
)
_CLOSING = re.compile(r"(?<=[^\s'‘])(?:’|'(?!'))(?!\w)")
_DOUBLE = re.compile(r"[“„«\"]|''|``")
_SPEECH_ENDS = ",.!?…"


def single_marks(text: str, paragraphs: Sequence[Span]) -> list[list[tuple[Span, str]]]:
    """The single marks of each paragraph with their ways, "open" or "close"; none if double marks lead in the text.

    Single marks lead where there is speech in them ("Yes,' she says") and hardly a double mark outside of them.
    """
    pairs = [list(_pairs(text, paragraph)) for paragraph in paragraphs]
    spoken = sum(text[close.start - 1] in _SPEECH_ENDS for found in pairs for _, close in found)
    count = sum(map(len, pairs))
    if not spoken or count < 2 or count <= 3 * _doubles_outside(text, pairs):
        return [[] for _ in paragraphs]
    marks = []
    for number, (paragraph, found) in enumerate(zip(paragraphs, pairs, strict=True)):
        ways = [(mark, way) for pair in found for mark, way in zip(pair, ("open", "close"), strict=True)]
        if _goes_on(text, paragraphs, number, found):
            last = found[-1][1].end if found else paragraph.start
            opening = list(_OPENING.finditer(text, last, paragraph.end))[:1]
            ways += [(Span(*match.span()), "open") for match in opening]
        marks.append(ways)
    return marks


def _pairs(text: str, paragraph: Span) -> Iterator[tuple[Span, Span]]:
    """Opening and closing marks of a paragraph; a mark inside another pair is that quotation's own affair."""
    place = paragraph.start
    while opening := _OPENING.search(text, place, paragraph.end):
        place = opening.end()
        following = _OPENING.search(text, place, paragraph.end)
        limit = following.start() if following else paragraph.end
        closings = list(_CLOSING.finditer(text, place, limit))
        closing = next((c for c in closings if c is closings[-1] or not _apostrophe(text, c)), None)
        if closing:
            yield Span(*opening.span()), Span(*closing.span())
            place = closing.end()


def _apostrophe(text: str, mark: re.Match[str]) -> bool:
    """Whether a mark that need not close is the plural's or an elision's ("the drivers’ union", "goin’ home")."""
    before, after = text[mark.start() - 2 : mark.start()], text[mark.end() : mark.end() + 2]
    return (before.endswith("s") or before == "in") and bool(re.fullmatch(r"\s[a-z]", after))


def _goes_on(text: str, paragraphs: Sequence[Span], number: int, found: Sequence[tuple[Span, Span]]) -> bool:
    """Whether a quotation that the paragraph opens goes on in the next, which opens with a mark, too."""
    if number + 1 == len(paragraphs) or not _OPENING.match(text, paragraphs[number + 1].start):
        return False
    return bool(found) or bool(_OPENING.match(text, paragraphs[number].start))


def _doubles_outside(text: str, pairs: Sequence[Sequence[tuple[Span, Span]]]) -> int:
    """How many double marks open outside the single ones, two straight ones counting as one."""
    inside = [(opening.start, closing.end) for found in pairs for opening, closing in found]
    outside, start = 0.0, 0
    for first, last in [*inside, (len(text), len(text))]:
        for match in _DOUBLE.finditer(text, start, first):
            outside += 0.5 if match[0] in ('"', "''") else 1
        start = max(start, last)
    return int(outside + 0.5)
