"""How alike two wordings are, as a few numbers that a weighted sum turns into one score."""

from math import fsum, log1p

from rapidfuzz.distance import LCSseq

from claims.matching.prepared import Prepared, word_pairs
from claims.matching.speaking import speakers_agree, speakers_differ
from claims.matching.words import weight

TOLD = (
    "quoted", "denied_once", "depend", "scattered", "speaker_same", "speaker_other", "described", "speaker_within",
    "with_cue", "cue_same", "cue_plain", "cue_told", "cue_denies",
)  # fmt: skip
"""What is measured where sources are given."""
OPEN = (
    "quoted", "denied_once", "evidence", "cosine", "order", "with_speaker", "names_apart",
    "speaker_same", "speaker_other", "described", "speaker_within",
)  # fmt: skip
"""What is measured where there are only the wordings, though some name a speaker ("Mr Lim said that …")."""
SCATTERED_ENOUGH = 5  # stems in common, apart from those in a row, that are as good as any more
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


def measure_told(a: Prepared, b: Prepared) -> tuple[float, ...]:
    """The features named in `TOLD`, symmetric in `a` and `b`, each 0..1.

    quoted: words of a quotation that the other has side by side. denied_once: only one wording negates anything.
    depend: both mean nothing certain without their speakers. scattered: stems that both have in the same order, beside
    the longest run of them: wordings that share one set phrase need not say the same of it.
    speaker_same, speaker_other: the sources agree or not. described: a source is neither named nor a pronoun
    ("voters"). speaker_within: a wording speaks of the other's source.
    with_cue: `held`, where what cues add ("praised") counts as words of the wordings. cue_same: the cues share a word.
    cue_plain: neither does more than report. cue_told: a wording has what the other's cue adds. cue_denies: one only.
    """
    return (
        _quoted(a, b) if a.spoken or b.spoken else 0.0,
        1.0 if bool(a.negated) != bool(b.negated) else 0.0,
        1.0 if a.depends and b.depends else 0.0,
        min(_scattered(a, b), SCATTERED_ENOUGH) / SCATTERED_ENOUGH,
        *_speakers(a, b),
        _held_with_cues(a, b) if a.cue_adds or b.cue_adds else held(a, b),
        0.0 if a.cue.isdisjoint(b.cue) else 1.0,
        0.0 if a.cue_adds or b.cue_adds else 1.0,
        0.0 if a.cue_adds.isdisjoint(b.weights) and b.cue_adds.isdisjoint(a.weights) else 1.0,
        1.0 if a.cue_denies != b.cue_denies else 0.0,
    )


def measure_open(a: Prepared, b: Prepared) -> tuple[float, ...]:
    """The features named in `OPEN`, symmetric in `a` and `b`, each about 0..1.

    Those not named here as above. evidence: how much weight is shared. cosine: of the stems' weights. order: the share
    of the shorter wording that stands in the other in the same order. with_speaker: the share of the stems of the
    wording with fewer that the other has, sources' names being words too. names_apart: names that each has alone.
    """
    with_a, with_b = a.weights.keys() | a.speaker, b.weights.keys() | b.speaker
    fewer = min(len(with_a), len(with_b))
    shorter = min(len(a.stems), len(b.stems))
    return (
        _quoted(a, b) if a.spoken or b.spoken else 0.0,
        1.0 if bool(a.negated) != bool(b.negated) else 0.0,
        log1p(shared_weight(a, b)) / 4,
        cosine(a, b),
        LCSseq.similarity(a.stems, b.stems) / shorter if shorter else 0.0,
        len(with_a & with_b) / fewer if fewer else 0.0,
        min(len(a.names - b.weights.keys()), len(b.names - a.weights.keys()), 3) / 3,
        *_speakers(a, b),
    )


def _speakers(a: Prepared, b: Prepared) -> tuple[float, float, float, float]:
    within = (not a.speaker.isdisjoint(b.weights)) + (not b.speaker.isdisjoint(a.weights))
    return (
        1.0 if speakers_agree(a, b) else 0.0,
        1.0 if speakers_differ(a, b) else 0.0,
        1.0 if (a.described and not a.speaker) or (b.described and not b.speaker) else 0.0,
        within / 2,
    )


def _scattered(a: Prepared, b: Prepared) -> int:
    """How many stems both wordings have in the same order, less the longest run of them."""
    in_order = LCSseq.similarity(a.stems, b.stems)
    return in_order - _longest_run(a, b) if in_order > 1 else 0


def _longest_run(a: Prepared, b: Prepared) -> int:
    """How many stems in a row both wordings have."""
    longest = 0
    runs: dict[int, int] = {}  # by place in `b`: how long the run is that ends there
    for stem in a.stems:
        if stem not in b.weights:
            runs = {}
            continue
        runs = {place: runs.get(place - 1, 0) + 1 for place, other in enumerate(b.stems) if other == stem}
        longest = max(longest, max(runs.values()))
    return longest


def _held_with_cues(a: Prepared, b: Prepared) -> float:
    one, other = a.weights.keys() | a.cue_adds, b.weights.keys() | b.cue_adds
    lighter = min(fsum(map(weight, one)), fsum(map(weight, other)))
    return fsum(map(weight, one & other)) / lighter if lighter else 0.0


def _quoted(a: Prepared, b: Prepared) -> float:
    found: set[tuple[str, str]] = set()
    for one, other in ((a, b), (b, a)):
        if one.spoken:
            found |= one.spoken & word_pairs(other.letters.split())
    return min(1.0, len(found) / _QUOTED_ENOUGH)
