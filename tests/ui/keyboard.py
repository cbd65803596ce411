"""A keyboard and a keyboard-wedge scanner, as the window system would deliver them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from desktop.core.scan import keymap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QWindow

X11 = 8
"""Native codes of X11 and of the offscreen platform are those of evdev plus this."""

SHIFT, CONTROL, RIGHT_BRACKET, ENTER = 42, 29, 27, 28
NONE = Qt.KeyboardModifier.NoModifier

_MAIN = range(2, 58)


def places(layout: str) -> dict[str, tuple[int, bool]]:
    """Where a layout has its signs: evdev code, and whether shift is needed."""
    meant = keymap._LAYOUTS[layout]
    shifted = {sign: (code, True) for code, sign in meant.shifted.items() if code in _MAIN}
    plain = {sign: (code, False) for code, sign in meant.plain.items() if code in _MAIN}
    return shifted | plain


class Keyboard:
    """Presses keys in a window, each at a time of its own.

    Args:
        window: Where they go.
        pause: Milliseconds from one stroke to the next: 120 is a person, 3 a scanner.
    """

    def __init__(self, window: QWindow, *, pause: int = 120) -> None:
        self.window = window
        self.pause = pause
        self.at = 10_000

    def event(  # noqa: PLR0913 - the parts of a key event
        self,
        *,
        down: bool,
        key: Qt.Key = Qt.Key.Key_unknown,
        code: int = 0,
        text: str = "",
        modifiers: Qt.KeyboardModifier = NONE,
        repeat: bool = False,
    ) -> None:
        kind = QEvent.Type.KeyPress if down else QEvent.Type.KeyRelease
        native = code + X11 if code else 0
        event = QKeyEvent(kind, key, modifiers, native, 0, 0, text, repeat)
        event.setTimestamp(self.at)
        QCoreApplication.sendEvent(self.window, event)

    def tap(
        self,
        key: Qt.Key,
        text: str = "",
        *,
        code: int = 0,
        modifiers: Qt.KeyboardModifier = NONE,
        times: int = 1,
    ) -> None:
        """Press and release a key."""
        for _ in range(times):
            self.at += self.pause
            self.event(down=True, key=key, code=code, text=text, modifiers=modifiers)
            self.at += 1
            self.event(down=False, key=key, code=code, text=text, modifiers=modifiers)

    def type(self, text: str) -> None:
        """Type a text, letter by letter."""
        for sign in text:
            key = Qt.Key(ord(sign.upper())) if sign.isascii() else Qt.Key.Key_unknown
            self.tap(key, sign)

    def enter(self, *texts: str) -> None:
        """Type texts, Enter after each."""
        for text in texts:
            self.type(text)
            self.tap(Qt.Key.Key_Return, "\r", code=ENTER)

    def f12(self, times: int = 1, pause: int = 1000) -> None:
        """Press F12 so many times, with so many milliseconds between."""
        for _ in range(times):
            self.at += pause
            self.event(down=True, key=Qt.Key.Key_F12, code=88)
            self.at += 20
            self.event(down=False, key=Qt.Key.Key_F12, code=88)

    def shortcut(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a short-cut, through the window system."""
        QTest.keyClick(self.window, key, modifiers)

    def scan(self, text: str, layout: str = "us", *, end: bool = True, gap: int = 3) -> None:
        """A wedge scanner that is set to a layout types a text; GS goes as Ctrl+]."""
        where = places(layout)
        self.at += 500
        for sign in text:
            self.at += gap
            if sign == "\x1d":
                self._stroke(RIGHT_BRACKET, "\x1d", (CONTROL,))
            else:
                code, shifted = where[sign]
                self._stroke(code, sign, (SHIFT,) if shifted else ())
        if end:
            self.at += gap
            self._stroke(ENTER, "\r", ())

    def _stroke(self, code: int, text: str, modifiers: Iterable[int]) -> None:
        held = tuple(modifiers)
        kinds = {
            SHIFT: Qt.KeyboardModifier.ShiftModifier,
            CONTROL: Qt.KeyboardModifier.ControlModifier,
        }
        state = NONE
        for each in held:
            self.event(down=True, key=Qt.Key.Key_Shift, code=each)
            state |= kinds[each]
        key = Qt.Key.Key_Return if code == ENTER else Qt.Key.Key_unknown
        self.event(down=True, key=key, code=code, text=text, modifiers=state)
        self.event(down=False, key=key, code=code, text=text, modifiers=state)
        for each in held:
            self.event(down=False, key=Qt.Key.Key_Shift, code=each)
