"""How alike two wordings are, as a few numbers that a weighted sum turns into one score."""

from math import log1p, sqrt

from rapidfuzz.distance import LCSseq

from claims.matching.conflicts import speakers_agree, speakers_differ
from claims.matching.prepared import Prepared

FEATURES = (
    "cosine", "held", "evidence", "order", "names_held", "names_apart",
    "speaker_same", "speaker_other", "speaker_other_depends", "with_speaker",
)  # fmt: skip


def held(a: Prepared, b: Prepared) -> float:
    """The share (0..1) of the lighter wording's weight whose stems the other has too."""
    light, heavy = (a, b) if a.total <= b.total else (b, a)
    if not light.total:
        return 0.0
    other = heavy.weights
    return sum(weight for stem, weight in light.weights.items() if stem in other) / light.total


def held_beside_names(a: Prepared, b: Prepared) -> float:
    """The same, of the stems that are no names alone; 1 where a wording has nothing but names."""
    one, other = ({s: w for s, w in p.weights.items() if s not in p.names} for p in (a, b))
    light, heavy = (one, b) if sum(one.values()) <= sum(other.values()) else (other, a)
    total = sum(light.values())
    return sum(weight for stem, weight in light.items() if stem in heavy.weights) / total if total else 1.0


def measure(a: Prepared, b: Prepared) -> tuple[float, ...]:
    """The features named in `FEATURES`, symmetric in `a` and `b`, each about 0..1.

    cosine: of the stems' weights. held: see there. evidence: how much weight is shared at all. order: the share of the
    shorter wording that stands in the other in the same order. names_held, names_apart: names shared, names that each
    has alone. speaker_…: what is known of the sources. with_speaker: the stems held, sources' names being words too.
    """
    common = a.weights.keys() & b.weights.keys()
    shared = sum(a.weights[stem] for stem in common)
    squares = sum(a.weights[stem] ** 2 for stem in common)
    norm = sqrt(sum(w * w for w in a.weights.values()) * sum(w * w for w in b.weights.values()))
    fewer = min(len(a.stems), len(b.stems))
    with_a, with_b = a.weights.keys() | a.speaker, b.weights.keys() | b.speaker
    other = speakers_differ(a, b)
    return (
        squares / norm if norm else 0.0,
        held(a, b),
        log1p(shared) / 4,
        LCSseq.similarity(a.stems, b.stems) / fewer if fewer else 0.0,
        _names_held(a, b),
        min(len(a.names - b.weights.keys()), len(b.names - a.weights.keys()), 3) / 3,
        1.0 if speakers_agree(a, b) else 0.0,
        1.0 if other else 0.0,
        1.0 if other and (a.depends or b.depends) else 0.0,
        len(with_a & with_b) / min(len(with_a), len(with_b)) if with_a and with_b else 0.0,
    )


def _names_held(a: Prepared, b: Prepared) -> float:
    """The share of the names of the wording with fewer names that the other has; without names 0.5, saying nothing.

    With as many names on both sides the mean of both shares, so that the order of the two does not matter.
    """
    if not a.names or not b.names:
        return 0.5
    here = len(a.names & b.weights.keys()) / len(a.names)
    there = len(b.names & a.weights.keys()) / len(b.names)
    if len(a.names) == len(b.names):
        return (here + there) / 2
    return here if len(a.names) < len(b.names) else there
