"""How a terminal asks the centre to certify its two keys, and the answer.

The keys are born on the terminal and never leave it; a request carries a certification request
(PKCS#10, DER) for each. Version 1 of the request: ``{"version": 1, "signing_csr": bytes,
"device_csr": bytes, "issuer_id": text, "country": text}``; of the reply: ``{"version": 1,
"terminal": text, "dsc": bytes, "device_certificate": bytes, "roots": [bytes, …]}``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop.wire import version
from desktop.wire.version import WireError

REQUEST_BYTES: Final = 16 * 1024
"""Most bytes of a request."""

REPLY_BYTES: Final = 1024 * 1024
"""Most bytes of a reply."""

_REQUEST: Final[version.Shape] = {
    "signing_csr": version.BYTES,
    "device_csr": version.BYTES,
    "issuer_id": version.TEXT,
    "country": version.TEXT,
}
_REPLY: Final[version.Shape] = {
    "terminal": version.TEXT,
    "dsc": version.BYTES,
    "device_certificate": version.BYTES,
    "roots": version.LIST,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentRequest:
    """Please certify these two keys.

    Attributes:
        signing_csr: Certification request for the signing key (PKCS#10, DER).
        device_csr: Likewise for the device key.
        issuer_id: The pharmacy's id in certificate identifiers, ``[0-9A-Z]+``.
        country: ISO 3166-1 alpha-2.
    """

    signing_csr: bytes
    device_csr: bytes
    issuer_id: str
    country: str

    def encode(self) -> bytes:
        """The request's bytes."""
        return version.write(
            {
                "signing_csr": self.signing_csr,
                "device_csr": self.device_csr,
                "issuer_id": self.issuer_id,
                "country": self.country,
            }
        )

    @classmethod
    def decode(cls, data: bytes) -> EnrolmentRequest:
        """Read a request.

        Raises:
            WireError: It is not one, byte for byte.
        """
        return cls(**version.read(data, _REQUEST, limit=REQUEST_BYTES))


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentReply:
    """The certified keys.

    Attributes:
        terminal_id: The centre's name for this terminal.
        dsc: The signing key's certificate (DER).
        device_certificate: The device key's certificate (DER).
        roots: The DSCs that verifiers of this centre trust (DER), this terminal's own first.
    """

    terminal_id: str
    dsc: bytes
    device_certificate: bytes
    roots: tuple[bytes, ...]

    def encode(self) -> bytes:
        """The reply's bytes."""
        return version.write(
            {
                "terminal": self.terminal_id,
                "dsc": self.dsc,
                "device_certificate": self.device_certificate,
                "roots": list(self.roots),
            }
        )

    @classmethod
    def decode(cls, data: bytes) -> EnrolmentReply:
        """Read a reply.

        Raises:
            WireError: It is not one, byte for byte.
        """
        members = version.read(data, _REPLY, limit=REPLY_BYTES)
        roots = tuple(members["roots"])
        if not all(type(root) is bytes for root in roots):
            raise WireError
        return cls(
            terminal_id=members["terminal"],
            dsc=members["dsc"],
            device_certificate=members["device_certificate"],
            roots=roots,
        )
