"""An issued certificate and what became of it: signed, shown, printed, acknowledged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.core.audit import AuditEntry
    from desktop.core.outbox import OutboxItem, OutboxState
    from desktop.hcert.entries import Certificate


class PrintState(StrEnum):
    """What is known of the paper; a failure never touches the certificate."""

    NONE = "none"
    PRINTED = "printed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuance:
    """A committed certificate as the journal keeps it until it is erased.

    Attributes:
        attempt_id: The form's attempt; unique in the store.
        uvci: The certificate identifier; unique in the store.
        event_id: The outbox event that tells the centre of it.
        certificate: What was certified.
        hc1: The text of the code, ``HC1:…``.
        issued_at: ``iat`` (UTC).
        expires_at: ``exp`` (UTC).
        shown_at: When the code was first on screen or handed out (UTC).
        print_state: What is known of the paper.
    """

    attempt_id: str
    uvci: str
    event_id: bytes
    certificate: Certificate
    hc1: str
    issued_at: datetime
    expires_at: datetime
    shown_at: datetime | None = None
    print_state: PrintState = PrintState.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """What the terminal remembers of an issuance without naming the person.

    Attributes:
        event_id: Key to the journal, while the journal has it.
        uvci_end: Last six characters of the identifier.
        product: Key of the value set.
        dose: ``dn``.
        doses: ``sd``.
        issued_at: ``iat`` (UTC).
        state: Where its event stands.
        reason: The centre's reason, if the event is parked.
        readable: The journal still has it: it can be shown and printed again.
    """

    event_id: bytes
    uvci_end: str
    product: str
    dose: int
    doses: int
    issued_at: datetime
    state: OutboxState
    reason: str | None
    readable: bool


@dataclass(frozen=True, slots=True)
class Commit:
    """What one issuing transaction writes, all of it or nothing."""

    issuance: Issuance
    event: OutboxItem
    audit: AuditEntry
