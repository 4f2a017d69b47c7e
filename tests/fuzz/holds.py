"""What must hold for every input, however hostile."""

import time
from dataclasses import fields
from pathlib import Path

from claims.attribution.tagger import Tagger
from claims.errors import InputRefused
from claims.extraction import extract
from claims.reading import read_articles
from claims.reading.limits import MAX_CHARACTERS
from claims.store import Store
from claims.terms import ROLES, Article, Attribution

SECONDS = 10.0
"""No short input may take longer, even on a busy machine."""


def file_is_read_or_refused(path: Path, data: bytes) -> None:
    """A file becomes articles that can be stored, or refusals in words: never an error, and soon."""
    path.write_bytes(data)
    begun = time.monotonic()
    found = list(read_articles([str(path)]))
    assert time.monotonic() - begun < SECONDS
    for each in found:
        if isinstance(each, InputRefused):
            assert each.reason
            assert "fault of the program" not in each.reason
            continue
        assert each.text.strip()
        assert len(each.text) <= MAX_CHARACTERS
        for field in fields(each):
            value = getattr(each, field.name)
            for words in value if isinstance(value, tuple) else [value]:
                assert words is None or words.encode("utf-8") is not None  # no half characters


def text_is_split(text: str, tagger: Tagger, *, narrated: bool) -> tuple[Article, list[Attribution]]:
    """Whatever stands in a text, its attributions lie in it, have names of their own, and come soon."""
    article = Article("fuzz.txt", text, published="2024-06-19", publisher="Moor Post")
    begun = time.monotonic()
    found = extract(article, tagger, narrated=narrated)
    assert time.monotonic() - begun < SECONDS
    names = [attribution.id for attribution in found]
    assert len(set(names)) == len(names)
    for attribution in found:
        spans = [span for role in ROLES for span in getattr(attribution.relation, role)]
        assert attribution.relation.content
        assert all(0 <= span.start <= span.end <= len(text) for span in spans)
        assert attribution.text.strip()
        assert attribution.parent is None or attribution.parent in names
        assert 0 <= attribution.relation.confidence <= 1
    return article, found


def what_was_found_can_be_stored(store: Store, article: Article, found: list[Attribution]) -> None:
    """It goes in, or is refused in words (half a character)."""
    try:
        store.add(article, found)
    except InputRefused as refusal:
        if "half a character" not in refusal.reason:
            raise
