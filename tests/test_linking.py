"""Arcs tie spans into relations."""

import numpy as np
import pytest

from claims.attribution.decoding import TAGS, TaggedSpan
from claims.attribution.encoding import EncodedArticle
from claims.attribution.linking import Linked, link
from claims.attribution.tagger import Arcs, TaggedArticle


def tagged(words: int, arcs: dict[int, int]) -> TaggedArticle:
    """An article of so many words in which each word of `arcs` points at one word (-1: at none) with .9."""
    numbers = np.arange(words)
    encoded = EncodedArticle(
        "x" * words, [], numbers, numbers, numbers, numbers, numbers + 1, numbers * 0, numbers * 0, []
    )
    targets = np.arange(-1, words)
    rows = {}
    for word, target in arcs.items():
        row = np.full(words + 1, 0.1 / words)
        row[target + 1] = 0.9
        rows[word] = Arcs(targets, row)
    return TaggedArticle(encoded, np.zeros((words, len(TAGS))), rows)


def spans(*roles: str) -> list[TaggedSpan]:
    """One span a word."""
    return [TaggedSpan(n, n + 1, role, 1.0) for n, role in enumerate(roles)]


@pytest.mark.parametrize(
    ("roles", "arcs", "expected"),
    [
        (("source", "cue", "content"), {0: 1, 1: 0, 2: 1}, [((0,), 1, (2,))]),
        # one source for two cues
        (
            ("source", "cue", "content", "cue", "content"),
            {0: 1, 1: 0, 2: 1, 3: 0, 4: 3},
            [((0,), 1, (2,)), ((0,), 3, (4,))],
        ),
        # an interrupted quotation is one relation
        (("content", "source", "cue", "content"), {0: 2, 1: 2, 2: 1, 3: 2}, [((1,), 2, (0, 3))]),
        # nobody named
        (("cue", "content"), {0: -1, 1: 0}, [((), 0, (1,))]),
        # a source without a cue
        (("source", "content"), {0: -1, 1: 0}, [((0,), None, (1,))]),
        # neither
        (("content",), {0: -1}, [((), None, (0,))]),
        # two sources share a cue
        (("source", "source", "cue", "content"), {0: 2, 1: 2, 2: 0, 3: 2}, [((0, 1), 2, (3,))]),
    ],
)
def test_links(roles: tuple[str, ...], arcs: dict[int, int], expected: list[tuple]) -> None:
    """Each shape of relation comes out of its arcs."""
    found = link(tagged(len(roles), arcs), spans(*roles))
    assert [(r.sources, r.cue, r.contents) for r in found] == expected
    assert all(0.5 < r.certainty <= 1 for r in found)


def test_words_without_arcs_count_for_nothing() -> None:
    """A content that points nowhere we know of is nobody's, not an error."""
    assert link(tagged(1, {}), spans("content")) == [Linked((), None, (0,), 0.0)]
