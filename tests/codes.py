"""Reading a code from a picture as strictly as no phone does: upright, dark on white, whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import zxingcpp
from PIL import Image, ImageOps

from desktop.hcert.qr import QUIET_ZONE, Matrix, matrix

if TYPE_CHECKING:
    Box = tuple[int, int, int, int]

_DARK = 128
_QR = zxingcpp.barcode_formats_from_str("QRCode")


class CodeError(Exception):
    """There is no code, more than one, or one that only a forgiving reader accepts."""


@dataclass(frozen=True)
class SeenCode:
    """A code found in a picture.

    Attributes:
        text: What it says.
        level: Its error correction.
        modules: Modules on each side.
        box: Left, upper, right and lower edge of its modules in pixels, right and lower excluded.
    """

    text: str
    level: str
    modules: int
    box: Box

    @property
    def module(self) -> float:
        """Pixels a module."""
        return (self.box[2] - self.box[0]) / self.modules


def read_code(picture: Image.Image, *, margin: int = 0) -> SeenCode:
    """The one code of a picture.

    Each module must be where an upright, not mirrored, dark on white code has it, with four white
    modules around.

    Args:
        picture: Any mode; transparent parts count as black, as zxing-cpp sees them.
        margin: White pixels beside the picture that count for the quiet zone left and right.

    Raises:
        CodeError: See there.
    """
    grey = picture.convert("L")
    found = zxingcpp.read_barcodes(
        grey, _QR, try_rotate=False, try_invert=False, try_downscale=False
    )
    _require(len(found) == 1, f"{len(found)} codes")
    text, level = found[0].text, found[0].ec_level
    expected = matrix(text, level)
    box = _box(grey, found[0].position, expected.size)
    _check_modules(grey, box, expected)
    seen = SeenCode(text, level, expected.size, box)
    _check_quiet_zone(grey, seen, margin)
    return seen


def whole_dots(picture: Image.Image, code: SeenCode) -> int:
    """Pixels a module, if every module is exactly that many pixels wide and high.

    Raises:
        CodeError: Some are not.
    """
    rows = matrix(code.text, code.level).rows
    flat = bytes(0 if dark else 255 for row in rows for dark in row)
    exact = Image.frombytes("L", (code.modules, code.modules), flat)
    dots, remainder = divmod(code.box[2] - code.box[0], code.modules)
    wanted = exact.resize((code.modules * dots,) * 2, Image.Resampling.NEAREST)
    seen = picture.convert("L").crop(code.box)
    _require(not remainder and seen.tobytes() == wanted.tobytes(), "modules of different size")
    return dots


def _box(grey: Image.Image, position: zxingcpp.Position, modules: int) -> Box:
    """The exact edges of the modules: all dark pixels around where the reader saw the code."""
    left, upper = position.top_left.x, position.top_left.y
    right, lower = position.bottom_right.x, position.bottom_right.y
    _require(left < right and upper < lower, "not upright")
    slack = max(1, (right - left) // modules)
    near = (
        max(0, left - slack),
        max(0, upper - slack),
        min(grey.width, right + slack),
        min(grey.height, lower + slack),
    )
    dark = ImageOps.invert(grey.crop(near)).point(lambda value: 255 if value >= _DARK else 0)
    inner = dark.getbbox()
    assert inner is not None
    return (near[0] + inner[0], near[1] + inner[1], near[0] + inner[2], near[1] + inner[3])


def _check_modules(grey: Image.Image, box: Box, expected: Matrix) -> None:
    width = (box[2] - box[0]) / expected.size
    height = (box[3] - box[1]) / expected.size
    pixels = grey.tobytes()
    for y in range(expected.size):
        for x in range(expected.size):
            at = (int(box[0] + (x + 0.5) * width), int(box[1] + (y + 0.5) * height))
            dark = pixels[at[1] * grey.width + at[0]] < _DARK
            _require(dark == expected.dark(x, y), f"module {x}, {y} is not as it should be")


def _check_quiet_zone(grey: Image.Image, code: SeenCode, margin: int) -> None:
    quiet = int(QUIET_ZONE * code.module)
    paper = Image.new("L", (grey.width + 2 * margin, grey.height), 255)
    paper.paste(grey, (margin, 0))
    left, upper, right, lower = code.box
    inner = (left + margin, upper, right + margin, lower)
    outer = (inner[0] - quiet, upper - quiet, inner[2] + quiet, lower + quiet)
    room = min(outer[0], outer[1], paper.width - outer[2], paper.height - outer[3])
    _require(room >= 0, "too close to the edge")
    paper.paste(255, inner)
    _require(min(paper.crop(outer).tobytes()) >= _DARK, "the quiet zone is not white")


def _require(fulfilled: bool, complaint: str) -> None:
    if not fulfilled:
        raise CodeError(complaint)
