"""An article as the tagger sees it: word pieces with their types, words, paragraphs, and windows over them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from claims.language.characters import without_halves
from claims.language.paragraphs import paragraph_spans, sentence_starts
from claims.language.quotations import Quotation, find_quotations
from claims.terms import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CLS, SEP = 101, 102
"""Piece numbers of the marks that open a window and close each unit in it (BERT's uncased vocabulary)."""

PIECE_TYPES = 6
"""Letter case (lower, Capital, ALL CAPS) x outside or inside quotation marks: 3 * quoted + case."""


@dataclass(frozen=True)
class EncodedArticle:
    """An article's pieces and words. Arrays over pieces: `ids`, `types`; over words: the rest.

    `first_piece[w]` is the piece at which word `w` starts; `starts`, `ends` are its offsets in the text;
    `paragraph[w]` numbers its paragraph. `units` are half-open ranges of pieces that a window takes whole:
    paragraphs, and the parts of paragraphs that are longer than a window.
    """

    text: str
    quotations: list[Quotation]
    ids: np.ndarray
    types: np.ndarray
    first_piece: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    paragraph: np.ndarray
    quoted: np.ndarray
    units: list[tuple[int, int]]


@dataclass(frozen=True)
class Window:
    """A stretch of units that the tagger reads at once, with context whose tags are not kept.

    `pieces[k]` is the article's piece at position `k`, -1 for a mark; `kept[k]` is true where the tags count.
    """

    ids: np.ndarray
    types: np.ndarray
    pieces: np.ndarray
    kept: np.ndarray


class Encoder:
    """Turns text into pieces. `longest` bounds a unit, in pieces."""

    def __init__(self, tokenizer: "Tokenizer", longest: int) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self.longest = longest

    def encode(self, text: str) -> EncodedArticle:
        """Encode a whole article; lone surrogates count as unknown characters."""
        text = without_halves(text)
        paragraphs = list(paragraph_spans(text))
        encodings = self._tokenizer.encode_batch([text[a:b] for a, b in paragraphs], add_special_tokens=False)
        ids: list[int] = []
        first_piece: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        paragraph_of: list[int] = []
        units: list[tuple[int, int]] = []
        for number, (span, encoding) in enumerate(zip(paragraphs, encodings, strict=True)):
            first, first_word = len(ids), len(starts)
            ids += encoding.ids
            previous = None
            for piece, (word, (start, end)) in enumerate(zip(encoding.word_ids, encoding.offsets, strict=True), first):
                if word != previous:
                    previous = word
                    first_piece.append(piece)
                    starts.append(span.start + start)
                    ends.append(span.start + end)
                    paragraph_of.append(number)
                else:
                    ends[-1] = span.start + end
            units += self._units(text, span, first, len(ids), first_piece[first_word:], starts[first_word:])
        quotations = find_quotations(text)
        word_starts, word_ends = np.array(starts, np.int64), np.array(ends, np.int64)
        quoted = _inside(word_starts, quotations)
        case = _letter_case(text, starts, ends)
        of_piece = np.zeros(len(ids), np.int64)
        if len(ids):
            of_piece[np.array(first_piece)[1:]] = 1
            of_piece = np.cumsum(of_piece)
        types = (3 * quoted + case)[of_piece] if len(ids) else np.zeros(0, np.int64)
        return EncodedArticle(
            text, quotations, np.array(ids, np.int64), types.astype(np.int64), np.array(first_piece, np.int64),
            word_starts, word_ends, np.array(paragraph_of, np.int64), quoted, units,
        )  # fmt: skip

    def _units(
        self, text: str, span: Span, first: int, last: int, first_piece: list[int], starts: list[int]
    ) -> list[tuple[int, int]]:
        """A paragraph's pieces `[first, last)` as one unit, or cut at sentence ends where it is too long.

        `first_piece` and `starts` are those of the paragraph's own words.
        """
        if last - first <= self.longest:
            return [(first, last)] if last > first else []
        sentences = set(sentence_starts(text, *span))
        units, begin, good = [], first, first
        for piece, start in zip(first_piece, starts, strict=True):
            while piece - begin > self.longest:  # over the limit: cut at the last sentence, or where we stand
                cut = good if good > begin else begin + self.longest
                units.append((begin, cut))
                begin = cut
            if start in sentences:
                good = piece
        while last - begin > self.longest:
            cut = good if good > begin else begin + self.longest
            units.append((begin, cut))
            begin = cut
        return [*units, (begin, last)]


def windows(article: EncodedArticle, size: int, context: int, first_size: int | None = None) -> Iterator[Window]:
    """Windows of at most `size` positions over all units, each unit kept once, in order.

    Each window but the first opens with the unit before it where that has at most `context` pieces: what a
    speaker's "he added" stands for is often named there. `first_size` shortens the first window, so that training
    sees other cuts each time.
    """
    units, start, budget = article.units, 0, first_size or size
    while start < len(units):
        room = budget - 1
        before: list[tuple[int, int]] = []
        if start and units[start - 1][1] - units[start - 1][0] <= context:
            before = [units[start - 1]]
        used = sum(b - a + 1 for a, b in before)
        if used + units[start][1] - units[start][0] + 1 > room:
            before, used = [], 0
        stop = start
        while stop < len(units) and (stop == start or used + units[stop][1] - units[stop][0] + 1 <= room):
            used += units[stop][1] - units[stop][0] + 1
            stop += 1
        yield _window(article, before, units[start:stop])
        start, budget = stop, size


def _window(article: EncodedArticle, before: Sequence[tuple[int, int]], own: Sequence[tuple[int, int]]) -> Window:
    ids, types, pieces = [np.array([CLS])], [np.array([0])], [np.array([-1])]
    for a, b in (*before, *own):
        ids += [article.ids[a:b], np.array([SEP])]
        types += [article.types[a:b], np.array([0])]
        pieces += [np.arange(a, b), np.array([-1])]
    places = np.concatenate(pieces)
    return Window(np.concatenate(ids), np.concatenate(types), places, places >= own[0][0])


def _inside(starts: np.ndarray, quotations: list[Quotation]) -> np.ndarray:
    """1 for each word that starts inside a quotation (marks included), else 0."""
    if not quotations:
        return np.zeros(len(starts), np.int64)
    index = np.searchsorted([q.span.start for q in quotations], starts, "right") - 1
    stop = np.array([q.span.end for q in quotations])
    return ((index >= 0) & (starts < stop[np.maximum(index, 0)])).astype(np.int64)


def _letter_case(text: str, starts: list[int], ends: list[int]) -> np.ndarray:
    """0 for a word in lower case, 1 capitalised, 2 all capitals."""
    case = np.zeros(len(starts), np.int64)
    for word, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if text[start].isupper():
            case[word] = 2 if end - start > 1 and text[start:end].isupper() else 1
    return case
