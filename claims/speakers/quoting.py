"""Who is quoted around the words of a source: relations by the quotations and contents that they hold."""

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush

from claims.speakers.figures import Figure
from claims.speakers.layout import Layout
from claims.terms import Relation


class Quoting:
    """The relations of an article by what they quote. Relations go by their numbers in the order given."""

    def __init__(self, layout: Layout, relations: Sequence[Relation]) -> None:
        self.layout = layout
        self.relations = relations
        self._enclosing = dict(_smallest_around(relations))
        self._speaker: dict[int, tuple[int, Figure | None]] = {}
        self._from_outside: dict[int, int] = {}
        for j, relation in enumerate(relations):
            if relation.source:
                own = layout.quotation_at(relation.source[0].start)
                for quotation in self._quoted(j) - {own}:
                    self._from_outside.setdefault(quotation, j)

    def enclosing(self, i: int) -> int | None:
        """The smallest other relation whose content holds the source of relation `i`."""
        return self._enclosing.get(i)

    def is_inside_another(self, i: int) -> bool:
        """Whether a piece of another relation's content holds the whole of relation `i`."""
        outer = self.enclosing(i)
        if outer is None:
            return False
        relation = self.relations[i]
        spans = (*relation.source, *relation.cue, *relation.content)
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        return any(piece.start <= start and end <= piece.end for piece in self.relations[outer].content)

    def of_same_quotation(self, i: int) -> int | None:
        """A relation from outside whose content lies in the quotation that the source of relation `i` stands in."""
        quotation = self._quotation_around(i)
        return None if quotation is None else self._from_outside.get(quotation)

    def settle(self, i: int, figure: Figure | None) -> None:
        """Record who is quoted by relation `i`."""
        for quotation in self._quoted(i):
            if quotation not in self._speaker or i < self._speaker[quotation][0]:
                self._speaker[quotation] = (i, figure)

    def speaker_around(self, i: int) -> Figure | None:
        """Who is known to be quoted with the source of relation `i` inside the quotation."""
        quotation = self._quotation_around(i)
        return None if quotation is None else self._speaker.get(quotation, (i, None))[1]

    def _quotation_around(self, i: int) -> int | None:
        return self.layout.quotation_at(self.relations[i].source[0].start)

    def _quoted(self, i: int) -> set[int]:
        """The quotations in which a piece of the content starts."""
        numbers = (self.layout.quotation_at(span.start) for span in self.relations[i].content)
        return {number for number in numbers if number is not None}


def _smallest_around(relations: Sequence[Relation]) -> Iterator[tuple[int, int]]:
    """Each relation whose source stands in another's content, with the one whose piece of content is the smallest."""
    pieces = sorted((span.start, span.end, j) for j, relation in enumerate(relations) for span in relation.content)
    sources = sorted((relation.source[0].start, i) for i, relation in enumerate(relations) if relation.source)
    opened: list[tuple[int, int, int]] = []  # length, relation, end; the smallest first
    following = 0
    for offset, i in sources:
        while following < len(pieces) and pieces[following][0] <= offset:
            start, end, j = pieces[following]
            heappush(opened, (end - start, j, end))
            following += 1
        own = []
        while opened and (opened[0][2] <= offset or opened[0][1] == i):
            piece = heappop(opened)
            if piece[2] > offset:
                own.append(piece)
        if opened:
            yield i, opened[0][1]
        for piece in own:
            heappush(opened, piece)
