"""Scores of words into spans: the best legal sequence of BIO tags in each paragraph."""

from dataclasses import dataclass

import numpy as np

from claims.terms import ROLES

TAGS = ("O", *(f"{position}-{role}" for role in ROLES for position in "BI"))
"""O, then beginning and inside of each role: B-source, I-source, B-cue, …"""

_INSIDE = tuple(range(2, len(TAGS), 2))
_FORBIDDEN = -1e9
# What one tag costs after another: I-x may follow B-x and I-x only.
_STEP = np.zeros((len(TAGS), len(TAGS)))
_FIRST = np.zeros(len(TAGS))
for _inside in _INSIDE:
    _STEP[:, _inside] = _FORBIDDEN
    _STEP[_inside - 1, _inside] = _STEP[_inside, _inside] = 0.0
    _FIRST[_inside] = _FORBIDDEN


@dataclass(frozen=True)
class TaggedSpan:
    """Words `[first, last)` that play one role; `certainty` is the mean probability of their tags, 0..1."""

    first: int
    last: int
    role: str
    certainty: float


def tagged_spans(log_probabilities: np.ndarray, paragraph: np.ndarray) -> list[TaggedSpan]:
    """Spans from log-probabilities `[words, len(TAGS)]`; no span crosses a change in `paragraph` `[words]`."""
    if not len(paragraph):
        return []
    best = log_probabilities.argmax(axis=1)
    cuts = [0, *(np.flatnonzero(np.diff(paragraph)) + 1).tolist(), len(paragraph)]
    previous = np.concatenate([[0], best[:-1]])
    previous[cuts[:-1]] = 0
    inside = (best > 0) & (best % 2 == 0)
    illegal = np.flatnonzero(inside & (previous != best) & (previous != best - 1))
    for number in sorted({int(np.searchsorted(cuts, word, "right")) for word in illegal}):
        first, last = cuts[number - 1], cuts[number]
        best[first:last] = _viterbi(log_probabilities[first:last])
    chosen = np.exp(log_probabilities[np.arange(len(best)), best])
    spans, word = [], 0
    starts = set(cuts)
    tags = best.tolist()
    while word < len(tags):
        tag = tags[word]
        if tag == 0:
            word += 1
            continue
        last = word + 1
        within = tag if tag % 2 == 0 else tag + 1
        while last < len(tags) and tags[last] == within and last not in starts:
            last += 1
        spans.append(TaggedSpan(word, last, ROLES[(tag - 1) // 2], float(chosen[word:last].mean())))
        word = last
    return spans


def _viterbi(scores: np.ndarray) -> list[int]:
    """The best legal sequence for one paragraph."""
    total = scores[0] + _FIRST
    came_from = []
    for row in scores[1:]:
        step = total[:, None] + _STEP
        origin = step.argmax(axis=0)
        came_from.append(origin)
        total = step[origin, np.arange(len(TAGS))] + row
    path = [int(total.argmax())]
    for origin in reversed(came_from):
        path.append(int(origin[path[-1]]))
    return path[::-1]
