"""The source and the article that a person means, and what was probably meant where there is none."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from claims.cli.options import typed_text
from claims.errors import InputRefused, StoreError

if TYPE_CHECKING:
    from claims.store import SourceCard, SourceRow, Store

PIECE = 3
"""Letters at the start and the end of a word: a slip of the keyboard seldom spoils them all."""

LIKELY = 75
"""Of 100: names less alike are no guess worth telling."""

GUESSES = 3
ARTICLES_TOLD = 5
_CANDIDATES = 200


def source_argument(name: str = "source", **settings: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A source, by its number or a name."""
    return click.argument(name, callback=typed_text, **settings)


def find_source(store: "Store", ref: str) -> "SourceCard":
    """The source of a number or a name; StoreError, with the names nearest to it, where there is none."""
    try:
        return store.source(ref)
    except StoreError as error:
        meant = [f'{row.id} "{name}" ({row.kind})' for row, name in _nearest(store, ref.removeprefix("="))]
        if not meant:
            raise
        raise StoreError(f"{error} Did you mean {' or '.join(meant)}?") from error


def find_article(card: "SourceCard", text: str) -> int:
    """The article, among those a source speaks in, of a number, a headline or (where it has none) a path."""
    known = {mention.article_id: mention.article for mention in card.mentions}
    if text.isascii() and text.isdigit():
        return int(text)
    found = [number for number, article in known.items() if text.casefold() == article.casefold()]
    if len(found) == 1:
        return found[0]
    what = "several articles are called so" if found else f'"{card.row.name}" speaks in no article that is called so'
    told = "; ".join(f'{number} "{known[number]}"' for number in (found or list(known))[:ARTICLES_TOLD])
    raise InputRefused(f"--article {text}", f"{what}. Name one by its number: {told}")


def _nearest(store: "Store", asked: str) -> list[tuple["SourceRow", str]]:
    """Sources with a name like this one; none where names contain it, which the store has told of."""
    from rapidfuzz import fuzz, process

    name = asked.casefold()
    pieces = {piece for word in name.split() for piece in (word[:PIECE], word[-PIECE:])}
    rows = {row.id: row for piece in sorted(pieces) for row in store.sources(piece, limit=_CANDIDATES)}
    names = [(row, other) for row in rows.values() for other in (row.name, *row.names)]
    folded = [other.casefold() for _, other in names]
    if name.isdigit() or any(name in other for other in folded):
        return []
    guesses: dict[int, tuple[SourceRow, str]] = {}
    for _, _, place in process.extract(name, folded, scorer=fuzz.WRatio, score_cutoff=LIKELY, limit=None):
        guesses.setdefault(names[place][0].id, names[place])
    return list(guesses.values())[:GUESSES]
