"""Stance and act against hand labels: how often they are right on labels that no rule was made on."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from claims.attribution.acts import act_of
from claims.attribution.stance import read_cue
from claims.attribution.wording import form_of, readable
from claims.evaluation.corpus import read_corpus
from claims.language.quotations import find_quotations
from claims.terms import STANCES, Relation, Span
from tests.conftest import ROOT

LABELS = ROOT / "tests" / "gold" / "stances-polnear-dev.jsonl"


def labels() -> list[dict[str, Any]]:
    return [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]


def spans(pairs: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in pairs)


@pytest.fixture(scope="module")
def read(shared: Path) -> list[tuple[dict[str, Any], dict[str, str]]]:
    """Each label with what the program says."""
    articles = {article.name: article.text for article in read_corpus(shared / "polnear" / "dev")}
    found = []
    for label in labels():
        text = articles[label["article"]]
        relation = Relation((), spans(label["cue"]), spans(label["content"]), 1.0, "labelled")
        cue = " ".join(" ".join(text[start:end].split()) for start, end in relation.cue)
        words = readable(text, relation.content)
        reading = read_cue(cue, words)
        act = act_of(cue, words, form_of(text, relation, find_quotations(text)), reading)
        found.append((label, {"stance": reading.stance, "act": act}))
    return found


def right(label: dict[str, Any], said: dict[str, str], field: str) -> bool:
    return said[field] in (label[field], label.get("also", {}).get(field))


@pytest.mark.parametrize(
    ("part", "field", "bar"),
    [("develop", "stance", 0.97), ("develop", "act", 0.95), ("held-out", "stance", 0.93), ("held-out", "act", 0.95)],
)
def test_nine_in_ten_are_right(
    read: list[tuple[dict[str, Any], dict[str, str]]], part: str, field: str, bar: float
) -> None:
    """On the labels that rules were made on, and on those that they were not."""
    results = [right(label, said, field) for label, said in read if label["part"] == part]
    assert sum(results) / len(results) >= bar


def test_the_labels_are_whole() -> None:
    """300, a third of them held out, with known words only and no text of the corpus."""
    lines = labels()
    assert Counter(line["part"] for line in lines) == {"develop": 200, "held-out": 100}
    for line in lines:
        assert set(line) <= {"article", "content", "cue", "stance", "act", "also", "part"}
        assert {line["stance"], line.get("also", {}).get("stance", line["stance"])} <= set(STANCES)
        assert {line["act"], line.get("also", {}).get("act", line["act"])} <= {"speech", "attitude"}
        assert line.get("also", {}).items().isdisjoint(line.items())
