"""Who speaks when in a transcript: the turns of "ANN LEE: No.", "Q: Why?", with the paragraphs they go on in."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from statistics import median

from claims.language.lexicons import lexicon_lines
from claims.language.paragraphs import paragraph_spans
from claims.language.residue import residue_spans
from claims.terms import Span

_NAME = r"[A-Z][\w.'’-]*(?:\s(?:(?:de|van|von|der|al|bin)\s)?[A-Z][\w.'’-]*){0,3}"
_LABEL = re.compile(
    rf"(?P<name>{_NAME})(?P<role>,\s[A-Z][\w' ’-]{{1,40}}|\s?\([^()\n]{{1,40}}\))?\s?(?P<colon>:)[\s*]+(?=\S)"
)
_WORD = re.compile(r"[^\W\d_]+")
_PERSON = re.compile(r"\b(?:I|we|you|me|us|my|our|your)\b", re.IGNORECASE)
_ASIDE = re.compile(r"[(\[].*[)\]]\.?|[\W_]*")


@dataclass(frozen=True)
class Turn:
    """What one speaker says until the next speaks: the label, its colon, and a span of words a paragraph."""

    speaker: Span
    colon: Span
    words: tuple[Span, ...]


def speaker_turns(text: str) -> list[Turn]:
    """The turns of a text that is a transcript or holds one, in reading order; none if it is not.

    A label in front of one caption or of a list's item shows nothing: at least three paragraphs have one, of two
    speakers or more, one of whom speaks again, most turns are a sentence, and in a third of them somebody speaks of
    himself, to another, or asks. A paragraph without a label between two turns is the turn's if somebody speaks of
    himself or to another in it.
    """
    residue = {span.start for span in residue_spans(text)}
    paragraphs = [p for p in paragraph_spans(text) if p.start not in residue]
    labels = {n: match for n, p in enumerate(paragraphs) if (match := _LABEL.match(text, *p)) and _speaks(match)}
    if 0 in labels and not _speaks_again(labels):
        del labels[0]  # a headline, "Transcript: The night of the fire"
    speakers = Counter(map(_name, labels.values()))
    lengths = [len(_WORD.findall(text, m.end(), paragraphs[n].end)) for n, m in labels.items()]
    if len(labels) < 3 or len(speakers) < 2 or max(speakers.values()) < 2 or median(lengths) < 4:
        return []
    if 3 * sum(_spoken(text, Span(m.end(), paragraphs[n].end)) for n, m in labels.items()) < len(labels):
        return []
    turns: list[Turn] = []
    last = max(labels)
    for before, (number, paragraph) in zip([None, *paragraphs], enumerate(paragraphs), strict=False):
        label = labels.get(number)
        if label:
            name = Span(label.start(), label.end("role") if label["role"] else label.end("name"))
            turns.append(Turn(name, Span(*label.span("colon")), (Span(label.end(), paragraph.end),)))
        elif before and turns and number < last and turns[-1].words[-1].end == before.end:
            words = (*turns[-1].words, paragraph) if _goes_on(text, paragraph) else turns[-1].words
            turns[-1] = replace(turns[-1], words=words)
    return turns


def _speaks_again(labels: dict[int, re.Match[str]]) -> bool:
    """Whether the first line's label comes again, in a text where that is no accident."""
    again = any(number and _name(label) == _name(labels[0]) for number, label in labels.items())
    return again and (len(labels) > 3 or labels[0]["name"].isupper())


def _speaks(label: re.Match[str]) -> bool:
    """Whether a label may name a speaker: "When" and "Price" open the items of a list."""
    return " ".join(label["name"].casefold().replace("’", "'").split()) not in _no_speakers()


@cache
def _no_speakers() -> frozenset[str]:
    return frozenset(lexicon_lines(Path(__file__).with_name("not_speakers.txt")))


def _name(label: re.Match[str]) -> str:
    return label["name"].split()[-1].casefold()


def _goes_on(text: str, paragraph: Span) -> bool:
    return not _ASIDE.fullmatch(text, *paragraph) and bool(_PERSON.search(text, *paragraph))


def _spoken(text: str, words: Span) -> bool:
    """Whether somebody speaks of himself, to another, or asks: lists do not."""
    return bool(_PERSON.search(text, *words)) or text.find("?", *words) >= 0
