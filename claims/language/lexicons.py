"""Word lists as data files: a line an entry, lines that start with "#" are the header."""

from pathlib import Path


def lexicon_lines(file: Path) -> tuple[str, ...]:
    """The entries of a lexicon file, as written."""
    lines = (line.strip() for line in file.read_text("utf-8").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))
