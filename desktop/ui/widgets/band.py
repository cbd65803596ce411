"""The striped band that every window wears in training."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.ui.face import Face

_HEIGHT: Final = 28
_STRIPE: Final = 16


class TrainingBand(QWidget):
    """Says over the whole width that nothing here is valid."""

    def __init__(self) -> None:
        super().__init__()
        self._face: Face | None = None
        self._text = ""
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def wear(self, face: Face) -> None:
        """Speak this language and wear these colours from now on."""
        self._face = face
        self._text = face.words.translate("training.band")
        self.setAccessibleName(self._text)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as there is room."""
        return QSize(200, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Stripes, and the words on a calm ground between them."""
        if self._face is None:
            return
        tokens = self._face.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(tokens.stripe))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.stripe_other))
        for left in range(-_HEIGHT, self.width() + _HEIGHT, 2 * _STRIPE):
            corners = (left, _HEIGHT), (left + _HEIGHT, 0)
            (x1, y1), (x2, y2) = corners
            shape = [(x1, y1), (x2, y2), (x2 + _STRIPE, y2), (x1 + _STRIPE, y1)]
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in shape]))
        font = QFont(self.font())
        font.setPixelSize(13)
        font.setBold(True)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(self._text) + 32
        ground = QRect((self.width() - width) // 2, 0, width, _HEIGHT)
        painter.fillRect(ground, QColor(tokens.stripe))
        painter.setPen(QColor(tokens.on_stripe))
        painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()
