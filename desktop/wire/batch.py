"""A batch of events on its way to the centre, and the verdict on each of them.

Requests and replies are maps in deterministic CBOR (RFC 8949 section 4.2). Version 1 of the
request: ``{"version": 1, "events": [bytes, …]}``; of the reply: ``{"version": 1, "verdicts":
[{"event": 32 bytes, "verdict": text, "reason": text or null}, …]}``, in any order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from desktop.wire import version
from desktop.wire.version import WireError

if TYPE_CHECKING:
    from collections.abc import Sequence

BATCH_EVENTS: Final = 50
"""Most events in a batch."""

BATCH_BYTES: Final = 256 * 1024
"""Most bytes of events in a batch."""

REQUEST_BYTES: Final = BATCH_BYTES + 1024
"""Most bytes of a request: the events and what CBOR puts around them."""

REPLY_BYTES: Final = 16 * 1024
"""Most bytes of a reply."""

EVENT_ID_BYTES: Final = 32
"""Length of an event's id, a SHA-256."""

_REASON: Final = re.compile(r"[a-z][a-z0-9_.]{0,63}", re.ASCII)

_REQUEST: Final[version.Shape] = {"events": version.LIST}
_REPLY: Final[version.Shape] = {"verdicts": version.LIST}
_VERDICT: Final[version.Shape] = {
    "event": version.BYTES,
    "verdict": version.TEXT,
    "reason": version.OPTIONAL_TEXT,
}


class Verdict(StrEnum):
    """What the centre says of one event."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    FLAGGED = "flagged"
    PARKED = "parked"
    RETRY = "retry"


_VERDICTS: Final = frozenset(str(each) for each in Verdict)


class Reason(StrEnum):
    """Why the centre parked or flagged an event; a terminal takes reasons it does not know, too."""

    EVENT_UNREADABLE = "event.unreadable"
    EVENT_FORGED = "event.forged"
    TERMINAL_UNKNOWN = "terminal.unknown"
    TERMINAL_OTHER = "terminal.other"
    CERTIFICATE_UNREADABLE = "certificate.unreadable"
    CERTIFICATE_FORGED = "certificate.forged"
    CERTIFICATE_CONTRADICTS = "certificate.contradicts"
    CERTIFICATE_KEY_TIME = "certificate.key_time"
    REALM_TRAINING = "realm.training"
    REALM_PRODUCTION = "realm.production"
    UVCI_CONFLICT = "uvci.conflict"


@dataclass(frozen=True, slots=True)
class EventVerdict:
    """The centre's verdict on one event.

    Attributes:
        event_id: SHA-256 of the event's bytes.
        verdict: What became of it.
        reason: A stable code where the verdict has one (see :class:`Reason`).
    """

    event_id: bytes
    verdict: Verdict
    reason: str | None = None


def encode_request(events: Sequence[bytes]) -> bytes:
    """The request that carries these events (envelopes), at most a batch."""
    return version.write({"events": list(events)})


def decode_request(data: bytes) -> tuple[bytes, ...]:
    """The events of a request, in its order; one may stand there twice.

    Raises:
        WireError: It is no request, is empty or carries more than a batch may.
    """
    events = version.read(data, _REQUEST, limit=REQUEST_BYTES)["events"]
    if not 1 <= len(events) <= BATCH_EVENTS or not all(type(event) is bytes for event in events):
        raise WireError
    if sum(map(len, events)) > BATCH_BYTES:
        raise WireError
    return tuple(events)


def encode_reply(verdicts: Sequence[EventVerdict]) -> bytes:
    """The reply that carries these verdicts, at most one an event."""
    listed = [
        {"event": each.event_id, "verdict": str(each.verdict), "reason": each.reason}
        for each in verdicts
    ]
    return version.write({"verdicts": listed})


def decode_reply(data: bytes) -> tuple[EventVerdict, ...]:
    """The verdicts of a reply.

    Raises:
        WireError: It is no reply, has more verdicts than a batch has events, or two on one event.
    """
    listed = version.read(data, _REPLY, limit=REPLY_BYTES)["verdicts"]
    verdicts = tuple(_verdict(each) for each in listed)
    if len(verdicts) > BATCH_EVENTS or len({each.event_id for each in verdicts}) < len(verdicts):
        raise WireError
    return verdicts


def _verdict(value: object) -> EventVerdict:
    members = version.read_map(value, _VERDICT)
    event_id, verdict, reason = members["event"], members["verdict"], members["reason"]
    if len(event_id) != EVENT_ID_BYTES or verdict not in _VERDICTS:
        raise WireError
    if reason is not None and not _REASON.fullmatch(reason):
        raise WireError
    return EventVerdict(event_id, Verdict(verdict), reason)
