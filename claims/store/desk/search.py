"""Claims, sources and articles that a person looks for."""

import re

EMPTY_SEARCH = '""'
"""A full-text query that finds nothing; an empty string would be a syntax error."""

_PHRASE = re.compile(r'"([^"]*)"?|([^\s"]+)')


def any_text_to_fts(text: str) -> str:
    """The words of `text` as a full-text query that no text makes a syntax error; words in quotation marks stay one."""
    # SQLite ends a query at a NUL, so these go.
    parts = (phrase or word for phrase, word in _PHRASE.findall(text.replace("\0", " ")))
    return " ".join(f'"{part}"' for part in parts if part.strip()) or EMPTY_SEARCH
