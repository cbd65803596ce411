"""The one connection to the store's file, and what becomes of it after an error.

The file is encrypted as a whole (SQLite3 Multiple Ciphers, ChaCha20-Poly1305 with a raw key). It
is opened under an exclusive lock, which also spares the shared-memory file; every setting that
durability and erasing hang on is read back after it was set.

After an error nothing that this connection remembers is believed any more: it is thrown away
without touching the files. The next call opens them anew, checks every page and writes all of the
write-ahead log afresh into the database, because after a failed fsync the system may hold pages
in memory that never reached the disk (Rebello et al., USENIX ATC 2020). If that fails, too, the
store stays blocked until the program is started again.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

import apsw

from desktop.adapters.files import create_private
from desktop.core.errors import ErrorCode, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

OLDEST_SQLITE: Final = (3, 51, 3)
"""The first release whose write-ahead log cannot be reset under a reader."""

KEY_BYTES: Final = 32

_PRAGMAS: Final[dict[str, int]] = {
    "synchronous": 2,  # FULL: a commit is on the disk when it returns
    "fullfsync": 1,  # macOS: past the drive's cache, too
    "checkpoint_fullfsync": 1,
    "secure_delete": 1,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
}

_log = logging.getLogger(__name__)


def connect(path: Path, key: bytes) -> apsw.Connection:
    """Open the file (made if absent) with its key and all settings, and check every page.

    Raises:
        StoreError: The library is too old, the key does not fit, another process has the file, a
            page is damaged, or a setting did not take.
    """
    if sqlite_version() < OLDEST_SQLITE:
        raise StoreError(ErrorCode.STORE_BROKEN, sqlite=apsw.sqlite_lib_version())
    with translated():
        connection = keyed(path, key)
        try:
            _settle_in(connection)
        except BaseException:
            discard(connection)
            raise
    return connection


def sqlite_version() -> tuple[int, ...]:
    """The version of the SQLite library inside."""
    return tuple(int(part) for part in apsw.sqlite_lib_version().split("."))


def keyed(path: Path, key: bytes) -> apsw.Connection:
    """A connection that has its key but has read nothing yet; lets library errors through."""
    if len(key) != KEY_BYTES:
        msg = "the store key has 32 bytes"
        raise ValueError(msg)
    try:
        create_private(path)
    except OSError as error:
        raise StoreError(ErrorCode.FILE_UNWRITABLE, file=path.name) from error
    connection = apsw.Connection(str(path))
    connection.pragma("cipher", "chacha20")
    connection.pragma("key", f"raw:{key.hex()}")
    return connection


def _settle_in(connection: apsw.Connection) -> None:
    connection.pragma("locking_mode", "EXCLUSIVE")
    try:
        mode = connection.pragma("journal_mode", "WAL")
    except apsw.NotADBError as error:
        raise StoreError(ErrorCode.STORE_LOCKED_OUT) from error
    if mode != "wal":
        raise StoreError(ErrorCode.STORE_BROKEN, pragma="journal_mode")
    for name, value in _PRAGMAS.items():
        connection.pragma(name, value)
        if connection.pragma(name) != value:
            raise StoreError(ErrorCode.STORE_BROKEN, pragma=name)
    if connection.pragma("quick_check") != "ok":
        raise StoreError(ErrorCode.STORE_BROKEN, check="quick_check")


def empty_log(connection: apsw.Connection) -> None:
    """Write the write-ahead log into the database, durably, and cut it to nothing."""
    busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()[0]
    if busy:
        raise StoreError(ErrorCode.STORE_BUSY)


def discard(connection: apsw.Connection) -> None:
    """Close without writing anything: what is in memory is not to be believed."""
    with suppress(apsw.Error):
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    with suppress(apsw.Error):
        connection.close()


@contextmanager
def translated() -> Iterator[None]:
    """Library errors become store errors here, at the edge."""
    try:
        yield
    except apsw.Error as error:
        _log.error("store failed: %d", getattr(error, "extendedresult", 0))
        raise StoreError(_code(error)) from error


def _code(error: apsw.Error) -> ErrorCode:
    match error:
        case apsw.FullError():
            return ErrorCode.STORE_FULL
        case apsw.BusyError() | apsw.LockedError():
            return ErrorCode.STORE_BUSY
        case _:
            return ErrorCode.STORE_BROKEN


class Guard:
    """The one connection, replaced after an error, blocked if the replacement fails.

    Args:
        opening: Opens a connection that may be believed, or raises StoreError.
    """

    def __init__(self, opening: Callable[[], apsw.Connection]) -> None:
        self._opening = opening
        self._connection: apsw.Connection | None = opening()
        self._blocked = False

    @contextmanager
    def transaction(self) -> Iterator[apsw.Connection]:
        """One transaction: committed durably when the block ends, not at all if it raises.

        An error of COMMIT leaves open what the files hold; the caller is told that nothing
        happened, and has to be content to find it there later.
        """
        with self._believed() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")

    def empty_log(self) -> None:
        """Let nothing that was erased live on in the write-ahead log."""
        with self._believed() as connection:
            empty_log(connection)

    def close(self) -> None:
        """Write the log into the database and give the files back; nothing is possible after."""
        try:
            if self._connection is not None:
                with self._believed() as connection:
                    empty_log(connection)
                    connection.close()
        finally:
            self._drop()
            self._blocked = True

    @contextmanager
    def _believed(self) -> Iterator[apsw.Connection]:
        """The connection, thrown away if anything goes wrong while it is used."""
        connection = self._usable()
        try:
            with translated():
                yield connection
        except BaseException:
            self._drop()
            raise

    def _usable(self) -> apsw.Connection:
        if self._blocked:
            raise StoreError(ErrorCode.STORE_BROKEN)
        if self._connection is None:
            try:
                self._connection = self._opening()
            except StoreError as error:
                # A full disk may be emptied by a person; nothing else gets better by trying.
                self._blocked = error.code is not ErrorCode.STORE_FULL
                raise
        return self._connection

    def _drop(self) -> None:
        if self._connection is not None:
            discard(self._connection)
            self._connection = None
