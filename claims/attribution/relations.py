"""From an article's text to its attribution relations, in offsets of the text."""

import math
from collections.abc import Sequence

from claims.attribution.decoding import TaggedSpan, tagged_spans
from claims.attribution.linking import Linked, link
from claims.attribution.mending import mend
from claims.attribution.tagger import TaggedArticle, Tagger
from claims.language.quotations import Quotation
from claims.terms import Relation, Span


def find_relations(text: str, tagger: Tagger) -> tuple[list[Relation], list[Quotation]]:
    """The attribution relations of an article in reading order, and its quotations."""
    tagged = tagger.tag(text)
    spans = tagged_spans(tagged.log_probabilities, tagged.encoded.paragraph)
    relations = [_relation(tagged, spans, linked, tagger.settings.calibration) for linked in link(tagged, spans)]
    quotations = tagged.encoded.quotations
    return mend(text, relations, quotations), quotations


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


def _relation(
    tagged: TaggedArticle, spans: Sequence[TaggedSpan], linked: Linked, calibration: Sequence[float]
) -> Relation:
    words = tagged.encoded

    def offsets(numbers: Sequence[int]) -> tuple[Span, ...]:
        return tuple(Span(int(words.starts[spans[n].first]), int(words.ends[spans[n].last - 1])) for n in numbers)

    bias, *weights = calibration
    score = bias + sum(w * e for w, e in zip(weights, evidence(spans, linked), strict=True))
    return Relation(
        offsets(linked.sources),
        () if linked.cue is None else offsets((linked.cue,)),
        offsets(linked.contents),
        confidence=round(1 / (1 + math.exp(-score)), 3),
        rule="tagger" if linked.cue is not None else "tagger, no cue",
    )
