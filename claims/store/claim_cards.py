"""What a person is shown of a claim: who said it, its wordings and links, what was decided, pairs that may be one."""

from dataclasses import dataclass

from claims.store.decision_log import PersonDecision


@dataclass(frozen=True)
class Occurrence:
    """One time that one source made a claim in one article: `id` is the attribution's number, `text` the words there.

    `source_id`, `source` and `kind` are None where the article names nobody. `article` is the headline, or the path
    where there is none; `published` an ISO date. `reason` is why it is this claim.
    """

    id: int
    text: str
    source_id: int | None
    source: str | None
    kind: str | None
    stance: str
    cue: str | None
    article_id: int
    article: str
    published: str | None
    reason: str


@dataclass(frozen=True)
class ClaimRow:
    """A claim with some of its occurrences, the first ones; `first_seen` is an ISO date."""

    id: int
    text: str
    first_seen: str
    attributions: int
    articles: int
    sources: int
    occurrences: tuple[Occurrence, ...] = ()


@dataclass(frozen=True)
class ClaimWording:
    """A way in which a claim was made, and how often."""

    text: str
    times: int


@dataclass(frozen=True)
class ClaimLink:
    """How a claim bears on another one: `claim_id` contradicts or denies `other_id`, or may be the same."""

    claim_id: int
    claim: str
    other_id: int
    other_claim: str
    relation: str
    score: float
    reason: str


@dataclass(frozen=True)
class MergedClaim:
    """A claim that became part of another one, with its own first wording; `merged_at` is an ISO time, UTC."""

    id: int
    text: str
    reason: str
    merged_at: str
    decision_id: int | None


@dataclass(frozen=True)
class ClaimCard:
    """All that is known of one claim. `asked` is the number it was asked by where that claim was merged into this one.

    Its occurrences and wordings are `ROWS_SHOWN` at most; `row` has how many there are.
    """

    row: ClaimRow
    wordings: tuple[ClaimWording, ...]
    links: tuple[ClaimLink, ...]
    apart: tuple[ClaimRow, ...]
    merged: tuple[MergedClaim, ...]
    decisions: tuple[PersonDecision, ...]
    asked: int | None = None


@dataclass(frozen=True)
class PossibleDuplicate:
    """Two claims that a person should look at, the earlier one first, with why and how sure (0..1)."""

    first: ClaimRow
    second: ClaimRow
    score: float
    reason: str


ROWS_SHOWN = 200
"""Of a claim's occurrences, wordings, links and decisions so many are told."""

OCCURRENCES_SHOWN = 3
"""Of a claim in a list so many occurrences are told."""
