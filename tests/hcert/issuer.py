"""An issuer for tests: signs whatever it is given, right or wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from cbor2 import CBORTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from desktop.hcert import armour, cbor, cose
from desktop.hcert.claims import Claims
from desktop.hcert.cose import Signature, ToBeSigned
from desktop.hcert.dsc import Dsc
from desktop.hcert.errors import Fault, HcertError
from desktop.hcert.verify import Trust
from tests import builders, certificates

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.hcert.entries import Certificate

ISSUED = datetime(2021, 6, 1, 10, 0, tzinfo=UTC)
EXPIRES = ISSUED + timedelta(days=365)
DURING = ISSUED + timedelta(days=1)
UVCI = "URN:UVCI:01DE/APO1/0123456789ABCDEFGHIJKL#X"


def sign(key: ec.EllipticCurvePrivateKey, message: bytes) -> Signature:
    """An ES256 signature as COSE wants it, on any curve."""
    r, s = decode_dss_signature(
        key.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    )
    width = (key.key_size + 7) // 8
    return Signature(r.to_bytes(width, "big") + s.to_bytes(width, "big"))


def default_dsc() -> Dsc:
    return Dsc.from_der(certificates.certificate(certificates.key(7).public_key()))


@dataclass(frozen=True)
class Issuer:
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: certificates.key(7))
    dsc: Dsc = field(default_factory=default_dsc)

    @property
    def trust(self) -> Trust:
        return Trust.of([self.dsc])

    def issue(self, certificate: Certificate | None = None) -> str:
        """A certificate as the product makes it."""
        to_be_signed = ToBeSigned.of(
            certificate or builders.a_certificate(),
            uvci=UVCI,
            country="DE",
            issuer_name="Robert Koch-Institut",
            issued_at=ISSUED,
            expires_at=EXPIRES,
            kid=self.dsc.kid,
        )
        return armour.wrap(to_be_signed.assemble(sign(self.key, to_be_signed.message)))

    def sign_payload(self, payload: bytes) -> str:
        """Any payload, signed as it is."""
        header = cbor.encode({cose.HEADER_ALGORITHM: cose.ES256, cose.HEADER_KID: self.dsc.kid})
        message = cose.sig_structure(header, payload)
        return armour.wrap(cose.assemble(header, payload, sign(self.key, message)))

    def sign_dcc(self, dcc: Any, **claims: Any) -> str:
        """Any value in the place of the EU DCC."""
        times = {"issued_at": int(ISSUED.timestamp()), "expires_at": int(EXPIRES.timestamp())}
        return self.sign_payload(Claims(**{"issuer": "DE", "dcc": dcc, **times, **claims}).encode())


def dcc_of(certificate: Certificate | None = None) -> dict[str, Any]:
    """A payload that follows the schema, free to be changed."""
    claims = Claims.of(
        certificate or builders.a_certificate(),
        uvci=UVCI,
        country="DE",
        issuer_name="Robert Koch-Institut",
        issued_at=ISSUED,
        expires_at=EXPIRES,
    )
    assert claims.dcc is not None
    return dict(claims.dcc)


def fault_of(read: Callable[[Any], object], value: object) -> Fault | None:
    """Why something is not read; None if it is."""
    try:
        read(value)
    except HcertError as error:
        return error.fault
    return None


def message(
    protected: object = None,
    unprotected: object = None,
    payload: object = b"payload",
    signature: object = b"signature",
) -> list[object]:
    """The four parts of a COSE_Sign1 message; the protected header is encoded if it is a map."""
    header = {cose.HEADER_ALGORITHM: cose.ES256} if protected is None else protected
    return [
        cbor.encode(header) if isinstance(header, dict) else header,
        {} if unprotected is None else unprotected,
        payload,
        signature,
    ]


def tagged(value: object, *tags: int) -> bytes:
    """A value in CBOR under tags, outermost first."""
    for tag in reversed(tags):
        value = CBORTag(tag, value)
    return cbor.encode(value)
