"""The decision: are two prepared statements one claim, how sure is that, and why."""

from dataclasses import dataclass
from math import exp
from operator import mul
from typing import NamedTuple

from rapidfuzz.fuzz import ratio, token_sort_ratio

from claims.matching.conflicts import conflict
from claims.matching.features import (
    OPEN,
    TOLD,
    cosine,
    held,
    held_beside_names,
    measure_open,
    measure_told,
    shared_weight,
)
from claims.matching.prepared import MAX_WORDS, MIN_CONTENT, Prepared
from claims.matching.speaking import (
    anybody,
    is_pointed_at,
    share_a_word,
    speakers_agree,
    speakers_differ,
    speakers_unlike,
)
from claims.matching.words import is_stopword, lines

MIN_HELD = 0.2  # share in common under which nothing more is looked at
MIN_CONTAINED = 5  # words that the shorter wording must have before "it is inside the other" decides
NEARLY = 84.0  # percent of the letters that agree from which wordings without a conflict are the same
NEARLY_HELD = 0.75  # share in common that they must have besides
RATHER = 75.0  # percent, words in any order, that are enough from one speaker, with a score of `NEAR`
NEAR = 0.4
ALL = 0.95  # share in common, of the shorter wording, from which hardly a word is another
VERY_NEARLY = 88.0  # percent of the letters that agree from which others who say so make the same claim
MIN_SAID = 3  # content words that it takes
MUCH_QUOTED = 0.5  # of `quoted`, from which the reason says so
ENOUGH = 0.4  # share in common under which only a quotation makes wordings the same, whoever says them
# A wrong merge is worse than a miss, and of all pairs of the news that share keys far fewer are one claim than of the
# labelled ones, on which .5 would do: of joins of 924 articles that a score of .73 or more made, and nothing else, two
# thirds to three quarters of 114 that were read were right. What these got wrong `_may_be_one` and .76 are for.
SAME = 0.76  # score from which two wordings are one claim
SAME_ANYBODY = 0.93  # the same where one is only called "the campaign" or "officials" and may be anybody
SAME_OPEN = 0.57  # the same where no source is given
ALIKE = 0.45  # cosine under which they are not where no source is given, nor where they share little
BESIDE_NAMES = 0.25  # share in common, names left out, under which they only speak of the same people and places
TELLING = 3.5  # weight in common under which wordings that are not alike only share a few plain words
POSSIBLE = 0.4  # score from which a pair is worth showing to a person
CONFLICT_SHARE = 0.1  # of the share in common, the score where facts conflict: such pairs rank below all that agree


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether two statements are one claim. `score` is 0..1, the higher the likelier; `reason` is for people.

    `possible`: not the same, but near and without conflicting facts, so that a person may want to look.
    """

    same: bool
    score: float
    reason: str
    possible: bool = False


class Weights(NamedTuple):
    """What each feature weighs in the score, and last the bias: where sources are given, and where none is."""

    told: tuple[float, ...]
    open: tuple[float, ...]


def _read_weights() -> Weights:
    table = {(kind, name): float(value) for kind, name, value in lines("weights.txt")}
    return Weights(
        tuple(table["told", name] for name in (*TOLD, "bias")), tuple(table["open", name] for name in (*OPEN, "bias"))
    )


WEIGHTS = _read_weights()
_COSINE, _QUOTED = OPEN.index("cosine"), OPEN.index("quoted")  # quoted stands in one place in both
AUXILIARIES = frozenset(["is", "are", "was", "were", "be", "been", "has", "have", "had", "do", "does", "did"])


def decide(a: Prepared, b: Prepared, weights: Weights = WEIGHTS) -> Decision:
    """Whether `a` and `b` are one claim; symmetric. About 20 µs for two sentences."""
    if a.letters > b.letters:  # one order, so that the answer is symmetric to the last digit
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
        return Decision(False, share * CONFLICT_SHARE, "hardly a word in common")
    against = conflict(a, b, share)
    if against:
        return Decision(False, share * CONFLICT_SHARE, against)
    told = sources_given(a, b)
    features = measure_told(a, b) if told else measure_open(a, b)
    each = weights.told if told else weights.open
    score = 1 / (1 + exp(-each[-1] - sum(map(mul, each, features))))
    one_speaker = speakers_agree(a, b)
    if _same_but_for_tense(a, b):
        return Decision(True, max(score, 0.8), "the same words in another tense")  # whoever says them
    others = _other_speakers(a, b)
    if others and _whoever_says_it(a, b, share):
        return Decision(True, max(score, 0.8), "nearly the same words, whoever says them")
    if not others:
        if _holds(a, b):
            return Decision(True, max(score, 0.9), "one wording holds the other")
        rather = score >= NEAR and (one_speaker or (told and (anybody(a) or anybody(b))))
        if share >= NEARLY_HELD and (
            ratio(a.letters, b.letters, score_cutoff=NEARLY)
            or (rather and token_sort_ratio(a.letters, b.letters, score_cutoff=RATHER))
        ):
            return Decision(True, max(score, 0.8), "nearly the same words")
    common = f"{share:.0%} of the shorter wording in common"
    quoted = features[_QUOTED] >= MUCH_QUOTED
    if score < (SAME if told else SAME_OPEN) or held_beside_names(a, b) < BESIDE_NAMES:
        same = False
    elif told:
        same = (quoted or share >= ENOUGH) and _may_be_one(a, b, one_speaker, score)
    else:
        same = features[_COSINE] >= ALIKE
    if same:
        among = ", quoted words among them" if quoted else ""
        return Decision(True, score, f"{common}{among}{', from one speaker' if one_speaker else ''}")
    doubt = "but others say it" if others else "too little to be sure"
    return Decision(False, score, f"{common}, {doubt}", score >= POSSIBLE)


def _only_names(prepared: Prepared) -> bool:
    """Whether a wording says nothing but who or where: "Ann Lee" is a claim only with the cue that brought it."""
    return prepared.names.issuperset(prepared.weights)


def sources_given(a: Prepared, b: Prepared) -> bool:
    """Whether it is known who made the claims: a source is given, and one at least may not be anybody."""
    return bool(a.statement.source or b.statement.source) and not (_unknown(a) and _unknown(b))


def _may_be_one(a: Prepared, b: Prepared, one_speaker: bool, score: float) -> bool:
    """Whether a score is enough: sources are given and may be one, and more than who or where is shared."""
    if not a.statement.source or not b.statement.source or not (one_speaker or anybody(a) or anybody(b)):
        return False
    if not (one_speaker or is_pointed_at(a) or is_pointed_at(b) or score >= SAME_ANYBODY or share_a_word(a, b)):
        return False
    if _only_names(a) or _only_names(b):
        return False
    return shared_weight(a, b) >= TELLING or cosine(a, b) >= ALIKE


def _unknown(prepared: Prepared) -> bool:
    return anybody(prepared) and not prepared.gender


def _other_speakers(a: Prepared, b: Prepared) -> bool:
    """Whether sources are given that cannot be, or are unlikely to be, one."""
    return speakers_differ(a, b) or speakers_unlike(a, b)


def _same_but_for_tense(a: Prepared, b: Prepared) -> bool:
    """Whether two wordings that say the same of the world whoever speaks differ in no word but auxiliaries."""
    if a.stems != b.stems or a.depends or b.depends or (a.modality, a.passive) != (b.modality, b.passive):
        return False
    apart = set(a.letters.split()) ^ set(b.letters.split())
    return all(word in AUXILIARIES for word in apart if is_stopword(word))


def _whoever_says_it(a: Prepared, b: Prepared, share: float) -> bool:
    """Whether two wordings hardly differ, and say the same of the world whoever speaks."""
    return (
        share >= ALL
        and not (a.depends or b.depends or a.inner or b.inner or a.numbers != b.numbers)
        and min(a.content, b.content) >= MIN_SAID
        and bool(ratio(a.letters, b.letters, score_cutoff=VERY_NEARLY))
    )


def _holds(a: Prepared, b: Prepared) -> bool:
    short, long = (a, b) if len(a.letters) <= len(b.letters) else (b, a)
    return short.letters.count(" ") + 1 >= MIN_CONTAINED and f" {short.letters} " in f" {long.letters} "
