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
from desktop.hcert.dsc import KID_BYTES
from desktop.hcert.errors import HcertError
from desktop.wire.version import WireError

if TYPE_CHECKING:
    from desktop.hcert.cose import Signature
    from desktop.hcert.dsc import Dsc

HEADER_CONTENT_TYPE: Final = 3
HEADER_SUITE: Final = "suite"

ENVELOPE_BYTES: Final = 20 * 1024
"""Most bytes of an envelope: the longest event, the header and the signature."""


class Suite(StrEnum):
    """How personal parts are sealed to the centre."""

    NONE = "none"


class ContentType(StrEnum):
    """What is inside an envelope."""

    EVENT = "application/tresen-event+cbor"


_CONTENTS: Final = frozenset(str(each) for each in ContentType)


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
            HEADER_CONTENT_TYPE: str(content),
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


@dataclass(frozen=True, slots=True)
class Envelope:
    """An envelope as it came, taken apart; who signed it is known after :meth:`verify`.

    Attributes:
        content: What is inside.
        kid: Which device key claims to have signed.
        payload: The encoded content.
        message: The bytes that were signed.
        signature: Its bytes, of any length.
    """

    content: ContentType
    kid: bytes
    payload: bytes
    message: bytes
    signature: bytes

    @classmethod
    def read(cls, data: bytes) -> Envelope:
        """Take an envelope apart.

        Raises:
            WireError: It is not what :class:`EnvelopeToBeSigned` writes, byte for byte.
        """
        if len(data) > ENVELOPE_BYTES:
            raise WireError
        try:
            signed = cose.SignedMessage.read(data)
            header = cbor.decode(signed.protected)
        except HcertError as error:
            raise WireError from error
        content, kid = header.get(HEADER_CONTENT_TYPE), header.get(cose.HEADER_KID)
        if not isinstance(content, str) or content not in _CONTENTS:
            raise WireError
        if not isinstance(kid, bytes) or len(kid) != KID_BYTES:
            raise WireError
        again = EnvelopeToBeSigned.of(ContentType(content), signed.payload, kid=kid)
        signature = cose.Signature(signed.signature)
        if again.assemble(signature) != data:
            raise WireError
        return cls(ContentType(content), kid, signed.payload, again.message, signature)

    def verify(self, certificate: Dsc) -> bool:
        """Was it signed by the key in this device certificate, which reads like any DSC."""
        return certificate.verify(cose.ES256, self.message, self.signature)


def event_id(envelope: bytes) -> bytes:
    """The idempotency key of an event for ever: SHA-256 of its envelope before sealing."""
    return hashlib.sha256(envelope).digest()
