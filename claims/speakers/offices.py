"""The words for what a person is, taken apart: the office, and whose it is ("mayor of Portville", "CNN host")."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from claims.language.lexicons import lexicon_lines
from claims.speakers.layout import Word
from claims.speakers.lexicon import is_place, lexicon, word_set
from claims.speakers.names import POSSESSIVES, PREPOSITIONS, is_capitalized, is_possessive, role_of, without_possessive
from claims.terms import Role

ARTICLES = word_set("the a an")
_NO_OFFICE = word_set("man woman boy girl guy lady people couple star model person head no. general gen del")
_RELATIVES = word_set("who which that whose whom where when")
_GOES_ON = _RELATIVES | PREPOSITIONS | word_set("and or but until as because while")
_BEFORE_BODY = word_set("of for at to from with")
_VERBS = word_set("said says told asked called named elected made won led wrote added noted tells")
_GLUE = word_set("of for at the and &")
_NO_OWNER_TO = word_set("ambassador envoy nominee candidate contender hopeful delegate")  # "to", "for" what they seek
_DOMAIN_OF = word_set("professor lecturer scholar student expert teacher historian correspondent")
# Nobody's friend, nobody's rival: these say something with the name of whose they are alone.
RELATIVE_TO = word_set(
    "rival opponent friend ally foe colleague supporter critic wife husband son daughter brother sister mother father "
    "nephew niece partner surrogate neighbor roommate challenger fan follower admirer ex-wife ex-husband widow backer"
)
_NO_OWNERS = word_set("pac tv party campaign company team group board committee state city county")
PARTISAN = word_set("democratic republican gop democrat")
_PEOPLE = word_set("christian muslim jewish catholic evangelical black white hispanic latino latina african-american")
# What a sentence or a headline capitalises before a name and that belongs to no body's name.
_DESCRIPTIVE = word_set(
    "former current longtime long-time veteran senior top chief retired acting interim incoming outgoing late leading "
    "prominent renowned presumptive presumed likely eventual conservative liberal progressive moderate billionaire "
    "millionaire fellow embattled disgraced deputy one-time onetime sometime presidential influential then-current"
)
_DESCRIBING = word_set("first second own late four")  # function words that stand before an office


@dataclass(frozen=True)
class Reading:
    """A role as read at `[start, end)`, and the pronoun that says whose it is ("his"), "" for none."""

    role: Role
    start: int
    end: int
    owner: str = ""


@dataclass(frozen=True)
class _Office:
    before: tuple[tuple[str, ...], ...] = ()
    after: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class _Offices:
    known: dict[str, _Office]
    short: dict[str, str]
    anywhere: tuple[tuple[str, ...], ...]
    endings: frozenset[tuple[str, ...]]
    modifiers: frozenset[str]


@cache
def _offices() -> _Offices:
    known: dict[str, _Office] = {}
    short: dict[str, str] = {}
    anywhere: tuple[tuple[str, ...], ...] = ()
    for line in lexicon_lines(Path(__file__).with_name("offices.txt")):
        noun, before, after, shortened = [*line.split("\t"), "", "", ""][:4]
        if noun == "*":
            anywhere = _entries(before)
            continue
        if noun == "+":
            known.update((entry[0], _Office()) for entry in _entries(before))
            continue
        known[noun] = _Office(_entries(before), _entries(after))
        for form in filter(None, (part.strip() for part in shortened.split(","))):
            written, _, meant = form.partition("=")
            short[written.lower()] = meant or noun
    words = lexicon_lines(Path(__file__).with_name("modifiers.txt"))
    endings = frozenset(after[i:] for office in known.values() for after in office.after for i in range(1, len(after)))
    return _Offices(known, short, anywhere, endings, frozenset(word for line in words for word in line.split()))


def _entries(field: str) -> tuple[tuple[str, ...], ...]:
    entries = (tuple(entry.split()) for entry in field.split(","))
    return tuple(sorted((entry for entry in entries if entry), key=len, reverse=True))


def is_short_form(word: str) -> bool:
    """Whether a word is an office that newspapers shorten ("Sen.")."""
    return word.lower() in _offices().short


def is_modifier(word: str) -> bool:
    """Whether a word stands, in lower case, before an office and belongs to it ("former")."""
    return word.lower() in _offices().modifiers


def completes_office(words: Sequence[str]) -> bool:
    """Whether words are the last of an office's ("State" of "Secretary of State")."""
    return tuple(word.lower() for word in words) in _offices().endings


def is_office(word: str) -> bool:
    """Whether a word is a noun for what a person is."""
    low = word.lower()
    known = _offices()
    if low in known.short or low in known.known:
        return True
    return role_of(word) is not None and low not in _NO_OFFICE and not low.endswith(".")


def read_roles(text: str, words: Sequence[Word], owner: str) -> tuple[Reading, ...]:
    """The roles that `words` say somebody is; none where they are no such description or say more than that."""
    words = list(words)
    if words and words[0].text.lower() in POSSESSIVES:
        owner = words.pop(0).text.lower()
    elif words and words[0].text.lower() in ARTICLES:
        words.pop(0)
    head = _head(words)
    if head is None:
        return ()
    low = [re.sub(r"^(?:then|now|ex)-", "", word.text.lower()) for word in words]
    noun = _offices().short.get(low[head], low[head].rstrip("."))
    first, last = _whole_office(low, head, noun)
    office = " ".join([*low[first:head], noun, *low[head + 1 : last + 1]])
    before = words[:first]
    of = _owner_before(text, before)
    stop, body = _tail(text, words, last + 1, noun)
    if stop is None:
        return ()
    rest = words[stop:]
    more: tuple[Reading, ...] = ()
    if rest and rest[0].text.lower() in ("and", "or"):
        more = read_roles(text, rest[1:], owner)
        if not more:
            return ()
    elif rest and not _goes_on(rest[0].text):
        return ()
    if owner and of:
        owner = ""
    possessor = any(is_possessive(word.text) for word in before)
    whose = of if of and (possessor or not body) else body or of
    words_printed = text[words[0].start : words[stop - 1].end]
    role = Role(" ".join(words_printed.split()), office, "" if owner else whose)
    if noun in RELATIVE_TO and (not whose or whose.lower() in PARTISAN or is_place(whose)) and not owner:
        return more
    return (Reading(role, words[0].start, words[stop - 1].end, owner), *more)


def _head(words: Sequence[Word]) -> int | None:
    """Where the noun for the office stands; None where the words before it are no description."""
    for i, (word, following) in enumerate(pairwise([*words, None])):
        assert word is not None
        low = word.text.lower()
        if i > 8:
            return None
        ends = following is None or _goes_on(following.text)
        if is_office(word.text) and (ends or _completed(words, i)):
            return i
        if low == "general" and i and words[i - 1].text.lower() in ("attorney", "solicitor", "surgeon", "inspector"):
            return i if ends else None
        glued = low in ("and", "&") and i > 0 and following is not None and is_capitalized(words[i - 1].text)
        if glued and following is not None and is_capitalized(following.text):
            continue
        if low in lexicon().function_words and not word.text.isupper() and low not in _DESCRIBING:
            return None
        if low in PREPOSITIONS or low in _VERBS or not re.search(r"\w", low):
            return None
        if i == 0 and word.text.islower() and low.endswith(("ed", "ing")) and low not in _offices().modifiers:
            return None
    return None


def _completed(words: Sequence[Word], head: int) -> bool:
    office = _offices().known.get(words[head].text.lower())
    low = tuple(word.text.lower() for word in words[head + 1 : head + 6])
    return office is not None and any(low[: len(after)] == after for after in office.after)


def _goes_on(word: str) -> bool:
    """Whether a word after a description only tells more about whom it describes."""
    low = word.lower()
    if low in _GOES_ON or low[:1].isdigit():
        return True
    return word == low and ((low.endswith("ing") and len(low) > 4) or low in ("based", "since", "during", "now"))


def _whole_office(low: list[str], head: int, noun: str) -> tuple[int, int]:
    """Where the office begins and ends with the words that belong to it."""
    office = _offices().known.get(noun, _Office())
    first, last = head, head
    for after in office.after:
        if tuple(low[head + 1 : head + 1 + len(after)]) == after:
            last = head + len(after)
            break
    for choices in (office.before, _offices().anywhere):
        for before in choices:
            if len(before) <= first and tuple(low[first - len(before) : first]) == before:
                first -= len(before)
                break
    return first, last


def _owner_before(text: str, words: Sequence[Word]) -> str:
    """Whose an office is by what stands before it: "South Korea’s", "CNN", "the Trump campaign"."""
    owners = [i for i, word in enumerate(words) if is_possessive(word.text)]
    if owners:
        begin = next((i for i in range(owners[-1] + 1) if is_capitalized(words[i].text)), None)
        if begin is None:
            return ""
        body = _body_before(words[owners[-1] + 1 :])  # "France’s National Front party leader"
        if body:
            return text[words[begin].start : body.end]
        return without_possessive(text[words[begin].start : words[owners[-1]].end])
    end = len(words)
    while end and not _is_proper(words, end - 1):
        if is_capitalized(words[end - 1].text) and "-" in words[end - 1].text:
            return ""  # "New York-based"
        end -= 1
    begin = _begin_of_run(words, end)
    if begin == end:
        return ""
    if words[begin].text.lower() in PARTISAN and end - begin > 1 and is_place(_folded(words[begin + 1 : end])):
        begin += 1  # "Democratic U.S. Rep."
    body = _body_before(words[begin:])
    if body is None and words[end - 1].text in ("Democratic", "Republican") and end - begin > 1:
        end -= 1  # "Ohio Republican Senator"
    owner = text[words[begin].start : body.end if body else words[end - 1].end]
    return "" if owner.lower() in _NO_OWNERS else owner


def _folded(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words).replace(".", "")


def _body_before(words: Sequence[Word]) -> Word | None:
    """The noun that ends a body's name or description ("Trump campaign", "National Front party"); None for none."""
    proper = next((i for i in range(len(words)) if _is_proper(words, i)), None)
    bodies = [i for i, word in enumerate(words) if word.text.lower() in lexicon().organizations]
    return words[bodies[-1]] if proper is not None and bodies and bodies[-1] > proper else None


def _begin_of_run(words: Sequence[Word], end: int) -> int:
    begin = end
    while begin and (_is_proper(words, begin - 1) or words[begin - 1].text in ("and", "&")):
        begin -= 1
    while begin < end and words[begin].text in ("and", "&"):
        begin += 1
    return begin


def _is_proper(words: Sequence[Word], i: int) -> bool:
    word = words[i].text
    if not is_capitalized(word) or re.search(r"-[a-z]|-American$", word):
        return False
    if word.lower() in _PEOPLE and not (i + 1 < len(words) and is_capitalized(words[i + 1].text)):
        return False  # "Christian Rev.", but "White House", "Catholic Charities"
    return i > 0 or word.lower() not in _DESCRIPTIVE


def _tail(text: str, words: Sequence[Word], i: int, noun: str) -> tuple[int | None, str]:
    """Where what tells whose the office is ends, and the body, person or place it names; None for what is no tail."""
    while i < len(words) and words[i].text.lower() in _BEFORE_BODY | {"in", "on"}:
        preposition = words[i].text.lower()
        begin = i + 1
        while begin < len(words) and words[begin].text.lower() in ARTICLES:
            begin += 1
        end = _noun_phrase(words, begin)
        if end is None:
            return None, ""
        if end == begin:
            return i, ""
        first = next((k for k in range(begin, end) if is_capitalized(words[k].text)), None)
        if first is not None and _tells_whose(preposition, noun, words[begin:end]):
            return end, text[words[first].start : words[end - 1].end]
        i = end
    return i, ""


def _tells_whose(preposition: str, noun: str, phrase: Sequence[Word]) -> bool:
    """Whether a capitalised phrase after a preposition is whose the office is, not what or where it is about."""
    if preposition == "in" or (preposition in ("to", "for") and noun in _NO_OWNER_TO):
        return False
    about = preposition == "on" or (preposition == "of" and noun in _DOMAIN_OF)
    return not about or _has_body(phrase)


def _has_body(words: Sequence[Word]) -> bool:
    return any(word.text.lower() in lexicon().organizations for word in words)


def _noun_phrase(words: Sequence[Word], begin: int) -> int | None:
    """Where the noun phrase that begins at `begin` ends; None where it cannot be told."""
    end = begin
    capital = False
    while end < len(words):
        word = words[end].text
        low = word.lower()
        if (is_capitalized(word) and low not in lexicon().function_words) or word == "US":
            capital = True
        elif low in _GLUE and capital and _glues(words, begin, end):
            pass
        elif low in PREPOSITIONS or low in _GOES_ON or low in lexicon().function_words or not re.search(r"\w", low):
            break
        elif low[:1].isdigit():
            if not capital:
                break
        elif capital:
            if not (_is_body(low) or is_possessive(words[end - 1].text)):
                break
        elif low.endswith("ed") or low in _VERBS:
            return None
        end += 1
        if end - begin > 9:
            return None
    if not capital and end - begin > 4:
        return None
    while end > begin and words[end - 1].text.lower() in _GLUE:
        end -= 1
    if end > begin and is_possessive(words[end - 1].text):
        return None
    if capital and not is_capitalized(words[end - 1].text) and not _is_body(words[end - 1].text.lower()):
        return None
    return end


def _is_body(noun: str) -> bool:
    return noun in lexicon().organizations or noun.rstrip("s") in lexicon().organizations


def _glues(words: Sequence[Word], begin: int, i: int) -> bool:
    """Whether a small word at `i` goes on with a body’s name ("University of Ohio", "Center for Trade and Peace")."""
    low = words[i].text.lower()
    following = next((word.text for word in words[i + 1 : i + 3] if word.text.lower() != "the"), "")
    if not is_capitalized(following) or following.lower() in lexicon().function_words:
        return False
    run = words[begin:i]
    body = _has_body(run)
    before = words[i - 1].text
    if (
        not body
        and low in ("of", "for")
        and is_capitalized(before)
        and before.endswith("s")
        and not is_possessive(before)
    ):
        return low == "for" or is_place(following) or following == "America"  # "Net Menders of Norway"
    if low == "the":
        return words[i - 1].text.lower() in _GLUE
    if low == "at":
        return any(word.text == "University" for word in run) and any(word.text == "of" for word in run)
    if low in ("and", "&"):
        ahead = [word.text.lower() in lexicon().organizations for word in words[i + 1 : i + 5]]
        return (body and words[i - 1].text.lower() not in lexicon().organizations) or any(ahead)
    return body
