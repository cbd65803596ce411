"""The terminal at a glance: what the status strip shows and ``status.json`` holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.core.errors import ErrorCode
    from desktop.core.outbox import OutboxCounts
    from desktop.core.permit import Permit


class Realm(StrEnum):
    """The world a terminal belongs to; its data directory remembers it and refuses the other."""

    PRODUCTION = "production"
    TRAINING = "training"


class Reach(StrEnum):
    """Whether the centre answers."""

    UNKNOWN = "unknown"
    ONLINE = "online"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class Connection:
    """Whether the centre answers, and since when it does or does not.

    Attributes:
        reach: Whether it answers.
        since: Since when (UTC); None while unknown.
        fault: What was in the way the last time.
    """

    reach: Reach = Reach.UNKNOWN
    since: datetime | None = None
    fault: ErrorCode | None = None

    def seen(self, reach: Reach, now: datetime, fault: ErrorCode | None = None) -> Connection:
        """The connection after an answer or its absence; ``since`` moves only when it changes."""
        if reach is self.reach:
            return replace(self, fault=fault)
        return Connection(reach, now, fault)


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalStatus:
    """Everything the status strip answers, published as one value.

    Attributes:
        realm: Production or training.
        connection: Does the centre answer.
        outbox: What waits, what is parked.
        permit: May we sign, until when.
        printer_fault: Why the printer failed last, None when it is fine or was not used.
        printer_set_up: Whether a receipt printer is set up at all.
        issued_today: Certificates issued on the issuer's local date.
    """

    realm: Realm
    connection: Connection
    outbox: OutboxCounts
    permit: Permit
    printer_fault: ErrorCode | None
    printer_set_up: bool
    issued_today: int
