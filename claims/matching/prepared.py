"""One wording made ready for comparison: its words, numbers, names and what is negated, read once."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from claims.matching.attributions import reports, strip_attributions
from claims.matching.cues import read_cue
from claims.matching.numbers import Number, read_numbers
from claims.matching.speaking import names_in, read_speaker
from claims.matching.vocabulary import AROUND, NEGATING_PHRASES, Word, empty_negation, look_up
from claims.matching.words import EMPTY, PHRASES, STOPWORDS, classes, level, tokens, weight

MAX_WORDS = 400  # of a wording, that are read; comparing takes time that grows with the square
MIN_CONTENT = 2  # stems that name something, under which a wording ("these accusations") is no claim of its own
MIN_QUOTED = 6  # words after which even grammar words in a row ("what difference does it make") are somebody's words
_REACH = 2  # content words after a negator that it turns round

_CALENDAR = {"day": "d", "month": "m", "weekday": "w"}
_GRAMMAR = classes("grammar.txt")
_FUTURE, _FINITE, _BE, _PAST, _BEFORE_NOUN, _OWN = (
    frozenset(_GRAMMAR[kind]) for kind in ("future", "finite", "be", "past", "before-noun", "own")
)
_SINGLE_QUOTED = re.compile(r"(?<!\w)'(?=\w)([^']{1,300}(?:'\w[^']{0,300}){0,9})'(?!\w)")
_FIRST_PERSON = frozenset(_GRAMMAR["first-person"])
_POSSIBLE = frozenset(_GRAMMAR["possible"])


@dataclass(frozen=True)
class Statement:
    """One wording of a claim, who made it as far as is known (a name, or the words of the text), and with which cue
    ("has denied", "call for")."""

    text: str
    source: str | None = None
    cue: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A statement ready for `decide`.

    `letters`: the wording without typography, "not" and all. `too_long`: only its first `MAX_WORDS` words were read.
    `stems`: the content words in reading order under one name for each group of synonyms, numbers as "#…"; `shown`:
    each as it is written (its first time); `weights`: what each says (see `words.weight`), `total` their sum and
    `norm` the root of the sum of their squares.
    `content`: how many stems name something; where too few do but the wording is long, all its words are stems.
    `negated`: the stems, names left out, that stand only under a negation; `unsure`: those only under a "may".
    `names`: the stems written as names; `joined`: places of stems whose word directly follows the stem's before;
    `coordinated`: names before an "and". `modality`: "" (plain), "possible", "future" or "question".
    `passive`: it may be one. `speaker`, `around`, `described`, `gender`: names, names beside them, other words and
    pronoun of the source, see `Speaker`. `inner`: the names of a second speaker inside the wording ("Mr Lim said that
    …"). `depends`: the wording means nothing certain without its speaker ("my taxes", "to build a bridge").
    `spoken`: pairs of neighbouring words that are quoted; all of them where somebody says "I", "we" or "you".
    `cue`, `cue_adds`, `cue_denies`: see `Cue`.
    """

    statement: Statement
    letters: str
    too_long: bool
    stems: tuple[str, ...]
    shown: dict[str, str]
    weights: dict[str, float]
    total: float
    norm: float
    content: int
    numbers: tuple[Number, ...]
    negated: frozenset[str]
    unsure: frozenset[str]
    names: frozenset[str]
    joined: frozenset[int]
    coordinated: frozenset[str]
    modality: str
    passive: bool
    speaker: frozenset[str]
    around: frozenset[str]
    described: frozenset[str]
    gender: str
    inner: frozenset[str]
    depends: bool
    spoken: frozenset[tuple[str, str]]
    cue: frozenset[str]
    cue_adds: frozenset[str]
    cue_denies: bool


def word_pairs(words: list[str]) -> frozenset[tuple[str, str]]:
    """The pairs of neighbouring words of which one at least is no word of grammar."""
    return frozenset(pair for pair in pairwise(words) if pair[0] not in STOPWORDS or pair[1] not in STOPWORDS)


def _spoken(text: str, words: list[str], lower: set[str]) -> frozenset[tuple[str, str]]:
    """The pairs of words inside quotation marks, or all of them where somebody speaks unquoted."""
    parts = text.replace("''", '"').split('"')[1::2]
    if not parts and "'" in text:
        parts = _SINGLE_QUOTED.findall(text)
    if not parts:
        return frozenset() if lower.isdisjoint(_FIRST_PERSON) else word_pairs(words[:MAX_WORDS])
    return word_pairs([token.lower() for token in tokens(" ".join(parts))[:MAX_WORDS]])


def _fold_phrases(words: list[Word], found: list[str]) -> None:
    """Enter phrases into the stems `found`: a phrase's stands at its first word, its other words get empty strings."""
    for place, word in enumerate(words):
        if not word.phrase:
            continue
        for parts, name in PHRASES[word.base]:
            if len(parts) <= len(words) - place and all(
                words[place + step].base == parts[step] for step in range(1, len(parts))
            ):
                found[place : place + len(parts)] = [name] + [""] * (len(parts) - 1)
                break


def _has_finite_verb(words: list[Word], lower: set[str]) -> bool:
    """Whether the words look like a clause: an auxiliary, or a past tense that is no adjective before a noun."""
    if not _FINITE.isdisjoint(lower) or not _PAST.isdisjoint(lower):
        return True
    before = ""
    for word in words:
        if word.past and before not in _BEFORE_NOUN:
            return bool(before)
        before = word.lower
    return False


@lru_cache(maxsize=20_000)
def prepare(statement: Statement) -> Prepared:
    """Read everything that `decide` compares from one statement. About 60 µs for 25 words; a repeat is free."""
    levelled = level(statement.text)
    text, inner = levelled, ""
    written = tokens(text)
    if reports(written):
        text, inner = strip_attributions(text)
        written = tokens(text)
    words = [look_up(token) for token in written[:MAX_WORDS]]
    lower = {word.lower for word in words}
    used: dict[int, Number | None] = {}
    numbers: list[Number] = []
    if any(word.numeral for word in words):
        numbers, used = read_numbers([word.plain for word in words])
    folded = [word.found for word in words]
    if any(word.phrase for word in words):
        _fold_phrases(words, folded)
    shouting = sum(word.capital for word in words) > 0.6 * len(words) or text.isupper()

    stems: list[str] = []
    shown: dict[str, str] = {}
    negated: set[str] = set()
    unsure: set[str] = set()
    plain: set[str] = set()
    sure: set[str] = set()
    names: set[str] = set()
    coordinated: set[str] = set()
    joined: set[int] = set()
    last = -2
    reach = doubt = 0
    for place, word in enumerate(words):
        if place in used:
            number = used[place]
            if number is not None:
                stems.append(f"#{_CALENDAR.get(number.kind, '')}{number.value:g}")
            continue
        if word.special:
            following = words[place + 1] if place + 1 < len(words) else None
            if following and empty_negation(word, following):
                continue
            if word.negates:
                reach = _REACH + 1 if not word.grammar else _REACH
                if word.negates == AROUND and stems and stems[-1] in shown:
                    negated.add(stems[-1])
                    plain.discard(stems[-1])
            elif following and following.base in NEGATING_PHRASES.get(word.base, ()):
                reach = _REACH + 1
            elif word.possible:
                doubt = _REACH
            elif word.opens:
                reach = 0
            elif word.lower == "and" and stems and stems[-1] in names:
                coordinated.add(stems[-1])
        found = folded[place]
        if not found or (word.grammar and found == word.found):
            continue
        if place == last + 1:
            joined.add(len(stems))
        last = place
        stems.append(found)
        shown.setdefault(found, word.plain)
        if reach or word.undone:
            negated.add(found)
            reach = max(0, reach - 1)
        else:
            plain.add(found)
        if doubt:
            unsure.add(found)
            doubt -= 1
        else:
            sure.add(found)
        if word.title and found == word.found:
            continue
        if word.initials or (word.capital and ((place and not shouting) or word.name)):
            names.add(found)

    content = len({found for found in stems if found not in EMPTY})
    if content < MIN_CONTENT and len(words) >= MIN_QUOTED:
        stems, content, joined = [word.lower for word in words if word.lower.isalpha()], MIN_CONTENT, set()
        shown = {word: word for word in stems}
    weights = {found: weight(found) for found in stems}
    is_question = text.rstrip("\"' ").endswith("?") and "." not in text
    modality = (
        "question" if is_question
        else "possible" if not _POSSIBLE.isdisjoint(word.plain for word in words)
        else "future" if not _FUTURE.isdisjoint(lower)
        else ""
    )  # fmt: skip
    # Without a source the speaker in front of the wording is the source; with one, that speaker belongs to the claim.
    source, inner = (statement.source, inner) if statement.source else (inner, "")
    who = read_speaker(source or "")
    cue = read_cue(statement.cue or "")
    spelled = " ".join(written).lower()
    return Prepared(
        statement=statement,
        letters=spelled.removeprefix("that "),
        too_long=len(written) > MAX_WORDS,
        stems=tuple(stems),
        shown=shown,
        weights=weights,
        total=sum(weights.values()),
        norm=sum(value * value for value in weights.values()) ** 0.5,
        content=content,
        numbers=tuple(numbers),
        negated=frozenset(negated - plain - names),
        unsure=frozenset(unsure - sure),
        names=frozenset(names),
        joined=frozenset(joined),
        coordinated=frozenset(coordinated),
        modality=modality,
        passive="by" in lower and not _BE.isdisjoint(lower),
        speaker=who.names,
        around=who.around,
        described=who.words,
        gender=who.gender,
        inner=names_in(inner) if inner else frozenset(),
        depends=(
            any(word.lower in _OWN for word in words[:6])
            or (bool(words) and words[0].lower == "to")
            or not _has_finite_verb(words, lower)
        ),
        spoken=_spoken(levelled, spelled.split(), lower),
        cue=cue.stems,
        cue_adds=cue.adds,
        cue_denies=cue.denies,
    )
