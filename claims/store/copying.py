"""A copy of a database that others may be writing to, made so that a file with its name is whole."""

import contextlib
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database

from claims.errors import StoreError
from claims.store.connection import Connection, reading_at_once

_PAGES = 5_000
"""Pages that are copied between two lines about how far it is."""


def copy_to(connection: Connection, target: Path, tell: Callable[[str], None], *, force: bool) -> int:
    """Copy a database to the file `target`; returns its size in bytes.

    It is written under another name in the same folder, checked, and gets its own when it is on the disk. StoreError
    where `target` is there already (unless `force`), is this database, or is another one in use.
    """
    try:
        _refuse(connection.path, target, force)
    except OSError as error:  # a folder that may not be looked into
        raise _unwritable(target, error) from error
    partial = target.with_name(f"{target.name}.partial-{os.getpid()}")
    try:
        try:
            connection.read(lambda db: _write(db, partial, tell))
            tell("Checking the copy")
            _check(partial, target)
            os.chmod(partial, connection.path.stat().st_mode & 0o777)
            _to_disk(partial)
            _give_name(partial, target, force)
            _to_disk(target.absolute().parent)
        finally:
            for ending in ("", "-journal"):
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(f"{partial}{ending}")
    except FileExistsError as error:
        raise _there(target) from error
    except OSError as error:
        raise _unwritable(target, error) from error
    return target.stat().st_size


def _refuse(source: Path, target: Path, force: bool) -> None:
    """Say so before any work."""
    if target.exists():
        if target.samefile(source):
            raise StoreError(f"{target} is the database itself. Name another file for the copy.")
        if not target.is_file():
            raise StoreError(
                f"{target} is {'a folder' if target.is_dir() else 'not a regular file'}. Name a file in it."
            )
        if not force:
            raise _there(target)
    real = os.path.realpath(target)
    for ending in ("-wal", "-journal"):
        if os.path.exists(f"{real}{ending}"):
            # SQLite would take what stands in it for a part of the copy.
            raise StoreError(
                f"{real}{ending} is there: {target} is in use, or was when its program died. Name another file."
            )


def _there(target: Path) -> StoreError:
    return StoreError(f"{target} is there already. Name another file, or give --force to overwrite it.")


def _unwritable(target: Path, error: OSError) -> StoreError:
    return StoreError(f"{target} cannot be written ({error.strerror or error}). Name another file.")


def _write(db: Database, partial: Path, tell: Callable[[str], None]) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.unlink(partial)  # of a copy that somebody's writing disturbed
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    copy = sqlite3.connect(partial, isolation_level=None)
    try:
        # Nobody misses it if it is lost half-way.
        copy.execute("PRAGMA synchronous = OFF")
        # With all pages of one moment nothing that others write makes SQLite begin again.
        with reading_at_once(db):
            db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
            db.conn.backup(
                copy,
                pages=_PAGES,
                progress=lambda _, remaining, total: tell(f"Copied {total - remaining:,} of {total:,} pages"),
            )
    except sqlite3.OperationalError as error:
        raise StoreError(f"{partial.parent}: the copy cannot be written ({error}). Nothing was changed.") from error
    finally:
        copy.close()


def _check(partial: Path, target: Path) -> None:
    copy = sqlite3.connect(f"{partial.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        found = copy.execute("PRAGMA quick_check(1)").fetchall()
    except sqlite3.DatabaseError as error:
        found = [(str(error),)]
    finally:
        copy.close()
    if found != [("ok",)]:
        raise StoreError(
            f"{target} was not made: the copy is damaged ({found[0][0]}), as the database may be. `claims check` tells."
        )


def _to_disk(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _give_name(partial: Path, target: Path, force: bool) -> None:
    """Name the copy; what has got that name since it was looked for is not overwritten."""
    if force:
        os.replace(partial, target)
        return
    try:
        os.link(partial, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if os.path.lexists(target):
            raise FileExistsError from None
        os.rename(partial, target)
