"""Connections to a claims database: opened with care, and every failure told to a person."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar, cast

from sqlite_utils import Database

from claims.errors import StoreError
from claims.store.migrations import MIGRATIONS

Result = TypeVar("Result")

# Bytes in the smallest database. SQLite takes any smaller file, a short letter too, for an empty one and overwrites it.
_SMALLEST = 512

# An article writes some 300 pages all over a large index. SQLite's own 2 MB of memory do not hold them until they are
# stored, and its 1000 pages of log are carried over to the file, and waited for, with every third article.
_CACHE = 32_000  # KB
_WAL_PAGES = 8_000


class _Stillness(NamedTuple):
    """What shows that a file was not written to between two looks."""

    inode: int
    size: int
    modified: int


class Connection:
    """One database file, open for reading or for both; all SQL runs inside `read` or `write`."""

    def __init__(self, path: Path, timeout: float, *, writable: bool) -> None:
        self.path = path
        self._timeout = timeout
        self._writable = writable
        self._still: _Stillness | None = None
        try:
            self._db = self._open_for_writing() if writable else self._open_for_reading()
            self._file = _identity(path)
        except OSError as error:
            raise StoreError(f"{path}: {error.strerror or error}. Name another file with --db.") from error

    def close(self) -> None:
        """Close the file; twice is once."""
        self._db.close()

    @contextmanager
    def write(self, *, sorts_much: bool = False) -> Iterator[Database]:
        """A transaction that is the only writer from its first statement on: all of it is stored, or none.

        What `sorts_much`, hundreds of megabytes, does so in a file.
        """
        if not self._writable:
            raise StoreError(f"{self.path} was opened for reading only: nothing can be stored in it.")
        with self._explained():
            # What undoing a statement would need is, with triggers that count, more than SQLite by itself keeps in
            # memory, and with a file for it writing an attribution takes a third longer.
            self._db.execute(f"PRAGMA temp_store = {'FILE' if sorts_much else 'MEMORY'}")
            with _transaction(self._db):
                yield self._db
        if _identity(self.path) != self._file:
            raise StoreError(
                f"{self.path} was moved, deleted or replaced while it was in use. What was stored last is in the file "
                "that stood there before, if it is anywhere: put that back, or start again."
            )

    def read(self, query: Callable[[Database], Result]) -> Result:
        """Run a query, which must fetch all it wants before it returns, and may be run more than once."""
        with self._explained():
            while True:
                try:
                    result = query(self._db)
                except sqlite3.DatabaseError:
                    if self._undisturbed():
                        raise
                else:
                    if self._undisturbed():
                        return result
                self._db.close()
                self._db = self._open_for_reading()

    def _open_for_writing(self) -> Database:
        _make_folder(self.path)
        with self._explained():
            db = self._connect("mode=rwc")
            try:
                db.execute("PRAGMA foreign_keys = ON")
                db.execute("PRAGMA synchronous = FULL")
                db.execute(f"PRAGMA cache_size = -{_CACHE}")
                db.execute(f"PRAGMA wal_autocheckpoint = {_WAL_PAGES}")
                check_ours(db, self.path)
                self._enable_wal(db)
                # Asked for even when there is nothing to migrate: a file that cannot be written to is better
                # refused now than after the article has been analysed.
                with _transaction(db):
                    check_ours(db, self.path)
                    MIGRATIONS.apply(db)
                    # BEGIN IMMEDIATE on a read-only file is quietly a reading transaction; this is what fails there.
                    db.execute("DELETE FROM _sqlite_migrations WHERE 0")
            except BaseException:
                db.close()
                raise
        return db

    def _open_for_reading(self) -> Database:
        """Open without leaving a trace, also in a folder that cannot be written to.

        SQLite itself creates "-wal" and "-shm" files to read a WAL database, and leaves them. While there is no
        "-wal" nobody writes, so the file can be read as it lies ("immutable", no locks); `read` makes sure
        afterwards that this was still so.
        """
        if not self.path.exists():
            raise StoreError(
                f"{self.path}: there is no such database. `claims ingest` makes one; --db or CLAIMS_DB names another."
            )
        with self._explained():
            self._still = _stillness(self.path)
            db = self._connect("mode=ro" if self._still is None else "mode=ro&immutable=1")
            try:
                db.execute("PRAGMA query_only = ON")
                check_ours(db, self.path)
                if MIGRATIONS.pending(db):
                    raise StoreError(
                        f"{self.path} is empty or was made by an older version of claims. "
                        "Run `claims ingest` with it once: that brings it up to date."
                    )
            except BaseException:
                db.close()
                raise
        return db

    def _connect(self, mode: str) -> Database:
        if self.path.exists() and not self.path.is_file():
            what = "a folder" if self.path.is_dir() else "a pipe or a device"
            raise StoreError(f"{self.path} is {what}, not a database file. Name a file, as in --db db/claims.db.")
        if self.path.exists() and 0 < self.path.stat().st_size < _SMALLEST:
            raise StoreError(_no_database(self.path))
        uri = f"{self.path.absolute().as_uri()}?{mode}"
        # Transactions are begun by hand: the driver's own are deferred, and two of those that read before they
        # write fail at once, whatever the timeout.
        connection = sqlite3.connect(uri, uri=True, timeout=self._timeout, isolation_level=None)
        return Database(connection, execute_plugins=False)

    def _enable_wal(self, db: Database) -> None:
        """Let readers read while one writes; SQLite does not wait by itself for others who do the same switch."""
        deadline = time.monotonic() + self._timeout
        while True:
            try:
                db.enable_wal()
                return
            except sqlite3.OperationalError as error:
                if not _is(error, "SQLITE_BUSY") or time.monotonic() > deadline:
                    raise
            time.sleep(0.02)

    def _undisturbed(self) -> bool:
        return self._still is None or self._still == _stillness(self.path)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn what SQLite or the encoder says into a StoreError that says what to do."""
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(self._explanation(error)) from error
        except UnicodeEncodeError as error:
            bad = error.object[error.start]
            raise StoreError(
                f"{self.path}: the text contains half a character (U+{ord(bad):04X}, a lone surrogate), which no "
                "database can hold. Nothing was stored; repair its encoding and try again."
            ) from error

    def _explanation(self, error: sqlite3.Error) -> str:
        if _is(error, "SQLITE_NOTADB"):
            return _no_database(self.path)
        if _is(error, "SQLITE_BUSY", "SQLITE_LOCKED"):
            return (
                f"{self.path} is locked by another program (waited {self._timeout:g} s). "
                "What was stored before is safe; try again when that program has finished."
            )
        if _is(error, "SQLITE_READONLY_ROLLBACK", "SQLITE_READONLY_RECOVERY"):
            return (
                f"{self.path}: a program died while it wrote to it, and this can only be put right by writing. "
                "`claims ingest` with it does so; what was stored before is safe."
            )
        if _is(error, "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH"):
            verb = "written to" if self._writable else "read"
            return (
                f"{self.path} cannot be {verb} ({error}). Check the rights of the file and of its folder, "
                "or name another file with --db."
            )
        if _is(error, "SQLITE_CORRUPT"):
            return (
                f"{self.path} is damaged ({error}). Put back a copy, or save what can be saved with "
                f"`sqlite3 {self.path} .recover`."
            )
        if _is(error, "SQLITE_FULL"):
            return f"{self.path}: the disk is full. What was stored before is safe; make room and try again."
        if _is(error, "SQLITE_IOERR"):
            return (
                f"{self.path}: the system refuses to read or write ({error}). Is a quota or a limit for files reached, "
                "or the disk at fault? What was stored before is left as it is; try again when that is mended."
            )
        return f"{self.path}: the database refused: {error}."


def insert(db: Database, table: str, row: dict[str, object]) -> int:
    """Add a row and return its id."""
    places = ", ".join("?" * len(row))
    sql = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})"  # noqa: S608 - the names are the program's own
    added = db.execute(sql, tuple(row.values()))
    return cast(int, added.lastrowid)


def check_ours(db: Database, path: Path) -> None:
    """Accept an empty database and one that this version or an older one made; raise StoreError for any other."""
    if not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        return
    # The mere table says nothing: other programs that use sqlite-utils have it too.
    applied = {step.name for step in MIGRATIONS.applied(db)}
    if not applied:
        raise StoreError(
            f"{path} is a database of another program (it has the tables {_some(db.table_names())}). "
            "Name another file with --db."
        )
    unknown = applied - _known_steps()
    if unknown:
        raise StoreError(
            f"{path} was made by a newer version of claims (this one does not know {_some(sorted(unknown))}). "
            "Update claims, or name another file with --db."
        )


@cache
def _known_steps() -> frozenset[str]:
    with Database(memory=True, execute_plugins=False) as empty:
        return frozenset(step.name for step in MIGRATIONS.pending(empty))


@contextmanager
def _transaction(db: Database) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


@contextmanager
def reading_at_once(db: Database) -> Iterator[None]:
    """Let all that is read be of one moment; nobody who writes to the file has to wait."""
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.rollback()


def stands_in_the_way(error: sqlite3.Error) -> bool:
    """Whether an error tells of the machine (a full disk, a lock, missing rights), not of what the file holds."""
    return _is(
        error, "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_READONLY",
        "SQLITE_PERM", "SQLITE_AUTH", "SQLITE_NOMEM", "SQLITE_INTERRUPT",
    )  # fmt: skip


def _make_folder(path: Path) -> None:
    """Make the folder itself, as for the default db/claims.db; more missing folders than one are a mistyped path."""
    folder = path.absolute().parent
    try:
        folder.mkdir(exist_ok=True)
    except FileNotFoundError:
        raise StoreError(f"{path}: the folder {folder.parent} does not exist. Make it, or name another file.") from None
    except (FileExistsError, NotADirectoryError):
        raise StoreError(f"{path}: {folder} is a file, not a folder. Name another file with --db.") from None


def _no_database(path: Path) -> str:
    return f"{path} is not a database. Name another file with --db, or move this one away."


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another one that gets its name; None where there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _stillness(path: Path) -> _Stillness | None:
    """None where someone may be writing, or may have died while writing."""
    real = os.path.realpath(path)
    if any(os.path.exists(f"{real}{ending}") for ending in ("-wal", "-journal")):
        return None
    try:
        status = os.stat(real)
    except FileNotFoundError:
        return None
    return _Stillness(status.st_ino, status.st_size, status.st_mtime_ns)


def _is(error: sqlite3.Error, *names: str) -> bool:
    """Whether an error is of one of these kinds, extended codes ("SQLITE_READONLY_DIRECTORY") included."""
    name = getattr(error, "sqlite_errorname", None) or ""
    return any(name == kind or name.startswith(f"{kind}_") for kind in names)


def _some(names: list[str]) -> str:
    return ", ".join(names[:4]) + (", …" if len(names) > 4 else "")
