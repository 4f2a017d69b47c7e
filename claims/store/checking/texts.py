"""Attributions against the texts that they stand in: offsets lie there, and the words there are their words."""

import json
import re
from collections.abc import Callable, Iterator
from hashlib import sha256

from sqlite_utils import Database

from claims.store.checking.faults import Faults
from claims.terms import ROLES

_WORD = re.compile(r"\w+")
_TOLD_EVERY = 1000

Spans = dict[str, list[tuple[int, int]]]


def check_texts(db: Database, tell: Callable[[str], None], faults: Faults) -> str:
    """Each article's hash, and the places and words of each attribution in it."""
    articles = attributions = 0
    for article_id, text, hashed in db.conn.cursor().execute("SELECT id, text, sha256 FROM articles ORDER BY id"):
        articles += 1
        if articles % _TOLD_EVERY == 0:
            tell(f"Checking: texts, {articles:,} articles")
        if not isinstance(text, str):
            faults.add(f"the text of article {article_id} is no text")
            continue
        if sha256(text.encode()).hexdigest() != hashed:
            faults.add(f"the text of article {article_id} is not the one that was read: its hash is another")
        for number, *told in db.conn.cursor().execute(
            "SELECT id, text, cue, source_text, content_start, content_end, spans FROM attributions"
            " WHERE article_id = ? ORDER BY id",
            (article_id,),
        ):
            attributions += 1
            faults.add_all(f"attribution {number} of article {article_id}: {fault}" for fault in _faults(text, *told))
    return f"{attributions:,} attributions have their words in the texts of {articles:,} articles"


def _faults(
    article: str, words: str, cue: str | None, source: str | None, start: int, end: int, told: str
) -> Iterator[str]:
    if not all(isinstance(each or "", str) for each in (words, cue, source)) or words is None:
        yield "its words, or those of its cue or source, are no text"
        return
    spans = _spans(told)
    if spans is None:
        yield "its spans are no lists of start and end for source, cue and content"
        return
    outside = [(role, span) for role in ROLES for span in spans[role] if not 0 <= span[0] <= span[1] <= len(article)]
    if outside:
        role, (first, last) = outside[0]
        yield f"its {role} at {first}-{last} does not lie in the text, which has {len(article):,} characters"
        return
    content = spans["content"]
    if not content or (start, end) != (min(s for s, _ in content), max(e for _, e in content)):
        yield f"its content_start and content_end, {start} and {end}, are not where its content starts and ends"
    if _WORD.findall(words) not in _readings(article, content):
        yield f"its words do not stand at its place, {start}-{end}"
    if _WORD.findall(cue or "") != _words_at(article, spans["cue"]):
        yield "the words of its cue do not stand at the cue's place"
    # Of several that speak together each has its own words of that place.
    if not set(_WORD.findall(source or "")) <= set(_words_at(article, spans["source"])):
        yield "the words of its source do not stand at the source's place"


def _readings(article: str, content: list[tuple[int, int]]) -> tuple[list[str], ...]:
    """The words at a place, with and without a leading "that", which goes when a content is made readable."""
    words = _words_at(article, content)
    return (words, words[1:]) if words and words[0].lower() == "that" else (words,)


def _words_at(article: str, spans: list[tuple[int, int]]) -> list[str]:
    return [word for start, end in spans for word in _WORD.findall(article[start:end])]


def _spans(told: str) -> Spans | None:
    try:
        value = json.loads(told)
        return {role: [_span(*pair) for pair in value[role]] for role in ROLES}
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _span(start: object, end: object) -> tuple[int, int]:
    if type(start) is int and type(end) is int:
        return start, end
    raise TypeError("offsets are whole numbers")
