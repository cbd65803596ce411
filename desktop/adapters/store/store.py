"""The Store port on one encrypted SQLite file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.adapters.store import journal, outbox, schema
from desktop.adapters.store.connection import (
    Guard,
    connect,
    discard,
    empty_log,
    keyed,
    translated,
)
from desktop.core.errors import ErrorCode, StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    import apsw

    from desktop.core.audit import AuditEntry
    from desktop.core.issuance import Commit, HistoryLine, Issuance, PrintState
    from desktop.core.outbox import OutboxCounts, OutboxItem
    from desktop.core.status import Realm


class SqliteStore:
    """The durable memory of one terminal; made by :meth:`open`, used by one thread at a time."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    @classmethod
    def open(
        cls, path: Path, *, key: bytes, realm: Realm, steps: Sequence[str] = schema.STEPS
    ) -> SqliteStore:
        """Open the store, making or migrating it where needed.

        Args:
            path: The file; its folder exists.
            key: 32 bytes.
            realm: The world that asks.
            steps: How the tables came to be.

        Raises:
            StoreError: The store is in use, of the other realm, from a newer program, locked with
                another key, damaged, or cannot write.
        """
        return cls(Guard(lambda: _open(path, key, realm, steps)))

    def commit(self, commit: Commit) -> Issuance:
        """Write journal, history, outbox event and audit entry; or answer with the first try.

        Raises:
            StoreError: ATTEMPT_ERASED: the first try's certificate is not here any more.
        """
        attempt_id = commit.issuance.attempt_id
        with self._guard.transaction() as connection:
            repeated = journal.was_issued(connection, attempt_id)
            stored = journal.of_attempt(connection, attempt_id) if repeated else commit.issuance
            if not repeated:
                outbox.insert(connection, commit.event)
                journal.insert(connection, commit.issuance)
                journal.append_audit(connection, commit.audit)
        return _kept(stored)

    def issuance_of_attempt(self, attempt_id: str) -> Issuance | None:
        """The issuance of an attempt; None if it was never issued.

        Raises:
            StoreError: ATTEMPT_ERASED: it was issued, and is not here any more.
        """
        with self._guard.transaction() as connection:
            issued = journal.was_issued(connection, attempt_id)
            stored = journal.of_attempt(connection, attempt_id)
        return _kept(stored) if issued else None

    def issuance(self, event_id: bytes) -> Issuance | None:
        """The issuance behind an event, while the journal has it."""
        with self._guard.transaction() as connection:
            return journal.of_event(connection, event_id)

    def never_shown(self) -> Issuance | None:
        """The latest committed certificate that nobody has seen yet."""
        with self._guard.transaction() as connection:
            return journal.never_shown(connection)

    def mark_shown(self, event_id: bytes, at: datetime) -> None:
        """Remember that the code was shown or handed out; the first time counts."""
        with self._guard.transaction() as connection:
            journal.mark_shown(connection, event_id, at)

    def mark_printed(self, event_id: bytes, state: PrintState) -> None:
        """Remember what became of the paper."""
        with self._guard.transaction() as connection:
            journal.mark_printed(connection, event_id, state)

    def history(self, limit: int) -> tuple[HistoryLine, ...]:
        """The newest issuances first."""
        with self._guard.transaction() as connection:
            return journal.history(connection, limit)

    def issued_since(self, moment: datetime) -> int:
        """How many certificates were issued at or after a moment."""
        with self._guard.transaction() as connection:
            return journal.issued_since(connection, moment)

    def counts(self) -> OutboxCounts:
        """The outbox in numbers."""
        with self._guard.transaction() as connection:
            return outbox.counts(connection)

    def outstanding(self, limit: int) -> tuple[OutboxItem, ...]:
        """Events that the centre has not acknowledged: parked ones first, then the oldest."""
        with self._guard.transaction() as connection:
            return outbox.outstanding(connection, limit)

    def recover(self) -> int:
        """Put events that were in flight when the program ended back to pending; how many."""
        with self._guard.transaction() as connection:
            return outbox.recover(connection)

    def claim(self, now: datetime) -> tuple[OutboxItem, ...]:
        """Take the next batch for sending: due, fewest attempts first, then oldest."""
        with self._guard.transaction() as connection:
            return outbox.claim(connection, now)

    def settle(self, items: Sequence[OutboxItem], at: datetime) -> None:
        """Write the new state of events that were in flight, all in one transaction."""
        with self._guard.transaction() as connection:
            outbox.settle(connection, items, at)

    def next_due(self) -> datetime | None:
        """When the next pending event may be sent; None if none waits."""
        with self._guard.transaction() as connection:
            return outbox.next_due(connection)

    def erase_due(self, now: datetime, closed_before: datetime) -> int:
        """Erase journal rows whose time is over, from the write-ahead log, too; how many."""
        with self._guard.transaction() as connection:
            erased = journal.erase_due(connection, now, closed_before)
        if erased:
            self._guard.empty_log()
        return erased

    def record(self, entry: AuditEntry) -> None:
        """Append an audit entry that belongs to no other transaction."""
        with self._guard.transaction() as connection:
            journal.append_audit(connection, entry)

    def close(self) -> None:
        """End: flush, truncate the write-ahead log, give the files back."""
        self._guard.close()


def _kept(stored: Issuance | None) -> Issuance:
    """The certificate of an attempt that was issued; raises if the journal has forgotten it."""
    if stored is None:
        raise StoreError(ErrorCode.ATTEMPT_ERASED)
    return stored


def _open(path: Path, key: bytes, realm: Realm, steps: Sequence[str]) -> apsw.Connection:
    connection = connect(path, key)
    try:
        with translated():
            migrated = schema.migrate(
                connection, lambda version: _copy(connection, path, version, key), steps
            )
            if not migrated:
                _erase_copies(path)
            schema.sign_in(connection, realm)
            empty_log(connection)
    except OSError as error:
        discard(connection)
        raise StoreError(ErrorCode.FILE_UNWRITABLE, file=path.name) from error
    except BaseException:
        discard(connection)
        raise
    return connection


def _copy(source: apsw.Connection, path: Path, version: int, key: bytes) -> None:
    """The file as it was at a version, under the same key, beside it."""
    file = path.with_name(f"{path.name}.version-{version}")
    file.unlink(missing_ok=True)
    target = keyed(file, key)
    try:
        with target.backup("main", source, "main") as backup:
            backup.step()
    finally:
        target.close()


def _erase_copies(path: Path) -> None:
    for copy in path.parent.glob(f"{path.name}.version-*"):
        copy.unlink()
