"""Two wordings of a claim side by side: which words one has that the other has not."""

import re
from dataclasses import dataclass

from rapidfuzz.distance import Indel

LONGEST_COMPARED = 900
"""Characters; of longer wordings the rest is left out."""

LEAST_ALIKE = 0.35
"""Wordings that share fewer of their words are told as they are: marks on nearly each would only hide them."""

_EDGES = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True)
class Piece:
    """Some words, and where they stand: "both", "first" (left out here), "here" (not in the first wording)."""

    words: str
    where: str


def differences(first: str, other: str) -> tuple[Piece, ...]:
    """The words of `other` with those of `first` that it leaves out; signs and capitals make no difference."""
    before, after = _words(first), _words(other)
    mine, theirs = [_bare(word) for word in before], [_bare(word) for word in after]
    if Indel.normalized_similarity(mine, theirs) < LEAST_ALIKE:
        return (Piece(" ".join(after), "both"),)
    pieces: list[Piece] = []
    for step in Indel.opcodes(mine, theirs):
        if step.tag == "delete":
            left_out = Piece(" ".join(before[step.src_start : step.src_end]), "first")
            # What a word was before it was another one is read first.
            pieces.insert(len(pieces) - (bool(pieces) and pieces[-1].where == "here"), left_out)
        else:
            where = "both" if step.tag == "equal" else "here"
            pieces.append(Piece(" ".join(after[step.dest_start : step.dest_end]), where))
    return tuple(pieces)


def same_words(first: str, other: str) -> bool:
    """Whether two wordings differ in signs and capitals only."""
    return [_bare(word) for word in first.split()] == [_bare(word) for word in other.split()]


def _words(text: str) -> list[str]:
    return text.split() if len(text) <= LONGEST_COMPARED else f"{text[:LONGEST_COMPARED]} …".split()


def _bare(word: str) -> str:
    return _EDGES.sub("", word).casefold() or word
