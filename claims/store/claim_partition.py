"""All attributions clustered anew, whatever order they came in, and the claims that the clusters are."""

import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlite_utils import Database

from claims.matching import Statement, cluster
from claims.store.claim_filing import next_claim
from claims.store.claim_reading import find_claim
from claims.store.decided_wordings import MOST_COMPARED, Candidate, fitting, wording_key

Tell = Callable[[str], None]
"""Takes a line that says how far the work is."""

_TOLD_EVERY = 1000
_Spoken = tuple[str, str | None, str | None, int | None]  # words, who said them, with which cue, that source's number


@dataclass(frozen=True)
class Move:
    """An utterance, named by the number of its first attribution, that is of another claim now."""

    attribution: int
    from_id: int
    into_id: int


@dataclass(frozen=True)
class Partition:
    """The claims as they are to be, by what has to move.

    `attributions` counts those that move; `new` are the numbers of claims that were not there, `superseded` leads from
    each claim of which nothing is left to the one that got most of it.
    """

    claims: int
    attributions: int
    moves: Sequence[Move]
    new: Sequence[int]
    superseded: dict[int, int]


class _Utterances:
    """What was said, in an order that does not depend on when articles came in: by their texts' hashes.

    Sources that spoke together are one utterance, of so many `rows`; `first` has the number of the first.
    """

    def __init__(self, db: Database, tell: Tell) -> None:
        self._db = db
        self._tell = tell
        self.first, self.claim, self.rows = array("q"), array("q"), array("q")

    def statements(self) -> Iterator[Statement]:
        """The statement of each, as it was when its article came in."""
        ((total,),) = self._db.execute("SELECT count(*) FROM attributions").fetchall()
        rows = self._db.conn.cursor().execute("""
            SELECT articles.sha256, uid, attributions.id, claim_id, attributions.text,
              coalesce(source_mentions.name, attributions.source_text), cue
            FROM articles JOIN attributions ON attributions.article_id = articles.id
            LEFT JOIN source_mentions ON source_mentions.id = attributions.mention_id
            ORDER BY articles.sha256, uid, attributions.id
        """)
        read = 0
        for _, same in groupby(rows, key=lambda row: row[:2]):
            (_, _, first, claim, *said), *others = same
            self.first.append(first)
            self.claim.append(claim)
            self.rows.append(1 + len(others))
            read += 1 + len(others)
            if len(self.first) % _TOLD_EVERY == 0:
                self._tell(f"Reading {read:,} of {total:,} attributions")
            yield Statement(*said)
        self._tell(f"Comparing {total:,} attributions")


def partition(db: Database, tell: Tell) -> Partition:
    """What has to move so that the claims are the clusters of all attributions.

    A claim that a person decided about keeps what it has, and gets what is in a cluster with some of it; two such are
    never made one. Other clusters have the number of the claim that gave most, the lowest of several.
    """
    said = _Utterances(db, tell)
    clusters: dict[int, list[int]] = defaultdict(list)
    for place, number in enumerate(cluster(said.statements())):
        clusters[number].append(place)
    decided = _decided(db)
    home: dict[int, int] = {}
    loose: list[list[int]] = []
    for members in clusters.values():
        free = [place for place in members if said.claim[place] not in decided]
        held = {said.first[place]: said.claim[place] for place in members if said.claim[place] in decided}
        if held and free:
            home |= dict(zip(free, _nearest(db, [said.first[place] for place in free], held), strict=True))
        elif free:
            loose.append(free)
    new: list[int] = []
    number = next_claim(db)
    for group, known in _numbered(loose, said):
        if known is None:
            new.append(number)
            known, number = number, number + 1
        home |= dict.fromkeys(group, known)
    moved = sorted(place for place in home if home[place] != said.claim[place])
    gone = set(said.claim) - set(home.values()) - decided
    went: dict[int, Counter[int]] = defaultdict(Counter)
    for place in moved:
        went[said.claim[place]][home[place]] += said.rows[place]
    ((claims,),) = db.execute("SELECT count(*) FROM claims").fetchall()
    return Partition(
        claims,
        sum(said.rows[place] for place in moved),
        [Move(said.first[place], said.claim[place], home[place]) for place in moved],
        new,
        {claim: min(went[claim], key=lambda into: (-went[claim][into], into)) for claim in sorted(gone)},
    )


def _decided(db: Database) -> set[int]:
    """The claims that people decided about, by decisions that stand."""
    rows = db.execute(
        "SELECT DISTINCT claim_id FROM decided_claims JOIN claim_decisions ON claim_decisions.id = decision_id"
        " WHERE undone_at IS NULL AND NOT linked"
    ).fetchall()
    return {find_claim(db, claim) for (claim,) in rows}


def _numbered(loose: Sequence[list[int]], said: _Utterances) -> list[tuple[list[int], int | None]]:
    """Each group with the number of the claim that it goes on as, or None; those without in the order of coming.

    The claims that gave most choose first; no claim goes on as two.
    """
    gave: list[tuple[int, int, int, int]] = []
    for number, group in enumerate(loose):
        votes: Counter[int] = Counter()
        for place in group:
            votes[said.claim[place]] += said.rows[place]
        came = min(said.first[place] for place in group)
        gave += [(-times, claim, came, number) for claim, times in votes.items()]
    known: dict[int, int] = {}
    taken: set[int] = set()
    for _, claim, _, number in sorted(gave):
        if number not in known and claim not in taken:
            known[number] = claim
            taken.add(claim)
    ordered = sorted(range(len(loose)), key=lambda number: min(said.first[place] for place in loose[number]))
    return [(loose[number], known.get(number)) for number in ordered]


def _nearest(db: Database, free: Sequence[int], held: Mapping[int, int]) -> list[int]:
    """For each attribution of `free` the claim, of those that the attributions `held` are of, that it repeats most
    likely."""
    claims = set(held.values())
    if len(claims) == 1:
        return [*claims] * len(free)
    known = {(held[number], *told): wording_key(told[0]) for number, told in _spoken(db, list(held)).items()}
    found = []
    for text, speaker, cue, source in _spoken(db, free).values():
        key = wording_key(text)
        candidates = [
            Candidate(claim, words, who, how, same == key, source is not None and whose == source)
            for (claim, words, who, how, whose), same in known.items()
        ]
        candidates.sort(key=lambda candidate: (not candidate.same_words, not candidate.same_source))
        found.append(fitting(Statement(text, speaker, cue), candidates[:MOST_COMPARED])[0][0].claim_id)
    return found


def _spoken(db: Database, attributions: Sequence[int]) -> dict[int, _Spoken]:
    """What these attributions say, in the order given."""
    rows = db.execute(
        """
        SELECT attributions.id, attributions.text, sources.name, cue, attributions.source_id FROM json_each(?) AS wanted
        JOIN attributions ON attributions.id = wanted.value LEFT JOIN sources ON sources.id = attributions.source_id
        ORDER BY wanted.key
        """,
        (json.dumps(attributions),),
    )
    return {number: (text, speaker, cue, source) for number, text, speaker, cue, source in rows.fetchall()}
