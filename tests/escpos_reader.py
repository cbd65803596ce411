"""What a receipt printer of 203 dpi makes of our bytes: a strict interpreter, for tests only.

It knows our own vocabulary and nothing else (Epson's ESC/POS command reference): reset, raster
picture, feed, cut. Any other byte is an error, and so is anything after the cut. It shares no code
with the driver.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from PIL import Image

_RESET = b"\x1b@"
_FEED = b"\x1bd"
_RASTER = b"\x1dv0"
_CUT = b"\x1dV\x00"
_HIGHEST_BAND = 2303
"""Most rows that one raster command may have (ESC/POS, ``GS v 0``: yL + yH x 256)."""


class ReadError(Exception):
    """The bytes are not what a printer understands."""


@dataclass
class Printed:
    """What came out.

    Attributes:
        picture: The dots, mode ``1``, 0 is black.
        bands: Rows of dots of each raster command.
        fed: Lines fed before the cut.
        cut: The paper was cut.
    """

    picture: Image.Image
    bands: list[int] = field(default_factory=list)
    fed: int = 0
    cut: bool = False


def read_escpos(data: bytes, dots: int) -> Printed:
    """The slip behind a byte stream, on a printer with so many dots across."""
    rest = _after(data, _RESET, "a slip begins with a reset")
    printed = Printed(Image.new("1", (dots, 0), 1))
    rows = b""
    while rest and not printed.cut:
        if rest.startswith(_RASTER):
            band, rest = _raster(rest[len(_RASTER) :], dots)
            printed.bands.append(len(band) * 8 // dots)
            rows += band
        elif rest.startswith(_FEED):
            _require(len(rest) > 3, "feed without a cut")
            printed.fed += rest[2]
            rest = rest[3:]
        else:
            rest = _after(rest, _CUT, "unknown command")
            printed.cut = True
    _require(printed.cut and not rest, f"not cut, or {len(rest)} bytes after the cut")
    height = sum(printed.bands)
    inverted = bytes(byte ^ 0xFF for byte in rows)
    printed.picture = Image.frombytes("1", (dots, height), inverted)
    return printed


def _after(data: bytes, command: bytes, complaint: str) -> bytes:
    _require(data.startswith(command), f"{complaint}: {data[:8]!r}")
    return data[len(command) :]


def _raster(data: bytes, dots: int) -> tuple[bytes, bytes]:
    """The rows of one ``GS v 0`` after its name, and what follows."""
    _require(len(data) > 5, "raster without a size")
    mode, width_low, width_high, height_low, height_high = data[:5]
    width = width_low + 256 * width_high
    height = height_low + 256 * height_high
    _require(mode == 0, f"raster of mode {mode}")
    _require(width * 8 == dots, f"raster of {width} bytes across")
    _require(0 < height <= _HIGHEST_BAND, f"raster of {height} rows")
    size = width * height
    rows = data[5 : 5 + size]
    _require(len(rows) == size, "raster ends too early")
    return rows, data[5 + size :]


def _require(fulfilled: bool, complaint: str) -> None:
    if not fulfilled:
        raise ReadError(complaint)
