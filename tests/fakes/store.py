"""The store in memory, with the promises of the real one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from desktop.core.audit import GENESIS, AuditEntry, chain_hash
from desktop.core.errors import ErrorCode, StoreError
from desktop.core.issuance import Commit, HistoryLine, Issuance, PrintState
from desktop.core.outbox import OutboxCounts, OutboxItem, OutboxState, claimed, recovered
from desktop.wire.batch import BATCH_BYTES, BATCH_EVENTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_KEPT_AFTER_ACK = timedelta(minutes=60)
_HISTORY_KEPT = timedelta(days=90)


class FakeStore:
    """The Store port in memory.

    ``fault`` makes every call fail with that code until it is cleared, and nothing happens.
    ``audit`` holds the entries with their chain hashes.
    """

    def __init__(self) -> None:
        self.journal: dict[bytes, Issuance] = {}
        self.lines: dict[bytes, HistoryLine] = {}
        self.attempts: dict[str, bytes] = {}
        self.outbox: dict[bytes, OutboxItem] = {}
        self.acknowledged_at: dict[bytes, datetime] = {}
        self.audit: list[tuple[AuditEntry, bytes]] = []
        self.fault: ErrorCode | None = None
        self.closed = False

    def commit(self, commit: Commit) -> Issuance:
        self._ready()
        issuance, vaccination = commit.issuance, commit.issuance.certificate.vaccination
        if (stored := self.issuance_of_attempt(issuance.attempt_id)) is not None:
            return stored
        taken = {known.uvci for known in self.journal.values()}
        if issuance.uvci in taken or issuance.event_id in self.outbox:
            raise StoreError(ErrorCode.STORE_BROKEN)
        self.journal[issuance.event_id] = issuance
        self.attempts[issuance.attempt_id] = issuance.event_id
        self.outbox[commit.event.event_id] = commit.event
        self.lines[issuance.event_id] = HistoryLine(
            event_id=issuance.event_id,
            uvci_end=issuance.uvci[-6:],
            product=vaccination.product,
            dose=vaccination.dose,
            doses=vaccination.doses,
            issued_at=issuance.issued_at,
            state=commit.event.state,
            reason=None,
            readable=True,
        )
        self.record(commit.audit)
        return issuance

    def issuance_of_attempt(self, attempt_id: str) -> Issuance | None:
        self._ready()
        if (event_id := self.attempts.get(attempt_id)) is None:
            return None
        if event_id not in self.journal:
            raise StoreError(ErrorCode.ATTEMPT_ERASED)
        return self.journal[event_id]

    def issuance(self, event_id: bytes) -> Issuance | None:
        self._ready()
        return self.journal.get(event_id)

    def never_shown(self) -> Issuance | None:
        self._ready()
        unseen = [row for row in self.journal.values() if row.shown_at is None]
        return max(reversed(unseen), key=lambda row: row.issued_at, default=None)

    def mark_shown(self, event_id: bytes, at: datetime) -> None:
        self._ready()
        row = self.journal.get(event_id)
        if row is not None and row.shown_at is None:
            self.journal[event_id] = replace(row, shown_at=at)

    def mark_printed(self, event_id: bytes, state: PrintState) -> None:
        self._ready()
        row = self.journal.get(event_id)
        if row is not None:
            self.journal[event_id] = replace(row, print_state=state)

    def history(self, limit: int) -> tuple[HistoryLine, ...]:
        self._ready()
        by_commit = reversed(self.lines.values())
        newest = sorted(by_commit, key=lambda line: line.issued_at, reverse=True)
        return tuple(self._as_it_stands(line) for line in newest[:limit])

    def issued_since(self, moment: datetime) -> int:
        self._ready()
        return sum(line.issued_at >= moment for line in self.lines.values())

    def counts(self) -> OutboxCounts:
        self._ready()
        by_state = {
            state: [item for item in self.outbox.values() if item.state is state]
            for state in OutboxState
        }
        waiting = by_state[OutboxState.PENDING] + by_state[OutboxState.IN_FLIGHT]
        return OutboxCounts(
            waiting=len(waiting),
            parked=len(by_state[OutboxState.PARKED]),
            acknowledged=len(by_state[OutboxState.ACKNOWLEDGED]),
            oldest_waiting_at=min((item.created_at for item in waiting), default=None),
            last_acknowledged_at=max(self.acknowledged_at.values(), default=None),
        )

    def outstanding(self, limit: int) -> tuple[OutboxItem, ...]:
        self._ready()
        owed = [i for i in self.outbox.values() if i.state is not OutboxState.ACKNOWLEDGED]
        owed.sort(key=lambda item: (item.state is not OutboxState.PARKED, item.created_at))
        return tuple(owed[:limit])

    def recover(self) -> int:
        self._ready()
        flying = [i for i in self.outbox.values() if i.state is OutboxState.IN_FLIGHT]
        self.outbox |= {item.event_id: recovered(item) for item in flying}
        return len(flying)

    def claim(self, now: datetime) -> tuple[OutboxItem, ...]:
        self._ready()
        due = [
            item
            for item in self.outbox.values()
            if item.state is OutboxState.PENDING
            and not now < item.due_at <= now + timedelta(hours=6)
        ]
        batch: list[OutboxItem] = []
        room = BATCH_BYTES
        for item in sorted(due, key=lambda item: (item.attempts, item.created_at))[:BATCH_EVENTS]:
            room -= len(item.body)
            if batch and room < 0:
                break
            batch.append(claimed(item))
        self.outbox |= {item.event_id: item for item in batch}
        return tuple(batch)

    def settle(self, items: Sequence[OutboxItem], at: datetime) -> None:
        self._ready()
        for item in items:
            known = self.outbox.get(item.event_id)
            if known is None or known.state is not OutboxState.IN_FLIGHT:
                continue
            self.outbox[item.event_id] = item
            if item.state is OutboxState.ACKNOWLEDGED:
                self.outbox[item.event_id] = replace(item, body=b"")
                self.acknowledged_at[item.event_id] = at

    def next_due(self) -> datetime | None:
        self._ready()
        pending = [i.due_at for i in self.outbox.values() if i.state is OutboxState.PENDING]
        return min(pending, default=None)

    def erase_due(self, now: datetime, closed_before: datetime) -> int:
        self._ready()
        over = [
            event_id
            for event_id, row in self.journal.items()
            if row.issued_at < closed_before or self._acknowledged_before(event_id, now)
        ]
        for event_id in over:
            del self.journal[event_id]
        for event_id, line in list(self.lines.items()):
            settled = self.outbox[event_id].state is OutboxState.ACKNOWLEDGED
            if settled and event_id not in self.journal and line.issued_at < now - _HISTORY_KEPT:
                del self.lines[event_id], self.outbox[event_id], self.acknowledged_at[event_id]
        self.attempts = {
            attempt: event_id
            for attempt, event_id in self.attempts.items()
            if event_id in self.lines
        }
        return len(over)

    def record(self, entry: AuditEntry) -> None:
        self._ready()
        previous = self.audit[-1][1] if self.audit else GENESIS
        self.audit.append((entry, chain_hash(previous, len(self.audit) + 1, entry)))

    def close(self) -> None:
        self.closed = True

    def _ready(self) -> None:
        if self.fault is not None:
            raise StoreError(self.fault)

    def _acknowledged_before(self, event_id: bytes, now: datetime) -> bool:
        at = self.acknowledged_at.get(event_id)
        return at is not None and at <= now - _KEPT_AFTER_ACK

    def _as_it_stands(self, line: HistoryLine) -> HistoryLine:
        event = self.outbox[line.event_id]
        reason = event.reason if event.state is OutboxState.PARKED else None
        readable = line.event_id in self.journal
        return replace(line, state=event.state, reason=reason, readable=readable)
