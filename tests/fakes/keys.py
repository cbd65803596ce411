"""Both keys of a terminal in memory, signing with RFC 6979: one history is always the same."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.core.errors import ErrorCode, SigningError
from desktop.hcert.cose import Signature, ToBeSigned
from desktop.hcert.dsc import Dsc
from desktop.hcert.errors import HcertError
from desktop.wire.enrolment import EnrolmentReply, EnrolmentRequest
from tests import certificates

if TYPE_CHECKING:
    from desktop.wire.envelope import EnvelopeToBeSigned


def _sign(key: ec.EllipticCurvePrivateKey, message: bytes) -> Signature:
    der = key.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    r, s = decode_dss_signature(der)
    return Signature(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


def _csr(key: ec.EllipticCurvePrivateKey) -> bytes:
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    signed = builder.sign(key, hashes.SHA256(), ecdsa_deterministic=True)
    return signed.public_bytes(Encoding.DER)


class FakeDeviceKey:
    """The DeviceKey port in memory."""

    def __init__(self, ring: FakeKeys, key: ec.EllipticCurvePrivateKey) -> None:
        self._ring = ring
        self.key = key

    @property
    def terminal_id(self) -> str | None:
        reply = self._ring.reply
        return None if reply is None else reply.terminal_id

    @property
    def kid(self) -> bytes | None:
        reply = self._ring.reply
        return None if reply is None else hashlib.sha256(reply.device_certificate).digest()[:8]

    def sign(self, to_be_signed: EnvelopeToBeSigned) -> Signature:
        self._ring.ready()
        return _sign(self.key, to_be_signed.message)


class FakeKeys:
    """The KeyRing port in memory.

    ``fault`` makes signing fail with that code until it is cleared. ``FakeKeys.enrolled()`` has
    its certificates already; ``FakeKeys()`` is a terminal before its first contact.
    """

    def __init__(self, number: int = 1, *, issuer_id: str = "APO1", country: str = "DE") -> None:
        self.key = certificates.key(2 * number)
        self.reply: EnrolmentReply | None = None
        self.fault: ErrorCode | None = None
        self._device = FakeDeviceKey(self, certificates.key(2 * number + 1))
        self._issuer_id, self._country = issuer_id, country

    @classmethod
    def enrolled(cls, number: int = 1, *, terminal_id: str = "T-0001") -> FakeKeys:
        keys = cls(number)
        keys.accept(certificates.enrolment_reply(keys.request(), terminal_id=terminal_id))
        return keys

    @property
    def dsc(self) -> Dsc | None:
        return None if self.reply is None else Dsc.from_der(self.reply.dsc)

    @property
    def device(self) -> FakeDeviceKey:
        return self._device

    @property
    def roots(self) -> tuple[Dsc, ...]:
        return () if self.reply is None else tuple(Dsc.from_der(der) for der in self.reply.roots)

    def request(self) -> EnrolmentRequest:
        return EnrolmentRequest(
            signing_csr=_csr(self.key),
            device_csr=_csr(self._device.key),
            issuer_id=self._issuer_id,
            country=self._country,
        )

    def accept(self, reply: EnrolmentReply) -> None:
        try:
            dsc, device, *_ = map(Dsc.from_der, (reply.dsc, reply.device_certificate, *reply.roots))
        except HcertError as error:
            raise SigningError(ErrorCode.CENTRE_GARBLED) from error
        for certificate, key in ((dsc, self.key), (device, self._device.key)):
            if certificate.public_key != key.public_key():
                raise SigningError(ErrorCode.CENTRE_GARBLED)
        self.reply = reply

    def sign(self, to_be_signed: ToBeSigned) -> Signature:
        self.ready()
        return _sign(self.key, to_be_signed.message)

    def ready(self) -> None:
        """Raise what signing has to raise now."""
        if self.fault is not None:
            raise SigningError(self.fault)
        if self.reply is None:
            raise SigningError(ErrorCode.KEY_MISSING)
