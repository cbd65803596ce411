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

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from desktop.wire.batch import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.wire.batch import EventVerdict


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
        base: What is doubled at each try: after the first, the pause is at most twice this.
        cap: No pause is longer.
    """

    base: timedelta = timedelta(seconds=1)
    cap: timedelta = timedelta(seconds=300)

    def delay(self, attempts: int, chance: float) -> timedelta:
        """The pause after ``attempts`` tries; ``chance`` is uniform in [0, 1)."""
        limit = min(self.cap, self.base * (1 << min(attempts, 30)))
        return limit * chance


LONGEST_PAUSE: Final = timedelta(hours=6)
"""No event is put off for longer. One that is due later still was dated by a clock that has been
put right since; it is due now, lest it wait until that day comes."""

CLAIMED: Final[Mapping[OutboxState, OutboxState]] = {
    OutboxState.PENDING: OutboxState.IN_FLIGHT,
}
"""Where claiming for a batch leads; from no other state."""

RECOVERED: Final[Mapping[OutboxState, OutboxState]] = {
    OutboxState.PENDING: OutboxState.PENDING,
    OutboxState.IN_FLIGHT: OutboxState.PENDING,
    OutboxState.ACKNOWLEDGED: OutboxState.ACKNOWLEDGED,
    OutboxState.PARKED: OutboxState.PARKED,
}
"""Where a start after any end of the program leads."""

SETTLED: Final[Mapping[Verdict | None, OutboxState]] = {
    Verdict.ACCEPTED: OutboxState.ACKNOWLEDGED,
    Verdict.DUPLICATE: OutboxState.ACKNOWLEDGED,
    Verdict.FLAGGED: OutboxState.ACKNOWLEDGED,
    Verdict.PARKED: OutboxState.PARKED,
    Verdict.RETRY: OutboxState.PENDING,
    None: OutboxState.PENDING,
}
"""Where a verdict leads an event in flight; None is *unknown*: no answer, or none that is clear."""


def claimed(item: OutboxItem) -> OutboxItem:
    """The event on its way: in flight, its attempt counted before anything is sent.

    Raises:
        ValueError: It was not pending.
    """
    if item.state not in CLAIMED:
        msg = f"claimed while {item.state}"
        raise ValueError(msg)
    return replace(item, state=CLAIMED[item.state], attempts=item.attempts + 1)


def recovered(item: OutboxItem) -> OutboxItem:
    """The event after a start: what was in flight is pending again and due as it was."""
    return replace(item, state=RECOVERED[item.state])


def settle(
    item: OutboxItem,
    verdict: EventVerdict | None,
    *,
    now: datetime,
    chance: float,
    backoff: Backoff,
) -> OutboxItem:
    """The event after an answer, or after none.

    Args:
        item: An event in flight.
        verdict: What the centre said of it; None if that is unknown, then its last word stands.
        now: UTC.
        chance: Uniform in [0, 1), spreads the next try.
        backoff: How long to wait before the next try.

    Raises:
        ValueError: The event was not in flight, or the verdict is on another event.
    """
    if item.state is not OutboxState.IN_FLIGHT:
        msg = f"settled while {item.state}"
        raise ValueError(msg)
    if verdict is None:
        return _postponed(item, now, chance, backoff)
    if verdict.event_id != item.event_id:
        msg = "a verdict on another event"
        raise ValueError(msg)
    told = replace(item, verdict=verdict.verdict, reason=verdict.reason)
    if SETTLED[verdict.verdict] is OutboxState.PENDING:
        return _postponed(told, now, chance, backoff)
    return replace(told, state=SETTLED[verdict.verdict])


def _postponed(item: OutboxItem, now: datetime, chance: float, backoff: Backoff) -> OutboxItem:
    due_at = now + backoff.delay(item.attempts, chance)
    return replace(item, state=SETTLED[None], due_at=due_at)
