"""The icons: one family of strokes, drawn in the colour that is asked for."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

if TYPE_CHECKING:
    from collections.abc import Callable

_RATIOS: Final = (1.0, 1.25, 1.5, 2.0, 3.0)


class Icon(StrEnum):
    """All icons, by the names of their files in ``resources/icons``."""

    ABOUT = "about"
    CLOSE = "close"
    CODE = "code"
    DOWN = "down"
    GOOD = "good"
    HELP = "help"
    HISTORY = "history"
    ISSUE = "issue"
    KEYBOARD = "keyboard"
    LANGUAGE = "language"
    LOOK = "look"
    NEXT = "next"
    OFFLINE = "offline"
    ONLINE = "online"
    PAGE = "page"
    PARKED = "parked"
    PERMIT = "permit"
    PERSON = "person"
    PREVIEW = "preview"
    PRINTER = "printer"
    RESTART = "restart"
    SCAN = "scan"
    SENT = "sent"
    SETTINGS = "settings"
    SETUP = "setup"
    STOP = "stop"
    TRAINING = "training"
    UNDO = "undo"
    VACCINE = "vaccine"
    WAITING = "waiting"
    WARN = "warn"


class Icons:
    """Draws icons from their files.

    Args:
        read: The bytes of a resource, by its name (``icons/good.svg``).
    """

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read = lru_cache(maxsize=None)(read)

    def renderer(self, icon: Icon, colour: str) -> QSvgRenderer:
        """The strokes of an icon in a colour, ``#rrggbb``, for painting at any size."""
        drawing = self._read(f"icons/{icon}.svg").replace(b"#000000", colour.encode())
        return QSvgRenderer(QByteArray(drawing))

    def icon(self, icon: Icon, colour: str, size: int = 20) -> QIcon:
        """An icon for a button: sharp at every usual scale of the screen."""
        renderer = self.renderer(icon, colour)
        result = QIcon()
        for ratio in _RATIOS:
            pixmap = QPixmap(round(size * ratio), round(size * ratio))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            renderer.render(painter, QRectF(0, 0, size, size))
            painter.end()
            result.addPixmap(pixmap)
        return result
