"""From an article's text to its attribution relations, in offsets of the text."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from claims.attribution.decoding import TaggedSpan, tagged_spans
from claims.attribution.linking import Linked, link
from claims.attribution.mending import mend
from claims.attribution.nesting import nested
from claims.attribution.tagger import TaggedArticle, Tagger
from claims.attribution.turns import with_turns
from claims.language.quotations import Quotation
from claims.terms import Relation, Span

LEAST_CONFIDENCE = 0.3
"""What is less sure is left out: four in five of such relations are wrong, and a wrong one is worse than a miss."""


def find_relations(text: str, tagger: Tagger) -> tuple[list[Relation], list[Quotation]]:
    """The attribution relations of an article in reading order, those inside others' words too, and its quotations."""
    found, quotations = _read(text, tagger)
    outer = with_turns(text, found)
    inner = nested(text, outer, lambda again: _read(again, tagger)[0])
    return sorted([*outer, *inner], key=lambda relation: relation.content), quotations


def _read(text: str, tagger: Tagger) -> tuple[list[Relation], list[Quotation]]:
    """One reading by the model, which marks one level."""
    tagged = tagger.tag(text)
    spans = tagged_spans(tagged.log_probabilities, tagged.encoded.paragraph, tagger.settings.steps)
    relations = []
    for linked in link(tagged, spans):
        confidence = _confidence(evidence(spans, linked), tagger.settings.calibration)
        relations.append(relation_of(tagged, spans, linked, confidence))
    mended = mend(text, relations, tagged.encoded.quotations)
    likely = [relation for relation in mended if relation.confidence >= LEAST_CONFIDENCE]
    return likely, _clipped(tagged.encoded.quotations, mended)


def _clipped(quotations: Sequence[Quotation], relations: Sequence[Relation]) -> list[Quotation]:
    """A quotation that lost its closing mark ends before the words that attribute it: those are never quoted."""
    attributing = sorted(span.start for r in relations for span in (*r.source, *r.cue))
    clipped = []
    for quotation in quotations:
        start, end = quotation.span
        if not quotation.closed and not quotation.continues:
            place = bisect_right(attributing, start)
            end = min([end, *attributing[place : place + 1]])
        clipped.append(replace(quotation, span=Span(start, end)))
    return clipped


def evidence(spans: Sequence[TaggedSpan], linked: Linked) -> tuple[float, ...]:
    """What the confidence is computed from, each in 0..1: how sure the tags and the links are, what is there."""
    contents = [spans[n].certainty for n in linked.contents]
    others = [spans[n].certainty for n in (*linked.sources, *(() if linked.cue is None else (linked.cue,)))]
    return (
        sum(contents) / len(contents),
        min(others, default=0.5),
        linked.certainty,
        float(bool(linked.sources)),
        float(linked.cue is not None),
    )


def relation_of(tagged: TaggedArticle, spans: Sequence[TaggedSpan], linked: Linked, confidence: float) -> Relation:
    """A linked relation in offsets of the text."""
    words = tagged.encoded

    def offsets(numbers: Sequence[int]) -> tuple[Span, ...]:
        return tuple(Span(int(words.starts[spans[n].first]), int(words.ends[spans[n].last - 1])) for n in numbers)

    return Relation(
        offsets(linked.sources),
        () if linked.cue is None else offsets((linked.cue,)),
        offsets(linked.contents),
        confidence=confidence,
        rule="tagger" if linked.cue is not None else "tagger, no cue",
    )


def _confidence(found: Sequence[float], calibration: Sequence[float]) -> float:
    """A logistic function of the evidence, with the weights that calibration found, bias first."""
    bias, *weights = calibration
    score = bias + sum(weight * value for weight, value in zip(weights, found, strict=True))
    return round(1 / (1 + math.exp(-score)), 3)
