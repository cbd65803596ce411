"""A code as a picture file (PNG, ISO/IEC 15948), black on white with its quiet zone."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image

if TYPE_CHECKING:
    from desktop.hcert.qr import Matrix

QUIET_ZONE: Final = 4
"""White modules around the code (ISO/IEC 18004 section 6.3.8)."""

MODULE: Final = 8
"""Pixels a module."""


def draw(matrix: Matrix) -> bytes:
    """The picture of a code, whole pixels a module."""
    edge = matrix.size + 2 * QUIET_ZONE
    image = Image.new("1", (edge, edge), 1)
    for y in range(matrix.size):
        for x in range(matrix.size):
            if matrix.dark(x, y):
                image.putpixel((x + QUIET_ZONE, y + QUIET_ZONE), 0)
    file = BytesIO()
    scaled = image.resize((edge * MODULE, edge * MODULE), Image.Resampling.NEAREST)
    scaled.save(file, "PNG", optimize=True)
    return file.getvalue()
