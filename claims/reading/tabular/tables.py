"""CSV: a table of articles, a row each, whatever its size; with commas, tabs, semicolons or bars."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

from claims.errors import InputRefused
from claims.reading.given import Given
from claims.reading.limits import MAX_ROW_BYTES
from claims.reading.tabular.lines import lines_of
from claims.reading.tabular.quoting import Row, Rows
from claims.reading.tabular.refusing import few_refusals
from claims.reading.tabular.rows import columns_of, row_article
from claims.terms import Article

_MOST_COLUMNS = 1000


@few_refusals
def read_csv(name: str, stream: io.BufferedReader, given: Given) -> Iterator[Article | InputRefused]:
    """The articles of a table whose first line names its columns, each named "FILE#LINE" by its row's first line.

    Raises InputRefused where no column holds the text, or there are no rows.
    """
    # The module's own limit is below the longest articles. It is one for the whole process, and never lowered here.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_ROW_BYTES))
    rows = Rows(name, lines_of(stream))
    head = rows.head()
    if head is None:
        raise InputRefused(name, "is empty: there is no article in it")
    columns = columns_of(name, head[:_MOST_COLUMNS], given)
    empty = True
    for row in rows:
        empty = False
        yield row if isinstance(row, InputRefused) else _article(f"{name}#{row.line}", row, head, columns)
    if empty:
        raise InputRefused(name, "has no rows below the line that names its columns")


def _article(name: str, row: Row, head: list[str], columns: dict[str, tuple[str, ...]]) -> Article | InputRefused:
    try:
        if len(row.cells) > len(head):
            raise InputRefused(
                name, f"has {len(row.cells)} fields, the table's head {len(head)}: is it quoted rightly?"
            )
        cells: dict[str, str] = {}
        for column, cell in zip(head[:_MOST_COLUMNS], row.cells, strict=False):
            cells[column] = cells.get(column) or cell  # of two columns with one name the first that is filled
        article = row_article(name, cells, columns)
    except InputRefused as refusal:
        return refusal
    return replace(article, notes=(*article.notes, *row.notes))
