"""When and where an attribution's words were said, where its own clause tells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from claims.attribution.places import where_at
from claims.attribution.times import date_of, time_at, time_inside
from claims.language.paragraphs import sentence_starts, words_at
from claims.terms import Relation, Span, When, Where

_LINE_END = re.compile(r"[\n\r\u2028\u2029]")
# What may stand between one circumstance and the next: "in a statement that was posted late Monday".
_BETWEEN = re.compile(
    r"[\s,]*(?:(?:that|which)\s+)?(?:was\s+)?(?:(?:aired|airing|broadcast|published|released|issued|posted|recorded|taped"
    r"|held|here)\s+)?(?:online\s+)?"
)
# "Speaking to reporters in Geneva": words that open a phrase of circumstances without telling one.
_OPENER = re.compile(
    r"(?:(?:while|when|after|and|but|then|meanwhile|also|earlier)[\s,]+)*"
    r"(?:(?:speaking|talking|appearing|campaigning|testifying|writing|tweeting|addressing|standing|stumping|asked)\b"
    r"(?:\s+(?:(?:live|publicly|by\s+phone|briefly|alongside|with|to|before|from)\s+)?"
    r"(?!(?:in|at|on|during|last|this|via)\b)[\w’'-]+){0,4}?[\s,]+(?=(?:in|at|on|during|outside|aboard|last|this|via)\b"
    r"|[A-Z][a-z]+day\b))?",
    re.IGNORECASE,
)
# Between a cue and its circumstances only those who are told may stand: "told a crowd of 1,300", "told Fox’s Ann Lee".
_TOLD = re.compile(
    r"\s*(?:(?:to|with|alongside|while|when)\s+)?(?:(?!(?:in|at|on|by|for|from|about|against|over|after|before|because|if"
    r"|as|and|but|who|which|that|while|when|of)\b)[\w’'.&,-]*\w(?:\s+of\s+(?:\d[\d,]*|more|about|nearly|some|several))?\s*){0,8}"
)
_NOBODY_TOLD = re.compile(r"[\s,]*")
_CLAUSE_END = re.compile(r"[;:()—–]|\s-\s|--|,(?!\d)")
_AFTER_PHRASE = re.compile(
    r"\s*(?:$|[.,;)!?—–\n]|--|\s(?:and|but|as|while|after|when|before|that|in|to|where|for|with)\b)"
)
_FUTURE = re.compile(
    r"\b(?:will|would|shall|may|might|(?:plan|plans|planned|expected|set|scheduled|due|going|about|hopes?)\s+to)\b|[’']ll\b"
)
_PUBLISHED = re.compile(
    r"\b(?:released|published|issued|posted|dated|sent|written|filed|aired|broadcast|made\s+public|unveiled|leaked|signed"
    r"|statement|interview|report|poll|survey|speech|letter|memo|tweet)\s+(?:[\w’'-]+\s+){0,4}?$"
)
_FIRST_WORD = re.compile(
    r"(?<![\w’'-])(?:(?:in|at|on|during|outside|inside|near|aboard|from|via|by|over|under|last|this|that|early|late|earlier"
    r"|later|yesterday|today|tonight|an?|one|two|three|four|five|six|just|several|some|many|the|his|her)\b|[A-Z]|\d)"
)
_FARTHEST = 160


@dataclass(frozen=True)
class _Phrase:
    """A stretch of circumstances: `kind` is "when", or what `where_at` calls it."""

    kind: str
    span: Span


def circumstances(text: str, relation: Relation, published: str | None) -> tuple[When | None, Where | None]:
    """When and where the content of `relation` was said, each None where its clause does not tell.

    `published` is the article's ISO date; without it no day of the week becomes a date.
    """
    if not relation.cue:
        return None, None
    cue = Span(relation.cue[0].start, relation.cue[-1].end)
    when = where = None
    for phrases in _found(text, relation, cue):
        when = when or next((phrase.span for phrase in phrases if phrase.kind == "when"), None)
        where = where or _first_where(text, phrases)
        if when and where:
            break
    if where and not when:
        when = time_inside(text, where)
    future = _FUTURE.search(text, *cue) is not None
    words = words_at(text, *when) if when else ""
    return (
        When(words, when, None if future else _iso(words, published)) if when else None,
        Where(words_at(text, *where), where) if where else None,
    )


def _iso(words: str, published: str | None) -> str | None:
    try:
        day = date_of(words, date.fromisoformat((published or "")[:10]))
    except (ValueError, OverflowError):  # no date of publication, or one at the beginning of time
        return None
    return day.isoformat() if day else None


def _first_where(text: str, phrases: Sequence[_Phrase]) -> Span | None:
    """The first phrase that tells where, with those that follow it directly: "in Las Vegas at a forum"."""
    found: Span | None = None
    for phrase in phrases:
        if phrase.kind != "when" and found is None:
            found = phrase.span
        elif found and phrase.kind != "when" and not text[found.end : phrase.span.start].strip():
            found = Span(found.start, phrase.span.end)
        elif found:
            break
    return found


def _found(text: str, relation: Relation, cue: Span) -> Iterator[list[_Phrase]]:
    """The circumstances, place by place, the surest place first."""
    line_end = _sentence_end(text, cue.end)
    after = [span.start for span in (*relation.content, *relation.source) if span.start >= cue.end]
    end = min([line_end, cue.end + _FARTHEST, *after])
    yield _inside(text, cue, end) or _after(text, cue.end, end, _TOLD)
    following = [s for s in relation.source if s.start >= cue.end and s.start - cue.end < 30]
    if following:
        last = following[-1].end
        later = [span.start for span in relation.content if span.start >= last]
        yield _after(text, last, min([line_end, last + _FARTHEST, *later]), _NOBODY_TOLD)
    before = [s for s in relation.source if 0 <= cue.start - s.end < 2 * _FARTHEST]
    before = [s for s in before if "\n" not in text[s.end : cue.start]]
    if before and not any(before[-1].end <= span.start < cue.start for span in relation.content):
        yield _between(text, before[-1].end, cue.start)
    first = before[0].start if before else cue.start
    if not before or cue.start - before[-1].end < 60:
        yield _in_front(text, first, relation)
    last = relation.content[-1].end
    if last > cue.end:
        yield _behind(text, last, _sentence_end(text, last))
    for source in relation.source:
        yield _in_source(text, source)


def _inside(text: str, cue: Span, end: int) -> list[_Phrase]:
    """What the cue itself tells; its last phrase may go on after it."""
    for start in _candidates(text, *cue):
        phrase = _phrase_at(text, start, end)
        if phrase:
            return _chain(text, phrase, end)
    return []


def _after(text: str, begin: int, end: int, told: re.Pattern[str]) -> list[_Phrase]:
    """What follows at `begin`, or after those who are told."""
    opener = _OPENER.match(text, _skip(text, begin, end), end)
    listeners = told.match(text, begin, end)
    clause = _CLAUSE_END.search(text, begin, end)
    reached = max(opener.end() if opener else begin, listeners.end() if listeners else begin)
    for start in _candidates(text, begin, end):
        if start > reached + 1 or (clause and start > clause.start() and start > _skip(text, begin, end)):
            return []
        phrase = _phrase_at(text, start, end)
        if phrase:
            return _chain(text, phrase, end)
    return []


def _between(text: str, start: int, end: int) -> list[_Phrase]:
    """What stands alone between source and cue: "Lee on Monday said", "Lee, speaking in Warsaw, said"."""
    opener = _OPENER.match(text, _skip(text, start, end), end)
    begin = opener.end() if opener else start
    phrase = _phrase_at(text, begin, end)
    phrases = _chain(text, phrase, end) if phrase else []
    return phrases if phrases and not text[phrases[-1].span.end : end].strip(" ,\u00a0") else []


def _in_front(text: str, end: int, relation: Relation) -> list[_Phrase]:
    """What opens the sentence, if nothing else stands before the source: "On Monday, Lee said"."""
    lowest = max(0, end - 4 * _FARTHEST)
    line_start = max(lowest, *(text.rfind(mark, lowest, end) + 1 for mark in "\n\r\u2028\u2029"))
    starts = list(sentence_starts(text, line_start, end))
    if any(starts[-1] < span.end <= end for span in relation.content):
        return []
    begin = _skip(text, starts[-1], end)
    opener = _OPENER.match(text, begin, end)
    begin = opener.end() if opener else begin
    phrase = _phrase_at(text, begin, end)
    phrases = _chain(text, phrase, end) if phrase else []
    return phrases if phrases and not text[phrases[-1].span.end : end].strip(" ,\u00a0") else []


def _behind(text: str, start: int, end: int) -> list[_Phrase]:
    """What follows the content: "called it “a disgrace” in a tweet Sunday"; a place alone may be the content's."""
    begin = _skip(text, start, end)
    phrase = None if _begins_sentence(text, begin) else _phrase_at(text, begin, end)
    if phrase is None or phrase.kind == "place":
        return []
    phrases = _chain(text, phrase, end)
    return phrases if _AFTER_PHRASE.match(text, phrases[-1].span.end, end) else []


def _in_source(text: str, source: Span) -> list[_Phrase]:
    """The day of a document that speaks: "a report released on Monday"."""
    for start in _candidates(text, *source):
        if _PUBLISHED.search(text, max(source.start, start - _FARTHEST), start):
            time = time_at(text, start, source.end)
            if time:
                return [_Phrase("when", time)]
    return []


def _chain(text: str, phrase: _Phrase, end: int) -> list[_Phrase]:
    """The phrase and those that follow it directly."""
    phrases = [phrase]
    while phrase:
        between = _BETWEEN.match(text, phrase.span.end, end)
        phrase_after = _phrase_at(text, between.end() if between else phrase.span.end, end)
        if phrase_after is None:
            break
        phrase = phrase_after
        phrases.append(phrase)
    return phrases


def _phrase_at(text: str, start: int, end: int) -> _Phrase | None:
    """The circumstance that begins at `start`."""
    where = where_at(text, start, end)
    if where:
        return _Phrase(*where)
    time = time_at(text, start, end)
    return _Phrase("when", time) if time else None


def _candidates(text: str, start: int, end: int) -> Iterator[int]:
    """Where a circumstance may begin."""
    return (match.start() for match in _FIRST_WORD.finditer(text, start, end))


def _skip(text: str, start: int, end: int) -> int:
    while start < end and text[start] in " ,\u00a0\t”\"’'":
        start += 1
    return start


def _begins_sentence(text: str, start: int) -> bool:
    return (
        text[start : start + 1].isupper() and text[max(0, start - 6) : start].rstrip(" ,\u00a0\t”\"’')")[-1:] in ".!?"
    )


def _sentence_end(text: str, start: int) -> int:
    """Where the sentence around `start` ends, or its line; no farther than anything is looked for."""
    highest = min(len(text), start + 2 * _FARTHEST)
    line_end = _LINE_END.search(text, start, highest)
    end = line_end.start() if line_end else highest
    starts = sentence_starts(text, start, end)
    next(starts)
    return next(starts, end)
