"""What kind of document a scanned text is.

Nothing is cut from a text but line ends and the symbology prefix that some scanners send
(ISO/IEC 15424, ``]Q1``): a certificate's text may hold blanks that count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.core.scan import gs1
from desktop.core.scan.gs1 import PackScan
from desktop.hcert.armour import PREFIX


class ScanKind(StrEnum):
    """What can be named to staff although nothing is read from it."""

    ADDRESS = "address"
    CONTACT = "contact"
    DISTORTED = "distorted"
    EMPTY = "empty"
    IDENTITY_DOCUMENT = "identity_document"
    MEDICATION_PLAN = "medication_plan"
    NUMBER = "number"
    PACK_NUMBER = "pack_number"
    PPN = "ppn"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CertificateScan:
    """The text of a certificate's code, not yet verified.

    Attributes:
        text: From ``HC1:`` on, as scanned.
    """

    text: str


@dataclass(frozen=True, slots=True)
class ForeignScan:
    """Something that fills nothing; its content is not kept.

    Attributes:
        kind: What it seems to be.
    """

    kind: ScanKind


Scan = CertificateScan | PackScan | ForeignScan

_SYMBOLOGY: Final = re.compile(r"\][A-Za-z][0-9A-Za-z]", re.ASCII)
_GS1_SYMBOLOGIES: Final = frozenset({"]C1", "]d2", "]e0", "]J1", "]Q3"})
"""GS1-128, DataMatrix, DataBar, DotCode and QR."""

_KINDS: Final = tuple(
    (kind, re.compile(pattern, re.ASCII | re.IGNORECASE | re.DOTALL))
    for kind, pattern in (
        (ScanKind.DISTORTED, r"hc1[^:].*"),
        (ScanKind.ADDRESS, r"(?:https?://|www\.).*"),
        (ScanKind.CONTACT, r"BEGIN:VCARD.*|MECARD:.*"),
        (ScanKind.MEDICATION_PLAN, r"(?:<\?xml[^>]*>\s*)?<MP\s.*"),
        (ScanKind.PPN, r"\[\)>.*|(?:06)?\x1d?9N\d{12}.*"),
        (ScanKind.IDENTITY_DOCUMENT, r"(?=.*<<)[A-Z0-9<\s]{60,100}"),
        (ScanKind.PACK_NUMBER, r"(?:-|PZN[ :-]*)\d{7,8}"),
        (ScanKind.NUMBER, r"\d+"),
    )
)
"""The first pattern that fits a whole text names it."""

_PACK_DIGITS: Final = 14
_GTIN_LENGTHS: Final = (8, 12, 13, _PACK_DIGITS)


def classify(text: str) -> Scan:
    """The kind of a scanned text, with what it says if it is ours; never raises.

    Args:
        text: As scanned: with or without symbology prefix, line ends, spelled group separators.
    """
    body = text.strip("\r\n")
    symbology = _SYMBOLOGY.match(body)
    if symbology is not None:
        body = body[symbology.end() :]
    if body[: len(PREFIX)].upper() == PREFIX:
        # Base45 has no small letters: they come from a caps lock key and mean capitals.
        return CertificateScan(body.upper())
    pack = gs1.read(body)
    if pack is not None and (pack.number or _declared(symbology, body)):
        return pack
    return ForeignScan(_kind(body))


def _declared(symbology: re.Match[str] | None, body: str) -> bool:
    """Whether the symbol itself said that it holds GS1 fields, so that a lot alone is believed."""
    prefix = symbology.group() if symbology is not None else ""
    return prefix in _GS1_SYMBOLOGIES or body.startswith(gs1.GROUP_SEPARATOR)


def _kind(body: str) -> ScanKind:
    if not body.strip():
        return ScanKind.EMPTY
    is_gtin = len(body) in _GTIN_LENGTHS and gs1.is_gtin(body.zfill(_PACK_DIGITS))
    if is_gtin or gs1.is_pzn(body):
        return ScanKind.PACK_NUMBER
    for kind, pattern in _KINDS:
        if pattern.fullmatch(body):
            return kind
    return ScanKind.UNKNOWN
