"""Contents that point back at what was claimed before ("these accusations") instead of saying it."""

import re
from dataclasses import dataclass

from claims.matching.words import classes, level, lines, stem

_WORD = re.compile(r"'s\b|[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)*(?:-[^\W\d_]+)*|[,;:.!?\"]|\d+")
_CLASSES = classes("pointing.txt")
_SUCH, _THE, _PRONOUNS, _UNTRUE, _WRONG, _AFTER, _FAR = (
    frozenset(_CLASSES[kind]) for kind in ("such", "the", "pronoun", "untrue", "wrong", "after", "far")
)
_DENYING, _CALLING = (frozenset(stem(word) for word in _CLASSES[kind]) for kind in ("denying", "calling"))
_NOUNS = {row[1]: frozenset(map(stem, row[2:])) for row in lines("pointing.txt") if row[0] in ("noun", "loose")}
_LOOSE = frozenset(row[1] for row in lines("pointing.txt") if row[0] == "loose")
_ALL = frozenset(["all", "any", "both", "each", "some", "most", "many"])
_BE = frozenset(["is", "are", "was", "were", "'s"])
_NOT = frozenset(["not", "isn't", "aren't", "wasn't", "weren't", "never", "hardly"])
_TRUE = frozenset(["true", "accurate", "correct", "so"])
_MODIFIERS = 2  # words between determiner and noun: "the latest allegations", "these two false claims"
_OWNER = 3  # words of a name before "'s": "the Harbour Board's report"
_BETWEEN = 4  # words between the noun and what it is called: "are just simply false", "on Friday a lie"
_READ = 300  # characters of a content that are read


@dataclass(frozen=True)
class Pointer:
    """What points back.

    `words`: as written. `cues`: stems of the cues and stances that bring such a claim, none for a pronoun. `several`:
    it may mean several claims. `whose`: whose claim it is ("Weaver" of "Weaver's suggestion"), "" where it does not
    tell. `these`: its determiner points, as in "these claims".
    """

    words: str
    cues: frozenset[str]
    several: bool
    whose: str = ""
    these: bool = False


def pointer(cue: str, content: str, stance: str) -> Pointer | None:
    """What a denial points back at, or None where an attribution denies nothing or says itself what it denies.

    `cue` and `content` are the words of the article; only the start of the content is read.
    """
    written = _WORD.findall(level(content[:_READ]).lstrip("\" '"))
    words = [word.lower() for word in written]
    if words[:2] == ["that", "that"] or words[:2] == ["that", "it"]:
        words, written = words[1:], written[1:]
    found, end = _noun_pointer(words, written) or _pronoun_pointer(words, written) or (None, 0)
    if found is None:
        return None
    rest = words[end:]
    spoken = _WORD.findall(level(cue.lower()))
    cues = {stem(word) for word in spoken}
    sure = stance not in ("doubts", "asks") and not any(word in _NOT or word.endswith("n't") for word in spoken)
    if sure and _said_untrue(rest, bool(found.cues)):
        return found
    if (
        sure
        and found.cues
        and not cues.isdisjoint(_CALLING)
        and not (_UNTRUE | _WRONG).isdisjoint(rest[: _BETWEEN + 1])
    ):
        return found
    if stance != "denies" or cues.isdisjoint(_DENYING):
        return None
    if not rest or not rest[0].isalnum() or rest[0] in _AFTER:
        return found
    return found if found.these and found.cues and rest[0] not in ("that", *_BE, *_NOT) else None


def _noun_pointer(words: list[str], written: list[str]) -> tuple[Pointer, int] | None:
    """A noun of saying with what points at its start, and the number of words that takes."""
    at = 0
    if words[:1] and words[0] in _ALL:
        at = 2 if words[1:2] == ["of"] else 1 if words[1:2] and words[1] in _SUCH | _THE else 0
    determiner = words[at] if at < len(words) else ""
    start = at + (determiner in _SUCH | _THE)
    whose = ""
    for place in range(start, min(start + _OWNER, len(words))):
        if words[place + 1 : place + 2] == ["'s"]:
            whose, start = " ".join(written[start : place + 1]), place + 2
            break
    if start == at:
        return None
    for place in range(start, min(start + 1 + _MODIFIERS, len(words))):
        noun = _singular(words[place])
        compound = place + 1 < len(words) and _singular(words[place + 1])  # "the fraud claims report"
        if noun is None or compound:
            if words[place] in _FAR or not words[place][0].isalpha():
                return None
            continue
        several = words[place] != noun or determiner == "any"
        these = determiner in _SUCH and not whose
        # "that claims were made" is a clause; "the comment" may be any
        if (several and determiner in ("that", "this")) or (noun in _LOOSE and not these):
            return None
        shown = " ".join(written[: place + 1]).replace(" 's", "'s")
        return Pointer(shown, _NOUNS[noun], several, whose, these), place + 1
    return None


def _pronoun_pointer(words: list[str], written: list[str]) -> tuple[Pointer, int] | None:
    if not words or words[0] not in _PRONOUNS:
        return None
    rest = words[1:]
    follows = rest[0] if rest and rest[0].isalpha() else ""
    if follows and follows not in _BE | _NOT | _AFTER - {"who"}:  # "those who left"
        return None
    # "that in May he left", "that, in May, he left" are clauses
    alone = follows in {"", "too"} | _BE | _NOT and (rest[:1] != [","] or rest[1:] == ["too"])
    if words[0] == "that" and not alone:
        return None
    return Pointer(written[0], frozenset(), words[0] in ("them", "these", "those", "everything")), 1


def _singular(word: str) -> str | None:
    """The noun of saying that a word is, in the singular."""
    for form in (word, word.removesuffix("s"), word.removesuffix("ies") + "y"):
        if form in _NOUNS:
            return form
    return None


def _said_untrue(rest: list[str], noun: bool) -> bool:
    """Whether what follows the pointer says that it is not so ("are false", "is simply not true") and no more."""
    if not rest or rest[0] not in _BE | _NOT:
        return False
    negated = rest[0] in _NOT
    for place, word in enumerate(rest[1 : 2 + _BETWEEN], 1):
        if not word[0].isalpha():
            return False
        negated = negated or word in _NOT
        following = rest[place + 1] if place + 1 < len(rest) else "."
        ends = not following[0].isalpha() or following in _AFTER or following == "and"
        if word in _TRUE:
            return negated and ends
        if word in _UNTRUE or (noun and word in _WRONG):
            return not negated and ends
    return False
