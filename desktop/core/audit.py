"""The terminal's diary: who did what when, chained by hashes, without customers' data."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

GENESIS = bytes(32)
"""What the first entry names as its predecessor."""


class AuditAction(StrEnum):
    """What an entry can say."""

    ENROLLED = "enrolled"
    ISSUED = "issued"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One entry before it takes its place in the chain.

    Attributes:
        at: When (UTC).
        actor: Staff id, or ``terminal``.
        action: What was done.
        object: Hexadecimal hash of what it was done to (SHA-256 of the UVCI); no personal data.
    """

    at: datetime
    actor: str
    action: AuditAction
    object: str


def chain_hash(previous: bytes, sequence: int, entry: AuditEntry) -> bytes:
    """The hash that binds an entry to its place: SHA-256 over all of it and its predecessor."""
    fields = (str(sequence), entry.at.isoformat(), entry.actor, entry.action, entry.object)
    digest = hashlib.sha256(previous)
    for field in fields:
        raw = field.encode()
        digest.update(len(raw).to_bytes(4, "big"))
        digest.update(raw)
    return digest.digest()
