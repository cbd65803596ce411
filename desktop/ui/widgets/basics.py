"""The small parts that every page is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtSvg import QSvgRenderer

    from desktop.ui.face import Face
    from desktop.ui.icons import Icon

Box = TypeVar("Box", bound=QBoxLayout)


def with_role(widget: QWidget, role: str) -> None:
    """Give a widget its place in the style sheet."""
    set_property(widget, "role", role)


def set_property(widget: QWidget, name: str, value: str) -> None:
    """Set what the style sheet asks for, and let it look again if that changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def label(role: str = "", *, wrap: bool = False) -> QLabel:
    """Words; plain text always, because names come from outside."""
    result = QLabel()
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setWordWrap(wrap)
    if role:
        with_role(result, role)
    return result


def button(role: str = "") -> QPushButton:
    """A button that Enter never presses."""
    result = QPushButton()
    result.setAutoDefault(False)
    result.setCursor(Qt.CursorShape.PointingHandCursor)
    if role:
        with_role(result, role)
    return result


def focused_in(widget: QWidget) -> QWidget | None:
    """The part of a widget that has, or would have, the keyboard; Qt's stubs forget the None."""
    return widget.focusWidget()


def row(*parts: QWidget | int, gap: int = 8) -> QHBoxLayout:
    """Widgets side by side; a number stands for stretch."""
    return _filled(QHBoxLayout(), parts, gap)


def column(*parts: QWidget | int, gap: int = 8) -> QVBoxLayout:
    """Widgets below each other; a number stands for stretch."""
    return _filled(QVBoxLayout(), parts, gap)


def clear_margins(layout: QBoxLayout) -> None:
    """No margin around a layout; the parent has its own."""
    layout.setContentsMargins(0, 0, 0, 0)


def _filled(box: Box, parts: tuple[QWidget | int, ...], gap: int) -> Box:
    clear_margins(box)
    box.setSpacing(gap)
    for part in parts:
        if isinstance(part, int):
            box.addStretch(part)
        else:
            box.addWidget(part)
    return box


class Card(QFrame):
    """A raised surface with margins."""

    def __init__(self, margin: int = 16) -> None:
        super().__init__()
        with_role(self, "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin + 4, margin, margin + 4, margin)
        self.body.setSpacing(8)


class Rule(QFrame):
    """A thin line."""

    def __init__(self) -> None:
        super().__init__()
        with_role(self, "rule")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class Picture(QWidget):
    """An icon, drawn sharp at every scale; says nothing to a screen reader.

    Args:
        size: Its edge in logical pixels.
    """

    def __init__(self, size: int = 20) -> None:
        super().__init__()
        self._renderer: QSvgRenderer | None = None
        self.setFixedSize(QSize(size, size))

    def set_icon(self, face: Face, icon: Icon, colour: str) -> None:
        """Show an icon in a colour."""
        self._renderer = face.icons.renderer(icon, colour)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Draw the strokes."""
        if self._renderer is not None:
            self._renderer.render(QPainter(self), QRectF(self.rect()))
