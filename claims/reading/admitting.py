"""What an article must be to be taken in: English, and no more than an article."""

import re

from claims.errors import InputRefused
from claims.reading.given import Given
from claims.reading.limits import MAX_PIECES
from claims.reading.tongues import in_english
from claims.terms import Article

_PIECE = re.compile(r"[A-Za-zÀ-ɏ]{1,8}|\d{1,3}|\S")
"""About what the tagger reads at a step."""


def admitted(article: Article, given: Given) -> Article | InputRefused:
    """The article with what is `given` over what it says itself; or why it is none."""
    try:
        article = in_english(given.over(article), given.language)
    except InputRefused as refusal:
        return refusal
    if len(article.text) > MAX_PIECES and sum(1 for _ in _PIECE.finditer(article.text)) > MAX_PIECES:
        return InputRefused(
            article.path, f"has more than {MAX_PIECES:,} words, numbers and marks: a table or a dump, but no article"
        )
    return article
