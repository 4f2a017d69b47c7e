"""What has been said by whom so far: the speakers of an article in text order, and how far back a sentence lies."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from claims.speakers.cast import Cast
from claims.speakers.figures import Figure
from claims.speakers.layout import Layout
from claims.terms import Source

_LOOK_BACK = 100  # turns: who spoke before that is not meant any more


@dataclass(frozen=True)
class Turn:
    """A place where someone is named as a source; `figure` is set where it is one known person or body."""

    start: int
    end: int
    sources: tuple[Source, ...]
    figure: Figure | None
    plural: bool
    sentence: int
    paragraph: int
    quoted: bool


class Scene:
    """An article's cast with the turns that were resolved so far, in text order whatever order they came in."""

    def __init__(self, layout: Layout, cast: Cast) -> None:
        self.layout = layout
        self.cast = cast
        self.turns: list[Turn] = []
        self.leaders: dict[int, Figure] = {}  # of sentences that open with no name; see `leading`
        ends = [*layout.sentences[1:], len(layout.text)][: len(layout.sentences)]
        wholly_quoted = (
            layout.is_quoted(start) and layout.is_quoted(start + len(layout.text[start:end].rstrip()) - 1)
            for start, end in zip(layout.sentences, ends, strict=True)
        )
        self._quoted_so_far = [0, *accumulate(wholly_quoted)]

    def is_alone(self, figure: Figure, sentence: int) -> bool:
        """Whether a sentence names, outside of quotations, this figure and nobody else who can be a person."""
        return figure.is_person and " " in figure.name and self._persons.get(sentence) == {id(figure)}

    @cached_property
    def _persons(self) -> dict[int, set[int]]:
        persons: dict[int, set[int]] = defaultdict(set)
        for mention in self.cast.mentions:
            if not mention.quoted and mention.figure.may_be_person:
                persons[mention.sentence].add(id(mention.figure))
        return persons

    def add(self, turn: Turn) -> None:
        """Record a resolved turn."""
        insort(self.turns, turn, key=lambda t: t.start)

    def turns_back(self, offset: int, most: int = _LOOK_BACK) -> Iterator[Turn]:
        """The turns that start before `offset`, the nearest first, `most` at most."""
        end = bisect_left(self.turns, offset, key=lambda t: t.start)
        return reversed(self.turns[max(0, end - most) : end])

    def distance(self, earlier: int, later: int) -> int:
        """How many sentences lie between two, those that are all quotation left out."""
        return max(0, later - earlier - (self._quoted_so_far[later] - self._quoted_so_far[min(earlier + 1, later)]))

    def last_person(self, offset: int, within: int = 6) -> Turn | None:
        """The last person who spoke in the outlet's text before `offset`, at most `within` sentences back."""
        sentence = self.layout.sentence_at(offset)
        for turn in self.turns_back(offset):
            if self.distance(turn.sentence, sentence) > within:
                return None
            if turn.figure is not None and turn.figure.is_person and not turn.quoted:
                return turn
        return None
