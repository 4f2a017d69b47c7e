"""The decision: are two prepared statements one claim, how sure is that, and why."""

from dataclasses import dataclass
from math import exp

from claims.matching.conflicts import conflict, speakers_agree, speakers_differ
from claims.matching.features import FEATURES, held, held_beside_names, measure
from claims.matching.prepared import MAX_WORDS, Prepared
from claims.matching.words import lines

MIN_CONTENT = 2  # stems that name something, under which a wording ("these accusations") is no claim of its own
MIN_HELD = 0.2  # share in common under which nothing more is looked at: no true dev pair lies below, 15 of 162 false do
MIN_CONTAINED = 4  # stems that the shorter wording must have before "it is inside the other" decides
# A wrong merge is worse than a miss. On the dev gold these bounds give precision .829 at accuracy .770, where a
# score of 0.5 alone gives .774 at .767; among all the pairs that ingest looks at, true ones are far rarer still.
SAME = 0.55  # score from which two wordings are one claim
ALIKE = 0.4  # cosine under which they are not, however well speaker and names fit
BESIDE_NAMES = 0.3  # share in common, names left out, under which they only speak of the same people and places
POSSIBLE = 0.3  # score from which a pair is worth showing to a person: on the dev gold 13 true pairs and 29 false ones
CONFLICT_SHARE = 0.3  # of the score that is left where facts conflict, so that such pairs rank below all that agree


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether two statements are one claim. `score` is 0..1, the higher the likelier; `reason` is for people.

    `possible`: not the same, but near and without conflicting facts, so that a person may want to look.
    """

    same: bool
    score: float
    reason: str
    possible: bool = False


def _read_weights() -> tuple[tuple[float, ...], float]:
    table = {name: float(value) for name, value in lines("weights.txt")}
    return tuple(table.get(name, 0.0) for name in FEATURES), table["bias"]


_WEIGHTS, _BIAS = _read_weights()
_COSINE = FEATURES.index("cosine")


def decide(a: Prepared, b: Prepared) -> Decision:
    """Whether `a` and `b` are one claim; symmetric. About 20 µs for two sentences."""
    if a.letters > b.letters:  # sums are added up in one order, so that the answer is symmetric to the last digit
        a, b = b, a
    identical = a.letters == b.letters
    if a.content < MIN_CONTENT or b.content < MIN_CONTENT:
        return Decision(False, 0.4 if identical and a.letters else 0.0, "too little to compare")
    if (identical or _only_names(a) or _only_names(b)) and (a.depends or b.depends) and _other_speakers(a, b):
        return Decision(False, CONFLICT_SHARE, "different speakers, and the wording depends on who speaks")
    if identical:
        return Decision(True, 1.0, "same words apart from typography")
    if a.too_long or b.too_long:
        return Decision(False, 0.0, f"too long to compare (over {MAX_WORDS} words)")
    share = held(a, b)
    if share < MIN_HELD:
        return Decision(False, share * 0.5, "hardly a word in common")
    features = measure(a, b)
    score = 1 / (1 + exp(-_BIAS - sum(w * f for w, f in zip(_WEIGHTS, features, strict=True))))
    against = conflict(a, b, share)
    if against:
        return Decision(False, score * CONFLICT_SHARE, against)
    if _holds(a, b):
        return Decision(True, max(score, 0.9), "one wording holds the other")
    if score >= SAME and features[_COSINE] >= ALIKE and held_beside_names(a, b) >= BESIDE_NAMES:
        return Decision(True, score, f"{share:.0%} of the shorter wording in common")
    near = score >= POSSIBLE
    return Decision(False, score, f"only {share:.0%} of the shorter wording in common", near)


def _only_names(prepared: Prepared) -> bool:
    """Whether a wording says nothing but who or where: "Ann Lee" is a claim only with the cue that brought it."""
    return prepared.names.issuperset(prepared.weights)


def _other_speakers(a: Prepared, b: Prepared) -> bool:
    """Whether sources are given that do not share a name."""
    return bool(a.statement.source or b.statement.source) and not speakers_agree(a, b)


def _holds(a: Prepared, b: Prepared) -> bool:
    short, long = (a, b) if len(a.letters) <= len(b.letters) else (b, a)
    if len(short.stems) < MIN_CONTAINED or speakers_differ(a, b):
        return False
    return f" {short.letters} " in f" {long.letters} "
