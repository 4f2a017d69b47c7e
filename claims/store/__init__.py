"""The database: articles, sources, claims and attributions in one SQLite file. All of the project's SQL lives here."""

from claims.store.checking import Part
from claims.store.claim_cards import (
    ClaimCard,
    ClaimLink,
    ClaimRow,
    ClaimWording,
    MergedClaim,
    Occurrence,
    PossibleDuplicate,
)
from claims.store.claim_rebuilding import Rebuilt
from claims.store.decision_log import PersonDecision
from claims.store.propositions import Nearest
from claims.store.source_cards import (
    FoldedSource,
    Mention,
    PossiblySame,
    SourceCard,
    SourceName,
    SourceRow,
    StatedRole,
)
from claims.store.store import Counts, Store
from claims.store.writing import Added

__all__ = [
    "Added",
    "ClaimCard",
    "ClaimLink",
    "ClaimRow",
    "ClaimWording",
    "Counts",
    "FoldedSource",
    "Mention",
    "MergedClaim",
    "Nearest",
    "Occurrence",
    "Part",
    "PersonDecision",
    "PossibleDuplicate",
    "PossiblySame",
    "Rebuilt",
    "SourceCard",
    "SourceName",
    "SourceRow",
    "StatedRole",
    "Store",
]
