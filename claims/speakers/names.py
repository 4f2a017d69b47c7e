"""A noun phrase taken apart: title, proper name, role, possessor, apposition, or what it describes."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from claims.speakers.layout import words_of
from claims.speakers.lexicon import RoleNoun, is_place, lexicon, word_set
from claims.speakers.trimming import tidy

DETERMINERS = word_set(
    "the a an this that these those some any each every both many most few several all no another his her its "
    "their our my your one two three"
)
INDEFINITE = word_set("a an some one another many several most few no any two three")
POSSESSIVES = word_set("his her its their our my your")
PREPOSITIONS = word_set(
    "of for from in at on with without to by under over about against among near inside outside within behind "
    "above below beyond familiar close based like during since after before as between who which that whose "
    "whom where when"
)
PARTICLES = word_set("de da di du del della der den van von bin ibn al el la le ter ten dos")
_CREEDS = word_set(
    "democrats republicans conservatives liberals libertarians latinos hispanics muslims christians jews"
)
_PEOPLE = word_set("people critics police authorities women men children")
_IN_NAMES = word_set("worker farmer teacher veteran governor mayor attorney consumer reader editor nation investor")
_TIMES = word_set(
    "today yesterday tonight tomorrow monday tuesday wednesday thursday friday saturday sunday last next this earlier "
    "later"
)
_PRONOUNS = word_set("he she they we i it you")
_LED = word_set("made held done seen taken given written found sent shown led paid drawn known fed sworn put run built")
_AFTER_PEOPLE = word_set(
    "present involved willing able loyal eager critical responsible opposed sympathetic affiliated interviewed polled "
    "surveyed aware unhappy angry"
)
BODY_GLUE = word_set("of for on and the &")
_NAME_GLUE = word_set("of for on the and a & to in")
SURNAMES = word_set(
    "King Prince Pope Dean Bishop Judge Justice Major Duke Earl Baron Cardinal Abbot Priest Page Marshall"
)
"""Titles that are surnames, too."""
_SUFFIXES = ("Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV", "Ret.")
_SEGMENT = re.compile(r"\s*(?:[,;](?!\d{3})|\s[–—-]+\s|--|—|:\s)\s*")


@dataclass(frozen=True)
class Phrase:
    """A noun phrase that names or describes one speaker.

    `words` is the phrase as written, tidied; `name` the proper name in it without titles ("" where it has none);
    `titles` what stands before the name; `roles` the descriptive words, in lower case, of titles and appositions;
    `offices` those of them that are nouns for what the person is; `head` the last noun of a description in lower case;
    `possessor` whose it is ("his", "the mayor's"); `modifiers` the words before the head of a description; `tail` what
    follows the head.
    """

    words: str
    name: str = ""
    titles: tuple[str, ...] = ()
    roles: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    head: str = ""
    determiner: str = ""
    possessor: str = ""
    modifiers: tuple[str, ...] = ()
    tail: str = ""

    @property
    def is_plural(self) -> bool:
        """Whether a description speaks of several ("officials")."""
        return is_plural(self.head) and not self.name


@lru_cache(maxsize=1024)
def read_phrase(text: str) -> Phrase:
    """Take a noun phrase apart. Any text is taken: what is no noun phrase comes back as a description of itself."""
    tidied = tidy(text)
    if not tidied:
        return Phrase("")
    segments = [part for piece in _SEGMENT.split(tidied) if piece.strip() and (part := _read_segment(piece)).words]
    if not segments:
        return Phrase(tidied)
    first, rest = segments[0], segments[1:]
    chosen = first
    if not first.name and rest and (role_of(first.head) or first.head in lexicon().organizations):
        named = [part for part in rest if part.name and not part.possessor and part.determiner in ("", "the")]
        chosen = named[0] if named else first
    elif not first.name and len(rest) == 1 and rest[0].name and first.determiner in ("another", "one"):
        chosen = first if first.tail else rest[0]  # "Another holdout — the Boaters —"
    elif first.determiner == "the" and not (first.name or first.tail or is_document(first.head)):
        is_name = len(rest) == 1 and rest[0].name == rest[0].words and not rest[0].possessor
        chosen = rest[0] if is_name else first  # "The operator, Veltra,"
    roles, offices = set(chosen.roles), set(chosen.offices)
    for part in segments:
        if part is not chosen and (part.determiner or role_of(part.head) or part.titles or not part.name):
            roles |= part.roles
            offices |= part.offices
    words = tidied if not chosen.name else chosen.words
    return replace(chosen, words=words, roles=frozenset(roles), offices=frozenset(offices))


def without_possessive(word: str) -> str:
    """The word without its possessive ending."""
    return re.sub(r"(?:[’']s|(?<=s)[’'])$", "", word)


def is_possessive(word: str) -> bool:
    """Whether a word ends in 's, with either apostrophe."""
    return word.endswith(("’s", "'s", "s’", "s'"))


def owns_in_name(word: str, following: str) -> bool:
    """Whether a possessive is a part of a body's name ("People's Daily", "Teachers' Union") and owns nothing."""
    if not is_possessive(word) or not is_capitalized(word) or not is_capitalized(following):
        return False
    noun = without_possessive(word).lower()
    return noun not in _CREEDS and not is_place(noun) and (is_people(noun) or noun in _IN_NAMES)


def is_capitalized(word: str) -> bool:
    """Whether a word is written like a name's."""
    return word[:1].isupper() or (word[:1] == "@" and len(word) > 1)


@lru_cache(maxsize=16384)
def role_of(noun: str) -> RoleNoun | None:
    """What is known about a noun for one person, None if it is none; plurals are no roles."""
    noun = noun.lower().rstrip(".")
    noun = {"sen": "senator", "rep": "representative", "gov": "governor", "del": "delegate", "gen": "general"}.get(
        noun, noun
    )
    known = lexicon().roles.get(noun)
    if known is None and "-" in noun:  # "ex-governor", "then-senator"
        known = lexicon().roles.get(noun.rpartition("-")[2])
    return known


def singular(noun: str) -> str:
    """A plural's singular by the regular endings; other words unchanged."""
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "shes", "ches", "xes")):
        return noun[:-2]
    if noun.endswith("men"):
        return noun[:-3] + "man"
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun[:-1]
    return noun


@lru_cache(maxsize=16384)
def is_people(word: str) -> bool:
    """Whether a word is a plural for people ("voters", "Republicans", "Danes")."""
    low = word.lower()
    if low in _CREEDS:
        return True
    one = singular(low)
    if one == low:
        return low in _PEOPLE
    return role_of(one) is not None or (is_place(one) if is_capitalized(word) else low in lexicon().groups)


def is_document(noun: str) -> bool:
    """Whether a noun is something that is read, seen or heard."""
    return noun in lexicon().documents or singular(noun) in lexicon().documents


def is_plural(noun: str) -> bool:
    """Whether a noun speaks of several people or things."""
    noun = noun.lower()
    if noun in lexicon().groups:
        return True
    if noun in lexicon().organizations or noun in lexicon().documents or noun in lexicon().roles:
        return False
    return singular(noun) != noun


def _read_segment(text: str) -> Phrase:
    """One piece between commas."""
    words = [word.text for word in words_of(text) if re.search(r"[\w&]", word.text)]
    determiner, possessor, words = _take_determiners(words)
    if not words:
        return Phrase(text.strip(), head=text.strip().lower())
    cut = next((i for i in range(1, len(words)) if _ends_head(words, i)), len(words))
    before, tail = words[:cut], words[cut:]
    owners = [i for i, word in enumerate(before[:-1]) if is_possessive(word) and not owns_in_name(word, before[i + 1])]
    if owners:
        possessor = " ".join(before[: owners[-1] + 1])
        before = before[owners[-1] + 1 :]
        if before[-1].isdigit():  # "Lee's famous 1963": no noun is left that could be his
            before, possessor = [without_possessive(word) for word in possessor.split()], ""
    if _is_office_of(before, tail):
        before, tail = [*before, *tail], []
        lower, run = before[:-2], before[-2:]
    else:
        lower, run = _part_from_name(before)
    if len(before) == 1 and not possessor and _is_common_noun(before[0]):
        lower, run = before, []  # only the start of a sentence capitalises "Officials"
    elif lower and run and (is_document(lower[-1]) or run == ["PAC"]):
        before, run = lower, []  # the title of a work: "her book Tough Days"
    titles, name = split_titles(run)
    descriptive = _lowered([*lower, *titles])
    if name:
        name = [*name[:-1], without_possessive(name[-1])]
        if tail and tail[0] in ("of", "from", "for"):
            descriptive |= _lowered(tail[1:])
        return Phrase(
            words=" ".join(name),
            name=" ".join(name),
            titles=tuple(titles),
            roles=descriptive,
            offices=_offices([*lower, *titles]),
            head=name[-1].lower(),
            determiner=determiner,
            possessor=possessor,
            tail=" ".join(tail),
        )
    named_owner = possessor if possessor.lower() not in POSSESSIVES else ""
    return Phrase(
        words=" ".join([named_owner, *before, *tail] if named_owner else words),
        titles=tuple(titles),
        roles=descriptive | _lowered([before[-1], *tail[1:]]),
        offices=_offices(before),
        head=without_possessive(before[-1]).lower(),
        determiner=determiner,
        possessor=possessor,
        modifiers=tuple(before[:-1]),
        tail=" ".join(tail),
    )


def _is_office_of(before: list[str], tail: list[str]) -> bool:
    """Whether a name follows what an office is of, all in capitals ("Minister of Fisheries Ann Lee")."""
    if len(tail) < 4 or tail[0] != "of" or role_of(before[-1]) is None or not is_capitalized(before[-1]):
        return False
    return all(is_capitalized(word) or word in _NAME_GLUE for word in tail) and all(map(is_capitalized, tail[-2:]))


def _take_determiners(words: list[str]) -> tuple[str, str, list[str]]:
    """The first determiner in lower case, the possessive pronoun among them, and the words that are left."""
    determiner = possessor = ""
    words = list(words)
    share = next((i for i, word in enumerate(words[:4]) if word == "in" and words[i + 1 : i + 2] == ["10"]), 0)
    if share and len(words) > share + 2:
        words = words[share + 2 :]  # "nearly six in 10 voters"
    while len(words) > 1 and words[0].lower() in DETERMINERS and (words[1] == "of" or words[1] not in PREPOSITIONS):
        word = words.pop(0)
        determiner = determiner or word.lower()
        if word.lower() in POSSESSIVES:
            possessor = word
        if words[0] == "of" and len(words) > 1:
            words.pop(0)
    return determiner, possessor, words


def _part_from_name(words: list[str]) -> tuple[list[str], list[str]]:
    """What stands before the capitalised words at the end, and these."""
    begin = len(words)
    while begin > 0 and _belongs_to_name(words, begin - 1):
        begin -= 1
    while begin < len(words) and not is_capitalized(words[begin]):
        begin += 1
    return words[:begin], words[begin:]


def _ends_head(words: list[str], i: int) -> bool:
    """Whether what tells more about the head begins at `i`: a preposition, a relative, "supporting the plan"."""
    word = words[i].lower()
    before = words[i - 1]
    if word in PREPOSITIONS:
        return not _glues(words, i) and not _glues_office(words, i)
    if word in _TIMES:
        return not _goes_on_as_name(words, i)
    if word in _PRONOUNS and word == words[i] and before not in ("and", "or"):
        return True  # "an official she spoke to"
    if _is_participle(word) and word == words[i] and _may_be_head(before):
        following = words[i + 1].lower() if i + 1 < len(words) else ""
        return not following or following in PREPOSITIONS or following in _TIMES
    if word in _AFTER_PEOPLE and is_plural(before):
        return True
    return (
        word.endswith("ing")
        and word == words[i]
        and i + 1 < len(words)
        and (before.islower() or before == "PAC")
        and (role_of(before) is not None or is_plural(before) or before.lower() in lexicon().organizations)
    )


def _goes_on_as_name(words: list[str], i: int) -> bool:
    """Whether the day at `i` is a part of a name ("Fox News Sunday", "Sunday Times")."""
    if not is_capitalized(words[i]):
        return False
    return is_capitalized(words[i - 1]) or (i + 1 < len(words) and is_capitalized(words[i + 1]))


def _is_participle(word: str) -> bool:
    return (word.endswith("ed") and len(word) > 4) or word in _LED


def _may_be_head(word: str) -> bool:
    """Whether a word before a participle is a noun that can head the description ("data released by the mayor")."""
    noun = word.lower()
    known = lexicon()
    if word.islower() and (noun.endswith("ly") or noun in DETERMINERS):
        return noun in ("those", "these")
    return (
        role_of(noun) is not None or is_plural(noun) or noun in known.organizations or is_document(noun)
        or is_capitalized(word) or noun in ("polling", "research", "person")
    )  # fmt: skip


def _glues_office(words: list[str], i: int) -> bool:
    """Whether the "of" at `i` stands inside an office in lower case before a name ("secretary of state Ann Lee")."""
    if words[i] != "of" or i + 2 >= len(words) or not is_capitalized(words[-1]):
        return False
    before, following = words[i - 1], words[i + 1]
    return before.islower() and role_of(before) is not None and following.islower() and following not in DETERMINERS


def _glues(words: list[str], i: int) -> bool:
    """Whether the preposition at `i` stands inside a name ("Court of Appeals", "Committee for a Fair Budget")."""
    if words[i].lower() not in _NAME_GLUE or not is_capitalized(words[i - 1]):
        return False
    body = any(word.lower() in lexicon().organizations for word in words[:i] if is_capitalized(word))
    following = next((word for word in words[i:] if word.lower() not in _NAME_GLUE), "")
    return body and is_capitalized(following)


def _belongs_to_name(words: list[str], i: int) -> bool:
    word = words[i]
    if is_capitalized(word) or word in _SUFFIXES:
        return True
    if i + 1 >= len(words):
        return False
    if word in PARTICLES:
        return is_capitalized(words[i + 1]) or words[i + 1] in PARTICLES
    if word in ("and", "&") and i > 0 and is_capitalized(words[i - 1]) and is_capitalized(words[i + 1]):
        return words[-1].lower() in lexicon().organizations  # "Fish and Game Commission"
    return word in _NAME_GLUE and i > 0 and (_glues(words, i) or _belongs_to_name_glue(words, i))


def _belongs_to_name_glue(words: list[str], i: int) -> bool:
    """Whether a small word continues glue inside a body's name ("for *a* Responsible", "*the* Sixth Circuit")."""
    back = i
    while back > 0 and words[back].lower() in _NAME_GLUE:
        back -= 1
    return is_capitalized(words[back]) and _glues(words, back + 1)


def split_titles(run: list[str]) -> tuple[list[str], list[str]]:
    """A run of capitalised words as what stands before the name and the name; a body's name keeps its titles."""
    known = lexicon()
    if run and (run[-1].lower().rstrip(".") in known.organizations or any(word in _NAME_GLUE for word in run)):
        return [], run
    last = -1
    for i, word in enumerate(run):
        inside = i < len(run) - 1 and role_of(word) is not None
        opens = i == 0 and len(run) > 2 and not (word in known.first_names or is_document(run[-1].lower()))
        if " ".join(word.split()) in known.titles or (inside and (i > 0 or opens)):  # "Reporter Ann Lee"
            last = i
    if last == len(run) - 1 and last > 0 and run[-1] in SURNAMES:
        begin = next(i for i, word in enumerate(run) if word not in known.titles or i == len(run) - 1)
        if begin == len(run) - 1 or run[begin] in known.first_names:
            return run[:begin], run[begin:]  # "Mr. King", "Senator Ella Mae King"
    if last == len(run) - 1 and last >= 0:
        return run, []
    return run[: last + 1], run[last + 1 :]


def _offices(words: list[str]) -> frozenset[str]:
    """The nouns among `words` that say what the person is: "rival" in "chief rival", both in "actor and singer"."""
    found = set()
    for i, word in enumerate(words):
        last = word.split()[-1].lower()
        following = words[i + 1] if i + 1 < len(words) else ""
        stands = not following or following in ("and", "or") or (is_capitalized(word) and is_capitalized(following))
        if role_of(last) is not None and stands:
            found.add(last)
    return frozenset(found)


def _is_common_noun(word: str) -> bool:
    known, noun = lexicon(), word.lower()
    if word in known.titles or word in known.media or word.isupper():
        return False
    if noun in known.groups or noun in known.function_words or is_document(noun):
        return True
    return singular(noun) != noun and singular(noun) in known.roles


def _lowered(words: list[str]) -> frozenset[str]:
    return frozenset(
        part for word in words for part in word.lower().split() if part not in DETERMINERS and part not in PREPOSITIONS
    )
