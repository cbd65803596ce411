"""Document signer certificates: whose signature counts, when, and for what.

EU DCC certificate governance (dgc-overview), HCERT specification 1.0.8 section 5 and appendix A.4.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_public_key

from desktop.hcert import der as x690
from desktop.hcert.cose import ES256, PS256
from desktop.hcert.errors import Fault, HcertError

if TYPE_CHECKING:
    from datetime import datetime

    from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

KID_BYTES: Final = 8

_EXTENDED_KEY_USAGE: Final = bytes.fromhex("551d25")
_PRIVATE_KEY_USAGE_PERIOD: Final = bytes.fromhex("551d10")
_USAGE_ARCS: Final = (
    bytes.fromhex("2b060104018e378f6501"),  # 1.3.6.1.4.1.1847.2021.1, as registered
    bytes.fromhex("2b06010401008e378f6501"),  # 1.3.6.1.4.1.0.1847.2021.1, as often written
)
_PSS: Final = padding.PSS(padding.MGF1(hashes.SHA256()), salt_length=32)
_PEM: Final = re.compile(rb"-----BEGIN CERTIFICATE-----\s(.*?)-----END CERTIFICATE-----", re.DOTALL)


class Usage(Enum):
    """What a DSC may certify; the last arc of the extended key usage's identifier."""

    TEST = 1
    VACCINATION = 2
    RECOVERY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Dsc:
    """A document signer certificate.

    Attributes:
        der: The certificate.
        kid: The first 8 bytes of its SHA-256.
        not_before: The certificate is valid from then (UTC).
        not_after: The certificate is valid until then (UTC); no ``exp`` may lie beyond.
        use_from: Its key may sign from then: begin of the private key usage period, but never
            before the certificate is valid.
        use_until: Its key may sign until then: its end, but never after ``not_after``.
        usages: What it may certify; empty means everything.
        public_key: Its key.
    """

    der: bytes
    kid: bytes
    not_before: datetime
    not_after: datetime
    use_from: datetime
    use_until: datetime
    usages: frozenset[Usage]
    public_key: PublicKeyTypes

    @classmethod
    def from_der(cls, der: bytes) -> Dsc:
        """Read one certificate.

        Raises:
            HcertError: It is none, or its key is of a kind that nobody can read.
        """
        parts = x690.CertificateParts.read(der)
        period = parts.extensions.get(_PRIVATE_KEY_USAGE_PERIOD)
        use_from, use_until = x690.period(period) if period is not None else (None, None)
        return cls(
            der=der,
            kid=hashlib.sha256(der).digest()[:KID_BYTES],
            not_before=parts.not_before,
            not_after=parts.not_after,
            use_from=max(use_from or parts.not_before, parts.not_before),
            use_until=min(use_until or parts.not_after, parts.not_after),
            usages=_usages(parts.extensions.get(_EXTENDED_KEY_USAGE)),
            public_key=_public_key(parts.public_key),
        )

    @classmethod
    def all_from(cls, data: bytes) -> tuple[Dsc, ...]:
        """Read a file: one certificate in DER, or any number in PEM with text around them.

        Raises:
            HcertError: There is none, or one of them is unreadable.
        """
        blocks = _PEM.findall(data)
        if not blocks:
            return (cls.from_der(data),)
        try:
            return tuple(cls.from_der(b64decode(block)) for block in blocks)
        except Base64Error as error:
            raise HcertError(Fault.CERTIFICATE) from error

    def pem(self) -> str:
        """The certificate in PEM (RFC 7468)."""
        body = b64encode(self.der).decode("ascii")
        lines = [body[at : at + 64] for at in range(0, len(body), 64)]
        return "\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""])

    def may_certify(self, usage: Usage) -> bool:
        """Whether its extended key usage allows this."""
        return not self.usages or usage in self.usages

    @property
    def may_certify_vaccination(self) -> bool:
        """Whether its extended key usage allows vaccination certificates."""
        return self.may_certify(Usage.VACCINATION)

    @property
    def is_p256(self) -> bool:
        """Whether its key is on the curve P-256, which ES256 means for issuers."""
        key = self.public_key
        return isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1)

    def verify(self, algorithm: int, message: bytes, signature: bytes) -> bool:
        """Whether its key made this signature; ``algorithm`` is the COSE number.

        Under ES256 other curves count, too (P-384 is met in the field), always with SHA-256.
        """
        key = self.public_key
        try:
            if algorithm == ES256 and isinstance(key, ec.EllipticCurvePublicKey):
                key.verify(_dss(signature, key), message, ec.ECDSA(hashes.SHA256()))
                return True
            if algorithm == PS256 and isinstance(key, rsa.RSAPublicKey):
                key.verify(signature, message, _PSS, hashes.SHA256())
                return True
        except InvalidSignature:
            return False
        return False


def _public_key(der: bytes) -> PublicKeyTypes:
    try:
        return load_der_public_key(der)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise HcertError(Fault.CERTIFICATE) from error


def _dss(signature: bytes, key: ec.EllipticCurvePublicKey) -> bytes:
    """From COSE's r and s of fixed width (RFC 9053 section 2.1) to ASN.1."""
    width = (key.curve.key_size + 7) // 8
    if len(signature) != 2 * width:
        raise InvalidSignature
    r, s = signature[:width], signature[width:]
    return encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))


def _usages(extension: bytes | None) -> frozenset[Usage]:
    """The health certificate usages; others (client authentication, mail) do not restrict."""
    if extension is None:
        return frozenset()
    named = x690.identifiers(extension)
    return frozenset(
        usage
        for usage in Usage
        if any(arc + usage.value.to_bytes(1, "big") in named for arc in _USAGE_ARCS)
    )
