"""When two claims contradict each other: one proposition but for its polarity, one number or one date."""

import re
from dataclasses import dataclass, replace

from rapidfuzz.distance import LCSseq

from claims.matching.conflicts import conflict, speakers_agree
from claims.matching.decision import AUXILIARIES, Decision, decide
from claims.matching.features import held
from claims.matching.numbers import Number, unmatched
from claims.matching.prepared import Prepared
from claims.matching.words import classes, level, lines, tokens

# Of 5,859 pairs from 924 news articles that conflict in a fact, these bounds and the words of contradiction.txt leave
# 4, all right by reading; bounds of .4 and .35 leave 7, of which 5 are right. Of 10,000 made claims they leave 311
# pairs, of which 4 are wrong; without REPLACED and the words beside the number 442, of which about 60 are wrong.
COVERED = 0.5  # share of each wording's weight, the fact left out, that the other has too
IN_ORDER = 0.5  # share of the longer wording's stems that stand in the other in the same order
REPLACED = 0.15  # share of the lighter wording that the other may lack: more is another thing that happened
LEAST = 2  # stems beside the fact that both must have, names among them; without a name twice as many, see `MONTH`
ALL_ELSE_SAME = 0.8  # score of two that differ in nothing but the fact
WEEK = 6  # days between two articles up to which a weekday is the same one in both
MONTH = 31  # the same up to which a few words that are all the same speak of the same thing

# How `conflict` opens its reasons.
_NUMBERS, _DATES, _POLARITY, _WORDS = _CONFLICTS = (
    "different numbers", "different dates", "opposite polarity", "opposite words",
)  # fmt: skip
_FACT = "#"  # stands in place of the fact in which two wordings differ
_CLASSES = classes("contradiction.txt")
_UNSURE, _DOUBLE, _POLL, _FLOOR, _CEILING, _APART = (
    frozenset(_CLASSES[kind]) for kind in ("unsure", "double", "poll", "floor", "ceiling", "apart")
)
_NEGATORS = frozenset(word for row in lines("negators.txt") if row[0] in ("before", "around") for word in row[1:])
_OWN = frozenset(["to", "it", "one", *classes("grammar.txt")["own"]])
_OPENING = 3  # words of a wording among which its subject is
_SEVERAL = re.compile(r"[.!?;][\"'”’]*\s+\S")
_OF_DATES = frozenset(["day", "month", "year", "weekday"])
_ROUGHLY = 0.1  # share by which two numbers must differ where one of them is about


@dataclass(frozen=True)
class Contradiction:
    """How two claims contradict each other: `kind` is "polarity", "number" or "date", `score` (0..1) how alike they are
    beside that."""

    kind: str
    score: float
    reason: str


def may_contradict(decision: Decision) -> bool:
    """Whether two claims of which `decision` was made are worth asking `contradiction` about."""
    return not decision.same and decision.reason.startswith(_CONFLICTS)


def contradiction(a: Prepared, b: Prepared, days_apart: int = 0) -> Contradiction | None:
    """How `a` contradicts `b`, or None; `days_apart` are the days between the articles that they stand in.

    Only the words of the reason depend on which is first.
    """
    what, _, facts = (conflict(a, b, held(a, b)) or "").partition(": ")
    if what in (_NUMBERS, _DATES):
        return _of_numbers(a, b, days_apart)
    if what == _POLARITY:
        return _of_negation(a, b, days_apart)
    if what == _WORDS:
        one, _, other = facts.partition(" / ")
        return _of_words(a, b, one, other)
    return None


def _of_numbers(a: Prepared, b: Prepared, days_apart: int) -> Contradiction | None:
    left, right = unmatched(a.numbers, b.numbers), unmatched(b.numbers, a.numbers)
    if len(left) != 1 or len(right) != 1 or len(a.numbers) != len(b.numbers):
        return None
    one, other = left[0], right[0]
    if one.kind != other.kind or (one.kind == "weekday" and days_apart > WEEK) or _agree(a, one, b, other):
        return None
    if _speaks_of(a, _POLL) or _speaks_of(b, _POLL):
        return None
    here, there = _stem_of(a, one), _stem_of(b, other)
    if not here or not there or not _counts_the_same(a, here, b, there):
        return None
    score = _alike(_without(a, here), _without(b, there))
    kind = "date" if one.kind in _OF_DATES else "number"
    return Contradiction(kind, score, _against(_beside(a, one), _beside(b, other))) if score else None


def _of_negation(a: Prepared, b: Prepared, days_apart: int) -> Contradiction | None:
    """One wording has one negation and the other none, or what else negates."""
    here, there = _negations(a), _negations(b)
    if {len(here), len(there)} != {0, 1} or _speaks_of(a, _UNSURE | _DOUBLE) or _speaks_of(b, _UNSURE | _DOUBLE):
        return None
    least = LEAST if days_apart <= MONTH and _all_else_said(a, b) else 2 * LEAST
    score = _alike(replace(a, negated=frozenset()), replace(b, negated=frozenset()), least)
    negative = a if here else b
    negated = next((found for found in negative.stems if found in negative.negated), "")
    if not score or negated not in a.weights or negated not in b.weights:
        return None  # "did not damage" and "spared" say the same
    return Contradiction("polarity", score, _against(_around(a, negated), _around(b, negated)))


def _all_else_said(a: Prepared, b: Prepared) -> bool:
    """Whether two wordings differ in no word but a negation and what goes with it ("had been", "had not been")."""
    apart = set(_words(a)) ^ set(_words(b))
    return a.stems == b.stems and all(w in _NEGATORS or w in AUXILIARIES or w.endswith("n't") for w in apart)


def _of_words(a: Prepared, b: Prepared, one: str, other: str) -> Contradiction | None:
    if {one.lower(), other.lower()} & _APART or _negations(a) or _negations(b):
        return None
    here = next((found for found in a.stems if a.shown.get(found) == one), "")
    there = next((found for found in b.stems if b.shown.get(found) == other), "")
    if not here or not there:
        return None
    score = _alike(_without(a, here), _without(b, there))
    return Contradiction("polarity", score, _against(one, other)) if score else None


def _alike(a: Prepared, b: Prepared, least: int = 2 * LEAST) -> float:
    """How alike two wordings are whose facts were taken out; 0 where they are not one claim even so.

    `least`: how many stems they must share where no name is among them.
    """
    if _SEVERAL.search(a.statement.text) or _SEVERAL.search(b.statement.text) or a.modality != b.modality:
        return 0.0
    if (_stands_for_another(a) or _stands_for_another(b)) and not speakers_agree(a, b):
        return 0.0
    shared = a.weights.keys() & b.weights.keys()
    named = bool(a.names & b.names)
    if len(shared) < (LEAST if named else least):
        return 0.0
    weight = sum(a.weights[found] for found in shared)
    in_order = LCSseq.similarity(a.stems, b.stems) / max(len(a.stems), len(b.stems))
    if weight < COVERED * max(a.total, b.total) or in_order < IN_ORDER:
        return 0.0
    if min(a.total, b.total) - weight > REPLACED * min(a.total, b.total) or _other_names(a, b):
        return 0.0
    if a.stems == b.stems:
        return ALL_ELSE_SAME  # whoever says them
    decision = decide(a, b)
    return round(decision.score, 3) if decision.same else 0.0


def _other_names(a: Prepared, b: Prepared) -> bool:
    """Whether each wording names somebody or some place whom the other does not name."""
    return bool(a.names - b.weights.keys()) and bool(b.names - a.weights.keys())


def _agree(a: Prepared, one: Number, b: Prepared, other: Number) -> bool:
    """Whether two numbers may both be true: one alone is a bound, which the other keeps, or one is about the other."""
    bounds = [_before(prepared, number) & (_FLOOR | _CEILING) for prepared, number in ((a, one), (b, other))]
    if bool(bounds[0]) != bool(bounds[1]):
        bound, exact = (one, other) if bounds[0] else (other, one)
        return exact.value >= bound.value if _FLOOR & (bounds[0] | bounds[1]) else exact.value <= bound.value
    return (one.rough or other.rough) and abs(one.value - other.value) <= _ROUGHLY * max(one.value, other.value)


def _words(prepared: Prepared) -> list[str]:
    return [word.lower() for word in tokens(level(prepared.statement.text))]


def _before(prepared: Prepared, number: Number) -> frozenset[str]:
    """The two words before a number, in lower case."""
    words = _words(prepared)
    first = next(iter(tokens(level(number.shown.lower()))), "")
    place = words.index(first) if first in words else 0
    return frozenset(words[max(0, place - 2) : place])


def _negations(prepared: Prepared) -> list[str]:
    return [word for word in _words(prepared) if word in _NEGATORS or word.endswith("n't")]


def _stands_for_another(prepared: Prepared) -> bool:
    """Whether a wording says "he" or "they" for whom it speaks of, or leaves that out ("to build a bridge")."""
    return not _OWN.isdisjoint(_words(prepared)[:_OPENING])


def _speaks_of(prepared: Prepared, words: frozenset[str]) -> bool:
    said = [*_words(prepared), *tokens(level(prepared.statement.source or "").lower())]
    return not words.isdisjoint(said) or not words.isdisjoint(word.split("'")[0] for word in said)


def _stem_of(prepared: Prepared, number: Number) -> str:
    """A number's stem, as numbers and their stems stand in the same order; "" where they do not go together."""
    stems = [found for found in prepared.stems if found[0] == _FACT]
    return stems[prepared.numbers.index(number)] if len(stems) == len(prepared.numbers) else ""


def _counts_the_same(a: Prepared, one: str, b: Prepared, other: str) -> bool:
    """Whether the number stems `one` of `a` and `other` of `b` have the same stem before or behind them."""
    places = a.stems.index(one), b.stems.index(other)
    for step in (1, -1):
        here, there = (
            p.stems[at + step] if 0 <= at + step < len(p.stems) else "" for p, at in zip((a, b), places, strict=True)
        )
        if here and here == there:
            return True
    return False


def _without(prepared: Prepared, fact: str) -> Prepared:
    """The same wording with one stem taken for a blank."""
    weights = {found: weight for found, weight in prepared.weights.items() if found != fact}
    gone = [found for found in prepared.stems if found[0] == _FACT]
    return replace(
        prepared,
        stems=tuple(_FACT if found == fact else found for found in prepared.stems),
        weights=weights,
        total=sum(weights.values()),
        numbers=tuple(number for number, found in zip(prepared.numbers, gone, strict=False) if found != fact),
        negated=prepared.negated - {fact},
        names=prepared.names - {fact},
    )


def _against(one: str, other: str) -> str:
    return f"“{one}” against “{other}”"


def _beside(prepared: Prepared, number: Number) -> str:
    """A number with the word or two behind it: "12 people killed"."""
    text = level(prepared.statement.text)
    found = re.search(re.escape(level(number.shown)) + r"(?:[ -][^\W\d_][\w'-]*){0,2}", text)
    return found[0] if found else number.shown


def _around(prepared: Prepared, negated: str) -> str:
    """A word with the two before it: "has not fired"."""
    text = level(prepared.statement.text)
    found = re.search(r"(?:[\w'.,%$-]+ ){0,2}" + re.escape(prepared.shown[negated]) + r"\b", text)
    return found[0] if found else prepared.shown[negated]
