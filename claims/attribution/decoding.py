"""Scores of words into spans: the best legal sequence of BIO tags in each paragraph."""

from dataclasses import dataclass

import numpy as np

from claims.terms import ROLES

TAGS = ("O", *(f"{position}-{role}" for role in ROLES for position in "BI"))
"""O, then beginning and inside of each role: B-source, I-source, B-cue, …"""

_FORBIDDEN = -1e9
LEGAL = np.zeros((len(TAGS), len(TAGS)))
"""What one tag costs after another, by the grammar alone: I-x may follow B-x and I-x only."""
for _inside in range(2, len(TAGS), 2):
    LEGAL[:, _inside] = _FORBIDDEN
    LEGAL[_inside - 1, _inside] = LEGAL[_inside, _inside] = 0.0


@dataclass(frozen=True)
class TaggedSpan:
    """Words `[first, last)` that play one role; `certainty` is the mean probability of their tags, 0..1."""

    first: int
    last: int
    role: str
    certainty: float


def tagged_spans(log_probabilities: np.ndarray, paragraph: np.ndarray, steps: np.ndarray = LEGAL) -> list[TaggedSpan]:
    """Spans from log-probabilities `[words, len(TAGS)]`; no span crosses a change in `paragraph` `[words]`.

    `steps` `[len(TAGS), len(TAGS)]` is what is added for each tag after another; `LEGAL` is the least it holds.
    """
    if not len(paragraph):
        return []
    cuts = np.concatenate([[0], np.flatnonzero(np.diff(paragraph)) + 1, [len(paragraph)]])
    best = _best_tags(log_probabilities, cuts, steps)
    chosen = np.exp(log_probabilities[np.arange(len(best)), best])
    spans, word = [], 0
    starts = set(cuts.tolist())
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


def _best_tags(scores: np.ndarray, cuts: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """The best sequence of tags in each stretch between two cuts (Viterbi, 1967), all stretches abreast."""
    lengths = np.diff(cuts)
    order = np.argsort(-lengths, kind="stable")
    starts, lengths = cuts[:-1][order], lengths[order]
    # How many stretches are longer than `word` words: the first so many of `starts`.
    going_on = [int(np.searchsorted(-lengths, -word, "left")) for word in range(int(lengths[0]))]
    total = scores[starts] + LEGAL[0]
    came_from = np.zeros(scores.shape, np.int8)
    for word in range(1, len(going_on)):
        open_ones = going_on[word]
        ways = total[:open_ones, :, None] + steps
        origin = ways.argmax(axis=1)
        rows = starts[:open_ones] + word
        came_from[rows] = origin
        total[:open_ones] = np.take_along_axis(ways, origin[:, None, :], axis=1)[:, 0] + scores[rows]
    best = np.zeros(len(scores), np.int64)
    best[starts + lengths - 1] = total.argmax(axis=1)
    for word in range(len(going_on) - 1, 0, -1):
        rows = starts[: going_on[word]] + word
        best[rows - 1] = came_from[rows, best[rows]]
    return best
