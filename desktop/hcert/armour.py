"""From the signed message to the text of the code and back: zlib, Base45, ``HC1:``.

HCERT specification 1.0.8 section 4.2; RFC 1950, RFC 9285. The caps are those of the largest QR
code (version 40-L, 4,296 alphanumeric characters); keyboard scanners could send more, and a
zlib stream of that size could unpack to megabytes.
"""

from __future__ import annotations

import re
import zlib
from typing import Final

import base45

from desktop.hcert.errors import Fault, HcertError

PREFIX: Final = "HC1:"
"""Context and version of the standard; what every code begins with."""

MAX_CHARACTERS: Final = 4296
MAX_BYTES: Final = 65_536

_BEST: Final = 9
_ALPHABET: Final = re.compile(r"[0-9A-Z $%*+\-./:]*")


def wrap(message: bytes) -> str:
    """The text of the code for a signed message."""
    digits: bytes = base45.b45encode(zlib.compress(message, _BEST))
    return PREFIX + digits.decode("ascii")


def unwrap(text: str) -> bytes:
    """The signed message behind the text of a code.

    Raises:
        HcertError: Prefix, Base45 or compression are not as they should be, or it is too large.
    """
    return decompress(decode_base45(strip_prefix(text)))


def strip_prefix(text: str) -> str:
    """What follows ``HC1:``; nothing else is stripped, because spaces are digits of Base45.

    Raises:
        HcertError: There is another prefix or none.
    """
    if not text.startswith(PREFIX):
        raise HcertError(Fault.PREFIX)
    return text.removeprefix(PREFIX)


def decode_base45(digits: str) -> bytes:
    """Base45 under the size of a QR code.

    Raises:
        HcertError: It is longer than that, or has signs or groups that Base45 has not.
    """
    if len(PREFIX) + len(digits) > MAX_CHARACTERS:
        raise HcertError(Fault.TOO_LONG)
    if not _ALPHABET.fullmatch(digits) or len(digits) % 3 == 1:
        raise HcertError(Fault.BASE45)
    try:
        return bytes(base45.b45decode(digits))
    except ValueError as error:
        raise HcertError(Fault.BASE45) from error


def decompress(data: bytes) -> bytes:
    """One whole zlib stream, unpacked to at most 65,536 bytes.

    Raises:
        HcertError: It is none, is cut off, is followed by more, or unpacks to more.
    """
    stream = zlib.decompressobj()
    try:
        message = stream.decompress(data, MAX_BYTES + 1)
    except zlib.error as error:
        raise HcertError(Fault.COMPRESSION) from error
    if len(message) > MAX_BYTES:
        raise HcertError(Fault.TOO_LARGE)
    if not stream.eof or stream.unused_data:
        raise HcertError(Fault.COMPRESSION)
    return message
