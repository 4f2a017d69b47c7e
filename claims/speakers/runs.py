"""Capitalised words that stand together: what may be a name, and where headlines capitalise everything."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.speakers.layout import Layout, Word
from claims.speakers.lexicon import lexicon, word_set
from claims.speakers.names import (
    BODY_GLUE,
    DETERMINERS,
    PARTICLES,
    PREPOSITIONS,
    is_capitalized,
    is_possessive,
    owns_in_name,
    role_of,
)

_LONGEST_INTRODUCTION = 160  # in characters
_LONGEST_BODY = 40  # in words
_INTRODUCTION = re.compile(r"[^,]{0,150},\s*(?:[\w.]+\s+){0,4}|(?:[\w.’'-]+\s+){0,4}")


_SHOUT = 5  # words
_VERBS = word_set(
    "came went began held told met hit won lost gave took made saw beat said thought knew met fought put set sent left "
    "led and or"
)
_PLACING = word_set("in on at of from with by to near under over inside outside among between against about into")
_SAYS = re.compile(r"\b(?:that|who|which|said|says|told|tells|asked|wrote|thinks|thought|believes?|believed|called)\s")


@dataclass(frozen=True)
class Run:
    """Capitalised words that stand together, as they are in the text."""

    words: tuple[Word, ...]
    before: tuple[str, ...]
    opens_sentence: bool


def headlines(layout: Layout) -> Iterator[int]:
    """The numbers of paragraphs whose words are capitalised whether they are names or not."""
    for number, (start, end) in enumerate(zip(layout.paragraphs, layout.paragraph_ends, strict=True)):
        words = re.findall(r"[^\W\d_]{3,}", layout.text[start:end])
        words = [word for word in words if word.lower() not in lexicon().function_words]
        if len(words) > 3 and sum(word[0].isupper() for word in words) >= 0.9 * len(words):
            yield number


def runs(words: list[Word], layout: Layout) -> Iterator[tuple[Run, list[Word]]]:
    """The runs of capitalised words of a paragraph, each with the words that follow it."""
    shouted = _shouted(words)
    i = 0
    while i < len(words):
        word = words[i]
        if i in shouted or not is_capitalized(word.text) or word.text == "I" or word.text.startswith(("I’", "I'")):
            i += 1
            continue
        begin = i
        opens = begin == 0 or words[begin - 1].text in '.!?:“"‘' or layout.starts_sentence(word.start)
        while i < len(words) and _is_function_word(words, i, opens and i == begin):  # "When", "The", "In"
            i += 1
        if i >= len(words) or not is_capitalized(words[i].text) or words[i].text == "I":
            i = max(i, begin + 1)
            continue
        opens = opens and i == begin
        first = i
        i += 1
        while i < len(words) and (
            not is_possessive(words[i - 1].text) or owns_in_name(words[i - 1].text, words[i].text)
        ):
            step = _continues(words, first, i)
            if not step:
                break
            i += step
        before = tuple(w.text for w in words[max(0, first - 3) : first])
        yield Run(tuple(words[first:i]), before, opens), words[i : i + 16]


def _shouted(words: list[Word]) -> set[int]:
    """The numbers of words in stretches of capitals that are no names ("UNLESS AGREED IN WRITING BY VELTRA")."""
    found: set[int] = set()
    stretch: list[int] = []
    for i, word in enumerate(words):
        if word.text.isupper():
            stretch.append(i)
        if i + 1 == len(words) or (not word.text.isupper() and any(map(str.isalnum, word.text))):
            if len(stretch) >= _SHOUT and any(words[j].text.lower() in PREPOSITIONS for j in stretch):
                found.update(stretch)
            stretch = []
    return found


def _is_function_word(words: list[Word], i: int, opens: bool) -> bool:
    text = words[i].text
    if not is_capitalized(text):
        return False
    if text in ("Will", "May", "April", "June", "August") and i + 1 < len(words) and not opens:
        return not is_capitalized(words[i + 1].text)
    return re.split("[’']", text)[0].lower() in lexicon().function_words or text[:2] in ("D-", "R-", "I-")


def _continues(words: list[Word], first: int, i: int) -> int:
    """How many words from `i` on belong to the name that began at `first`; 0 if it has ended."""
    if words[i].start - words[i - 1].end > 1 or words[i].start == words[i - 1].end:
        return 0
    text = words[i].text
    if is_capitalized(text):
        return 0 if text in ("I", "The") else 1
    if i + 1 >= len(words):
        return 0
    if text in PARTICLES and is_capitalized(words[i + 1].text):
        return 2
    if text in BODY_GLUE and text not in ("and", "the"):
        body = _ends_as_body(words[max(first, i - _LONGEST_BODY) : i])
        after = i + 1
        while after < len(words) and words[after].text in ("the", "a") and after - i < 3:
            after += 1
        if body and after < len(words) and is_capitalized(words[after].text):
            return after - i + 1 if words[after].text.lower() not in lexicon().function_words else 0
    if text in ("and", "&") and is_capitalized(words[i + 1].text):
        # "Oversight and Government Reform Committee", but not "Ann Lee and the Committee"
        j = i + 1
        while j < len(words) and is_capitalized(words[j].text) and j - i < 5:
            if words[j].text.lower() in lexicon().organizations:
                known_before = role_of(words[i - 1].text) or words[first].text in lexicon().first_names
                known_before = known_before or (words[i - 1].text.lower() in lexicon().organizations and j == i + 1)
                return 0 if known_before or i - first > 3 else j - i + 1
            j += 1
    return 0


def _ends_as_body(words: list[Word]) -> bool:
    """Whether a noun for a body is among the words and no office comes after it ("House Committee Chairman Bo Ray")."""
    for word in reversed(words):
        if word.text.lower() in lexicon().organizations:
            return True
        if role_of(word.text) is not None or word.text in lexicon().titles:
            return False
    return False


def _may_be_verb(word: str) -> bool:
    """Whether a word before a name makes it an object; titles, roles and adjectives do not."""
    if not word.islower() or role_of(word) is not None:
        return False
    return word.endswith(("ed", "s")) or word in _VERBS or word in PREPOSITIONS


def _opens_introduction(word: str) -> bool:
    word = word.lower()
    return word.endswith(("ing", "ed", "ly")) or (word in lexicon().function_words and word not in DETERMINERS)


def leads(layout: Layout, sentence: int, offset: int) -> bool:
    """Whether nothing but an introduction stands between the start of the sentence and `offset`."""
    if offset - layout.sentences[sentence] > _LONGEST_INTRODUCTION:
        return False
    opening = layout.text[layout.sentences[sentence] : offset]
    if not opening.strip(' “"‘—-'):
        return True
    if _INTRODUCTION.fullmatch(opening) is None or opening.startswith(","):
        return False
    introduction, _, rest = opening.rpartition(",")
    words = rest.split()
    if words and words[-1].lower() in _PLACING:
        return False  # "In Ohio"
    if introduction.strip():
        opens = _opens_introduction(introduction.split(maxsplit=1)[0].strip('“"'))
        if not words and role_of(introduction.split()[-1]) is not None:
            return not opens  # "Ray's rival, Lee, went", but "With his rival, Lee, he"
        if not opens:
            return False  # "Ann Ray, a Lee supporter"
    if not introduction and words and _opens_introduction(words[0]):
        return not _SAYS.search(rest)  # "After the talks Lee", but "It shows that Lee"
    return not any(_may_be_verb(word) for word in words)  # "Mayor Lee", but "Ray met Lee"
