"""A text cut into pieces, each with the parts that it plays in attributions, however these stand inside each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.store.desk.articles import MarkedAttribution, Spans

DEEPEST = 12
"""Of the parts that a stretch of text plays so many are told, the innermost; more inside each other look the same."""


@dataclass(frozen=True, order=True)
class Layer:
    """A part that a stretch of text plays: source, cue or content of the attribution with that place in the list.

    Layers sort from the outermost to the innermost: what starts earlier, and of these what ends later, holds the other.
    """

    start: int
    minus_end: int
    place: int
    role: str


@dataclass(frozen=True)
class Piece:
    """Words without a border inside, the layers around them, and the attributions whose content starts with them."""

    text: str
    layers: tuple[Layer, ...]
    starting: tuple[int, ...]


def pieces(text: str, start: int, marked: Sequence[MarkedAttribution]) -> Iterator[Piece]:
    """The text, which stands at `start` in its article, piece by piece: together they are the whole text.

    A content that has started before the text starts with its first piece.
    """
    end = start + len(text)
    layers = [
        Layer(max(first, start), -min(last, end), place, role)
        for place, one in enumerate(marked)
        for role, spans in (("source", one.source), ("cue", one.cue_at), ("content", one.content))
        for first, last in spans
        if first < end and last > start and first < last
    ]
    layers.sort()
    starting: dict[int, list[int]] = {}
    for place, one in enumerate(marked):
        here = _first_here(one.content or one.source or one.cue_at, start, end)
        if here is not None:
            starting.setdefault(here, []).append(place)
    borders = {start, end, *starting}
    for layer in layers:
        borders |= {layer.start, -layer.minus_end}
    cuts = sorted(borders)
    open_layers: list[Layer] = []
    coming = iter([*layers, None])
    following = next(coming)
    for first, last in pairwise(cuts):
        open_layers = [layer for layer in open_layers if -layer.minus_end > first]
        while following is not None and following.start <= first:
            open_layers.append(following)
            following = next(coming)
        layered = tuple(sorted(open_layers)[-DEEPEST:])
        yield Piece(text[first - start : last - start], layered, tuple(starting.get(first, ())))


def _first_here(spans: Spans, start: int, end: int) -> int | None:
    """The first place in `[start, end)` that spans hold."""
    return min((max(first, start) for first, last in spans if first < end and last > start), default=None)
