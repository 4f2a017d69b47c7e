"""Fits the weights of `claims.matching`, writes `claims/matching/lexicon/weights.txt` and prints figures.

    python -m claims.training.matching_weights PAIRS.jsonl [PAIRS.jsonl …] CLAIMS.jsonl \\
        claims/matching/lexicon/weights.txt

A logistic regression with an L2 penalty on the pairs that no conflict of facts decides: the labelled pairs, the same
pairs without their sources at half weight (so that the rule also works where nobody knows who spoke), and synthetic
pairs that share an index key. Without the synthetic pairs the rule merges what only shares a template; they weigh as
much as a third of the labelled ones, however many there are.
"""

import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claims.matching.conflicts import conflict
from claims.matching.decision import CONFLICT_SHARE, SAME
from claims.matching.features import FEATURES, held, measure
from claims.matching.indexing import CANDIDATES, HUB, keys
from claims.matching.prepared import Prepared, Statement, prepare

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

PENALTY = 0.5
SYNTHETIC_WEIGHT = 100.0  # of all synthetic pairs together, a labelled pair being 1; 30 and 300 give .004 less accuracy
SOURCELESS_WEIGHT = 0.4
SYNTHETIC_PAIRS = 6000

HEAD = """\
# What each feature of features.py weighs in the score: score = 1 / (1 + exp(-(bias + sum of weight * feature))).
# Fitted by claims/training/matching_weights.py. Ten-fold cross-validation on the {pairs} labelled pairs,
# no text and no article in two folds: {figures}.
"""


def read(path: str) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]


def table(pairs: list[tuple[Prepared, Prepared]]) -> tuple[Floats, Bools]:
    """The features of each pair, and which pairs a conflict decides."""
    vetoed = [conflict(a, b, held(a, b)) is not None for a, b in pairs]
    return np.array([measure(a, b) for a, b in pairs]), np.array(vetoed)


def synthetic(path: str) -> tuple[list[tuple[Prepared, Prepared]], Bools]:
    """Pairs of synthetic claims that an index would propose, and whether they are in one cluster."""
    rows = read(path)
    claims = [prepare(Statement(row["text"])) for row in rows]
    filed: dict[str, list[int]] = defaultdict(list)
    proposed = []
    for number, claim in enumerate(claims):
        shared: Counter[int] = Counter()
        for key in keys(claim):
            shared.update(filed[key])
            if len(filed[key]) < HUB:
                filed[key].append(number)
        proposed += [(number, other) for other, _ in shared.most_common(CANDIDATES)]
    free = [(i, j) for i, j in proposed if not conflict(claims[i], claims[j], held(claims[i], claims[j]))]
    random.Random(1).shuffle(free)
    free = free[:SYNTHETIC_PAIRS]
    return [(claims[i], claims[j]) for i, j in free], np.array(
        [rows[i]["cluster"] == rows[j]["cluster"] for i, j in free]
    )


def fit(features: Floats, same: Floats, weights: Floats) -> Floats:
    """The weights of the features and, last, the bias, by Newton's method."""
    inputs = np.hstack([features, np.ones((len(features), 1))])
    penalty = PENALTY * np.eye(inputs.shape[1])
    penalty[-1, -1] = 0
    found = np.zeros(inputs.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-inputs @ found))
        slope = inputs.T @ (weights * (chance - same)) + penalty @ found
        found -= np.linalg.solve((inputs * (weights * chance * (1 - chance))[:, None]).T @ inputs + penalty, slope)
    return found


def average_precision(scores: Floats, same: Bools) -> float:
    """Mean of the precision at each true pair, best score first."""
    ranked = same[np.argsort(-scores, kind="stable")]
    return float((np.cumsum(ranked) / np.arange(1, len(ranked) + 1))[ranked].mean())


def cross_validate(
    train: Callable[[Bools], Floats], texts: list[str], features: Floats, vetoed: Bools, same: Bools
) -> str:
    """Accuracy, precision, recall and average precision over ten foldings; a text is in one fold only."""
    results = []
    for seed in range(10):
        draw = random.Random(seed)
        place = {text: draw.randrange(10) for text in dict.fromkeys(texts)}
        fold = np.array([place[text] for text in texts])
        scores = np.zeros(len(texts))
        for number in range(10):
            found = train(fold != number)
            chosen = fold == number
            scores[chosen] = 1 / (1 + np.exp(-(features[chosen] @ found[:-1] + found[-1])))
        scores = np.where(vetoed, CONFLICT_SHARE * scores, scores)
        said = scores >= SAME
        hits = (said & same).sum()
        results.append((
            (said == same).mean(), hits / said.sum(), hits / same.sum(), average_precision(scores, same)
        ))  # fmt: skip
    figures = zip(("accuracy", "precision", "recall", "average precision"), np.mean(results, axis=0), strict=True)
    return ", ".join(f"{name} {value:.3f}" for name, value in figures)


def groups(rows: list[dict[str, Any]]) -> list[str]:
    """For each pair the name of the set of pairs that it hangs together with through texts and articles."""
    leader: dict[str, str] = {}

    def find(text: str) -> str:
        while leader.setdefault(text, text) != text:
            text = leader[text]
        return text

    for row in rows:
        for side in (row["a"], row["b"]):
            for tie in (side["text"], f"article {side['article']}"):
                leader[find(row["a"]["text"])] = find(tie)
    return [find(row["a"]["text"]) for row in rows]


def main(*paths: str) -> None:
    """Fit on files of labelled pairs and, last but one, synthetic claims, and write the weights to the last path.

    Pairs whose "part" is "test" are passed over.
    """
    *gold, claims, target = paths
    rows = [row for path in gold for row in read(path) if row.get("part") != "test"]
    same = np.array([row["same"] for row in rows])
    sides = [(row["a"], row["b"]) for row in rows]
    named, named_vetoed = table([
        (prepare(Statement(a["text"], a.get("source"))), prepare(Statement(b["text"], b.get("source"))))
        for a, b in sides
    ])  # fmt: skip
    bare, bare_vetoed = table([(prepare(Statement(a["text"])), prepare(Statement(b["text"]))) for a, b in sides])
    made, made_same = synthetic(claims)
    made_features, _ = table(made)

    def train(chosen: Bools) -> Floats:
        with_source, without = chosen & ~named_vetoed, chosen & ~bare_vetoed
        return fit(
            np.vstack([named[with_source], bare[without], made_features]),
            np.concatenate([same[with_source], same[without], made_same]).astype(float),
            np.concatenate([
                np.ones(with_source.sum()), np.full(without.sum(), SOURCELESS_WEIGHT),
                np.full(len(made), SYNTHETIC_WEIGHT / len(made)),
            ]),
        )  # fmt: skip

    figures = cross_validate(train, groups(rows), named, named_vetoed, same)
    print(figures)
    found = train(np.ones(len(rows), dtype=bool))
    text = HEAD.format(pairs=len(rows), figures=figures) + "".join(
        f"{name} {value:.3f}\n" for name, value in zip((*FEATURES, "bias"), found, strict=True)
    )
    Path(target).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
