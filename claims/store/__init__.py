"""The database: articles, sources, claims and attributions in one SQLite file. All of the project's SQL lives here."""

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
    "Counts",
    "FoldedSource",
    "Mention",
    "Nearest",
    "PossiblySame",
    "SourceCard",
    "SourceDecision",
    "SourceName",
    "SourceRow",
    "StatedRole",
    "Store",
]
