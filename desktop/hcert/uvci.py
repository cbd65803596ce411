"""The certificate identifier (UVCI) in two forms.

eHealth Network, *Guidelines on verifiable vaccination certificates*, annex 2, option 3 (issuing
entity and opaque part), and Germany's own form. The checksums guard against typing errors only;
Germany's has no public specification and was found from genuine identifiers.
"""

from __future__ import annotations

import re
import string
from typing import Final

ENTROPY_BYTES: Final = 14
"""Bytes of chance that one identifier takes: 112 bits, which fill 22 digits of base 36."""

ISSUER_ID: Final = re.compile(r"[0-9A-Z]{1,30}")
"""What an issuer's id may be (use ``fullmatch``): an identifier stays within 72 characters."""

_PREFIX: Final = "URN:UVCI:"
_VERSION: Final = "01"
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_BASE_36: Final = string.digits + string.ascii_uppercase
_OPAQUE_DIGITS: Final = 22
_EU_ALPHABET: Final = string.ascii_uppercase + string.digits + "/:"


def mint_eu(country: str, issuer_id: str, entropy: bytes) -> str:
    """A new identifier, ``URN:UVCI:01:<country>:<issuer>/<opaque>#<checksum>``.

    Raises:
        ValueError: The country or the issuer's id has another form, or the entropy another length.
    """
    _check(country, issuer_id)
    text = f"{_PREFIX}{_VERSION}:{country}:{issuer_id}/{_opaque(entropy)}"
    return f"{text}#{checksum_eu(text)}"


def mint_germany(issuer_id: str, entropy: bytes) -> str:
    """A new identifier, ``URN:UVCI:01DE/<issuer>/<opaque>#<checksum>``.

    Raises:
        ValueError: The issuer's id has another form, or the entropy another length.
    """
    _check("DE", issuer_id)
    text = f"{_PREFIX}{_VERSION}DE/{issuer_id}/{_opaque(entropy)}"
    return f"{text}#{checksum_germany(text)}"


def checksum_eu(text: str) -> str:
    """Luhn mod 38 over all that stands before ``#``; raises ValueError for other signs."""
    return _luhn(text, _EU_ALPHABET)


def checksum_germany(text: str) -> str:
    """Luhn mod 36 over what stands between ``URN:UVCI:`` and ``#``, slashes left out.

    Raises:
        ValueError: There are other signs in it.
    """
    return _luhn(text.removeprefix(_PREFIX).replace("/", ""), _BASE_36)


def _check(country: str, issuer_id: str) -> None:
    if not _COUNTRY.fullmatch(country) or not ISSUER_ID.fullmatch(issuer_id):
        msg = "country or issuer id that cannot stand in an identifier"
        raise ValueError(msg)


def _opaque(entropy: bytes) -> str:
    if len(entropy) != ENTROPY_BYTES:
        msg = f"{ENTROPY_BYTES} bytes of chance needed"
        raise ValueError(msg)
    rest = int.from_bytes(entropy, "big")
    digits = []
    for _ in range(_OPAQUE_DIGITS):
        rest, digit = divmod(rest, len(_BASE_36))
        digits.append(_BASE_36[digit])
    return "".join(reversed(digits))


def _luhn(text: str, alphabet: str) -> str:
    """The check character of Luhn's algorithm in the base that an alphabet has."""
    base = len(alphabet)
    total = 0
    for place, sign in enumerate(reversed(text)):
        factor = 1 if place % 2 else 2
        total += sum(divmod(factor * alphabet.index(sign), base))
    return alphabet[-total % base]
