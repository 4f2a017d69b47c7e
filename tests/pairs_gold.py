"""Hand-labelled pairs of claims: where they stand in PolNeAR's train part, and their words where that part is at hand.

No text of the corpus is stored here, so a pair has its words only beside the corpus. Run as a program, prints all pairs
as JSON lines with the fields of `../shared/gold/duplicates-dev.jsonl`, and `part`.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
LABELS = ROOT / "tests" / "gold" / "pairs.jsonl"
CORPUS = ROOT.parent / "shared" / "polnear" / "train"


@cache
def _text(file: Path) -> str:
    """The text as the offsets count it: code points, line ends untouched."""
    return file.read_bytes().decode("utf-8")


def _words(text: str, spans: list[list[int]]) -> str:
    return " ".join(" ".join(text[start:end].split()) for start, end in spans)


def _side(side: dict[str, Any], corpus: Path) -> dict[str, Any]:
    text = _text(corpus / "text" / f"{side['article']}.txt")
    publisher, date, _ = side["article"].split("_", 2)
    return {
        "text": _words(text, side["content"]),
        "source": _words(text, side["source"]),
        "cue": _words(text, side["cue"]),
        "article": side["article"],
        "publisher": publisher,
        "date": date,
        "start": side["content"][0][0],
        "end": side["content"][-1][1],
    }


def pairs(part: str | None = None, corpus: Path = CORPUS) -> list[dict[str, Any]]:
    """The labelled pairs of one part ("dev", "test") or of both, with their words; none where the corpus is missing."""
    if not corpus.is_dir():
        return []
    rows = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]
    return [
        row | {"a": _side(row["a"], corpus), "b": _side(row["b"], corpus)}
        for row in rows
        if part is None or row["part"] == part
    ]


if __name__ == "__main__":
    for pair in pairs():
        print(json.dumps(pair, ensure_ascii=False))
