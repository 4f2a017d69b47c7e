"""How likely one tag follows another, counted in an annotated corpus: it steadies what the tagger says of each word."""

from collections.abc import Sequence

import numpy as np

from claims.attribution.decoding import TAGS
from claims.attribution.encoding import Encoder
from claims.evaluation.corpus import AnnotatedArticle
from claims.training.examples import word_labels

WEIGHT = 0.15
"""How much of it counts: the tagger has seen the neighbours, too, so that all of it would count them twice."""


def tag_steps(corpus: Sequence[AnnotatedArticle], encoder: Encoder) -> np.ndarray:
    """How much likelier than chance each tag comes after another: logarithms `[len(TAGS), len(TAGS)]`, weighted."""
    counts = np.ones((len(TAGS), len(TAGS)))
    for article in corpus:
        encoded = encoder.encode(article.text)
        tags, _ = word_labels(encoded, article)
        together = encoded.paragraph[1:] == encoded.paragraph[:-1]
        np.add.at(counts, (tags[:-1][together], tags[1:][together]), 1)
    share = counts / counts.sum()
    chance = share.sum(axis=1, keepdims=True) * share.sum(axis=0, keepdims=True)
    return WEIGHT * np.log(share / chance)
