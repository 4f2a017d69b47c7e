"""Tagged spans tied into attribution relations by the arcs of their words."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from claims.attribution.decoding import TaggedSpan
from claims.attribution.tagger import FAINT, TaggedArticle

NOTHING = -1
"""The target of a span whose words point at no word in sight."""

SECOND_SOURCE = 0.5
"""A source no cue points at joins the cue it points at itself from this vote on (two people sharing one "said")."""


@dataclass(frozen=True)
class Linked:
    """A relation as indices into the spans; `certainty` is the mean vote that tied its contents and sources."""

    sources: tuple[int, ...]
    cue: int | None
    contents: tuple[int, ...]
    certainty: float


def link(tagged: TaggedArticle, spans: list[TaggedSpan]) -> list[Linked]:
    """Relations in the order of their contents. Each content is in one; a source may serve several."""
    votes = _votes(tagged, spans)
    roles = [span.role for span in spans]
    cues = [i for i, role in enumerate(roles) if role == "cue"]
    sources = [i for i, role in enumerate(roles) if role == "source"]

    cue_of_source: dict[int, int] = {}
    for source in sources:
        cast = {target: vote for target, vote in votes[source].items() if target >= 0 and roles[target] == "cue"}
        if cast and max(cast.values()) > votes[source].get(source, 0.0):
            cue_of_source[source] = max(cast, key=lambda t: cast[t])

    sources_of_cue: dict[int, list[int]] = {}
    certainty_of_cue: dict[int, float] = {}
    voters: dict[int, list[int]] = defaultdict(list)  # which sources point at a cue
    for source in sources:
        for target in votes[source]:
            voters[target].append(source)
    for cue in cues:
        pointed_at = [target for target in votes[cue] if target >= 0 and roles[target] == "source"]
        cast = {s: votes[cue].get(s, 0.0) + votes[s].get(cue, 0.0) for s in sorted({*pointed_at, *voters[cue]})}
        best = max(cast, key=lambda s: cast[s], default=None)
        if best is not None and cast[best] > votes[cue].get(NOTHING, 0.0):
            sources_of_cue[cue] = [best]
            certainty_of_cue[cue] = min(1.0, cast[best])
        else:
            sources_of_cue[cue] = []
            certainty_of_cue[cue] = votes[cue].get(NOTHING, 0.0)
    taken = {s for found in sources_of_cue.values() for s in found}
    for source, cue in cue_of_source.items():
        if source not in taken and votes[source].get(cue, 0.0) > SECOND_SOURCE:
            sources_of_cue[cue].append(source)

    contents_of: dict[int, list[tuple[int, float]]] = defaultdict(list)
    linked: list[Linked] = []
    for content, role in enumerate(roles):
        if role != "content":
            continue
        cast = {t: v for t, v in votes[content].items() if t == NOTHING or roles[t] != "content"}
        target = max(cast, key=lambda t: cast[t], default=NOTHING)
        vote = cast.get(target, 0.0)
        if target != NOTHING and roles[target] == "source":
            target = cue_of_source.get(target, target)
        if target == NOTHING:
            linked.append(Linked((), None, (content,), vote))
        else:
            contents_of[target].append((content, vote))
    for target, found in contents_of.items():
        contents = tuple(sorted(content for content, _ in found))
        certainty = float(np.mean([vote for _, vote in found]))
        if roles[target] == "cue":
            certainty *= certainty_of_cue[target]
            linked.append(Linked(tuple(sorted(sources_of_cue[target])), target, contents, certainty))
        else:
            linked.append(Linked((target,), None, contents, certainty))
    return sorted(linked, key=lambda relation: relation.contents)


def _votes(tagged: TaggedArticle, spans: list[TaggedSpan]) -> list[dict[int, float]]:
    """For each span the share of its words' arcs that goes to each span (`NOTHING`: to none in sight).

    Votes for words outside all spans are nobody's and dropped.
    """
    nobody = -2
    owner = np.full(len(tagged.encoded.starts) + 1, nobody)  # the last place is that of word -1
    for number, span in enumerate(spans):
        owner[span.first : span.last] = number
    owner[-1] = NOTHING
    votes = []
    for span in spans:
        total: dict[int, float] = defaultdict(float)
        counted = 0
        for word in range(span.first, span.last):
            arcs = tagged.arcs.get(word)
            if arcs is None:
                continue
            counted += 1
            for target, share in zip(owner[arcs.words].tolist(), arcs.probabilities.tolist(), strict=True):
                total[target] += share
        cast = {target: share / counted for target, share in total.items() if target != nobody}
        votes.append({NOTHING: 0.0, **{t: share for t, share in sorted(cast.items()) if share > FAINT or t == NOTHING}})
    return votes
