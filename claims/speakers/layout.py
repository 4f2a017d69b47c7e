"""An article's words with the sentence and the quotation that each stands in."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from claims.language.paragraphs import paragraph_spans, sentence_starts
from claims.language.quotations import find_quotations
from claims.speakers.lexicon import lexicon

NEXT_WORD = re.compile(r" ([a-z]+)")
"""The word in small letters right after a place."""


class Word(NamedTuple):
    """A word, an office of several words ("Secretary of State") or a punctuation mark at `[start, end)`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Layout:
    """Where paragraphs and sentences start and quotations lie; offsets in code points of `text`."""

    text: str
    paragraphs: tuple[int, ...]
    paragraph_ends: tuple[int, ...]
    sentences: tuple[int, ...]
    quotation_starts: tuple[int, ...]
    quotation_ends: tuple[int, ...]

    def paragraph_at(self, offset: int) -> int:
        """The number of the paragraph that holds `offset`; -1 before the first."""
        return bisect_right(self.paragraphs, offset) - 1

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence that holds `offset`; -1 before the first."""
        return bisect_right(self.sentences, offset) - 1

    def is_quoted(self, offset: int) -> bool:
        """Whether the character at `offset` stands between quotation marks."""
        return self.quotation_at(offset) is not None

    def quotation_at(self, offset: int) -> int | None:
        """The number of the quotation that covers `offset`; None outside of all."""
        number = bisect_right(self.quotation_starts, offset) - 1
        return number if number >= 0 and offset < self.quotation_ends[number] else None

    def starts_sentence(self, offset: int) -> bool:
        """Whether a sentence starts at `offset`."""
        number = self.sentence_at(offset)
        return number >= 0 and self.sentences[number] == offset


def lay_out(text: str) -> Layout:
    """Find the paragraphs, sentences and quotations of `text`."""
    paragraphs = list(paragraph_spans(text))
    quotations = find_quotations(text)
    return Layout(
        text,
        tuple(p.start for p in paragraphs),
        tuple(p.end for p in paragraphs),
        tuple(start for p in paragraphs for start in sentence_starts(text, *p)),
        tuple(q.span.start for q in quotations),
        tuple(q.span.end for q in quotations),
    )


@cache
def _word_pattern() -> re.Pattern[str]:
    long_titles = "|".join(re.escape(title).replace(r"\ ", r"\s") for title in lexicon().long_titles)
    return re.compile(
        rf"(?:{long_titles})(?!\w)"  # offices of several words and shortened titles
        r"|(?:[A-Z]\.){2,}|(?<![\w’'])(?:[A-Z]|Jr|Sr|St|Ret|Inc|Corp|Co)\."  # U.S., J., Jr.
        r"|@?\w+(?:[’'\-.@&]\w+)*(?:(?<=s)[’'](?=\s\w))?|[^\w\s]"
    )


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words and punctuation marks of `text[start:end]` with their offsets in `text`."""
    pattern = _word_pattern()
    return [Word(m[0], m.start(), m.end()) for m in pattern.finditer(text, start, len(text) if end is None else end)]
