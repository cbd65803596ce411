"""The text of a certificate as a matrix of dark and light modules.

HCERT specification 1.0.8 section 4.2.2: alphanumeric mode, error correction Q recommended, 25 %.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import zxingcpp

QUIET_ZONE: Final = 4
"""Light modules that must surround a matrix (ISO/IEC 18004 section 5.3.8)."""

_LIGHT: Final = 255
_DARK_OF_GREY: Final = bytes([1]) + bytes(255)
_GREY_OF_DARK: Final = bytes([_LIGHT]) + bytes(255)


@dataclass(frozen=True, slots=True)
class Matrix:
    """A QR code without its quiet zone.

    Attributes:
        rows: From top to bottom; each is one byte a module from left to right, 1 for dark.
    """

    rows: tuple[bytes, ...]

    @property
    def size(self) -> int:
        """Modules on each side."""
        return len(self.rows)

    def dark(self, x: int, y: int) -> bool:
        """Whether a module is dark; x counts from the left, y from the top."""
        return self.rows[y][x] == 1


def matrix(text: str, level: str) -> Matrix:
    """The smallest code for a text at an error correction level (L, M, Q, H).

    Text in the alphabet of Base45 becomes alphanumeric throughout; only a run of 15 digits or more,
    which no compressed certificate has, would be packed as numbers.

    Raises:
        ValueError: There is no such level, or the text does not fit into any code.
    """
    if level not in ("L", "M", "Q", "H"):
        msg = "error correction level is L, M, Q or H"
        raise ValueError(msg)
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=str(level))
    image: Any = code.to_image(scale=1, add_quiet_zones=False)
    modules = memoryview(image).tobytes().translate(_DARK_OF_GREY)
    size = math.isqrt(len(modules))
    return Matrix(tuple(modules[at : at + size] for at in range(0, len(modules), size)))


def read(code: Matrix) -> str | None:
    """The text of a matrix, as a scanner would read it; None if nobody can read it."""
    margin = bytes([_LIGHT]) * QUIET_ZONE
    width = code.size + 2 * QUIET_ZONE
    blank = bytes([_LIGHT]) * (width * QUIET_ZONE)
    lines = (margin + row.translate(_GREY_OF_DARK) + margin for row in code.rows)
    picture = memoryview(blank + b"".join(lines) + blank).cast("B", (width, width))
    found = zxingcpp.read_barcode(
        picture,
        formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]),
        text_mode=zxingcpp.TextMode.Plain,
        try_invert=False,
        is_pure=True,
    )
    return found.text if found is not None and found.valid else None
