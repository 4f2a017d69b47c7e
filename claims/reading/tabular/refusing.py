"""Many refusals in a row, as of what is no table at all: the first are told, the others counted."""

import io
from collections.abc import Iterator
from functools import wraps

from claims.errors import InputRefused
from claims.reading.given import Given, Reader
from claims.terms import Article

_TOLD_IN_A_ROW = 100


def few_refusals(read: Reader) -> Reader:
    """A reader that tells of the first rows it refuses one after the other; of those behind them, which may be a
    million in what is no table, it tells how many they are."""

    @wraps(read)
    def told(name: str, stream: io.BufferedReader, given: Given) -> Iterator[Article | InputRefused]:
        in_a_row, first = 0, ""
        refusal = InputRefused(name, "")

        def others() -> Iterator[InputRefused]:
            if in_a_row > _TOLD_IN_A_ROW:
                more = in_a_row - _TOLD_IN_A_ROW
                yield InputRefused(first, f"the first of {more:,} more, refused one after the other up to {refusal}")

        try:
            for found in read(name, stream, given):
                if isinstance(found, InputRefused):
                    in_a_row, refusal = in_a_row + 1, found
                    if in_a_row > _TOLD_IN_A_ROW:
                        first = first or found.name
                        continue
                else:
                    yield from others()
                    in_a_row, first = 0, ""
                yield found
        except InputRefused:
            yield from others()
            raise
        yield from others()

    return told
