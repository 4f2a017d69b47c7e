"""The keys under which a claim is filed, so that its duplicates can be found without comparing it with all others."""

from itertools import combinations

from claims.matching.prepared import Prepared

RAREST = 7  # stems whose pairs are the keys; of the dev gold's pairs judged same .96 share one (5: .87, 6: .93, 8: .97)
HUB = 64  # claims under one key after which nothing more is filed there: so common a pair of words tells nothing apart
CANDIDATES = 25  # claims that share most keys with a newcomer and are compared with it


def keys(prepared: Prepared) -> tuple[str, ...]:
    """Index keys of a claim: the unordered pairs of its seven rarest stems ("rare" by a fixed table), at most 21.

    Two claims are worth comparing if they share a key. A wording of one stem has that stem for its key;
    one of none has no key.
    """
    rarest = sorted(prepared.weights, key=lambda stem: (-prepared.weights[stem], -len(stem), stem))[:RAREST]
    if len(rarest) == 1:
        return (rarest[0],)
    return tuple(f"{one} {other}" for one, other in combinations(sorted(rarest), 2))
