"""What a person, or a phone, sees on the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import zxingcpp
from PIL import Image
from PySide6.QtGui import QImage

from tests import codes

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def picture(widget: QWidget) -> Image.Image:
    """The widget as a picture, pixel by pixel."""
    grabbed = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    return Image.frombuffer(
        "RGB",
        (grabbed.width(), grabbed.height()),
        bytes(grabbed.constBits()),
        "raw",
        "RGB",
        grabbed.bytesPerLine(),
        1,
    )


def read_code(widget: QWidget) -> str | None:
    """The text of the one code on it, read as strictly as no phone does; None if there is none."""
    seen = picture(widget)
    if not zxingcpp.read_barcodes(seen):
        return None
    return codes.read_code(seen).text
