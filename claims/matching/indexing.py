"""The keys under which a claim is filed, so that its duplicates can be found without comparing it with all others."""

from collections.abc import Set
from hashlib import blake2b
from itertools import combinations
from math import fsum, sqrt
from operator import mul

from claims.matching.decision import NEARLY_HELD
from claims.matching.prepared import Prepared
from claims.matching.words import weight

RAREST = 7  # stems whose pairs are the keys; of the dev gold's pairs judged same .96 share one (5: .87, 6: .93, 8: .97)
HUB = 64  # claims under one key after which nothing more is filed there: so common a pair of words tells nothing apart
CANDIDATES = 25  # claims that share most keys with a newcomer and are compared with it


def by_rarity(prepared: Prepared) -> list[str]:
    """The stems of a claim, the rarest first; "rare" by a fixed table, so that a claim's keys never change."""
    weights = prepared.weights
    return sorted(weights, key=lambda stem: (-weights[stem], -len(stem), stem))


def keys(prepared: Prepared) -> tuple[str, ...]:
    """Index keys of a claim: the pairs of its seven rarest stems, at most 21, and one of all its stems together.

    Two claims are worth comparing if they share a key. In a pair the rarer stem comes first: a claim's keys lie in few
    places of a sorted index. By the key of all stems a claim in other typography or order is found where all its pairs
    are crowded. A wording of no stem has no key.
    """
    stems = by_rarity(prepared)
    if not stems:
        return ()
    together = blake2b(" ".join(sorted(stems)).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return (*(f"{one} {other}" for one, other in combinations(stems[:RAREST], 2)), f"={together}")


def is_whole(key: str) -> bool:
    """Whether a key is the one of all stems together."""
    return key[:1] == "="


def likeness(prepared: Prepared, stems: Set[str]) -> float:
    """How like (0..1) a statement is to one with these `stems`, going by them alone. About 5 µs.

    The cosine of their weights; where one may stand in the other whole, the share of it that the other has.
    """
    common = [prepared.weights[stem] for stem in prepared.weights.keys() & stems]
    if not any(common):
        return 0.0
    theirs = list(map(weight, stems))
    # Sums that do not depend on the order of sets, which differs from one process to the next.
    alike = fsum(map(mul, common, common)) / (prepared.norm * sqrt(fsum(map(mul, theirs, theirs))))
    held = fsum(common) / min(prepared.total, fsum(theirs))
    return max(alike, held) if held >= NEARLY_HELD else alike
