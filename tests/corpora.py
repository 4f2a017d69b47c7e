"""Made-up corpora for tests: articles written as brat standoff, the way PolNeAR lays them out."""

from collections.abc import Sequence
from pathlib import Path

DAM = (
    "Ann Lee said that the dam had held.\n\n“It will hold for years,” she told reporters on Monday.\n\n"
    "Roe, a spokesman for the council, denied that anybody had been warned.\n"
)
DAM_RELATIONS = (
    ("Ann Lee", "said", "that the dam had held"),
    ("she", "told", "“It will hold for years,”"),
    ("Roe, a spokesman for the council", "denied", "that anybody had been warned"),
)
BRIDGE = "The bridge is closed until May, the ministry said.\n\nDrivers hope that it will open sooner.\n"
BRIDGE_RELATIONS = (
    ("the ministry", "said", "The bridge is closed until May"),
    ("Drivers", "hope", "that it will open sooner"),
)


def standoff(text: str, relations: Sequence[Sequence[str]]) -> str:
    """Brat lines for relations given as the words of source, cue and content, each found where it stands first."""
    lines, number = [], 0
    for count, parts in enumerate(relations, start=1):
        roles = []
        for label, words in zip(("Source", "Cue", "Content"), parts, strict=True):
            if not words:
                continue
            number += 1
            start = text.index(words)
            lines.append(f"T{number}\t{label} {start} {start + len(words)}\t{words}")
            roles.append(f"{label}:T{number}")
        lines.append(f"E{count}\tAttribution:T{number} {' '.join(roles)}")
    return "\n".join(lines) + "\n"


def write(folder: Path, name: str, text: str, annotations: str, annotator: str = "kim") -> Path:
    """Add an article to the corpus in `folder`; returns the annotator's file."""
    for part in ("text", "attributions"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    (folder / "text" / f"{name}.txt").write_text(text, "utf-8")
    file = folder / "attributions" / f"{name}_{annotator}.ann"
    file.write_text(annotations, "utf-8")
    return file


def small(folder: Path) -> Path:
    """A corpus of two articles."""
    write(folder, "bridge", BRIDGE, standoff(BRIDGE, BRIDGE_RELATIONS))
    write(folder, "dam", DAM, standoff(DAM, DAM_RELATIONS))
    return folder
