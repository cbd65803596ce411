"""X.509 certificates made in memory: deterministic keys, deterministic signatures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from desktop.wire.enrolment import EnrolmentReply

if TYPE_CHECKING:
    from desktop.wire.enrolment import EnrolmentRequest

BORN = datetime(2021, 5, 1, tzinfo=UTC)
"""From when test certificates are valid, a month before tests happen."""

USE = timedelta(days=90)
"""How long their private keys are used."""

VACCINATION = x509.ObjectIdentifier("1.3.6.1.4.1.1847.2021.1.2")
RECOVERY = x509.ObjectIdentifier("1.3.6.1.4.1.1847.2021.1.3")


def key(number: int) -> ec.EllipticCurvePrivateKey:
    """The P-256 key with this secret number."""
    return ec.derive_private_key(number, ec.SECP256R1())


AUTHORITY = key(0xCA)


def certificate(  # noqa: PLR0913 - each argument is one field of a certificate that tests vary
    public_key: ec.EllipticCurvePublicKey,
    *,
    name: str = "terminal",
    country: str = "DE",
    usages: tuple[x509.ObjectIdentifier, ...] = (VACCINATION,),
    born: datetime = BORN,
    use: timedelta | None = USE,
    valid: timedelta = USE + timedelta(days=365),
) -> bytes:
    """A certificate by the test authority, DER."""
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, country),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")]))
        .public_key(public_key)
        .serial_number(1000 + len(name))
        .not_valid_before(born)
        .not_valid_after(born + valid)
    )
    if usages:
        builder = builder.add_extension(x509.ExtendedKeyUsage(usages), critical=False)
    if use is not None:
        builder = builder.add_extension(x509.PrivateKeyUsagePeriod(born, born + use), False)
    return builder.sign(AUTHORITY, hashes.SHA256(), ecdsa_deterministic=True).public_bytes(
        Encoding.DER
    )


def enrolment_reply(
    request: EnrolmentRequest, *, terminal_id: str = "T-0001", born: datetime = BORN
) -> EnrolmentReply:
    """What a centre answers to a request: both keys certified, roots with another terminal's."""
    signing, device = (
        x509.load_der_x509_csr(csr).public_key()
        for csr in (request.signing_csr, request.device_csr)
    )
    if not (
        isinstance(signing, ec.EllipticCurvePublicKey)
        and isinstance(device, ec.EllipticCurvePublicKey)
    ):
        msg = "not elliptic"
        raise TypeError(msg)
    dsc = certificate(signing, name="dsc", born=born)
    return EnrolmentReply(
        terminal_id=terminal_id,
        dsc=dsc,
        device_certificate=certificate(device, name="device", usages=(), use=None, born=born),
        roots=(dsc, certificate(key(0xD5C).public_key(), name="another terminal", born=born)),
    )
