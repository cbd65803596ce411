"""What is remembered of issuances: journal, history and audit; each call inside a transaction."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from desktop.adapters.store.rows import (
    JOURNAL_COLUMNS,
    issuance_of,
    issuance_row,
    line_of,
    micros,
)
from desktop.core.audit import GENESIS, chain_hash
from desktop.core.retention import HISTORY_KEPT, KEPT_AFTER_ACKNOWLEDGEMENT

if TYPE_CHECKING:
    from datetime import datetime

    import apsw

    from desktop.core.audit import AuditEntry
    from desktop.core.issuance import HistoryLine, Issuance, PrintState

_LINE: Final = """
    SELECT history.event_id, uvci_end, product, dose, doses, history.issued_at, state,
        CASE state WHEN 'parked' THEN reason END, journal.event_id IS NOT NULL
    FROM history JOIN outbox USING (event_id) LEFT JOIN journal USING (event_id)
    ORDER BY history.issued_at DESC, history.number DESC LIMIT ?
"""


def insert(connection: apsw.Connection, issuance: Issuance) -> None:
    """Write the history line and the journal row of an event that is in the outbox."""
    vaccination = issuance.certificate.vaccination
    connection.execute(
        "INSERT INTO history (event_id, attempt, uvci_end, product, dose, doses, issued_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            issuance.event_id,
            _attempt_hash(issuance.attempt_id),
            issuance.uvci[-6:],
            vaccination.product,
            vaccination.dose,
            vaccination.doses,
            micros(issuance.issued_at),
        ),
    )
    connection.execute(
        f"INSERT INTO journal ({JOURNAL_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - constant
        issuance_row(issuance),
    )


def of_attempt(connection: apsw.Connection, attempt_id: str) -> Issuance | None:
    """The issuance of an attempt, if the journal has it."""
    return _one(connection, "attempt_id = ?", (attempt_id,))


def was_issued(connection: apsw.Connection, attempt_id: str) -> bool:
    """Whether an attempt has a history line, with or without a journal row."""
    found = connection.execute(
        "SELECT count(*) FROM history WHERE attempt = ?", (_attempt_hash(attempt_id),)
    )
    return bool(found.get)


def of_event(connection: apsw.Connection, event_id: bytes) -> Issuance | None:
    """The issuance behind an event, if the journal has it."""
    return _one(connection, "event_id = ?", (event_id,))


def never_shown(connection: apsw.Connection) -> Issuance | None:
    """The latest certificate that nobody has seen."""
    return _one(connection, "shown_at IS NULL ORDER BY issued_at DESC, rowid DESC LIMIT 1", ())


def mark_shown(connection: apsw.Connection, event_id: bytes, at: datetime) -> None:
    """Remember the first time."""
    connection.execute(
        "UPDATE journal SET shown_at = ? WHERE event_id = ? AND shown_at IS NULL",
        (micros(at), event_id),
    )


def mark_printed(connection: apsw.Connection, event_id: bytes, state: PrintState) -> None:
    """Remember what became of the paper."""
    connection.execute(
        "UPDATE journal SET print_state = ? WHERE event_id = ?", (str(state), event_id)
    )


def history(connection: apsw.Connection, limit: int) -> tuple[HistoryLine, ...]:
    """The newest issuances first; of one moment, the later commit."""
    return tuple(line_of(row) for row in connection.execute(_LINE, (limit,)).fetchall())


def issued_since(connection: apsw.Connection, moment: datetime) -> int:
    """How many were issued at or after a moment."""
    found = connection.execute(
        "SELECT count(*) FROM history WHERE issued_at >= ?", (micros(moment),)
    )
    return int(found.get)


def erase_due(connection: apsw.Connection, now: datetime, closed_before: datetime) -> int:
    """Erase what the port says, and history lines past their 90 days; how many journal rows."""
    connection.execute(
        "DELETE FROM journal WHERE issued_at < ? OR event_id IN"
        " (SELECT event_id FROM outbox WHERE acknowledged_at <= ?)",
        (micros(closed_before), micros(now - KEPT_AFTER_ACKNOWLEDGEMENT)),
    )
    erased = connection.changes()
    _forget_history(connection, now - HISTORY_KEPT)
    return erased


def _forget_history(connection: apsw.Connection, before: datetime) -> None:
    """What is still owed to the centre keeps its line, however old it is."""
    connection.execute(
        "DELETE FROM history WHERE issued_at < ? AND event_id NOT IN (SELECT event_id FROM journal)"
        " AND event_id IN (SELECT event_id FROM outbox WHERE state = 'acknowledged')",
        (micros(before),),
    )
    if connection.changes():
        connection.execute(
            "DELETE FROM outbox WHERE state = 'acknowledged'"
            " AND event_id NOT IN (SELECT event_id FROM history)"
        )


def append_audit(connection: apsw.Connection, entry: AuditEntry) -> None:
    """Give an entry its place at the end of the chain."""
    last = connection.execute("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1").get
    sequence, previous = last or (0, GENESIS)
    connection.execute(
        "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?)",
        (
            sequence + 1,
            micros(entry.at),
            entry.actor,
            str(entry.action),
            entry.object,
            chain_hash(previous, sequence + 1, entry),
        ),
    )


def _attempt_hash(attempt_id: str) -> bytes:
    return hashlib.sha256(attempt_id.encode()).digest()


def _one(
    connection: apsw.Connection, condition: str, values: tuple[str | bytes, ...]
) -> Issuance | None:
    query = f"SELECT {JOURNAL_COLUMNS} FROM journal WHERE {condition}"  # noqa: S608 - constants of this module
    row = connection.execute(query, values).get
    return None if row is None else issuance_of(row)
