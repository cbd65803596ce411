"""A code as a picture file (PNG, ISO/IEC 15948), black on white with its quiet zone."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageOps

from desktop.hcert.qr import QUIET_ZONE

if TYPE_CHECKING:
    from desktop.hcert.qr import Matrix

MODULE: Final = 8
"""Pixels a module."""

_WHITE: Final = 255
_GREY_OF_DARK: Final = bytes([_WHITE, 0]) + bytes(254)


def draw(matrix: Matrix) -> bytes:
    """The picture of a code, whole pixels a module."""
    modules = b"".join(matrix.rows).translate(_GREY_OF_DARK)
    code = Image.frombytes("L", (matrix.size, matrix.size), modules)
    framed = ImageOps.expand(code, QUIET_ZONE, _WHITE)
    edge = framed.width * MODULE
    picture = framed.resize((edge, edge), Image.Resampling.NEAREST).convert("1")
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
