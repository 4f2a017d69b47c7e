"""Sentences in the outlet's own voice: what the article says itself, without attributing it to anybody."""

from bisect import bisect_left
from collections.abc import Sequence

from claims.language.paragraphs import paragraph_spans, sentence_spans
from claims.language.residue import residue_spans
from claims.terms import ROLES, Relation

FEWEST_WORDS = 5
"""A shorter sentence is a headline's piece, a label or an aside."""

NARRATED_CONFIDENCE = 0.8
"""Of 760 such sentences in PolNeAR's dev articles, 80 % lie outside of every annotated attribution."""


def narrated_sentences(text: str, relations: Sequence[Relation]) -> list[Relation]:
    """Each whole sentence of prose that no relation touches, as a relation with a content alone, in reading order."""
    taken = [span for relation in relations for role in ROLES for span in getattr(relation, role)]
    taken = sorted([*taken, *residue_spans(text)])
    furthest: list[int] = []  # how far the spans up to each one reach
    for span in taken:
        furthest.append(max(span.end, furthest[-1] if furthest else 0))
    found = []
    for paragraph in paragraph_spans(text):
        for sentence in sentence_spans(text, paragraph):
            before = bisect_left(taken, (sentence.end,))
            touched = before and furthest[before - 1] > sentence.start
            ends = text[sentence.start : sentence.end].rstrip("”\"')").endswith((".", "!", "?"))
            if not touched and ends and len(text[sentence.start : sentence.end].split()) >= FEWEST_WORDS:
                found.append(Relation((), (), (sentence,), NARRATED_CONFIDENCE, "no attribution in the sentence"))
    return found
