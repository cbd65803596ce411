"""A batch of events on its way to the centre, and the verdict on each of them.

Requests and replies are maps in deterministic CBOR (RFC 8949 section 4.2). Version 1 of the
request: ``{"version": 1, "events": [bytes, …]}``; of the reply: ``{"version": 1, "verdicts":
[{"event": 32 bytes, "verdict": text, "reason": text or null}, …]}``, in any order.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

BATCH_EVENTS = 50
"""Most events in a batch."""

BATCH_BYTES = 256 * 1024
"""Most bytes of events in a batch."""


class Verdict(StrEnum):
    """What the centre says of one event."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    FLAGGED = "flagged"
    PARKED = "parked"
    RETRY = "retry"


@dataclass(frozen=True, slots=True)
class EventVerdict:
    """The centre's verdict on one event.

    Attributes:
        event_id: SHA-256 of the event's bytes.
        verdict: What became of it.
        reason: A stable code where the verdict has one (``uvci.conflict``, ``event.unreadable``…).
    """

    event_id: bytes
    verdict: Verdict
    reason: str | None = None
