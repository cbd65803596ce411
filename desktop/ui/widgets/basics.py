"""The small parts that every page is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent
    from PySide6.QtSvg import QSvgRenderer

    from desktop.ui.face import Face
    from desktop.ui.icons import Icon

_NARROWEST: Final = 40

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


class Prose(QLabel):
    """Words that wrap, always as high as they need to be.

    Layouts ask a wrapping label for its height in ways that scroll areas and grids forget; this
    one tells them a plain minimum for the width that it has.

    Args:
        lines: Room that is kept for so many lines, so that nothing jumps when words appear.
    """

    def __init__(self, lines: int = 0) -> None:
        super().__init__()
        self._lines = lines
        self._needed = 0
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Show words."""
        if text != self.text():
            super().setText(text)
            self._fit()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Any width, the height that the words need at the present one."""
        return QSize(_NARROWEST, self._needed)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As the size hint."""
        return self.sizeHint()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """No: the hints say all; whatever a layout would ask further is for another width."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the height to another width."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the height to another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        line = self.fontMetrics().lineSpacing()
        needed = max(self.heightForWidth(self.width()), line * self._lines)
        if needed != self._needed:
            self._needed = needed
            self.updateGeometry()


def label(role: str = "") -> QLabel:
    """Words on one line; plain text always, because names come from outside."""
    result = QLabel()
    result.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        with_role(result, role)
    return result


def prose(role: str = "", *, lines: int = 0) -> Prose:
    """Words that wrap; room is kept for so many lines."""
    result = Prose(lines)
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


def announce(widget: QWidget) -> None:
    """Let a screen reader say what appeared, wherever the keyboard is."""
    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))


def breakable(machine_name: str) -> str:
    """A machine-readable name that may go on in the next line after each part."""
    return machine_name.replace("<", "<\u200b")


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


def scrolled(inside: QWidget) -> QScrollArea:
    """A widget that scrolls up and down where the window is too low for it."""
    result = QScrollArea()
    result.setWidgetResizable(True)
    result.setFrameShape(QFrame.Shape.NoFrame)
    result.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    result.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    result.setWidget(inside)
    return result


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
