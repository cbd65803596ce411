"""The authority that certifies terminals: CSCA-T, apart from any national one.

Profiles of the certificates: facts on security, section 1.4; EU DCC certificate governance,
sections 2.3 and 4.1; HCERT specification 1.0.8 appendix A.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

if TYPE_CHECKING:
    from datetime import datetime

DSC_USE: Final = timedelta(days=30)
"""How long a software key may sign."""

CERTIFICATE_LIFE: Final = timedelta(days=365)
"""How long a certificate may live after the key that signed it was last used."""

DEVICE_LIFE: Final = timedelta(days=365)
"""How long a device key authenticates."""

AUTHORITY_LIFE: Final = timedelta(days=4 * 365)
"""How long the authority's own certificate is valid."""

CLOCK_LEEWAY: Final = timedelta(minutes=10)
"""So much a terminal's clock may be behind ours when it uses its new certificate."""

VACCINATION: Final = x509.ObjectIdentifier("1.3.6.1.4.1.1847.2021.1.2")
"""Extended key usage: may certify vaccinations (HCERT specification appendix A.4)."""

_SERIAL_BYTES: Final = 16
_LEAF_ONLY: Final = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom a certificate names.

    Attributes:
        country: ISO 3166-1 alpha-2.
        issuer_id: The pharmacy.
        terminal: The centre's name for the terminal.
    """

    country: str
    issuer_id: str
    terminal: str


class Authority:
    """A certificate authority with one key.

    Args:
        key: Its private key, P-256.
        certificate: Its own certificate.
    """

    def __init__(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
        self._key = key
        self._certificate = certificate

    @classmethod
    def create(cls, name: str, now: datetime) -> Authority:
        """A new authority with a self-signed certificate."""
        key = ec.generate_private_key(ec.SECP256R1())
        named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        builder = (
            _begun(named, named, key.public_key(), now)
            .not_valid_after(now + AUTHORITY_LIFE)
            .add_extension(x509.BasicConstraints(ca=True, path_length=_LEAF_ONLY), critical=True)
            .add_extension(_key_usage(certificates=True), critical=True)
        )
        return cls(key, builder.sign(key, SHA256()))

    @classmethod
    def load(cls, private_key: bytes, certificate: bytes) -> Authority:
        """An authority as :meth:`export` wrote it.

        Raises:
            ValueError: It is none.
        """
        key = load_der_private_key(private_key, password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            msg = "not a key on an elliptic curve"
            raise ValueError(msg)  # noqa: TRY004 - what is wrong is a stored value, not a call
        return cls(key, x509.load_der_x509_certificate(certificate))

    def export(self) -> tuple[bytes, bytes]:
        """Private key (PKCS#8, DER, not encrypted) and certificate (DER)."""
        private = self._key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return private, self.certificate

    @property
    def certificate(self) -> bytes:
        """Its own certificate (DER)."""
        return self._certificate.public_bytes(Encoding.DER)

    def certify_signing(
        self, public_key: ec.EllipticCurvePublicKey, subject: Subject, now: datetime
    ) -> bytes:
        """A DSC (DER) for a software key: may sign vaccinations for 30 days."""
        use_until = now + DSC_USE
        builder = (
            self._leaf(public_key, subject, now)
            .not_valid_after(use_until + CERTIFICATE_LIFE)
            .add_extension(x509.PrivateKeyUsagePeriod(now - CLOCK_LEEWAY, use_until), False)
            .add_extension(x509.ExtendedKeyUsage([VACCINATION]), False)
        )
        return builder.sign(self._key, SHA256()).public_bytes(Encoding.DER)

    def certify_device(
        self, public_key: ec.EllipticCurvePublicKey, subject: Subject, now: datetime
    ) -> bytes:
        """A device certificate (DER): authenticates messages, signs no certificates."""
        builder = (
            self._leaf(public_key, subject, now)
            .not_valid_after(now + DEVICE_LIFE)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), False)
        )
        return builder.sign(self._key, SHA256()).public_bytes(Encoding.DER)

    def _leaf(
        self, public_key: ec.EllipticCurvePublicKey, subject: Subject, now: datetime
    ) -> x509.CertificateBuilder:
        name = x509.Name(
            [
                x509.NameAttribute(NameOID.COUNTRY_NAME, subject.country),
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, subject.issuer_id),
                x509.NameAttribute(NameOID.COMMON_NAME, subject.terminal),
            ]
        )
        issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        return (
            _begun(name, self._certificate.subject, public_key, now)
            .add_extension(issuer_key, critical=False)
            .add_extension(_key_usage(certificates=False), critical=True)
        )


def _begun(
    subject: x509.Name, issuer: x509.Name, public_key: ec.EllipticCurvePublicKey, now: datetime
) -> x509.CertificateBuilder:
    """What all our certificates have in common."""
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(int.from_bytes(os.urandom(_SERIAL_BYTES), "big") | 1)
        .not_valid_before(now - CLOCK_LEEWAY)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _key_usage(*, certificates: bool) -> x509.KeyUsage:
    """Signs certificates, or signs anything else; nothing more."""
    return x509.KeyUsage(
        digital_signature=not certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )
