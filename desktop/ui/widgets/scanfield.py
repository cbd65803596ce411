"""Where scans land, and the one sentence that answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.icons import Icon
from desktop.ui.widgets.basics import (
    Picture,
    announce,
    clear_margins,
    prose,
    set_property,
    with_role,
)
from desktop.ui.widgets.field import Line

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from desktop.ui.face import Face
    from desktop.ui.serving import ScanAnswer

_SHOWN: Final = 60
"""So many characters of a scan are shown; nobody reads more."""

_STAYS: Final = 1500
"""How long a scan stays in the field, in milliseconds."""


class ScanField(QWidget):
    """A wide line, always ready: scans come here wherever the keyboard is.

    Signals:
        entered: A person typed or pasted a text here and pressed Enter.
    """

    entered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.line = Line()
        with_role(self.line, "scan")
        self._picture = Picture(24)
        self._picture.setParent(self.line)
        layout = QVBoxLayout(self)
        clear_margins(layout)
        layout.addWidget(self.line)
        self.setFocusProxy(self.line)
        self.line.entered.connect(self._enter)
        self._clear = QTimer(self)
        self._clear.setSingleShot(True)
        self._clear.setInterval(_STAYS)
        self._clear.timeout.connect(self.line.clear)
        self.line.textEdited.connect(self._clear.stop)

    def wear(self, face: Face) -> None:
        """Speak this language and wear these colours from now on."""
        words = face.words.translate("issue.scan")
        self.line.setPlaceholderText(words)
        self.line.setAccessibleName(face.words.translate("issue.scan.name"))
        self._picture.set_icon(face, Icon.SCAN, face.tokens.accent)

    def show_scan(self, text: str) -> None:
        """Show for a moment what was scanned."""
        self.line.setText(text[:_SHOWN])
        self.line.setCursorPosition(0)
        self.line.flash()
        self._clear.start()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the icon inside the line."""
        super().resizeEvent(event)
        self._picture.move(QPoint(14, (self.line.height() - self._picture.height()) // 2))

    def _enter(self) -> None:
        text = self.line.text()
        self.line.clear()
        self.entered.emit(text)


class AnswerLine(QFrame):
    """One line of words about the last scan; a hint while there was none."""

    def __init__(self) -> None:
        super().__init__()
        with_role(self, "answer")
        self._picture = Picture(20)
        self.words = prose("answer")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.setSpacing(10)
        layout.addWidget(self._picture)
        layout.addWidget(self.words, 1)
        self.setMinimumHeight(36)

    def show_answer(self, answer: ScanAnswer | None, face: Face, hint: str = "") -> None:
        """Answer a scan, or give a hint."""
        tone = "" if answer is None else "warn" if answer.ignored else "good"
        set_property(self, "tone", tone)
        set_property(self.words, "tone", tone)
        self._picture.setVisible(answer is not None)
        if answer is None:
            self.words.setText(hint)
            return
        icon, colour = (
            (Icon.WARN, face.tokens.warn) if answer.ignored else (Icon.GOOD, face.tokens.good)
        )
        self._picture.set_icon(face, icon, colour)
        said = face.say(answer.message, **answer.values)
        if said != self.words.text():
            self.words.setText(said)
            self.setAccessibleName(said)
            announce(self)
