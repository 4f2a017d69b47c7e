"""Whether a source's name tells who it is beyond the article, or only describes ("officials", "the judge")."""

import re
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from claims.language.lexicons import lexicon_lines
from claims.speakers.lexicon import countries, is_media, is_seat, lexicon, word_set
from claims.speakers.names import (
    INDEFINITE,
    PARTICLES,
    is_capitalized,
    is_document,
    is_possessive,
    role_of,
    singular,
    without_possessive,
)
from claims.speakers.offices import PARTISAN
from claims.speakers.printed import Print
from claims.speakers.pronouns import is_pronoun
from claims.speakers.states import body_of_state, country_of_word

_QUANTIFIERS = (INDEFINITE - {"no"}) | word_set(
    "no all both each every these those other others half more less such which what whose nearly almost about "
    "four five six seven eight nine ten dozens hundreds thousands millions majority none neither either only "
    "even certain various countless numerous fellow"
)
_GLUE = word_set("of for on and the & in at a to de la y") | PARTICLES
_PARTIES = word_set("republicans democrats dems tories gop")
_PERHAPS_PARTIES = word_set("libertarians greens conservatives liberals socialists communists")
_PEOPLES = word_set(
    "europeans africans asians arabs muslims christians jews catholics protestants evangelicals hindus sikhs buddhists "
    "latinos hispanics brits britons scots danes swedes finns poles turks spaniards kurds koreans filipinos texans "
    "iowans palestinians southerners northerners westerners"
)
_PARTISAN = PARTISAN | word_set("libertarian conservative liberal progressive")
# Bodies of a person, party, place or country that the two words name: "Trump campaign", "Norwegian navy".
_OWNED = word_set(
    "campaign camp administration government army navy military police ministry parliament embassy cabinet regime "
    "senate legislature assembly court presidency transition foundation university"
)
_MIDDLE = word_set("presidential foreign defense defence interior finance supreme high air armed transition super city")
_NO_NAMES = word_set("tv pac pacs ngo ngos ceo ceos am pm p.m. a.m. dna un-american u.s.-based twitter")
# Words that bodies of every town share: a name made of these alone names none of them.
_GENERIC = word_set(
    "city county state town village police fire sheriff department council board commission committee school "
    "district court circuit appeals office bureau agency authority public health education planning trustees "
    "directors supervisors election elections campaign party university college hospital company church union "
    "federal national local central general attorney high middle medical center association organization group "
    "team service services security force forces task administration government media press news newspaper "
    "network station tv radio leadership establishment first second third north south east west new old house "
    "staff jury grand panel legislature assembly embassy ministry foundation institute society club league "
    "coalition community family families bank fund firm industry regime military army navy super pac website "
    "campaigns presidential transition human resources"
)
_MANY = re.compile(r"[a-z](?:ists|nials|goers)$")
_UNIONS = word_set("united national international american amalgamated")
_WORKS = word_set("act constitution treaty amendment declaration charter bible koran manifesto")
_WHOLE = word_set("congress senate house fbi nato pentagon kremlin cia un eu")
_OF_AN_OWNER = re.compile(
    r"(?:the )?(?P<owner>[A-Z].*?)(?P<mark>[’']s?)? (?:(?:presidential|election|political|primary) )*"
    r"(?P<noun>campaign|camp|team|administration|White House|Campaign|Camp)(?:[’']s)?"
)
_TEAM = re.compile(r"Team (?P<owner>[A-Z][\w’'-]+)")


@cache
def _known_bodies() -> frozenset[str]:
    lines = lexicon_lines(Path(__file__).with_name("known_bodies.txt"))
    return frozenset(name.strip() for line in lines for name in line.split(","))


def is_known_body(name: str) -> bool:
    """Whether a name, its article aside, is that of a body or medium known by it though it does not read like one."""
    bare = name.removeprefix("The ").removeprefix("the ").replace("’", "'")
    return bare in _known_bodies() or is_media(bare)


@lru_cache(maxsize=16384)
def owned_body(name: str) -> tuple[str, str]:
    """Whose campaign or administration a name is, and which of both: "Ann Lee’s camp" is ("Ann Lee", "campaign").

    A camp and a team are the campaign, a White House is the administration; ("", "") for any other name.
    """
    match = _OF_AN_OWNER.fullmatch(name)
    if match is None:
        return "", ""
    owner, noun = match["owner"], match["noun"]
    words = owner.split()
    if not all(is_capitalized(word) or word in PARTICLES for word in words):
        return "", ""
    low = [without_possessive(word).lower() for word in words]
    if set(low) & (_PARTISAN | _GENERIC) or low[-1] in lexicon().organizations or any(map(is_possessive, words)):
        return "", ""
    if noun[0].isupper() and noun != "White House" and not match["mark"] and not _begins_with_first_name(words):
        return "", ""  # "Human Rights Campaign"
    return owner, "administration" if noun in ("administration", "White House") else "campaign"


def owner_of_team(name: str) -> str:
    """Whose team "Team Lee" is, "" for other names."""
    match = _TEAM.fullmatch(name)
    return match["owner"] if match else ""


def _begins_with_first_name(words: list[str]) -> bool:
    return len(words) > 1 and words[0] in lexicon().first_names


def is_named(name: str, kind: str, words: tuple[str, ...], printed: Print, country: str, is_person: bool) -> bool:
    """Whether `name`, of a source of this `kind` in these `words`, means the same one in any article.

    `country` is the country whose body of state it is; `is_person` that the article knows the name as a person's.
    """
    bare = re.sub(r"^(?:the|a|an)\s+", "", name.strip(), flags=re.IGNORECASE)
    low = bare.lower()
    if not low or is_pronoun(low):
        return False
    parts = bare.split()
    if is_known_body(bare) and is_capitalized(parts[0]) and not _is_indefinite(words, parts):
        return True
    if parts[0].lower() in _QUANTIFIERS and not (is_person and len(parts) > 1) and not printed.has(bare, True):
        return False
    if all(part.lower().strip(".,") in lexicon().function_words or not part[0].isalnum() for part in parts):
        return low in ("us", "u.s.") and bare.isupper()
    if kind == "document" or _names_document(parts[-1]):
        return parts[-1].lower() in _WORKS and is_capitalized(parts[-1]) and _is_proper(parts[:1])
    state = body_of_state(name)
    if state is not None:
        return _is_named_state(bare, state[1].loose, country, words, printed)
    if is_seat(bare) or (country_of_word(bare) and low not in countries().adjectives):
        return True
    if kind == "person" or is_person:
        return _is_persons(parts, is_person, words)
    if _is_indefinite(words, parts):
        return False
    if kind == "group" or len(parts) == 1:
        return _is_people(parts, printed) if kind == "group" or low.endswith("s") else _is_single(bare, printed)
    return _is_body(parts)


def is_quantified(text: str) -> bool:
    """Whether words speak of some of many ("some Republicans", "a poll")."""
    first, _, rest = text.strip().lower().partition(" ")
    return bool(rest) and first in _QUANTIFIERS


def _names_document(word: str) -> bool:
    return is_document(word.lower()) and word.lower() not in lexicon().organizations


def _is_indefinite(words: tuple[str, ...], parts: list[str]) -> bool:
    """Whether all the article says is "a", "some" or "two" of them: nothing is proper then but a name of its own."""
    last = parts[-1].lower()
    if last == singular(last) and last not in lexicon().organizations and last not in _GENERIC | lexicon().groups:
        return False
    told = [text.lower().split() for text in words if parts[-1].lower() in text.lower()]
    return bool(told) and all(text[0] in _QUANTIFIERS for text in told if text)


def _is_proper(parts: list[str]) -> bool:
    """Whether words are all written like a name's, and one of them is more than a number or a common noun."""
    telling = False
    for part in parts:
        low = part.lower()
        if is_capitalized(part):
            telling = telling or (low not in _GENERIC and low not in lexicon().function_words)
        elif low not in _GLUE and not part[0].isdigit():
            return False
    return telling


def _is_persons(parts: list[str], known: bool, words: tuple[str, ...]) -> bool:
    last = without_possessive(parts[-1]).lower().rstrip(".")
    if not _is_proper(parts) or " ".join(parts) in lexicon().titles or _MANY.search(parts[-1]):
        return False
    if not known and any(is_possessive(part) for part in parts):
        return False  # "Norway’s Ambassador to France"
    if last in lexicon().groups or last in lexicon().organizations or (role_of(last) and len(parts) == 1):
        return False
    if all(role_of(part) is not None or part.lower() in _PARTISAN for part in parts):
        return False
    if singular(last) != last and (role_of(singular(last)) or singular(last) in lexicon().organizations):
        return False
    if role_of(last) is not None and not (known and len(parts) > 1 and parts[0] in lexicon().first_names):
        return False
    if len(parts) == 1 and (last in countries().adjectives or last + "s" in _PARTIES or last in _PARTIES | _PEOPLES):
        return last in _PARTIES | _PEOPLES
    if len(parts) == 1 and singular(last) != last and singular(last) in countries().adjectives:
        return not _is_indefinite(words, parts)
    return known or len(parts) > 1 or parts[0] not in lexicon().first_names


def _is_people(parts: list[str], printed: Print) -> bool:
    """Whether the words name a party's members or a people as a whole."""
    last = parts[-1].lower()
    if any(part.lower() in _GLUE for part in parts):
        return False
    if last in _PARTIES and is_capitalized(parts[-1]):
        return all(part.lower() in ("senate", "house") for part in parts[:-1])
    if last in countries().adjectives and not last.endswith(("ese", "sh", "ch", "ss")):
        return False
    if last in _PEOPLES or (singular(last) in countries().adjectives and last != singular(last)):
        return len(parts) == 1 or " ".join(parts).lower().rstrip("s") in countries().adjectives
    whole = " ".join(parts)
    if country_of_word(singular(whole)) and whole.lower() not in countries().adjectives and last.endswith("s"):
        return True
    perhaps = len(parts) == 1 and last in _PERHAPS_PARTIES
    if not perhaps and (len(parts) > 1 or role_of(singular(last)) or last in lexicon().groups or last in _GENERIC):
        return len(parts) > 1 and _is_body(parts)
    known = lexicon()
    if last in _PERHAPS_PARTIES:
        return printed.has(parts[0], inside_sentence=True) and not printed.has(last)
    if singular(last) in known.organizations or singular(last) in _GENERIC or last in known.function_words:
        return False
    return is_capitalized(parts[0]) and printed.has(parts[0], inside_sentence=True) and not printed.has(last)


def _is_single(word: str, printed: Print) -> bool:
    """Whether one capitalised word is a name, and not a common noun at the start of a sentence."""
    low = word.lower()
    known = lexicon()
    if low in _WHOLE or is_media(word):
        return is_capitalized(word)
    if not is_capitalized(word) or low in _NO_NAMES or low in _GENERIC or low in known.groups or role_of(low):
        return False
    if low in countries().names or low in countries().capitals or low in countries().states:
        return True
    if low in known.organizations or low in countries().adjectives or low in _PARTISAN or re.search(r"-[a-z]", word):
        return False
    if word.isupper() and len(word) > 1:
        return not word.isdigit() and any(letter.isalpha() for letter in word)
    return printed.has(word, inside_sentence=True) and not printed.has(low)


def _is_body(parts: list[str]) -> bool:
    """Whether several words name a body: capitalised all, or whose it is with a noun that makes it one."""
    known = lexicon()
    last = without_possessive(parts[-1]).lower()
    if _is_proper(parts):
        one = singular(last)
        head = next((before for before, part in pairwise(parts) if part in ("of", "for")), last)
        if head != last and head.lower() in known.organizations:
            return True  # "Centre for Peace", "Board of Editors"
        if last in known.groups or role_of(last):
            return False
        common = role_of(one) or one in known.documents or one in known.organizations
        if one != last and common and last not in known.organizations and parts[0].lower() not in _UNIONS:
            return False  # "Ohio Voters", but "United Net Workers"
        if re.search(r"-[a-z]", parts[0]) and len(parts) < 3:
            return False
        return not (len(parts) == 2 and parts[0].lower() in _PARTISAN and last not in ("party",))
    cut = next((i for i, part in enumerate(parts) if not is_capitalized(part) and part.lower() not in _GLUE), None)
    if cut is None or cut == 0 or not _is_proper(parts[:cut]) or re.search(r"-[a-z]", parts[cut - 1]):
        return False
    if any(part.lower() not in _MIDDLE for part in parts[cut:-1]):
        return False
    owner = parts[:cut]
    if owner[0].lower() in _PARTISAN or any(_names_document(part) for part in owner):
        return False
    if last in _OWNED:
        return True
    outlet = " ".join(owner)
    return is_media(outlet) and known.organizations.get(last) == "media"


def _is_named_state(name: str, loose: bool, country: str, words: tuple[str, ...], printed: Print) -> bool:
    parts = name.split()
    if _is_indefinite(words, parts):
        return False
    if loose:
        alone = len(parts) == 1 or not is_capitalized(parts[0])
        return not alone or any(_owner_in(text, name) for text in words)
    if is_capitalized(parts[-1]) and (len(parts) > 1 or parts[0].lower() in _WHOLE):
        return True
    return bool(country) or (is_capitalized(parts[-1]) and printed.has(name, inside_sentence=True))


def _owner_in(text: str, name: str) -> bool:
    """Whether a country owns the body in these words ("Norway’s navy")."""
    at = text.find(name)
    before = text[:at].split() if at > 0 else []
    return bool(before) and (is_possessive(before[-1]) or is_capitalized(before[-1])) and any(map(country_of_word, (
        " ".join(before[-1:]), " ".join(before[-2:]), " ".join(before[-3:]))))  # fmt: skip
