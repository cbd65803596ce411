"""An X.509 certificate taken apart, leniently (X.690, RFC 5280 section 4.1).

Real document signer certificates write ``cA=FALSE`` out, leave extended key usages empty or have
serial numbers below 1; strict parsers then refuse extensions or all of it. This reader takes what
the standard needs and judges nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from desktop.hcert.errors import Fault, HcertError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_OCTETS: Final = 0x04
_OID: Final = 0x06
_UTC_TIME: Final = 0x17
_GENERALIZED_TIME: Final = 0x18
_SEQUENCE: Final = 0x30
_FROM: Final = 0x80
_UNTIL: Final = 0x81
_VERSION: Final = 0xA0
_EXTENSIONS: Final = 0xA3
_VALIDITY, _PUBLIC_KEY = 3, 5
_LONG_FORM: Final = 0x80
_LENGTH_BYTES: Final = 4
_CENTURY_BREAK: Final = 2050
_TIMES: Final = {_UTC_TIME: "%y%m%d%H%M%SZ", _GENERALIZED_TIME: "%Y%m%d%H%M%SZ"}


class Element(NamedTuple):
    """One tag with its content; ``whole`` is both with the length between them."""

    tag: int
    content: bytes
    whole: bytes


_NOTHING: Final = Element(0, b"", b"")


@dataclass(frozen=True, slots=True)
class CertificateParts:
    """What the standard needs of a certificate.

    Attributes:
        not_before: Begin of its validity (UTC).
        not_after: End of its validity (UTC).
        public_key: The SubjectPublicKeyInfo in DER.
        extensions: Their contents by the encoded value of their object identifier.
    """

    not_before: datetime
    not_after: datetime
    public_key: bytes
    extensions: Mapping[bytes, bytes]

    @classmethod
    def read(cls, der: bytes) -> CertificateParts:
        """Take a certificate apart.

        Raises:
            HcertError: It is none.
        """
        if len(list(_elements(der))) != 1:
            raise HcertError(Fault.CERTIFICATE)
        to_be_signed, *_ = _sequence(der) or [_NOTHING]
        fields = [field for field in _sequence(to_be_signed.whole) if field.tag != _VERSION]
        if len(fields) <= _PUBLIC_KEY:
            raise HcertError(Fault.CERTIFICATE)
        not_before, not_after = _validity(fields[_VALIDITY])
        return cls(not_before, not_after, fields[_PUBLIC_KEY].whole, _extensions(fields))


def identifiers(extension: bytes) -> frozenset[bytes]:
    """The object identifiers in a sequence of them, as encoded values.

    Raises:
        HcertError: It is no sequence.
    """
    return frozenset(part.content for part in _sequence(extension) if part.tag == _OID)


def period(extension: bytes) -> tuple[datetime | None, datetime | None]:
    """Begin and end of a PrivateKeyUsagePeriod (RFC 3280 section 4.2.1.4), each optional.

    Raises:
        HcertError: It holds something else than times.
    """
    times = {part.tag: part.content for part in _sequence(extension)}
    begin, end = times.get(_FROM), times.get(_UNTIL)
    return (
        None if begin is None else _time(_GENERALIZED_TIME, begin),
        None if end is None else _time(_GENERALIZED_TIME, end),
    )


def _validity(element: Element) -> tuple[datetime, datetime]:
    match _sequence(element.whole):
        case [begin, end]:
            return _time(begin.tag, begin.content), _time(end.tag, end.content)
        case _:
            raise HcertError(Fault.CERTIFICATE)


def _extensions(fields: list[Element]) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    for field in fields:
        if field.tag == _EXTENSIONS:
            for extension in _sequence(field.content):
                parts = {part.tag: part.content for part in _sequence(extension.whole)}
                if _OID in parts and _OCTETS in parts:
                    found[parts[_OID]] = parts[_OCTETS]
    return found


def _sequence(der: bytes) -> list[Element]:
    """What stands in the sequence that these bytes begin with; perhaps nothing."""
    first = next(_elements(der), None)
    if first is None or first.tag != _SEQUENCE:
        raise HcertError(Fault.CERTIFICATE)
    return list(_elements(first.content))


def _elements(content: bytes) -> Iterator[Element]:
    """One element after another."""
    at = 0
    while at < len(content):
        start, length = _length(content, at + 1)
        end = start + length
        if end > len(content):
            raise HcertError(Fault.CERTIFICATE)
        yield Element(content[at], content[start:end], content[at:end])
        at = end


def _length(content: bytes, at: int) -> tuple[int, int]:
    """Where an element's content starts, and how long it is."""
    first = content[at] if at < len(content) else _LONG_FORM
    if first < _LONG_FORM:
        return at + 1, first
    count = first - _LONG_FORM
    if not 1 <= count <= _LENGTH_BYTES:
        raise HcertError(Fault.CERTIFICATE)
    return at + 1 + count, int.from_bytes(content[at + 1 : at + 1 + count], "big")


def _time(tag: int, text: bytes) -> datetime:
    try:
        moment = datetime.strptime(text.decode("ascii"), _TIMES[tag]).replace(tzinfo=UTC)
    except (KeyError, ValueError) as error:
        raise HcertError(Fault.CERTIFICATE) from error
    # RFC 5280 section 4.1.2.5.1: years from 50 belong to the 20th century; strptime says from 69
    if tag == _UTC_TIME and moment.year >= _CENTURY_BREAK:
        return moment.replace(year=moment.year - 100)
    return moment
