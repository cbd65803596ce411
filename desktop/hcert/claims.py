"""The claims of a CWT with an EU Digital COVID Certificate inside.

RFC 8392 section 3; HCERT specification 1.0.8 section 3.3; EU DCC schema 1.3.0.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from desktop.hcert import cbor
from desktop.hcert.errors import Fault, HcertError

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.hcert.entries import Certificate, Person, Vaccination

SCHEMA_VERSION: Final = "1.3.0"
"""``ver`` of all that we issue."""

_ISSUER: Final = 1
_EXPIRES_AT: Final = 4
_ISSUED_AT: Final = 6
_HCERT: Final = -260
_EU_DCC_V1: Final = 1


@dataclass(frozen=True, slots=True)
class Claims:
    """What an issuer states.

    Attributes:
        issuer: ``iss``, ISO 3166-1 alpha-2; optional in the standard.
        issued_at: ``iat``, seconds since 1970; others write fractions, too.
        expires_at: ``exp``, likewise.
        dcc: The EU DCC as it was decoded, unchecked; None if the HCERT holds something else.
    """

    issuer: str | None
    issued_at: int | float | None
    expires_at: int | float | None
    dcc: Mapping[Any, Any] | None

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
    ) -> Claims:
        """The claims of a certificate; moments are aware and cut to the second."""
        dcc = {
            "ver": SCHEMA_VERSION,
            "nam": _names(certificate.person),
            "dob": str(certificate.person.birth_date),
            "v": [_entry(certificate.vaccination, uvci=uvci, issuer_name=issuer_name)],
        }
        return cls(country, int(issued_at.timestamp()), int(expires_at.timestamp()), dcc)

    def encode(self) -> bytes:
        """The payload of the COSE message."""
        claims = {
            _ISSUER: self.issuer,
            _EXPIRES_AT: self.expires_at,
            _ISSUED_AT: self.issued_at,
        }
        present = {key: value for key, value in claims.items() if value is not None}
        return cbor.encode(present | {_HCERT: {_EU_DCC_V1: self.dcc}})

    @classmethod
    def read(cls, payload: bytes) -> Claims:
        """Read the payload of a COSE message.

        Raises:
            HcertError: It is no CBOR of the reading profile, or no claims with an HCERT.
        """
        claims = cbor.decode(payload)
        if not isinstance(claims, Mapping) or not isinstance(claims.get(_HCERT), Mapping):
            raise HcertError(Fault.CLAIMS)
        issuer = claims.get(_ISSUER)
        issued_at, expires_at = claims.get(_ISSUED_AT), claims.get(_EXPIRES_AT)
        dcc = claims[_HCERT].get(_EU_DCC_V1)
        if not (
            isinstance(issuer, str | None)
            and _is_moment(issued_at)
            and _is_moment(expires_at)
            and isinstance(dcc, Mapping | None)
        ):
            raise HcertError(Fault.CLAIMS)
        return cls(issuer, issued_at, expires_at, dcc)


def _is_moment(value: object) -> TypeGuard[int | float | None]:
    """A NumericDate, or none at all."""
    if isinstance(value, bool):
        return False
    return isinstance(value, int | None) or (isinstance(value, float) and math.isfinite(value))


def _names(person: Person) -> dict[str, str]:
    """``nam``; who has one name only has it in ``fn``, and no ``gn``."""
    names = {"fn": _nfc(person.family_name), "fnt": person.family_machine}
    if person.given_name:
        names |= {"gn": _nfc(person.given_name), "gnt": person.given_machine}
    return names


def _entry(vaccination: Vaccination, *, uvci: str, issuer_name: str) -> dict[str, str | int]:
    return {
        "tg": vaccination.disease,
        "vp": vaccination.prophylaxis,
        "mp": vaccination.product,
        "ma": vaccination.manufacturer,
        "dn": vaccination.dose,
        "sd": vaccination.doses,
        "dt": vaccination.date.isoformat(),
        "co": vaccination.country,
        "is": _nfc(issuer_name),
        "ci": uvci,
    }


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
