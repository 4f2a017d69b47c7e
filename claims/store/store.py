"""The database as the rest of the program sees it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlite_utils import Database

from claims.matching import Statement
from claims.store import (
    claim_decisions,
    claim_reading,
    claim_rebuilding,
    claim_undoing,
    decisions,
    source_card_reading,
    source_reading,
    undoing,
)
from claims.store.checking import Part, check
from claims.store.claim_cards import ClaimCard, PossibleDuplicate
from claims.store.claim_rebuilding import Rebuilt
from claims.store.connection import Connection
from claims.store.copying import copy_to
from claims.store.decision_log import CLAIM_LOG, SOURCE_LOG, PersonDecision
from claims.store.propositions import Nearest, nearest_claims
from claims.store.source_cards import PossiblySame, SourceCard, SourceRow
from claims.store.writing import Added, add_article, find_article
from claims.terms import Article, Attribution

# Asking may look further than ingest, which decides for every attribution and has to be quick.
NEAREST_CANDIDATES = 200


@dataclass(frozen=True)
class Counts:
    """How many rows the tables have."""

    articles: int
    sources: int
    claims: int
    attributions: int


class Store:
    """A claims database. Every method raises StoreError, with what to do, where the file does not play along."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, path: str | Path, *, timeout: float = 30.0) -> Self:
        """Open for reading and writing; make the file and its folder, or bring an older one up to date.

        `timeout` is how many seconds to wait for other programs that write to the same file.
        """
        return cls(Connection(Path(path), timeout, writable=True))

    @classmethod
    def open_existing(cls, path: str | Path, *, timeout: float = 30.0) -> Self:
        """Open for reading only: nothing is written or made, and the file must exist."""
        return cls(Connection(Path(path), timeout, writable=False))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; twice is once."""
        self._connection.close()

    def add(self, article: Article, attributions: Sequence[Attribution]) -> Added:
        """Store an article with what was found in it: all of it, or nothing.

        An article whose text is known already, whatever its path, changes nothing.
        """
        with self._connection.write() as db:
            return add_article(db, article, attributions)

    def known_as(self, article: Article) -> str | None:
        """The path under which this text is stored already; None for a new one."""
        found = self._connection.read(lambda db: find_article(db, article))
        return found[1] if found else None

    def has(self, article: Article) -> bool:
        """Whether this text is stored already, under whatever path."""
        return self.known_as(article) is not None

    def nearest(self, text: str, limit: int) -> list[Nearest]:
        """The known claims nearest to a text, best first, `limit` at most."""
        return self._connection.read(lambda db: nearest_claims(db, Statement(text), NEAREST_CANDIDATES, by_words=True))[
            :limit
        ]

    def sources(
        self, text: str | None = None, *, kind: str | None = None, limit: int = 50, unnamed: bool = False
    ) -> list[SourceRow]:
        """Sources with most attributions first, `limit` at most; `text` is looked for in all their names, in any case.

        `unnamed` adds those that only a description tells ("officials"), each known in its one article.
        """
        return self._connection.read(lambda db: source_reading.list_sources(db, text, kind, limit, unnamed=unnamed))

    def source(self, ref: str) -> SourceCard:
        """All that is known of a source, by its number (also that of a row folded into it) or one of its names.

        "=112" asks for the name "112". StoreError, with the candidates, where nobody or more than one bears the name.
        """
        return self._connection.read(lambda db: source_card_reading.card(db, ref))

    def possible_sources(self, limit: int = 50) -> list[PossiblySame]:
        """Pairs of sources that may be one, surest first; pairs that a person declared apart are not among them."""
        return self._connection.read(lambda db: source_reading.possible_pairs(db, limit))

    def source_decisions(self, limit: int = 50) -> list[PersonDecision]:
        """What people decided about sources, latest first, what was undone included."""
        return self._connection.read(lambda db: SOURCE_LOG.latest(db, limit))

    def rename_source(self, ref: str, name: str, by: str, why: str = "") -> int:
        """File a source under another name, for good; returns the decision's number, as the next three do.

        StoreError, naming it, where another source bears that name.
        """
        with self._connection.write() as db:
            return decisions.rename(db, ref, name, by, why)

    def merge_sources(self, keep: str, others: Sequence[str], by: str, why: str = "") -> int:
        """Say that sources are one: the rows of `others` are folded into that of `keep`, their numbers still found."""
        with self._connection.write() as db:
            return decisions.merge(db, keep, others, by, why)

    def alias_source(self, ref: str, names: Sequence[str], by: str, why: str = "") -> int:
        """Give a source more names, which lead to it first from now on; StoreError where another source bears one."""
        with self._connection.write() as db:
            return decisions.alias(db, ref, names, by, why)

    def keep_apart(self, one: str, other: str, by: str, why: str = "") -> int:
        """Say that two sources are not one, whatever comes."""
        with self._connection.write() as db:
            return decisions.keep_apart(db, one, other, by, why)

    def split_source(
        self, ref: str, *, names: Sequence[str] = (), articles: Sequence[int] = (), by: str, why: str = ""
    ) -> int:
        """Say that one source is two: what goes by one of `names`, or stands in one of `articles`, is another one.

        Returns the number of the new source.
        """
        with self._connection.write() as db:
            return decisions.split(db, ref, names, articles, by, why)

    def undo_source_decision(self, decision_id: int | None = None, by: str = "") -> PersonDecision:
        """Take a decision back, the last one that stands if none is named; returns it as it is now.

        StoreError where a later decision builds on it: that one has to be undone first.
        """
        with self._connection.write() as db:
            return undoing.undo(db, decision_id, by)

    def claim(self, number: int) -> ClaimCard:
        """All that is known of a claim, by its number or that of one merged into it; StoreError where there is none."""
        return self._connection.read(lambda db: claim_reading.card(db, number))

    def possible_duplicates(
        self, limit: int = 50, *, skipped: Collection[tuple[int, int]] = ()
    ) -> list[PossibleDuplicate]:
        """Pairs of claims that may be one, surest first, without those that a person decided.

        `skipped` are pairs, as (smaller number, other), that are left out.
        """
        return self._connection.read(lambda db: claim_reading.possible_duplicates(db, limit, skipped))

    def waiting_duplicates(self) -> int:
        """How many pairs of claims wait for a person's decision."""
        return self._connection.read(claim_reading.waiting_duplicates)

    def claim_decisions(self, limit: int = 50) -> list[PersonDecision]:
        """What people decided about claims, latest first, what was undone included."""
        return self._connection.read(lambda db: CLAIM_LOG.latest(db, limit))

    def merge_claims(self, keep: int, others: Sequence[int], by: str, why: str = "") -> int:
        """Say that claims are one: `others` become part of `keep`, their numbers still found.

        Returns the decision's number. StoreError where two of them were declared different.
        """
        with self._connection.write() as db:
            return claim_decisions.merge(db, keep, others, by, why)

    def split_claim(self, claim: int, attributions: Sequence[int], by: str, why: str = "") -> int:
        """Say that these attributions (their numbers) make another claim, with all who said it together with them.

        Returns the number of the new claim.
        """
        with self._connection.write() as db:
            return claim_decisions.split(db, claim, attributions, by, why)

    def keep_claims_apart(self, one: int, other: int, by: str, why: str = "") -> int:
        """Say that two claims are not one, whatever comes; returns the decision's number."""
        with self._connection.write() as db:
            return claim_decisions.keep_apart(db, one, other, by, why)

    def undo_claim_decision(self, decision_id: int | None = None, by: str = "") -> PersonDecision:
        """Take a decision about claims back, the last one that stands if none is named; returns it as it is now.

        StoreError where a later decision builds on it: that one has to be undone first.
        """
        with self._connection.write() as db:
            return claim_undoing.undo(db, decision_id, by)

    def rebuild_claims(self, *, dry_run: bool = False, tell: Callable[[str], None] = lambda _: None) -> Rebuilt:
        """Make the claims of the database anew, of all its attributions, so that they do not depend on the order in
        which articles came: all of it, or nothing. People's decisions hold.

        `dry_run` changes nothing and tells what would be done; `tell` gets lines that say how far it is.
        """
        if dry_run:
            return self._connection.read(lambda db: claim_rebuilding.rebuild_claims(db, tell, dry_run=True))
        with self._connection.write(sorts_much=True) as db:
            return claim_rebuilding.rebuild_claims(db, tell)

    def check(self, tell: Callable[[str], None] = lambda _: None) -> Sequence[Part]:
        """Whether the database holds together, part by part; changes nothing, and nobody has to wait for it.

        `tell` gets lines that say how far it is. Needs room for temporary files, about half the database's size.
        """
        return self._connection.read(lambda db: check(db, tell))

    def copy_to(self, target: str | Path, *, force: bool = False, tell: Callable[[str], None] = lambda _: None) -> int:
        """Copy the database, as it is at one moment, to a new file, checked and on the disk; returns its size in bytes.

        Nobody who uses the database has to wait. StoreError where the file is there already, unless `force`.
        """
        return copy_to(self._connection, Path(target), tell, force=force)

    def counts(self) -> Counts:
        """How much the database holds."""
        return self._connection.read(_counts)


def _counts(db: Database) -> Counts:
    row = db.execute("""
        SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM sources), (SELECT count(*) FROM claims),
          (SELECT count(*) FROM attributions)
    """).fetchone()
    return Counts(*row)
