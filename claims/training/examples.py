"""Annotated articles as training examples: a tag a word, an arc a word, cut into windows and batched."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from claims.attribution.decoding import TAGS
from claims.attribution.encoding import EncodedArticle, Encoder, Window, windows
from claims.evaluation.corpus import AnnotatedArticle
from claims.terms import ROLES

UNTAGGED, UNKNOWN = -100, -1
"""Labels of positions that are no word's first piece, and of words that nobody annotated: the loss passes over them,
but a teacher has its say on the latter."""

NO_ANCHOR, NO_SPAN = -1, -2


@dataclass(frozen=True)
class Example:
    """A window with its labels. `arcs[k]` is the position that `k` points at (0: nothing), `UNTAGGED` outside spans."""

    ids: np.ndarray
    types: np.ndarray
    tags: np.ndarray
    arcs: np.ndarray
    is_word: np.ndarray


@dataclass(frozen=True)
class Batch:
    """Examples padded to one length; `present` is 1 where a piece is."""

    ids: Tensor
    types: Tensor
    present: Tensor
    tags: Tensor
    arcs: Tensor
    is_word: Tensor


def word_labels(article: EncodedArticle, annotated: AnnotatedArticle) -> tuple[np.ndarray, np.ndarray]:
    """For each word its tag, and the word its arc points at (`NO_ANCHOR`: nothing, `NO_SPAN`: it is in no span).

    Words of sources and contents point at the first word of their cue (of their source where there is no cue),
    words of cues at the first word of their source: one source may so serve several cues.
    """
    length = len(article.text)
    role = np.full(length, -1, np.int8)
    owner = np.full(length, -1)
    begins = np.zeros(length + 1, bool)
    for number in (2, 0, 1):  # where spans overlap, cue wins over source over content: the shorter says more
        for index, relation in enumerate(annotated.relations):
            for start, end in getattr(relation, ROLES[number]):
                role[start:end], owner[start:end] = number, index
                begins[start:end], begins[start] = False, True
    firsts = [[min((s for s, _ in getattr(r, name)), default=None) for name in ROLES] for r in annotated.relations]
    tags = np.zeros(len(article.starts), np.int64)
    anchors = np.full(len(article.starts), NO_SPAN)
    previous = (-1, -1)
    for word, (start, end) in enumerate(zip(article.starts, article.ends, strict=True)):
        inside = np.flatnonzero(role[start:end] >= 0)
        if not len(inside):
            previous = (-1, -1)
            continue
        place = start + inside[0]
        current = (int(role[place]), int(owner[place]))
        name = ROLES[current[0]]
        fresh = current != previous or begins[start:end].any()
        tags[word] = TAGS.index(("B-" if fresh else "I-") + name)
        previous = current
        source, cue, _ = firsts[current[1]]
        target = source if name == "cue" else cue if cue is not None else source
        anchors[word] = (
            NO_ANCHOR if target is None else max(0, int(np.searchsorted(article.starts, target, "right")) - 1)
        )
    return tags, anchors


def examples(
    encoder: Encoder, annotated: AnnotatedArticle, size: int, context: int, rng: random.Random
) -> Iterator[Example]:
    """The article's windows with labels; the first window's length is drawn, so that cuts differ by epoch."""
    article = encoder.encode(annotated.text)
    tags, anchors = word_labels(article, annotated)
    for window in windows(article, size, context, first_size=rng.randint(size // 4, size)):
        yield _example(article, window, tags, anchors)


def untagged_examples(encoder: Encoder, text: str, size: int, context: int, rng: random.Random) -> Iterator[Example]:
    """The windows of a text that nobody annotated."""
    article = encoder.encode(text)
    words = len(article.starts)
    tags, anchors = np.full(words, UNKNOWN), np.full(words, NO_SPAN)
    for window in windows(article, size, context, first_size=rng.randint(size // 4, size)):
        yield _example(article, window, tags, anchors)


def _example(article: EncodedArticle, window: Window, tags: np.ndarray, anchors: np.ndarray) -> Example:
    position_of = {int(piece): place for place, piece in enumerate(window.pieces) if piece >= 0}
    length = len(window.ids)
    labels, arcs, is_word = np.full(length, UNTAGGED), np.full(length, UNTAGGED), np.zeros(length, bool)
    is_word[0] = True
    pieces = window.pieces[window.pieces >= 0]
    words = np.flatnonzero((article.first_piece >= pieces.min()) & (article.first_piece <= pieces.max()))
    for word in words:
        place = position_of.get(int(article.first_piece[word]))
        if place is None:
            continue
        labels[place], is_word[place] = tags[word], True
        if anchors[word] != NO_SPAN:
            target = anchors[word]
            arcs[place] = 0 if target == NO_ANCHOR else position_of.get(int(article.first_piece[target]), 0)
    return Example(window.ids, window.types, labels, arcs, is_word)


def batches(found: Sequence[Example], pieces: int, rng: random.Random) -> list[Batch]:
    """Examples of like length together, about `pieces` positions a batch, in random order."""
    ordered = sorted(found, key=lambda e: len(e.ids) + rng.random() * 24)
    out: list[Batch] = []
    group: list[Example] = []
    for example in ordered:
        if group and _padded(max(len(example.ids), len(group[-1].ids))) * (len(group) + 1) > pieces:
            out.append(_collate(group))
            group = []
        group.append(example)
    if group:
        out.append(_collate(group))
    rng.shuffle(out)
    return out


def _padded(length: int) -> int:
    return -(-length // 32) * 32  # few lengths: the allocator and the kernels reuse what they have


def _collate(group: Sequence[Example]) -> Batch:
    length = _padded(max(len(e.ids) for e in group))

    def padded(name: str, fill: int) -> Tensor:
        rows = np.full((len(group), length), fill, np.int64)
        for row, example in zip(rows, group, strict=True):
            row[: len(example.ids)] = getattr(example, name)
        return torch.from_numpy(rows)

    present = torch.zeros(len(group), length, dtype=torch.int64)
    for row, example in enumerate(group):
        present[row, : len(example.ids)] = 1
    return Batch(
        padded("ids", 0), padded("types", 0), present, padded("tags", UNTAGGED), padded("arcs", UNTAGGED),
        padded("is_word", 0).bool(),
    )  # fmt: skip
