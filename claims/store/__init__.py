"""The database: articles, sources, claims and attributions in one SQLite file. All of the project's SQL lives here."""

from claims.store.claim_cards import (
    ClaimCard,
    ClaimDecision,
    ClaimLink,
    ClaimRow,
    ClaimWording,
    MergedClaim,
    Occurrence,
    PossibleDuplicate,
)
from claims.store.propositions import Nearest
from claims.store.source_cards import (
    FoldedSource,
    Mention,
    PossiblySame,
    SourceCard,
    SourceDecision,
    SourceName,
    SourceRow,
    StatedRole,
)
from claims.store.store import Counts, Store
from claims.store.writing import Added

__all__ = [
    "Added",
    "ClaimCard",
    "ClaimDecision",
    "ClaimLink",
    "ClaimRow",
    "ClaimWording",
    "Counts",
    "FoldedSource",
    "Mention",
    "MergedClaim",
    "Nearest",
    "Occurrence",
    "PossibleDuplicate",
    "PossiblySame",
    "SourceCard",
    "SourceDecision",
    "SourceName",
    "SourceRow",
    "StatedRole",
    "Store",
]
