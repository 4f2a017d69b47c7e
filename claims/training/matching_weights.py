"""Fits the weights of `claims.matching`, writes `claims/matching/lexicon/weights.txt` and prints figures.

    python -m claims.training.matching_weights PAIRS.jsonl [PAIRS.jsonl …] CLAIMS.jsonl \\
        claims/matching/lexicon/weights.txt

Two logistic regressions with an L2 penalty on pairs that no conflict of facts decides. Where sources are given: the
labelled pairs, and at less weight the same pairs without their cues, which not everybody gives. Where none is: the
labelled pairs, the same without source and cue, and synthetic pairs that share an index key; without these the rule
merges what only shares a template. They weigh as much as a part of the labelled ones, however many there are.
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
from claims.matching.decision import Weights, decide, sources_given
from claims.matching.features import OPEN, TOLD, held, measure_open, measure_told
from claims.matching.indexing import CANDIDATES, HUB, keys
from claims.matching.prepared import Prepared, Statement, prepare

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

Pairs = list[tuple[Prepared, Prepared]]

PENALTY = 0.6
CUELESS_WEIGHT = 0.3  # of a labelled pair without its cues, with them being 1
BARE_WEIGHT = 0.4  # of a labelled pair without source and cue
SYNTHETIC_WEIGHT = 100.0  # of all synthetic pairs together, a labelled pair being 1
SYNTHETIC_PAIRS = 6000

HEAD = """\
# What each feature of features.py weighs in the score: score = 1 / (1 + exp(-(bias + sum of weight * feature))).
# "told" where sources are given, "open" where none is. Fitted by claims/training/matching_weights.py.
# Ten-fold cross-validation on the {pairs} labelled pairs, no text and no article in two folds:
# {figures}.
"""


def read(path: str) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]


def table(pairs: Pairs, measure: Callable[[Prepared, Prepared], tuple[float, ...]]) -> tuple[Floats, Bools]:
    """The features of each pair, and which pairs no conflict decides."""
    free = [conflict(a, b, held(a, b)) is None for a, b in pairs]
    return np.array([measure(a, b) for a, b in pairs]), np.array(free)


def synthetic(path: str) -> tuple[Pairs, Bools]:
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


def cross_validate(train: Callable[[Bools], Weights], groups: list[str], pairs: Pairs, same: Bools) -> str:
    """Accuracy, precision, recall and average precision over ten foldings; a group is in one fold only."""
    results = []
    for seed in range(10):
        draw = random.Random(seed)
        place = {group: draw.randrange(10) for group in dict.fromkeys(groups)}
        fold = np.array([place[group] for group in groups])
        scores, said = np.zeros(len(pairs)), np.zeros(len(pairs), bool)
        for number in range(10):
            weights = train(fold != number)
            for chosen in np.flatnonzero(fold == number):
                decision = decide(*pairs[chosen], weights)
                scores[chosen], said[chosen] = decision.score, decision.same
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


def trainer(rows: list[dict[str, Any]], pairs: Pairs, made: Pairs, made_same: Bools) -> Callable[[Bools], Weights]:
    """What fits the weights on some of the labelled `rows`, which ready for comparison are `pairs`."""
    same = np.array([row["same"] for row in rows], dtype=float)
    sides = [(row["a"], row["b"]) for row in rows]
    known = np.array([sources_given(a, b) for a, b in pairs])
    named, named_free = table(pairs, measure_told)
    cueless, cueless_free = table(
        [
            (prepare(Statement(a["text"], a.get("source"))), prepare(Statement(b["text"], b.get("source"))))
            for a, b in sides
        ],
        measure_told,
    )
    plain, _ = table(pairs, measure_open)
    bare, bare_free = table(
        [(prepare(Statement(a["text"])), prepare(Statement(b["text"]))) for a, b in sides], measure_open
    )
    made_features, _ = table(made, measure_open)

    def train(chosen: Bools) -> Weights:
        full, less, none = chosen & named_free & known, chosen & cueless_free & known, chosen & bare_free
        told = fit(
            np.vstack([named[full], cueless[less]]),
            np.concatenate([same[full], same[less]]),
            np.concatenate([np.ones(full.sum()), np.full(less.sum(), CUELESS_WEIGHT)]),
        )
        wordings = fit(
            np.vstack([plain[chosen & named_free], bare[none], made_features]),
            np.concatenate([same[chosen & named_free], same[none], made_same]),
            np.concatenate([
                np.ones((chosen & named_free).sum()), np.full(none.sum(), BARE_WEIGHT),
                np.full(len(made), SYNTHETIC_WEIGHT / len(made)),
            ]),
        )  # fmt: skip
        return Weights(tuple(told.tolist()), tuple(wordings.tolist()))

    return train


def main(*paths: str) -> None:
    """Fit on files of labelled pairs and, last but one, synthetic claims, and write the weights to the last path."""
    *gold, claims, target = paths
    rows = [row for path in gold for row in read(path)]
    pairs = [(_prepared(row["a"]), _prepared(row["b"])) for row in rows]
    train = trainer(rows, pairs, *synthetic(claims))
    figures = cross_validate(train, groups(rows), pairs, np.array([row["same"] for row in rows]))
    print(figures)
    weights = train(np.ones(len(rows), dtype=bool))
    text = HEAD.format(pairs=len(rows), figures=figures)
    for kind, names, values in (("told", TOLD, weights.told), ("open", OPEN, weights.open)):
        text += "".join(f"{kind} {name} {value:.3f}\n" for name, value in zip((*names, "bias"), values, strict=True))
    Path(target).write_text(text, encoding="utf-8")


def _prepared(side: dict[str, Any]) -> Prepared:
    return prepare(Statement(side["text"], side.get("source"), side.get("cue")))


if __name__ == "__main__":
    main(*sys.argv[1:])
