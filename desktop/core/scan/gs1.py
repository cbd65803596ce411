"""GS1 element strings, as DataMatrix codes on medicine packs carry them.

GS1 General Specifications, sections 3 (application identifiers) and 7.8 (element strings): fields
of predefined length follow each other directly, all others end with FNC1, which scanners send as
the group separator U+001D. Numbers of German packs: IFA, *PZN*, *NTIN*.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GROUP_SEPARATOR: Final = "\x1d"
"""What ends a field of variable length (FNC1)."""

_GTIN, _BATCH, _PRODUCED, _EXPIRY, _SERIAL = "01", "10", "11", "17", "21"

_PREDEFINED: Final = (
    {"00": 20, "01": 16, "02": 16, "03": 16, "04": 18, "20": 4, "41": 16}
    | dict.fromkeys(("11", "12", "13", "14", "15", "16", "17", "18", "19"), 8)
    | dict.fromkeys(("31", "32", "33", "34", "35", "36"), 10)
)
"""Length of a field with its identifier, by the first two digits (figure 7.8.5-2)."""

_LONGEST: Final = 3116
"""Most digits that a DataMatrix symbol holds (ISO/IEC 16022); nothing longer is looked at."""

_SPELLED: Final = re.compile(r"<GS>|\{GS\}|\[GS\]|\^\]|␝", re.IGNORECASE)
"""How scanners spell a group separator that they cannot type."""

_BRACKETED: Final = re.compile(r"\((\d{2,4})\)([^()]+)", re.ASCII)
_IDENTIFIER: Final = re.compile(r"\d\d", re.ASCII)
_LOT: Final = re.compile(r"[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}", re.ASCII)
_NUMBER: Final = re.compile(r"\d{14}", re.ASCII)
_DAY: Final = re.compile(r"(\d\d)(\d\d)(\d\d)", re.ASCII)

_PZN: Final = re.compile(r"\d{8}", re.ASCII)
_NTIN_PREFIX: Final = "04150"


@dataclass(frozen=True, slots=True)
class PackScan:
    """What the code on a pack says.

    Attributes:
        number: GTIN or NTIN, 14 digits, its check digit tested.
        pzn: The German pack number inside an NTIN, 8 digits, its check digit tested.
        batch: The lot.
        expiry: Last day of use; where the pack says a month only, its last day.
        serial: The single pack's own number.
    """

    number: str | None
    pzn: str | None
    batch: str | None
    expiry: date | None
    serial: str | None


def read(text: str) -> PackScan | None:
    """The pack behind an element string, or None if it is none or breaks its rules.

    Never raises.

    Args:
        text: Without symbology prefix; group separators as U+001D or as scanners spell them, or
            with identifiers in brackets as people read them.
    """
    if len(text) > _LONGEST:
        return None
    try:
        fields = _unique(_fields(text))
        number = _number(fields.get(_GTIN))
        _day(fields.get(_PRODUCED))
        pack = PackScan(
            number=number,
            pzn=pzn_of(number) if number else None,
            batch=_text(fields.get(_BATCH)),
            expiry=_day(fields.get(_EXPIRY)),
            serial=_text(fields.get(_SERIAL)),
        )
    except ValueError:
        return None
    return pack if pack.number or pack.batch else None


def pzn_of(number: str) -> str | None:
    """The PZN inside an NTIN (14 digits); None if the number is of another kind."""
    pzn = number[len(_NTIN_PREFIX) : -1]
    ours = number.startswith(_NTIN_PREFIX) and is_gtin(number) and is_pzn(pzn)
    return pzn if ours else None


def is_pzn(text: str) -> bool:
    """Eight digits, the last of which checks the others (weights 1 to 7, modulo 11)."""
    if not _PZN.fullmatch(text):
        return False
    total = sum(int(digit) * weight for weight, digit in enumerate(text[:-1], 1))
    return str(total % 11) == text[-1]


def is_gtin(text: str) -> bool:
    """Fourteen digits, the last of which checks the others (weights 3 and 1, modulo 10)."""
    return _NUMBER.fullmatch(text) is not None and _gtin_check(text[:-1]) == text[-1]


def _gtin_check(body: str) -> str:
    total = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(body)))
    return str(-total % 10)


def is_lot(text: str) -> bool:
    """What a lot or serial number may be: 1 to 20 of the 82 invariant signs (figure 7.11-1)."""
    return _LOT.fullmatch(text) is not None


def _unique(fields: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The fields by identifier; raises ValueError if one contradicts itself."""
    known: dict[str, str] = {}
    for identifier, value in fields:
        if known.setdefault(identifier, value) != value:
            raise ValueError
    return known


def _fields(text: str) -> Iterator[tuple[str, str]]:
    """Identifier and value of each field; raises ValueError where the string breaks off."""
    if text.startswith("("):
        yield from _bracketed(text)
        return
    rest = _SPELLED.sub(GROUP_SEPARATOR, text)
    while rest := rest.lstrip(GROUP_SEPARATOR):
        identifier = rest[:2]
        if not _IDENTIFIER.fullmatch(identifier):
            raise ValueError
        length = _PREDEFINED.get(identifier)
        if length is None:
            field, _, rest = rest.partition(GROUP_SEPARATOR)
        else:
            field, rest = rest[:length], rest[length:]
            if len(field) < length or GROUP_SEPARATOR in field:
                raise ValueError
        yield identifier, field[2:]


def _bracketed(text: str) -> Iterator[tuple[str, str]]:
    if not re.fullmatch(rf"(?:{_BRACKETED.pattern})+", text, re.ASCII):
        raise ValueError
    for match in _BRACKETED.finditer(text):
        yield match[1], match[2]


def _number(text: str | None) -> str | None:
    if text is not None and not is_gtin(text):
        raise ValueError
    return text


def _text(text: str | None) -> str | None:
    if text is not None and not is_lot(text):
        raise ValueError
    return text


def _day(text: str | None) -> date | None:
    """YYMMDD; medicines are of this century; day 00 is the last of the month."""
    if text is None:
        return None
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError
    year, month, day = (int(part) for part in match.groups())
    year += 2000
    return date(year, month, day or monthrange(year, month)[1])
