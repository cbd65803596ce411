"""Messages of a terminal, signed by its device key.

An envelope is a COSE_Sign1 message (RFC 9052) with ES256. Its protected header names the
algorithm, the key (the first 8 bytes of the SHA-256 of the device certificate's DER), the kind of
content and the suite that seals personal parts (``none`` in version 1).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from desktop.hcert import cbor, cose

if TYPE_CHECKING:
    from desktop.hcert.cose import Signature

HEADER_CONTENT_TYPE: Final = 3
HEADER_SUITE: Final = "suite"


class Suite(StrEnum):
    """How personal parts are sealed to the centre."""

    NONE = "none"


class ContentType(StrEnum):
    """What is inside an envelope."""

    EVENT = "application/tresen-event+cbor"


@dataclass(frozen=True, slots=True)
class EnvelopeToBeSigned:
    """A message on its way to the device key.

    Attributes:
        protected: The encoded protected header.
        payload: The encoded content.
    """

    protected: bytes
    payload: bytes

    @classmethod
    def of(cls, content: ContentType, payload: bytes, *, kid: bytes) -> EnvelopeToBeSigned:
        """An envelope for a payload, to be signed by the device key with this kid."""
        header = {
            cose.HEADER_ALGORITHM: cose.ES256,
            cose.HEADER_CONTENT_TYPE: str(content),
            cose.HEADER_KID: kid,
            HEADER_SUITE: str(Suite.NONE),
        }
        return cls(cbor.encode(header), payload)

    @property
    def message(self) -> bytes:
        """The bytes that are signed."""
        return cose.sig_structure(self.protected, self.payload)

    def assemble(self, signature: Signature) -> bytes:
        """The signed envelope."""
        return cose.assemble(self.protected, self.payload, signature)


def event_id(envelope: bytes) -> bytes:
    """The idempotency key of an event for ever: SHA-256 of its envelope before sealing."""
    return hashlib.sha256(envelope).digest()
