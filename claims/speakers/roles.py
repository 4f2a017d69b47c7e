"""What an article says that a person is: titles before a name, appositions ("Ann Lee, mayor of Portville")."""

import re
from collections.abc import Iterator, Sequence

from claims.speakers.layout import Layout, Word, words_of
from claims.speakers.lexicon import is_place, lexicon
from claims.speakers.names import POSSESSIVES, is_capitalized, is_possessive, without_possessive
from claims.speakers.offices import (
    ARTICLES,
    PARTISAN,
    Reading,
    completes_office,
    is_modifier,
    is_office,
    is_short_form,
    read_roles,
)
from claims.terms import Role

_PARTY = re.compile(
    r"\s*\(\s?[DRI]-\s?([A-Z][\w.]*(?: [A-Z][\w.]*){0,2})\s?\)|\s*\((?:[DRI]|([A-Z][a-z]+\.))\)"
    r"|, [DRI]-([A-Z][a-z]+\b\.?|(?:[A-Z]\.?){2})"
)
_OF_PLACE = re.compile(r" of ((?:[A-Z][\w.]+ ?){1,3})")
_COMMA = re.compile(r"\s*,\s+(?=[\w“\"])")
_NEXT_NAME = re.compile(r",\s+[A-Z][\w’'-]+ [A-Z][\w’'-]+\s*,")
_CLOSED = re.compile(r"\s*(?:[,.;:)(]|$|’s?\b|'s)")
_ROW_GOES_ON = re.compile(r"\s*,\s*(?:and|or|&|[A-Z])")
_CLOSING = ',;:.!?()[]—–“”"'
_LONGEST = 160  # characters of an apposition
_MOST_WORDS = 12  # before a name


def roles_beside(layout: Layout, start: int, end: int) -> Iterator[Reading]:
    """The roles that stand right before and after a name at `[start, end)`."""
    text = layout.text
    number = layout.paragraph_at(start)
    if number < 0:
        return
    opening, closing = layout.paragraphs[number], layout.paragraph_ends[number]
    party = _PARTY.match(text, end, closing)
    after_name = party.end() if party else end
    title = _title(text, opening, start)
    if title:
        yield _with_place(text, title[-1], party, end, closing)
        yield from title[:-1]
    yield from _introduced(text, opening, start, after_name, closing)
    yield from _apposition(text, after_name, closing)


def _title(text: str, opening: int, start: int) -> tuple[Reading, ...]:
    """The titles and roles right before a name ("former Ohio governor", "candidate Sen."), the last one last."""
    words = _plain_words(text, max(opening, start - _LONGEST), start)
    if not words or text[words[-1].end : start].strip(" \u00a0"):
        return ()
    taken: list[Word] = []
    for word in reversed(words[-_MOST_WORDS:]):
        if taken and text[word.end : taken[0].start].strip(" \u00a0"):
            break
        low = word.text.lower()
        capital = is_capitalized(word.text) and low not in lexicon().function_words
        inside_office = low in ("of", "the", "and") and completes_office([later.text for later in taken])
        if not (capital or is_modifier(low) or is_office(word.text) or inside_office):
            owner = low if low in POSSESSIVES and taken else ""
            if low in ("of", "the") and _ends_in_office(words, word):
                taken = taken[-1:]  # "Speaker of the House Rep. Ann Lee"
            return _of_title(text, taken, owner)
        if capital and taken and taken[0].text == "former" and not is_possessive(word.text):
            break  # the first word of a headline or of a sentence
        taken.insert(0, word)
    return _of_title(text, taken, "")


def _ends_in_office(words: list[Word], word: Word) -> bool:
    """Whether a capitalised office stands before `word`, "of" or "of the"."""
    before = [other for other in words if other.start < word.start]
    if word.text == "the" and before and before[-1].text == "of":
        word = before.pop()
    return word.text == "of" and bool(before) and before[-1].text[:1].isupper() and is_office(before[-1].text)


def _of_title(text: str, words: list[Word], owner: str) -> tuple[Reading, ...]:
    for begin in range(min(3, len(words))):  # what is capitalised before a title may be none of it
        chosen = words[begin:]
        readings = read_roles(text, chosen, owner)
        if len(readings) != 1 or readings[0].end != chosen[-1].end:
            continue
        cut = _end_of_another(chosen, readings[0].role.office)
        if not cut:
            return readings
        return (*read_roles(text, chosen[:cut], owner), *read_roles(text, chosen[cut:], ""))
    return ()


def _end_of_another(words: Sequence[Word], office: str) -> int:
    """Where a first role ends in "candidate Sen."; 0 where there is one only."""
    for i in range(len(words) - len(office.split()) - 1, -1, -1):
        word, following = words[i].text, words[i + 1].text
        titled = is_short_form(following) or (word.islower() and is_capitalized(following))
        if titled and is_office(word) and not is_modifier(word):
            return i + 1
    return 0


def _with_place(text: str, title: Reading, party: re.Match[str] | None, end: int, closing: int) -> Reading:
    """A title with the state that stands behind the name: "Sen. Ann Lee (D-Ore.)", "Gov. Bo Ray of Iowa"."""
    role = title.role
    if role.of and role.of.lower() not in PARTISAN:
        return title
    state = (party[1] or party[2] or party[3]) if party else None
    if party and state:
        return Reading(Role(f"{role.text} … {party[0].strip(', ')}", role.office, state), title.start, title.end)
    place = _OF_PLACE.match(text, end, min(closing, end + 60))
    if place and is_place(without_possessive(place[1].strip(" ."))):
        name = place[1].strip(" .")
        return Reading(Role(f"{role.text} … of {name}", role.office, name), title.start, title.end, title.owner)
    return title


def _introduced(text: str, opening: int, start: int, end: int, closing: int) -> Iterator[Reading]:
    """The role of "the town’s mayor, Ann Lee,": a comma before the name and one that closes it."""
    before = text[max(opening, start - _LONGEST) : start].rstrip()
    following = text[end : min(closing, end + 12)]
    if not before.endswith(",") or not _CLOSED.match(following):
        return
    if _ROW_GOES_ON.match(following):
        return  # one of several in a row
    words = _plain_words(text, max(opening, start - _LONGEST), start - 1)
    while words and words[-1].text == ",":
        words.pop()
    for back in range(1, min(16, len(words)) + 1):
        word = words[-back]
        low = word.text.lower()
        if word.text in _CLOSING:
            return
        begins = low in ARTICLES or low in POSSESSIVES
        owner = is_possessive(word.text) and is_capitalized(word.text)
        if not begins and not owner:
            continue
        previous = words[-back - 1].text if back < len(words) else ""
        if owner and is_capitalized(previous) and previous.lower() not in lexicon().function_words:
            continue  # "Bo Ray’s lawyer": his first name belongs to it
        if previous == ",":
            return
        readings = read_roles(text, words[-back:], "")
        if len(readings) and readings[-1].end == words[-1].end:
            yield from readings
            return


def _apposition(text: str, end: int, closing: int) -> Iterator[Reading]:
    """The roles of ", a lawyer for the town," after a name."""
    comma = _COMMA.match(text, end, closing)
    if not comma:
        return
    words = _plain_words(text, comma.end(), min(closing, comma.end() + _LONGEST))
    inside: list[Word] = []
    for word in words:
        if word.text in _CLOSING:
            break
        inside.append(word)
    else:
        if comma.end() + _LONGEST < closing:
            return
    if not inside or _is_next_in_row(text, inside, closing):
        return
    yield from read_roles(text, inside, "")


def _is_next_in_row(text: str, inside: Sequence[Word], closing: int) -> bool:
    """Whether what follows a name belongs to the next name ("With Ann Lee, the mayor, Bo Ray, came")."""
    if inside[0].text.lower() not in POSSESSIVES | {"the"}:
        return False
    return bool(_NEXT_NAME.match(text, inside[-1].end, closing))


def _plain_words(text: str, start: int, end: int) -> list[Word]:
    """The words of a stretch; offices of several words are taken apart."""
    plain = []
    for word in words_of(text, start, end):
        if any(space in word.text for space in " \u00a0\n") and not is_short_form(word.text):
            plain += [Word(m[0], word.start + m.start(), word.start + m.end()) for m in re.finditer(r"\S+", word.text)]
        else:
            plain.append(word)
    return plain
