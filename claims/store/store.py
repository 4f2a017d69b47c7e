"""The database as the rest of the program sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlite_utils import Database

from claims.matching import Statement
from claims.store.connection import Connection
from claims.store.propositions import Nearest, nearest_claims
from claims.store.writing import Added, add_article, find_article
from claims.terms import Article, Attribution

# Asking may look further than ingest, which decides for every attribution and has to be quick.
NEAREST_CANDIDATES = 200


@dataclass(frozen=True)
class Counts:
    """How many rows the tables have; `possible_duplicates` are pairs of claims."""

    articles: int
    sources: int
    claims: int
    attributions: int
    possible_duplicates: int


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

    def counts(self) -> Counts:
        """How much the database holds."""
        return self._connection.read(_counts)


def _counts(db: Database) -> Counts:
    row = db.execute("""
        SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM sources), (SELECT count(*) FROM claims),
          (SELECT count(*) FROM attributions),
          (SELECT count(*) FROM claim_links WHERE relation = 'possible-duplicate')
    """).fetchone()
    return Counts(*row)
