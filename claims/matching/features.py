"""How alike two wordings are, as a few numbers that a weighted sum turns into one score."""

from math import fsum, log1p

from rapidfuzz.distance import LCSseq

from claims.matching.prepared import Prepared, word_pairs
from claims.matching.speaking import speakers_agree, speakers_differ

FEATURES = (
    "evidence", "cosine", "order", "with_speaker", "quoted",
    "names_apart", "speaker_same", "speaker_other", "speaker_other_depends",
    "described", "speaker_within", "denied_once",
)  # fmt: skip
_QUOTED_ENOUGH = 4  # pairs of neighbouring words in common from which a quotation is the same one


def held(a: Prepared, b: Prepared) -> float:
    """The share (0..1) of the lighter wording's weight whose stems the other has too."""
    lighter = min(a.total, b.total)
    return shared_weight(a, b) / lighter if lighter else 0.0


def shared_weight(a: Prepared, b: Prepared) -> float:
    """The weight of the stems that both have; the same to the last digit whichever comes first."""
    return fsum(map(a.weights.__getitem__, a.weights.keys() & b.weights.keys()))


def cosine(a: Prepared, b: Prepared) -> float:
    """The cosine (0..1) of the stems' weights."""
    norm = a.norm * b.norm
    return fsum(a.weights[stem] ** 2 for stem in a.weights.keys() & b.weights.keys()) / norm if norm else 0.0


def held_beside_names(a: Prepared, b: Prepared) -> float:
    """`held`, of the stems that are no names alone; 1 where a wording has nothing but names."""
    one, other = ({s: w for s, w in p.weights.items() if s not in p.names} for p in (a, b))
    lighter = min(fsum(one.values()), fsum(other.values()))
    return fsum(map(one.__getitem__, one.keys() & other.keys())) / lighter if lighter else 1.0


def measure(a: Prepared, b: Prepared) -> tuple[float, ...]:
    """The features named in `FEATURES`, symmetric in `a` and `b`, each about 0..1.

    evidence: how much weight is shared. cosine: of the stems' weights. order: the share of the shorter wording that
    stands in the other in the same order. with_speaker: the share of the stems of the wording with fewer that the other
    has, sources' names being words too. quoted: words of a quotation that the other has side by side. names_apart:
    names that each has alone.
    speaker_same, speaker_other, speaker_other_depends: the sources agree or not, the latter where the wording depends
    on it. described: a source is neither named nor a pronoun ("voters"). speaker_within: a wording speaks of the
    other's source. denied_once: only one wording negates anything.
    """
    with_a, with_b = a.weights.keys() | a.speaker, b.weights.keys() | b.speaker
    fewer = min(len(with_a), len(with_b))
    differ = speakers_differ(a, b)
    shorter = min(len(a.stems), len(b.stems))
    within = (not a.speaker.isdisjoint(b.weights)) + (not b.speaker.isdisjoint(a.weights))
    return (
        log1p(shared_weight(a, b)) / 4,
        cosine(a, b),
        LCSseq.similarity(a.stems, b.stems) / shorter if shorter else 0.0,
        len(with_a & with_b) / fewer if fewer else 0.0,
        _quoted(a, b) if a.spoken or b.spoken else 0.0,
        min(len(a.names - b.weights.keys()), len(b.names - a.weights.keys()), 3) / 3,
        1.0 if speakers_agree(a, b) else 0.0,
        1.0 if differ else 0.0,
        1.0 if differ and (a.depends or b.depends) else 0.0,
        1.0 if (a.described and not a.speaker) or (b.described and not b.speaker) else 0.0,
        within / 2,
        1.0 if bool(a.negated) != bool(b.negated) else 0.0,
    )


def _quoted(a: Prepared, b: Prepared) -> float:
    found: set[tuple[str, str]] = set()
    for one, other in ((a, b), (b, a)):
        if one.spoken:
            found |= one.spoken & word_pairs(other.letters.split())
    return min(1.0, len(found) / _QUOTED_ENOUGH)
