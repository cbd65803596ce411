"""Drawing commands: what a document consists of, before any printer or page is involved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Error correction of a QR code (ISO/IEC 18004)."""

    L = "L"
    M = "M"
    Q = "Q"
    H = "H"


@dataclass(frozen=True, slots=True)
class SlipText:
    """A paragraph on narrow paper, wrapped at the paper's width.

    Attributes:
        text: The words.
        size: Height of a line's letters in dots at 203 dpi.
        bold: Whether it stands out.
        centred: Centred instead of left-aligned.
    """

    text: str
    size: int = 24
    bold: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class SlipCode:
    """A QR code on narrow paper, centred.

    Attributes:
        text: What it says.
        level: Its error correction.
        dots: Dots a module, at 203 dpi.
    """

    text: str
    level: Level
    dots: int


@dataclass(frozen=True, slots=True)
class SlipRule:
    """A thin line across the paper."""


@dataclass(frozen=True, slots=True)
class SlipSpace:
    """White paper.

    Attributes:
        dots: Its height in dots.
    """

    dots: int


Slip = tuple[SlipText | SlipCode | SlipRule | SlipSpace, ...]
"""A whole slip, from top to bottom; it ends with a cut."""
