"""Words for where something was said: the place, the occasion or the medium."""

import re
from functools import cache
from pathlib import Path

from claims.attribution.times import DAY, MONTH
from claims.language.lexicons import lexicon_lines
from claims.terms import Span

_CAPITAL = "A-Z\u00c0-\u00de\u0100\u010c\u0110\u0130\u0141\u015a\u0160\u017b\u017d"
_NO_WORD_AFTER = r"(?![\w-]|[’']s?\b)"
# A proper name of one or more words: "Ann Lee", "St. Mary’s", "the U.S. Chamber of Commerce".
_WORD = (
    rf"(?!{DAY}|{MONTH}(?!\w))(?:(?:[{_CAPITAL}]\.){{2,}}|(?:St|Ft|Mt)\.|[{_CAPITAL}][\w-]*(?:[’'](?!s\b)[^\W\d_]\w*)?)"
)
_NAME = rf"{_WORD}(?:(?:\s+(?:of|de|del|al|&)(?:\s+the)?)?\s+{_WORD}){{0,5}}{_NO_WORD_AFTER}"
_STATE = r"(?:,\s+(?:(?:[A-Z]\.){2,}|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?(?:\.(?=,|\s+[a-z]))?)(?=[,.;]|\s+[a-z(]|\s*$))?"
_TITLE = r"(?:[“\"]|'')[^“”\"\n]{2,40}?(?:[”\"]|'')"
_POSSESSOR = r"(?:[\w.&-]+\s+){0,3}?[\w.&-]+(?:[’']s|s[’'])\s+"
_AUDIENCE = (
    r"(?:reporters|journalists|supporters|lawmakers|senators|students|voters|donors|colleagues|employees|workers|staff"
    r"|investors|parliament|residents|diplomats|delegates|activists|followers|veterans|members|constituents|leaders)\b"
)
_PREPOSITION = re.compile(r"(in|at|on|during|outside|inside|near|aboard|from|via|by|over|under)\s+", re.IGNORECASE)
_NEXT_WORD = re.compile(r"([\w’'.&-]+)(?:\s+|(?=\W)|$)")
_PLACE = re.compile(
    rf"(?:the\s+|downtown\s+|nearby\s+|central\s+)?{_NAME}{_STATE}"
    r"(?=\s*(?:$|[,.;:!?—–()“”\"-]|'')|\s+(?:that|to|on|in|at|and|but|as|after|before|during|while|when|with|for|by"
    r"|about|where|who|whether|if|last|this|earlier|later|early|late|yesterday|today|tonight|saying|shortly|because"
    rf"|over|following|amid|he|she|they|it|here|ahead|{DAY}|{MONTH})(?!\w)|\s+[\"“])"
)
_PROGRAMME = re.compile(rf"\s+(?:{_TITLE}|{_NAME})")
_SHOW = re.compile(rf"(?:{_POSSESSOR})?{_TITLE}(?:\s+(?:on|with)\s+{_NAME})?|{_POSSESSOR}{_NAME}")
_ACCOUNT = re.compile(r"\s+(?:accounts?|pages?|feeds?)\b")
# What an occasion's noun takes along: "in a speech to students at the University of Sarn".
_TAIL = re.compile(
    rf"\s+(?:with|on|in|at|to|for|before|near|outside|by|of|from|about)\s+(?:(?:(?:the|an?|his|her|its|their)\s+)?"
    rf"(?:[a-z-]+\s+)?(?:{_NAME}{_STATE}|{_AUDIENCE})|(?:{_POSSESSOR})?{_TITLE})|\s+{_TITLE}"
)
_TOLD = re.compile(r"\b(?:tell|tells|told|telling|address|addresses|addressed|addressing)\s+$", re.IGNORECASE)
_PEOPLE_THERE = re.compile(
    r"\s+(?:audience|crowd|host|moderator|organi[sz]er|attendee|goer|leader|participant)", re.IGNORECASE
)
_DETERMINERS = frozenset(
    "a an the this that another one two three several some many each both his her its their our my".split()  # noqa: SIM905
)
# None of these stands between the preposition and the noun of one phrase.
_ENDS_PHRASE = frozenset(
    "to of and or in at on for with by from as who which whose is was were are has had he she they it we i not "  # noqa: SIM905
    "response reply order addition reference regard favor favour support".split()
)
_ARTICLES = ("the", "his", "her", "its", "their")
_POSSESSIVE = re.compile(r"[’']s?$")
_MOST_MODIFIERS = 4
_LONGEST_CHANNEL = 4
# "lashed out at the report", "confidence in Ohio": what it is about, not where it was said.
_NOT_WHERE_SAID = re.compile(
    r"\b(?:out|back|aim|shots?|jabs?|swipes?|digs?|look(?:s|ed|ing)?|angry|anger(?:ed)?|laugh\w*|bristl\w+|scoff\w*"
    r"|balk\w*|rail\w*|fir(?:e|es|ed|ing)|direct(?:s|ed|ing)|aim(?:s|ed|ing)|furious|mad|upset|outraged?|dismay(?:ed)?"
    r"|interest(?:s|ed)?|involve[ds]?|part|participat\w+|confidence|confident|faith|trust(?:s|ed)?|belie\w+|role|stake"
    r"|succeed\w*|success|engage[ds]?|invest\w*|vot(?:e|es|ed|ing)|weigh(?:s|ed|ing)|stun|point(?:s|ed|ing)|hint\w*"
    r"|candidates?|people|officials?|experts?|leave|left|arriv\w+|win(?:s|ning)?|won|lead(?:s|ing)?|war|attacks?"
    r"|run(?:ning)?|compet\w+|campaigns?|voters?|polls?|primary|primaries|caucus(?:es)?|results?|victory|race)\s+$",
    re.IGNORECASE,
)


def where_at(text: str, start: int, end: int) -> tuple[str, Span] | None:
    """The words from `start` on, before `end`, that tell where something was said, and what they are: "occasion"
    (a speech, a statement, a venue), "medium" (a network) or "place"."""
    preposition = _PREPOSITION.match(text, start, end)
    if preposition is None:
        # "told a rally in Ohio": those who are told are where it is said.
        if text[start : start + 1].islower() and _TOLD.search(text, max(0, start - 12), start):
            stop = _occasion(text, start, end, _occasions()["during"])
            audience = stop and _PEOPLE_THERE.match(text, stop, end)
            return ("occasion", Span(start, _with_tail(text, stop, end))) if stop and not audience else None
        return None
    if _NOT_WHERE_SAID.search(text, max(0, start - 20), start):
        return None
    word, begin = preposition[1].lower(), preposition.end()
    stop = _channel(text, word, begin, end)
    if stop:
        return "medium", Span(start, stop)
    stop = _occasion(text, begin, end, _occasions().get(word, frozenset()))
    if stop:
        return "occasion", Span(start, _with_tail(text, stop, end))
    if word == "on":
        show = _SHOW.match(text, begin, end)
        return ("medium", Span(start, show.end())) if show else None
    if word in ("in", "at", "outside", "inside", "near", "aboard"):
        place = _PLACE.match(text, begin, end)
        named = _NEXT_WORD.match(text, begin, end)
        if place and named and named[1].rstrip(".") not in _no_places():
            return "place", Span(start, place.end())
    return None


def _channel(text: str, preposition: str, begin: int, end: int) -> int | None:
    """Where the channel that begins at `begin` ends: "Twitter", "the Senate floor", "CNN’s “State of the Union”"."""
    names = _channels().get("on" if preposition == "via" else preposition, frozenset())
    words: tuple[str, ...] = ()
    place, found = begin, None
    while names and len(words) < _LONGEST_CHANNEL:
        word = _NEXT_WORD.match(text, place, end)
        if word is None:
            break
        bare = _POSSESSIVE.sub("", word[1].rstrip("."))
        if (*words, bare) in names:
            found = word.start() + len(word[1].rstrip("."))
        if words or word[1] not in _ARTICLES:
            words = (*words, word[1])
        place = word.end()
    if found is None:
        return None
    further = _ACCOUNT.match(text, found, end) or (_PROGRAMME.match(text, found, end) if preposition == "on" else None)
    return further.end() if further else found


def _occasion(text: str, begin: int, end: int, nouns: frozenset[str]) -> int | None:
    """Where the phrase that begins at `begin` with an article, a possessor or a modifier ends with one of `nouns`."""
    place, modifiers, determined = begin, 0, False
    while modifiers <= _MOST_MODIFIERS:
        word = _NEXT_WORD.match(text, place, end)
        if word is None:
            return None
        lower = word[1].lower().rstrip(".")
        following = _NEXT_WORD.match(text, word.end(), end)
        pair = f"{lower} {following[1].lower().rstrip('.')}" if following and word.end() > word.end(1) else ""
        for name, found in ((pair, following), (lower, word)):
            plural = name.endswith("s") and (name[:-1] in nouns or name[:-2] in nouns)
            known = plural or (name in nouns and (determined or modifiers))
            if found and known and _ends(text, found.end(1), end, nouns):
                return found.start() + len(found[1].rstrip("."))
        if lower in _ENDS_PHRASE or word.end() == word.end(1):
            return None
        if word[1].endswith(("’s", "'s", "s’", "s'")):
            determined, modifiers = True, 0
        elif lower in _DETERMINERS:
            if determined or modifiers:
                return None
            determined = True
        else:
            modifiers += 1
        place = word.end()
    return None


def _ends(text: str, stop: int, end: int, nouns: frozenset[str]) -> bool:
    """Whether the noun before `stop` is the last of its phrase: "conference" is not in "in a conference call"."""
    word = _NEXT_WORD.match(text, stop + 1, end) if text[stop : stop + 1].isspace() else None
    return word is None or word[1].lower() not in nouns


def _with_tail(text: str, stop: int, end: int) -> int:
    """The end of a phrase with what its noun takes along."""
    for _ in range(3):
        tail = _TAIL.match(text, stop, end)
        if tail is None:
            break
        stop = tail.end()
    return stop


@cache
def _occasions() -> dict[str, frozenset[str]]:
    """Nouns by preposition, from `occasions.txt` beside this module."""
    nouns: dict[str, set[str]] = {}
    for line in lexicon_lines(Path(__file__).with_name("occasions.txt")):
        prepositions, _, names = line.partition(":")
        for preposition in prepositions.split():
            nouns.setdefault(preposition, set()).update(map(str.strip, names.split(",")))
    return {preposition: frozenset(names) for preposition, names in nouns.items()}


@cache
def _channels() -> dict[str, frozenset[tuple[str, ...]]]:
    """Words that follow a preposition, from `channels.txt` beside this module; "on" where the file names none."""
    channels: dict[str, set[tuple[str, ...]]] = {}
    for line in lexicon_lines(Path(__file__).with_name("channels.txt")):
        preposition = _PREPOSITION.match(line)
        words = line[preposition.end() if preposition else 0 :].split()
        bare = words[1:] if words[0] in _ARTICLES else words
        channels.setdefault(preposition[1] if preposition else "on", set()).add(tuple(bare))
    return {preposition: frozenset(names) for preposition, names in channels.items()}


@cache
def _no_places() -> frozenset[str]:
    return frozenset(lexicon_lines(Path(__file__).with_name("not_places.txt")))
