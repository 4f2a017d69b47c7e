"""Fit how sure the model is on articles it has not seen: `python -m claims.training.calibrate FOLDER CORPUS`.

A logistic regression from the evidence of a relation to whether its content and source are right (Platt, 1999); its
weights go into FOLDER/model.json. Prints the expected calibration error, five-fold cross-validated by article.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from claims.attribution.decoding import tagged_spans
from claims.attribution.linking import link
from claims.attribution.relations import evidence, relation_of
from claims.attribution.tagger import Tagger
from claims.evaluation.corpus import AnnotatedArticle, read_corpus
from claims.terms import Relation

RIDGE = 1.0
BINS = 10


def observations(tagger: Tagger, article: AnnotatedArticle) -> list[tuple[tuple[float, ...], bool]]:
    """Evidence and truth of each relation that the tagger finds in an article."""
    tagged = tagger.tag(article.text)
    spans = tagged_spans(tagged.log_probabilities, tagged.encoded.paragraph)
    linked = link(tagged, spans)
    found = [relation_of(tagged, spans, one, confidence=0.5) for one in linked]
    right = _right(found, article.relations)
    return [(evidence(spans, one), number in right) for number, one in enumerate(linked)]


def _right(found: Sequence[Relation], gold: Sequence[Relation]) -> set[int]:
    """Which of `found` share at least half of their content's characters with a gold relation, and its source."""

    def characters(relation: Relation, role: str) -> set[int]:
        return {place for start, end in getattr(relation, role) for place in range(start, end)}

    pairs = []
    wanted = [(characters(g, "content"), characters(g, "source")) for g in gold]
    for i, one in enumerate(found):
        content, source = characters(one, "content"), characters(one, "source")
        for j, (gold_content, gold_source) in enumerate(wanted):
            common = len(content & gold_content)
            if 2 * common >= len(content | gold_content):
                pairs.append(
                    (-common / len(content | gold_content), i, j, bool(source & gold_source) or source == gold_source)
                )
    right, used_found, used_gold = set(), set(), set()
    for _, i, j, same_source in sorted(pairs):
        if i not in used_found and j not in used_gold:
            used_found.add(i)
            used_gold.add(j)
            if same_source:
                right.add(i)
    return right


def fit(features: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Weights of a ridge logistic regression, bias first, by Newton's method."""
    x = np.hstack([np.ones((len(features), 1)), features])
    weights = np.zeros(x.shape[1])
    penalty = RIDGE * np.diag([0.0, *np.ones(features.shape[1])])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (truth - p) - penalty @ weights
        weights += np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + penalty, gradient)
    return weights


def predict(weights: np.ndarray, features: np.ndarray) -> np.ndarray:
    """Confidences for rows of evidence."""
    return 1 / (1 + np.exp(-(weights[0] + features @ weights[1:])))


def expected_error(confidence: np.ndarray, truth: np.ndarray) -> float:
    """The mean distance, weighted by size, between confidence and accuracy in bins of equal width."""
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return float(
        sum(abs(confidence[bins == b].mean() - truth[bins == b].mean()) * (bins == b).mean() for b in np.unique(bins))
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("corpus", type=Path)
    options = parser.parse_args()
    tagger = Tagger(options.folder)
    per_article = [observations(tagger, article) for article in read_corpus(options.corpus)]
    fold = np.concatenate([np.full(len(found), n % 5) for n, found in enumerate(per_article)])
    features = np.array([e for found in per_article for e, _ in found])
    truth = np.array([t for found in per_article for _, t in found], float)
    held_out = np.zeros(len(truth))
    for n in range(5):
        held_out[fold == n] = predict(fit(features[fold != n], truth[fold != n]), features[fold == n])
    error = expected_error(held_out, truth)
    print(f"{len(truth)} relations, {truth.mean():.3f} right, expected calibration error {error:.3f}")
    file = options.folder / "model.json"
    settings = json.loads(file.read_text("utf-8"))
    settings["calibration"] = [round(float(w), 4) for w in fit(features, truth)]
    file.write_text(json.dumps(settings, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
