"""Looking back: what was issued, what of it the journal still holds, what the centre is owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.core.issuance import HistoryLine, Issuance
    from desktop.core.outbox import OutboxCounts, OutboxItem
    from desktop.core.ports import Store


class Listing:
    """Reads the store; changes nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def history(self, limit: int) -> tuple[HistoryLine, ...]:
        """The newest issuances first, without names."""
        return self._store.history(limit)

    def issuance(self, event_id: bytes) -> Issuance | None:
        """A certificate to show or print again, while the journal has it."""
        return self._store.issuance(event_id)

    def counts(self) -> OutboxCounts:
        """The outbox in numbers."""
        return self._store.counts()

    def outstanding(self, limit: int) -> tuple[OutboxItem, ...]:
        """Events that the centre has not acknowledged: parked ones first, then the oldest."""
        return self._store.outstanding(limit)
