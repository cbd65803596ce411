"""The code on screen: dark on white in every look, whole device pixels a module at every scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.core.paper.drawing import Level
from desktop.hcert.qr import QUIET_ZONE, matrix
from desktop.ui.tokens import INK, PAPER

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.hcert.qr import Matrix

_SMALLEST: Final = 240
_COARSE: Final = 4
"""Device pixels a module, below which a code with less error correction is easier to scan."""

_LEVELS: Final = (Level.Q, Level.M, Level.L)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a code is painted, in device pixels of the window.

    Attributes:
        module: Edge of a module.
        left: First column of the code, its quiet zone not included.
        top: First row likewise.
    """

    module: int
    left: int
    top: int


def placement(size: int, area: tuple[float, float, float, float], ratio: float) -> Placement:
    """The largest whole-pixel placement of a code with its quiet zone in an area, centred.

    Args:
        size: Modules on each side, without quiet zone.
        area: Left, top, width and height in logical pixels of the window.
        ratio: Device pixels a logical pixel; need not be whole.
    """
    left, top, width, height = (value * ratio for value in area)
    whole = size + 2 * QUIET_ZONE
    module = max(1, int(min(width, height) // whole))
    return Placement(
        module=module,
        left=round(left + (width - module * size) / 2),
        top=round(top + (height - module * size) / 2),
    )


def picture(code: Matrix, module: int) -> QImage:
    """A code as an image, so many pixels a module, without its quiet zone."""
    image = QImage(code.size * module, code.size * module, QImage.Format.Format_RGB32)
    image.fill(QColor(PAPER))
    painter = QPainter(image)
    ink = QColor(INK)
    for y in range(code.size):
        for x in range(code.size):
            if code.dark(x, y):
                painter.fillRect(x * module, y * module, module, module, ink)
    painter.end()
    return image


class CodeView(QWidget):
    """Shows one code as large as there is room for.

    Signals:
        painted: The text was painted for the first time.
    """

    painted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._codes: dict[Level, Matrix] = {}
        self._image: tuple[Matrix, int, QImage] | None = None
        self._announced = ""
        self.setMinimumSize(QSize(_SMALLEST, _SMALLEST))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_text(self, text: str) -> None:
        """Show the code of a text that was committed; nothing if it is empty."""
        self._text = text
        self._codes = {}
        self._image = None
        if not text:
            self._announced = ""
        self.update()

    @property
    def text(self) -> str:
        """What the code says."""
        return self._text

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint the code on white, module by module on whole device pixels."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(PAPER))
        painter.drawRoundedRect(QRectF(self.rect()), 12, 12)
        if self._text:
            self._paint_code(painter)
        painter.end()
        if self._text and self._announced != self._text:
            self._announced = self._text
            self.painted.emit(self._text)

    def _paint_code(self, painter: QPainter) -> None:
        ratio = self.devicePixelRatioF()
        origin = self.mapTo(self.window(), QPoint(0, 0))
        area = (origin.x(), origin.y(), self.width(), self.height())
        code = self._code(area, ratio)
        where = placement(code.size, area, ratio)
        image = self._drawn(code, where.module)
        edge = code.size * where.module / ratio
        target = QRectF(where.left / ratio - origin.x(), where.top / ratio - origin.y(), edge, edge)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.drawImage(target, image)

    def _code(self, area: tuple[float, float, float, float], ratio: float) -> Matrix:
        """The best error correction whose modules are not too fine here."""
        for level in _LEVELS:
            code = self._codes.get(level) or matrix(self._text, level)
            self._codes[level] = code
            if placement(code.size, area, ratio).module >= _COARSE:
                return code
        return self._codes[_LEVELS[-1]]

    def _drawn(self, code: Matrix, module: int) -> QImage:
        if self._image is None or self._image[0] is not code or self._image[1] != module:
            self._image = (code, module, picture(code, module))
        return self._image[2]
