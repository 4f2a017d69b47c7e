"""Speakers against the hand-made gold: how many are named exactly, with the gold's own spans."""

import importlib.util
import json
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from claims.speakers import resolve
from claims.terms import Article, Relation, Span


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def relation(gold: dict[str, Any]) -> Relation:
    parts = [tuple(Span(*span) for span in gold.get(role, ())) for role in ("source", "cue", "content")]
    return Relation(parts[0], parts[1], parts[2], 1.0, "gold")


@pytest.mark.parametrize(
    ("gold_file", "part", "least"),
    [
        ("speakers-dev.jsonl", "dev", (0.9, 0.85, 0.8)),
        ("speakers-a.jsonl", "train", (0.9, 0.9, 0.7)),
        ("speakers-b.jsonl", "train", (0.86, 0.78, 0.7)),
        ("speakers-c.jsonl", "train", (0.9, 0.85, 0.4)),
    ],
)
def test_most_speakers_are_named_exactly(
    shared: Path, gold_file: str, part: str, least: tuple[float, float, float]
) -> None:
    """Nine in ten, and neither pronouns nor descriptions left behind."""
    scorer = load(shared / "bin" / "score_speakers.py")
    found_at = [folder / gold_file for folder in (shared / "gold", Path(__file__).parent / "gold")]
    gold = read(next(path for path in found_at if path.exists()))
    articles: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in gold:
        articles[line["article"]].append(line)
    found = {}
    for name, lines in articles.items():
        text = (shared / "polnear" / part / "text" / f"{name}.txt").read_bytes().decode("utf-8")
        sources = resolve(Article(name, text), [relation(line) for line in lines])
        found[name] = [
            {"source": line["source"], "content": line["content"], "speaker": " and ".join(s.name for s in named)}
            for line, named in zip(lines, sources, strict=True)
        ]
    table, _ = scorer.score(gold, found)
    shares = [table[kind]["exact_all"] for kind in ("all", "pronoun", "description")]
    assert all(share >= wanted for share, wanted in zip(shares, least, strict=True)), shares


def test_the_speakers_of_the_first_article_are_named(shared: Path) -> None:
    """The article that the project was started for: nearly all of its 28 claims have their speaker."""
    scorer = load(shared / "bin" / "score_article.py")
    gold = read(shared / "gold" / "putin-visits-pyongyang.jsonl")
    text = (shared / "articles" / "putin-visits-pyongyang.txt").read_bytes().decode("utf-8")
    found = resolve(Article("a.txt", text), [relation(line) for line in gold])
    named = [
        scorer.named_in(line, [source.name for source in sources])
        for line, sources in zip(gold, found, strict=True)
        if not line.get("optional")
    ]
    assert sum(named) >= len(named) - 1
