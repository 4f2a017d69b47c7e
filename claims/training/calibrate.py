"""Fit how sure the model is on articles it has not seen: `python -m claims.training.calibrate FOLDER CORPUS`.

A logistic regression from the evidence of a relation to whether its content and source are right (Platt, 1999); its
weights go into FOLDER/model.json. Prints the expected calibration error, five-fold cross-validated by article.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from claims.attribution.decoding import tagged_spans
from claims.attribution.linking import link
from claims.attribution.mending import mend
from claims.attribution.relations import evidence, relation_of
from claims.attribution.tagger import Tagger
from claims.evaluation.corpus import AnnotatedArticle, read_corpus
from claims.evaluation.scoring import Bin, Tokens, calibration_error, pairs, reliability

RIDGE = np.array([0.001, 1.0, 1.0, 1.0, 1.0, 1.0])
"""What holds each weight back, the bias least."""

FOLDS = 5
FEWEST = 50
"""Fewer relations say too little to fit six weights to."""


@dataclass(frozen=True)
class Calibration:
    """How many relations it was fitted on, which share of them is right, and the expected calibration error of
    cross-validation by article. Without `error` there was too little to fit anything."""

    relations: int
    right: float
    error: float | None
    bins: tuple[Bin, ...] = ()


def calibrate(folder: Path, articles: Sequence[AnnotatedArticle]) -> Calibration:
    """Fit the confidences of the model in `folder` on articles that its training has not seen, and write its
    model.json anew; with too few relations or a single article the file stays as it is."""
    tagger = Tagger(folder)
    seen = [observations(tagger, article) for article in articles]
    fold = np.concatenate([np.full(len(found), n % FOLDS) for n, found in enumerate(seen)])
    features = np.array([evidence for found in seen for evidence, _ in found], float)
    truth = np.array([right for found in seen for _, right in found], float)
    share = float(truth.mean()) if len(truth) else 0.0
    if len(truth) < FEWEST or len(set(fold)) < 2:
        return Calibration(len(truth), share, None)
    held_out = np.zeros(len(truth))
    for n in set(fold):
        held_out[fold == n] = predict(fit(features[fold != n], truth[fold != n]), features[fold == n])
    file = folder / "model.json"
    settings = json.loads(file.read_text("utf-8"))
    settings["calibration"] = [round(float(w), 4) for w in fit(features, truth)]
    file.write_text(json.dumps(settings, indent=2) + "\n", "utf-8")
    bins = reliability(zip(held_out.tolist(), (truth > 0).tolist(), strict=True))
    return Calibration(len(truth), share, calibration_error(bins), tuple(bins))


def observations(tagger: Tagger, article: AnnotatedArticle) -> list[tuple[tuple[float, ...], bool]]:
    """Evidence and truth of each relation that the tagger finds in an article, as it is after mending."""
    tagged = tagger.tag(article.text)
    spans = tagged_spans(tagged.log_probabilities, tagged.encoded.paragraph, tagger.settings.steps)
    linked = link(tagged, spans)
    # Mending joins, cuts and splits: a relation's number, in the place of its confidence, says what it was made of.
    numbered = [relation_of(tagged, spans, one, confidence=float(number)) for number, one in enumerate(linked)]
    found = mend(article.text, numbered, tagged.encoded.quotations)
    agreed = pairs(Tokens(article.text), article.relations, found)
    right = {pair.found for pair in agreed if "content + source" in pair.agrees}
    return [(evidence(spans, linked[int(r.confidence)]), number in right) for number, r in enumerate(found)]


def fit(features: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Weights of a ridge logistic regression, bias first, by Newton's method."""
    x = np.hstack([np.ones((len(features), 1)), features])
    weights, penalty = np.zeros(x.shape[1]), np.diag(RIDGE)
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (truth - p) - penalty @ weights
        weights += np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + penalty, gradient)
    return weights


def predict(weights: np.ndarray, features: np.ndarray) -> np.ndarray:
    """Confidences for rows of evidence."""
    return 1 / (1 + np.exp(-(weights[0] + features @ weights[1:])))


def draw(found: Calibration, file: Path) -> None:
    """The reliability plot: how often relations of about each confidence are right, in cross-validation."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "claims", "font.size": 9})
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(4.6, 3.6), layout="constrained")
    axes.plot([0, 1], [0, 1], color="0.6", linestyle="--", linewidth=1, label="as sure as right")
    at, right = [bin.confidence for bin in found.bins], [bin.right for bin in found.bins]
    axes.plot(at, right, color="#1f4e79", marker="o", label=f"{found.relations:,} attributions")
    for bin in found.bins:
        axes.annotate(f"{bin.found:,}", (bin.confidence, bin.right), (4, -10), textcoords="offset points", fontsize=7)
    axes.set(xlabel="confidence", ylabel="share that is right", xlim=(0, 1), ylim=(0, 1), aspect="equal")
    axes.legend(loc="upper left", frameon=False)
    figure.savefig(file, metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--plot", type=Path, help="draw how often relations of each confidence are right, as SVG")
    options = parser.parse_args()
    found = calibrate(options.folder, read_corpus(options.corpus))
    print(f"{found.relations} relations, {found.right:.3f} right")
    if found.error is None:
        print(f"too little to fit confidences on: at least {FEWEST} relations in two articles are needed")
    else:
        print(f"expected calibration error {found.error:.3f}, cross-validated")
        if options.plot:
            draw(found, options.plot)


if __name__ == "__main__":
    main()
