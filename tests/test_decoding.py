"""Tags become spans: legal, in order, inside their paragraphs."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from claims.attribution.decoding import TAGS, tagged_spans
from claims.terms import ROLES


def scores(*tags: str) -> np.ndarray:
    """Log-probabilities that put .88 on each tag given."""
    rows = np.full((len(tags), len(TAGS)), 0.02)
    for row, tag in zip(rows, tags, strict=True):
        row[TAGS.index(tag)] = 0.88
    return np.log(rows)


def test_reads_tags_as_spans() -> None:
    """A beginning and what is inside make a span; its certainty is its tags' mean probability."""
    found = tagged_spans(scores("B-source", "B-cue", "O", "B-content", "I-content"), np.zeros(5, int))
    assert [(s.first, s.last, s.role) for s in found] == [(0, 1, "source"), (1, 2, "cue"), (3, 5, "content")]
    assert round(found[2].certainty, 2) == 0.88


def test_mends_an_illegal_sequence() -> None:
    """An inside without a beginning is read as the likeliest legal sequence."""
    found = tagged_spans(scores("O", "I-content", "I-content"), np.zeros(3, int))
    assert [(s.first, s.last, s.role) for s in found] in ([(1, 3, "content")], [(0, 3, "content")])


def test_spans_stop_at_paragraphs() -> None:
    """No span crosses a paragraph's end."""
    found = tagged_spans(scores("B-content", "I-content", "I-content", "I-content"), np.array([0, 0, 1, 1]))
    assert all(s.last <= 2 or s.first >= 2 for s in found)


@given(arrays(float, st.tuples(st.integers(0, 12), st.just(len(TAGS))), elements=st.floats(-9, 0)), st.data())
def test_spans_are_legal_whatever_the_scores(rows: np.ndarray, data: st.DataObject) -> None:
    """Spans are in order, apart, of a known role, and inside one paragraph."""
    paragraph = np.sort(np.array(data.draw(st.lists(st.integers(0, 3), min_size=len(rows), max_size=len(rows))), int))
    end = 0
    for span in tagged_spans(rows, paragraph):
        assert end <= span.first < span.last <= len(rows)
        assert span.role in ROLES
        assert len(set(paragraph[span.first : span.last])) == 1
        end = span.last
