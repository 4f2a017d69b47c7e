"""What articles say that somebody is, compared: one office, one house."""

import re
from dataclasses import dataclass
from functools import lru_cache

from claims.identity.governments import country_named, country_of
from claims.identity.letters import fold, fold_bare, squeeze
from claims.identity.people import surname_ranks
from claims.speakers.lexicon import word_set
from claims.speakers.names import role_of
from claims.terms import Role

Roles = frozenset[Role] | tuple[Role, ...]

_ONE_AT_A_TIME = frozenset([
    "president", "vice president", "president-elect", "prime minister", "chancellor", "king", "queen", "pope",
    "premier", "first lady", "secretary of state", "attorney general", "supreme leader", "emperor",
])  # fmt: skip
"""Offices that a country has one of."""

_OF_RANK = frozenset([
    "senator", "governor", "representative", "congressman", "congresswoman", "mayor", "minister", "foreign minister",
    "defense minister", "finance minister", "speaker", "justice", "chief justice", "secretary-general", "general",
    "defense secretary", "treasury secretary", "foreign secretary", "home secretary",
    "lieutenant governor", "ambassador",
])  # fmt: skip
"""Offices that few hold, so that one with a rare surname is told by it."""

_SHORT = {
    "sen": "senator", "rep": "representative", "gov": "governor", "pres": "president", "gen": "general",
    "pm": "prime minister", "lt": "lieutenant", "vp": "vice president", "amb": "ambassador", "defence": "defense",
    "atty": "attorney",
}  # fmt: skip
_NO_PART = word_set("former ex then acting interim late outgoing incoming current new the")
_COURTESY = word_set("mr mrs ms miss mister madam dr sir dame lord lady rev hon fr great")
_OF_A_WOMAN = word_set("mrs ms miss madam dame lady queen princess")
_OF_A_MAN = word_set("mr mister sir king prince")
_PARTISAN = word_set("republican republicans democratic democrat democrats gop party independent conservative liberal")
_VAGUE = word_set(
    "a an of for in at on and s his her their senior top chief deputy longtime veteran prominent associate assistant "
    "vice national local first author man woman person people member native resident "
    "aide adviser advisor staffer staff official spokesman spokeswoman spokesperson candidate rival critic supporter"
)
_MOST = 8
_LONGEST_SHORT_FORM = 5


@lru_cache(maxsize=4096)
def office(role: Role) -> str:
    """The office of a role in one form ("Sen.", "senator"); "" where it names none."""
    words = [_SHORT.get(word, word) for word in fold(role.office).replace(".", "").split()]
    words = [re.sub(r"^(?:ex|then)-", "", word) for word in words]
    words = [word for word in words if word not in _NO_PART and word not in _COURTESY and not country_named(word)]
    turned = re.fullmatch(r"(secretary|minister) of (?:the )?(?!state\b)(.+)", " ".join(words))
    if turned:
        words = [*turned[2].split(), turned[1]]
    if len(words) == 1 and (known := role_of(words[0])) is not None:
        return known.office
    return " ".join(words)


@dataclass(frozen=True)
class _Held:
    """A role as it is compared: the office and whose it is in one form, `of_country` where that is a country."""

    office: str
    of: str
    of_country: bool
    words: str


@lru_cache(maxsize=4096)
def _held(roles: Roles) -> tuple[_Held, ...]:
    return tuple(_Held(office(role), _of(role), bool(country_of(role.of)), role.text or role.office) for role in roles)


def offices(roles: Roles) -> tuple[str, ...]:
    """The offices of roles, each once, few."""
    return tuple(dict.fromkeys(held.office for held in _held(roles) if held.office))[:_MOST]


def _of(role: Role) -> str:
    bare = fold_bare(role.of)
    if bare in _PARTISAN:  # "Republican Secretary of State" is Ohio's, too
        return ""
    return country_of(role.of) or country_named(bare) or squeeze(bare)


def with_style(roles: Roles, style: str) -> tuple[Role, ...]:
    """The roles of somebody whose name holds a style ("Pope Francis"): a pope, whatever else is said."""
    return (*roles, Role(style, style)) if style else tuple(roles)


def contradict(roles: Roles, others: Roles) -> bool:
    """Whether two are said to be something, and nothing of it is shared or alike in words."""
    ours, theirs = _telling_words(roles), _telling_words(others)
    return bool(ours and theirs) and not ours & theirs and not shared_role(roles, others)


@lru_cache(maxsize=4096)
def _telling_words(roles: Roles) -> frozenset[str]:
    words = " ".join(f"{role.text} {role.office} {role.of}" for role in roles).replace("-", " ")
    return (
        frozenset(word.removesuffix("'s") for word in fold(words).split()) - _VAGUE - _NO_PART - _COURTESY - _PARTISAN
    )


@lru_cache(maxsize=4096)
def gender(roles: Roles) -> str:
    """The gender that titles tell ("Mr.", "congresswoman"), "" where they tell none or both.

    "Spokesman" and "chairman" tell none: women are called so.
    """
    words = {word for role in roles for word in fold(f"{role.text} {role.office}").replace(".", "").split()}
    woman = any(word in _OF_A_WOMAN or word.endswith("woman") for word in words)
    man = any(word in _OF_A_MAN for word in words)
    return "" if woman == man else "f" if woman else "m"


def shared_role(roles: Roles, others: Roles) -> str:
    """The office or house that two are both said to have, in words; "" where they share none."""
    theirs = _held(others)
    for role in _held(roles):
        for other in theirs:
            if role.office and role.office == other.office and _may_be_one_house(role.of, other.of):
                return role.words
            if role.of and role.of == other.of and not role.of_country:
                return role.words
    return ""


def _may_be_one_house(of: str, other: str) -> bool:
    """Whether two answers to "of what" do not contradict: one is open, in the other, or short for it (Md., CWA)."""
    short, long = sorted((of, other), key=len)
    if short in long:
        return True
    letters = iter(long)
    return len(short) <= _LONGEST_SHORT_FORM and short[0] == long[0] and all(letter in letters for letter in short)


def shared_office(roles: Roles, others: Roles, surname: str) -> str:
    """The office by which two of one surname are one person, in words; "" where it does not tell.

    An office of which a country has one tells where no other country is said; one that few hold tells with a rare
    surname; any other only with the house or place it is held in.
    """
    theirs = _held(others)
    for role in _held(roles):
        for other in theirs:
            if not role.office or other.office != role.office:
                continue
            if role.of and other.of:
                if _may_be_one_house(role.of, other.of):
                    return role.words
                continue
            elsewhere = (role.of and not role.of_country) or (other.of and not other.of_country)
            if role.office in _ONE_AT_A_TIME and not elsewhere:
                return role.words
            if role.office in _OF_RANK and surname not in surname_ranks():
                return role.words
    return ""
