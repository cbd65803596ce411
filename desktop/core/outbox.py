"""What is owed to the centre: the states of one event and everything that may change them.

::

    PENDING ──claim──▶ IN_FLIGHT ──accepted, duplicate, flagged──▶ ACKNOWLEDGED
       ▲                   │ └──────────parked──▶ PARKED
       └──retry, unknown,──┘
          recover at start

Nothing leaves the outbox by itself: a time-out is *unknown*, never *failed*, and goes back to
PENDING; what the centre will not take is PARKED, visible to a person, and blocks nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.wire.batch import Verdict


class OutboxState(StrEnum):
    """Where an event stands."""

    PENDING = "pending"
    IN_FLIGHT = "in_flight"
    ACKNOWLEDGED = "acknowledged"
    PARKED = "parked"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxItem:
    """One event that the centre has to hear of.

    Attributes:
        event_id: SHA-256 of the event's bytes, 32 bytes; the idempotency key for ever.
        body: The event as it travels.
        state: Where it stands.
        attempts: How often it was sent.
        created_at: When it was committed (UTC).
        due_at: Not to be sent before (UTC).
        verdict: The last verdict of the centre, if any.
        reason: The centre's reason code beside that verdict, if any.
    """

    event_id: bytes
    body: bytes
    state: OutboxState
    attempts: int
    created_at: datetime
    due_at: datetime
    verdict: Verdict | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxCounts:
    """The outbox in numbers, as the status strip and ``tresen outbox`` show it."""

    waiting: int
    parked: int
    acknowledged: int
    oldest_waiting_at: datetime | None
    last_acknowledged_at: datetime | None


@dataclass(frozen=True, slots=True)
class Backoff:
    """Full jitter: a uniformly drawn part of a doubling, capped delay.

    Attributes:
        base: The first cap.
        cap: The last cap.
    """

    base: timedelta = timedelta(seconds=1)
    cap: timedelta = timedelta(seconds=300)

    def delay(self, attempts: int, chance: float) -> timedelta:
        """The pause after ``attempts`` tries; ``chance`` is uniform in [0, 1)."""
        limit = min(self.cap, self.base * 2 ** min(attempts, 30))
        return limit * chance
