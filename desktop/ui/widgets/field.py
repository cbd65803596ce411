"""A field of a form: what it is called, what stands in it, and what the program makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.ui.widgets.basics import clear_margins, label, prose, set_property

if TYPE_CHECKING:
    from collections.abc import Callable

FLASH: Final = 1500
"""How long a field that a scan filled stays coloured, in milliseconds."""


class Line(QLineEdit):
    """A line of text that leaves *undo* to the page and says when it was left.

    Signals:
        left: The keyboard went elsewhere within the window.
        entered: Enter was pressed.
    """

    left = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._flash = QTimer(self)
        self._flash.setSingleShot(True)
        self._flash.setInterval(FLASH)
        self._flash.timeout.connect(self._calm)

    def remember(self) -> Callable[[], None]:
        """What gives the line back what it holds now: text, cursor, selection."""
        text, cursor = self.text(), self.cursorPosition()
        start, length = self.selectionStart(), self.selectionLength()

        def restore() -> None:
            self.setText(text)
            if start >= 0:
                self.setSelection(start, length)
            else:
                self.setCursorPosition(cursor)

        return restore

    def set_wrong(self, *, wrong: bool) -> None:
        """Show whether something is wrong with what stands here."""
        if wrong:
            set_property(self, "state", "problem")
        elif self.property("state") == "problem":
            set_property(self, "state", "")

    def flash(self) -> None:
        """Show for a moment that a scan filled the line."""
        if self.property("state") != "problem":
            set_property(self, "state", "new")
            self._flash.start()

    def _calm(self) -> None:
        if self.property("state") == "new":
            set_property(self, "state", "")

    def event(self, event: QEvent) -> bool:
        """Let the page have Ctrl+Z: one undo for the whole form, not one for each field."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes on and is nobody else's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Say that the field was left; another window in front is no leaving."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.left.emit()


class TextField(QWidget):
    """A labelled line of text with one quiet line below: an echo, or the problem with it.

    Signals:
        edited: A person changed the text.
        left: The keyboard went elsewhere.
        entered: Enter was pressed.
    """

    edited = Signal(str)
    left = Signal()
    entered = Signal()

    def __init__(self, *, foot: bool = True) -> None:
        super().__init__()
        self.label = label("label")
        self.line = self._make_line()
        self.label.setBuddy(self.line)
        self.foot = prose("quiet", lines=1)
        self.foot.setVisible(foot)
        layout = QVBoxLayout(self)
        clear_margins(layout)
        layout.setSpacing(4)
        for part in (self.label, self.line, self.foot):
            layout.addWidget(part)
        layout.addStretch(1)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self.edited)
        self.line.left.connect(self.left)
        self.line.entered.connect(self.entered)

    def _make_line(self) -> Line:
        return Line()

    def set_label(self, words: str) -> None:
        """What the field is called."""
        self.label.setText(words)
        self.line.setAccessibleName(words)

    def text(self) -> str:
        """What stands in the field."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Put text into the field, as the program; the cursor stays where it can."""
        if text != self.line.text():
            self.line.setText(text)

    def set_foot(self, echo: str, problem: str = "", role: str = "quiet") -> None:
        """Say below the field what was understood, or what is wrong."""
        said = problem or echo
        if self.foot.text() != said:
            self.foot.setText(said)
            self.line.setAccessibleDescription(said)
        set_property(self.foot, "role", "problem" if problem else role)
        self.line.set_wrong(wrong=bool(problem))

    def flash(self) -> None:
        """Show that a scan filled the field."""
        self.line.flash()
