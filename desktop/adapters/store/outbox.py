"""The events that the centre has to hear of; each call inside a transaction.

Where an event may go is decided in ``core.outbox``; here it is only kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desktop.adapters.store.rows import (
    ITEM_COLUMNS,
    item_of,
    item_row,
    micros,
    moment_or_none,
)
from desktop.core.outbox import LONGEST_PAUSE, OutboxCounts, OutboxState, claimed, recovered
from desktop.wire.batch import BATCH_BYTES, BATCH_EVENTS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    import apsw

    from desktop.core.outbox import OutboxItem

_COUNTS: Final = """
    SELECT count(*) FILTER (WHERE state IN ('pending', 'in_flight')),
        count(*) FILTER (WHERE state = 'parked'),
        count(*) FILTER (WHERE state = 'acknowledged'),
        min(created_at) FILTER (WHERE state IN ('pending', 'in_flight')),
        max(acknowledged_at)
    FROM outbox
"""


def insert(connection: apsw.Connection, item: OutboxItem) -> None:
    """Put an event at the end."""
    connection.execute(
        f"INSERT INTO outbox ({ITEM_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - constant
        item_row(item),
    )


def counts(connection: apsw.Connection) -> OutboxCounts:
    """The outbox in numbers."""
    waiting, parked, acknowledged, oldest, last = connection.execute(_COUNTS).get
    return OutboxCounts(
        waiting=waiting,
        parked=parked,
        acknowledged=acknowledged,
        oldest_waiting_at=moment_or_none(oldest),
        last_acknowledged_at=moment_or_none(last),
    )


def outstanding(connection: apsw.Connection, limit: int) -> tuple[OutboxItem, ...]:
    """What is not acknowledged: parked ones first, then the oldest."""
    return _select(
        connection,
        "state <> 'acknowledged' ORDER BY state <> 'parked', created_at, number LIMIT ?",
        (limit,),
    )


def recover(connection: apsw.Connection) -> int:
    """Put what was in flight back to pending; how many."""
    return _rewrite(connection, map(recovered, _select(connection, "state = 'in_flight'", ())))


def claim(connection: apsw.Connection, now: datetime) -> tuple[OutboxItem, ...]:
    """Take the next batch."""
    due = _select(
        connection,
        "state = 'pending' AND (due_at <= ? OR due_at > ?)"
        " ORDER BY attempts, created_at, number LIMIT ?",
        (micros(now), micros(now + LONGEST_PAUSE), BATCH_EVENTS),
    )
    batch: list[OutboxItem] = []
    size = 0
    for item in due:
        size += len(item.body)
        if batch and size > BATCH_BYTES:
            break
        batch.append(claimed(item))
    _rewrite(connection, batch)
    return tuple(batch)


def settle(connection: apsw.Connection, items: Iterable[OutboxItem], at: datetime) -> None:
    """Write what became of events in flight; an acknowledged one has served its time."""
    for item in items:
        done = item.state is OutboxState.ACKNOWLEDGED
        connection.execute(
            "UPDATE outbox SET body = ?, state = ?, due_at = ?, verdict = ?, reason = ?,"
            " acknowledged_at = ? WHERE event_id = ? AND state = 'in_flight'",
            (
                b"" if done else item.body,
                str(item.state),
                micros(item.due_at),
                None if item.verdict is None else str(item.verdict),
                item.reason,
                micros(at) if done else None,
                item.event_id,
            ),
        )


def next_due(connection: apsw.Connection) -> datetime | None:
    """When the next pending event may be sent."""
    found = connection.execute("SELECT min(due_at) FROM outbox WHERE state = 'pending'")
    return moment_or_none(found.get)


def _select(
    connection: apsw.Connection, condition: str, values: tuple[int, ...]
) -> tuple[OutboxItem, ...]:
    query = f"SELECT {ITEM_COLUMNS} FROM outbox WHERE {condition}"  # noqa: S608 - constants of this module
    return tuple(item_of(row) for row in connection.execute(query, values).fetchall())


def _rewrite(connection: apsw.Connection, items: Iterable[OutboxItem]) -> int:
    """Write state and attempts of events whose content stays."""
    changes = [(str(item.state), item.attempts, item.event_id) for item in items]
    connection.executemany("UPDATE outbox SET state = ?, attempts = ? WHERE event_id = ?", changes)
    return len(changes)
