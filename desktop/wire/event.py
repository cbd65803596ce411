"""What a terminal tells the centre: version 1 knows one kind, the issued certificate.

``{"version": 1, "kind": "issue", "terminal": text, "uvci": text, "cose": bytes, "issued_at":
seconds, "batch": text or null, "pack_expiry": text or null}``. It travels in an envelope signed by
the device key of the terminal that issued; the SHA-256 of that envelope is the event's id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop.wire import version
from desktop.wire.version import WireError

KIND_ISSUE: Final = "issue"

EVENT_BYTES: Final = 16 * 1024
"""Most bytes of an event's payload; a certificate at the limits of the schema has 2 kB."""

TRAINING_ISSUER: Final = "TRAINING – UNGÜLTIG / NOT VALID"
"""``is`` of every certificate made in training; a production centre takes none that says so."""

_LATEST: Final = 253_402_300_799
"""The last second of the year 9999."""

_SHAPE: Final[version.Shape] = {
    "kind": version.TEXT,
    "terminal": version.TEXT,
    "uvci": version.TEXT,
    "cose": version.BYTES,
    "issued_at": version.NUMBER,
    "batch": version.OPTIONAL_TEXT,
    "pack_expiry": version.OPTIONAL_TEXT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueEvent:
    """A certificate was issued.

    Attributes:
        terminal: The centre's name for the terminal that issued it.
        uvci: The certificate's identifier.
        cose: The certificate, a COSE_Sign1 message.
        issued_at: ``iat``, seconds since 1970 (UTC), at most to the year 9999.
        batch: The vaccine's lot, as typed or scanned; it is not in the certificate.
        pack_expiry: The last day on which the pack may be used, ``YYYY-MM-DD``.
    """

    terminal: str
    uvci: str
    cose: bytes
    issued_at: int
    batch: str | None = None
    pack_expiry: str | None = None

    def encode(self) -> bytes:
        """The payload of the event's envelope."""
        return version.write(
            {
                "kind": KIND_ISSUE,
                "terminal": self.terminal,
                "uvci": self.uvci,
                "cose": self.cose,
                "issued_at": self.issued_at,
                "batch": self.batch,
                "pack_expiry": self.pack_expiry,
            }
        )

    @classmethod
    def decode(cls, payload: bytes) -> IssueEvent:
        """Read a payload.

        Raises:
            WireError: It is not an event of this kind and version, byte for byte.
        """
        members = version.read(payload, _SHAPE, limit=EVENT_BYTES)
        if members.pop("kind") != KIND_ISSUE or not 0 <= members["issued_at"] <= _LATEST:
            raise WireError
        return cls(**members)
