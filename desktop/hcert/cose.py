"""COSE_Sign1: building what is signed, putting it together, and taking it apart.

RFC 9052 section 4.2 (COSE_Sign1) and 4.4 (Sig_structure); HCERT specification 1.0.8 section 3.3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NewType

from cbor2 import CBORTag

from desktop.hcert import cbor
from desktop.hcert.claims import Claims
from desktop.hcert.errors import Fault, HcertError

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.hcert.entries import Certificate

HEADER_ALGORITHM: Final = 1
HEADER_KID: Final = 4

ES256: Final = -7
"""ECDSA with SHA-256 (RFC 9053 section 2.1)."""

PS256: Final = -37
"""RSASSA-PSS with SHA-256, MGF1 with SHA-256, 32 bytes of salt (RFC 8230 section 2)."""

Signature = NewType("Signature", bytes)
"""An ES256 signature as COSE wants it: r and s, 32 bytes each, big-endian (RFC 9053 2.1)."""


def sig_structure(protected: bytes, payload: bytes) -> bytes:
    """The bytes that are signed (RFC 9052 section 4.4), for ``Signature1`` without more data."""
    return cbor.encode(["Signature1", protected, b"", payload])


@dataclass(frozen=True, slots=True)
class ToBeSigned:
    """A certificate on its way to the signing key; made only by :meth:`of`.

    Attributes:
        protected: The encoded protected header: ES256 and the kid.
        payload: The encoded CWT claims.
    """

    protected: bytes
    payload: bytes

    @classmethod
    def of(  # noqa: PLR0913 - each argument is one claim of the standard
        cls,
        certificate: Certificate,
        *,
        uvci: str,
        country: str,
        issuer_name: str,
        issued_at: datetime,
        expires_at: datetime,
        kid: bytes,
    ) -> ToBeSigned:
        """The claims of a certificate, ready to be signed under a kid of 8 bytes."""
        claims = Claims.of(
            certificate,
            uvci=uvci,
            country=country,
            issuer_name=issuer_name,
            issued_at=issued_at,
            expires_at=expires_at,
        )
        header = cbor.encode({HEADER_ALGORITHM: ES256, HEADER_KID: kid})
        return cls(header, claims.encode())

    @property
    def message(self) -> bytes:
        """The bytes that are signed."""
        return sig_structure(self.protected, self.payload)

    def assemble(self, signature: Signature) -> bytes:
        """The signed message, COSE_Sign1 under tag 18."""
        return assemble(self.protected, self.payload, signature)


def assemble(protected: bytes, payload: bytes, signature: Signature) -> bytes:
    """A COSE_Sign1 message under tag 18 with an empty unprotected header."""
    return cbor.encode(CBORTag(cbor.TAG_COSE_SIGN1, [protected, {}, payload, signature]))


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """A COSE_Sign1 message, taken apart and not yet verified.

    Attributes:
        protected: The protected header as it was signed (it may be empty).
        algorithm: The COSE algorithm number; protected wins over unprotected.
        kid: The key identifier, likewise; None if there is none.
        payload: What was signed.
        signature: The signature's bytes, of any length.
    """

    protected: bytes
    algorithm: int
    kid: bytes | None
    payload: bytes
    signature: bytes

    @property
    def message(self) -> bytes:
        """The bytes that were signed."""
        return sig_structure(self.protected, self.payload)

    @classmethod
    def read(cls, data: bytes) -> SignedMessage:
        """Take a message apart: untagged, under tag 18 or under 61(18).

        Raises:
            HcertError: It is not a COSE_Sign1 message with an algorithm that the standard knows.
        """
        protected, unprotected, payload, signature = _parts(cbor.decode(data))
        header = cbor.decode(protected) if protected else {}
        if not isinstance(header, Mapping):
            raise HcertError(Fault.COSE)
        algorithm = header.get(HEADER_ALGORITHM, unprotected.get(HEADER_ALGORITHM))
        if algorithm not in (ES256, PS256):
            raise HcertError(Fault.ALGORITHM)
        kid = header.get(HEADER_KID, unprotected.get(HEADER_KID))
        if kid is not None and not isinstance(kid, bytes):
            raise HcertError(Fault.COSE)
        return cls(protected, algorithm, kid, payload, signature)


def _parts(value: Any) -> tuple[bytes, Mapping[Any, Any], bytes, bytes]:  # noqa: ANN401 - decoded CBOR
    while isinstance(value, CBORTag):
        value = value.value
    match value:
        case [bytes() as protected, Mapping() as unprotected, bytes() as payload, bytes() as sig]:
            return protected, unprotected, payload, sig
        case _:
            raise HcertError(Fault.COSE)
