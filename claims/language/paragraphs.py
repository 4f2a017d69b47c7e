"""Where paragraphs and sentences lie in a text."""

import re
from collections.abc import Iterator
from itertools import pairwise

from claims.terms import Span

# A line holds a paragraph: news text breaks lines between paragraphs only. What str.splitlines breaks at, too,
# but form feeds and the like stand inside paragraphs of badly extracted text, so only true line ends count.
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_SENTENCE_BREAK = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|(?<=[.!?])[”\"](?=[A-Z])")
# An abbreviation before a full stop that ends no sentence: titles, months, "U.S.", single initials.
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sens?|Reps?|Govs?|Gen|Fr|Ft|Mt|v|Lt|Col|Sgt|Capt|Cmdr|Adm|Maj|Rev|Hon|Pres|St|Jr|Sr|vs|No|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|"
    r"Inc|Ltd|Corp|Co|Bros|Dept|Univ|Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|"
    r"Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo)|\b[A-Z]|\b[A-Z]\.[A-Z])\.$"
)


def stripped(text: str, start: int, end: int) -> Span:
    """The span `[start, end)` without the white space at its ends; empty where nothing is left."""
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    return Span(start, start + len(inner.strip()))


def words_at(text: str, start: int, end: int) -> str:
    """The words of a stretch on one line, a single space between them."""
    return " ".join(text[start:end].split())


def paragraph_spans(text: str) -> Iterator[Span]:
    """Each paragraph (a line with anything in it), without the white space around it."""
    for match in _LINE.finditer(text):
        paragraph = stripped(text, *match.span())
        if paragraph.end > paragraph.start:
            yield paragraph


def sentence_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Offsets in `[start, end)` at which a sentence starts; `start` itself is the first."""
    yield start
    for match in _SENTENCE_BREAK.finditer(text, start, end):
        if not _ABBREVIATION.search(text, max(start, match.start() - 8), match.start()) and match.end() < end:
            yield match.end()


def sentence_spans(text: str, paragraph: Span) -> Iterator[Span]:
    """The sentences of a paragraph, without the white space around them."""
    starts = [*sentence_starts(text, *paragraph), paragraph.end]
    for begin, following in pairwise(starts):
        sentence = stripped(text, begin, following)
        if sentence.end > sentence.start:
            yield sentence
