"""F12, the one key that issues: each press counts once, however long or fast it is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop.ui.strokes import Held, KeyEvent

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

CALM: Final = 600
"""A press so soon after the release before, in milliseconds, is the same impatience."""


class PrimaryKey(QObject):
    """Watches a window for F12.

    A key that is held, and presses in quick succession, are one press: the code that the first
    one brought on screen must not vanish by the second.

    Signals:
        pressed: F12 was pressed.
    """

    pressed = Signal()

    def __init__(self, window: QWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._held = Held()
        self._released_at: int | None = None
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802 - Qt's
        """Take F12 and nothing else."""
        if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_F12:
            return False
        if event.type() == QEvent.Type.KeyPress:
            self._press(event)
            return True
        if event.type() == QEvent.Type.KeyRelease:
            self._held.release(_key_event(event, down=False))
            self._released_at = event.timestamp()
            return True
        return False

    def _press(self, event: QKeyEvent) -> None:
        fresh = self._held.press(_key_event(event, down=True))
        since = None if self._released_at is None else event.timestamp() - self._released_at
        calm = since is None or not 0 <= since < CALM
        if fresh and calm and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.pressed.emit()


def _key_event(event: QKeyEvent, *, down: bool) -> KeyEvent:
    return KeyEvent(down, event.key(), event.timestamp(), repeat=event.isAutoRepeat())
