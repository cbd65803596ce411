"""Keys in sealed files of the vault: for terminals without a token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from cryptography.x509.oid import NameOID

from desktop.core.errors import ErrorCode, SigningError
from desktop.hcert.cose import Signature
from desktop.hcert.dsc import Dsc
from desktop.hcert.errors import HcertError
from desktop.wire.enrolment import EnrolmentReply, EnrolmentRequest
from desktop.wire.version import WireError

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.adapters.vault import Vault
    from desktop.hcert.cose import ToBeSigned
    from desktop.wire.envelope import EnvelopeToBeSigned

_SIGNING: Final = "signing.key"
_DEVICE: Final = "device.key"
_ENROLMENT: Final = "enrolment"

_COORDINATE_BYTES: Final = 32


class SoftwareKey:
    """One P-256 key in the vault; it is read when it is first needed.

    Args:
        vault: The safe.
        name: Under which name it lies there.
    """

    def __init__(self, vault: Vault, name: str) -> None:
        self._vault = vault
        self._name = name
        self._private: ec.EllipticCurvePrivateKey | None = None

    def sign(self, message: bytes) -> Signature:
        """ES256 over a message.

        Raises:
            SigningError: There is no key, or it cannot be read.
        """
        private = self._read()
        if private is None:
            raise SigningError(ErrorCode.KEY_MISSING)
        r, s = decode_dss_signature(private.sign(message, ec.ECDSA(hashes.SHA256())))
        parts = (number.to_bytes(_COORDINATE_BYTES, "big") for number in (r, s))
        return Signature(b"".join(parts))

    def request(self, subject: x509.Name) -> bytes:
        """A certification request, DER; the key is made, and durable, before it is asked for.

        Raises:
            SigningError: The key cannot be read or written.
        """
        builder = x509.CertificateSigningRequestBuilder().subject_name(subject)
        csr = builder.sign(self._read() or self._make(), hashes.SHA256())
        return csr.public_bytes(Encoding.DER)

    def owns(self, certificate: Dsc) -> bool:
        """Is a certificate about this key.

        Raises:
            SigningError: The key cannot be read.
        """
        private = self._read()
        return private is not None and certificate.public_key == private.public_key()

    def _read(self) -> ec.EllipticCurvePrivateKey | None:
        if self._private is None:
            der = self._vault.read(self._name)
            self._private = None if der is None else _private_key(der)
        return self._private

    def _make(self) -> ec.EllipticCurvePrivateKey:
        private = ec.generate_private_key(ec.SECP256R1())
        der = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        self._vault.write(self._name, der)
        self._private = private
        return private


def _private_key(der: bytes) -> ec.EllipticCurvePrivateKey:
    try:
        private = load_der_private_key(der, password=None)
    except ValueError as error:
        raise SigningError(ErrorCode.KEY_UNREADABLE) from error
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise SigningError(ErrorCode.KEY_UNREADABLE)
    return private


@dataclass(frozen=True, slots=True)
class _Enrolment:
    """The centre's reply, read."""

    terminal_id: str
    dsc: Dsc
    device: Dsc
    roots: tuple[Dsc, ...]

    @classmethod
    def of(cls, reply: EnrolmentReply) -> _Enrolment:
        """Read the certificates in a reply; raises HcertError."""
        dsc, device, *roots = map(Dsc.from_der, (reply.dsc, reply.device_certificate, *reply.roots))
        return cls(reply.terminal_id, dsc, device, tuple(roots))


class SoftwareDeviceKey:
    """The DeviceKey port of a :class:`SoftwareKeys`.

    Args:
        key: The key.
        enrolment: Looks up the enrolment; None while there is none.
    """

    def __init__(self, key: SoftwareKey, enrolment: Callable[[], _Enrolment | None]) -> None:
        self._key = key
        self._enrolment = enrolment

    @property
    def terminal_id(self) -> str | None:
        """The centre's name for this terminal, None while it is not enrolled."""
        enrolment = self._enrolment()
        return None if enrolment is None else enrolment.terminal_id

    @property
    def kid(self) -> bytes | None:
        """First 8 bytes of the SHA-256 of the device certificate's DER, None before enrolment."""
        enrolment = self._enrolment()
        return None if enrolment is None else enrolment.device.kid

    def sign(self, to_be_signed: EnvelopeToBeSigned) -> Signature:
        """Sign a message; raises SigningError without a certified, readable key."""
        if self._enrolment() is None:
            raise SigningError(ErrorCode.KEY_MISSING)
        return self._key.sign(to_be_signed.message)


class SoftwareKeys:
    """The KeyRing port on sealed files.

    Args:
        vault: The safe.
        issuer_id: The pharmacy's id in certificate identifiers.
        country: ISO 3166-1 alpha-2.

    Raises:
        SigningError: The kept certificates cannot be read.
    """

    def __init__(self, vault: Vault, *, issuer_id: str, country: str) -> None:
        self._vault = vault
        self._issuer_id = issuer_id
        self._country = country
        self._signing = SoftwareKey(vault, _SIGNING)
        self._device_key = SoftwareKey(vault, _DEVICE)
        self._device = SoftwareDeviceKey(self._device_key, lambda: self._enrolment)
        self._enrolment = _kept_enrolment(vault)

    @property
    def dsc(self) -> Dsc | None:
        """The certificate of the signing key, None while the terminal is not enrolled."""
        return None if self._enrolment is None else self._enrolment.dsc

    @property
    def device(self) -> SoftwareDeviceKey:
        """The device key."""
        return self._device

    @property
    def roots(self) -> tuple[Dsc, ...]:
        """The centre's published certificates that this terminal trusts for reading, own first."""
        return () if self._enrolment is None else self._enrolment.roots

    def sign(self, to_be_signed: ToBeSigned) -> Signature:
        """Sign a certificate; raises SigningError without a certified, readable key."""
        if self._enrolment is None:
            raise SigningError(ErrorCode.KEY_MISSING)
        return self._signing.sign(to_be_signed.message)

    def request(self) -> EnrolmentRequest:
        """The request that asks the centre to certify both keys; makes them if there are none.

        Both are durable when this returns: after a power cut the same keys ask again.

        Raises:
            SigningError: A key is there and cannot be read, or cannot be written.
        """
        subject = x509.Name(
            [
                x509.NameAttribute(NameOID.COUNTRY_NAME, self._country),
                x509.NameAttribute(NameOID.COMMON_NAME, self._issuer_id),
            ]
        )
        return EnrolmentRequest(
            signing_csr=self._signing.request(subject),
            device_csr=self._device_key.request(subject),
            issuer_id=self._issuer_id,
            country=self._country,
        )

    def accept(self, reply: EnrolmentReply) -> None:
        """Keep the centre's certificates, durably.

        Raises:
            SigningError: They do not belong to our keys (CENTRE_GARBLED), or could not be kept.
        """
        try:
            enrolment = _Enrolment.of(reply)
        except HcertError as error:
            raise SigningError(ErrorCode.CENTRE_GARBLED) from error
        if not (self._signing.owns(enrolment.dsc) and self._device_key.owns(enrolment.device)):
            raise SigningError(ErrorCode.CENTRE_GARBLED)
        self._vault.write(_ENROLMENT, reply.encode())
        self._enrolment = enrolment


def _kept_enrolment(vault: Vault) -> _Enrolment | None:
    kept = vault.read(_ENROLMENT)
    if kept is None:
        return None
    try:
        return _Enrolment.of(EnrolmentReply.decode(kept))
    except (WireError, HcertError) as error:
        raise SigningError(ErrorCode.KEY_UNREADABLE) from error
