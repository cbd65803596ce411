"""Scans that arrive as key strokes, anywhere in the window.

The window's ``QWindow`` is watched, not the application: an application-wide filter sees each key
four times (window, widget, its parents). While a scan is typed, nothing of it reaches a widget,
except the few strokes before it was recognised; those are taken back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

from desktop.core.scan import keymap
from desktop.core.scan.classify import ForeignScan, classify
from desktop.ui.strokes import PAUSE, Bursts, KeyEvent, Step, Stroke

if TYPE_CHECKING:
    from collections.abc import Callable

_GRACE: Final = 20
"""Milliseconds for strokes that wait in the queue while the pause is measured."""

_X11_OFFSET: Final = 8
_WINDOWS_EXTENDED: Final = {0x11C: 96, 0x11D: 97, 0x135: 98, 0x138: 100}
_WINDOWS_PLAIN: Final = 0x58

_META: Final = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier

_BEGINS: Final = frozenset({Step.BEGIN, Step.END_AND_BEGIN})
_ENDS: Final = frozenset({Step.END, Step.END_AND_PASS, Step.END_AND_BEGIN})
_SWALLOWED: Final = frozenset({Step.RECOGNISE, Step.TAKE, Step.END})


def evdev(native: int, platform: str) -> int:
    """The evdev number of a native key code, 0 where it is unknown.

    Args:
        native: ``QKeyEvent.nativeScanCode``.
        platform: ``QGuiApplication.platformName()``.
    """
    if platform == "windows":
        plain = native if native <= _WINDOWS_PLAIN else 0
        return _WINDOWS_EXTENDED.get(native, plain)
    if platform == "cocoa":
        return 0
    return max(0, native - _X11_OFFSET)


def readings(strokes: tuple[Stroke, ...], layout: str) -> tuple[str, ...]:
    """What a scan may mean, the likeliest first.

    The configured layout, the other ones, and what the operating system made of it: a scanner may
    be set otherwise than the settings say.
    """
    keys = [stroke.key for stroke in strokes]
    heard = "".join(stroke.text for stroke in strokes)
    if not all(key.code for key in keys):
        return (heard,)
    others = tuple(each for each in keymap.LAYOUTS if each != layout)
    return (*(keymap.decode(keys, each) for each in (layout, *others)), heard)


def best_reading(strokes: tuple[Stroke, ...], layout: str) -> str:
    """The likeliest reading that is something, or else simply the likeliest."""
    texts = readings(strokes, layout)
    known = (text for text in texts if not isinstance(classify(text), ForeignScan))
    return next(known, texts[0])


class Wedge(QObject):
    """Watches a window for scans.

    Args:
        window: What receives the key events.
        remember: Called when a scan may begin; returns what gives the focused field back what it
            holds now.

    Signals:
        recognised: A scan is being typed.
        scanned: A scan is complete; its strokes, a tuple of Stroke.
    """

    recognised = Signal()
    scanned = Signal(tuple)

    def __init__(
        self,
        window: QWindow,
        remember: Callable[[], Callable[[], None]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._remember = remember
        self._restore: Callable[[], None] = _nothing
        self._bursts = Bursts()
        self._focus: QObject | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._grace)
        self._ended = QTimer(self)
        self._ended.setSingleShot(True)
        self._ended.setInterval(_GRACE)
        self._ended.timeout.connect(self._paused)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take what belongs to a scan away from the widgets."""
        kind = event.type()
        if watched is self._focus and kind == QEvent.Type.InputMethod:
            return True
        if watched is not self._window:
            return False
        if kind == QEvent.Type.FocusOut:
            self._leave()
        if not isinstance(event, QKeyEvent):
            return False
        if kind == QEvent.Type.ShortcutOverride:
            return self._override(event)
        if kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return self._key(event)
        return False

    def _override(self, event: QKeyEvent) -> bool:
        """While a scan is typed, its keys are no short-cuts."""
        if self._bursts.scanning and event.key() not in (Qt.Key.Key_F12, Qt.Key.Key_Escape):
            event.accept()
            return True
        self._bursts.announce(_key_event(event))
        return False

    def _key(self, event: QKeyEvent) -> bool:
        step = self._bursts.feed(_key_event(event))
        if step in _ENDS:
            self._finish()
        if step in _BEGINS:
            self._restore = self._remember()
        if step is Step.RECOGNISE:
            self._recognise()
        if self._bursts.scanning:
            self._ended.stop()
            self._pause.start()
        return step in _SWALLOWED

    def _recognise(self) -> None:
        self._restore()
        self._focus = QGuiApplication.focusObject()
        if self._focus is not None:
            # What an input method composes from the scanner's dead keys goes there directly.
            self._focus.installEventFilter(self)
        self.recognised.emit()

    def _leave(self) -> None:
        scanning = self._bursts.scanning
        self._bursts.forget()
        if scanning:
            self._finish()

    def _grace(self) -> None:
        self._ended.start()

    def _paused(self) -> None:
        if self._bursts.pause():
            self._finish()

    def _finish(self) -> None:
        self._pause.stop()
        self._ended.stop()
        if self._focus is not None:
            self._focus.removeEventFilter(self)
            self._focus = None
        self._restore = _nothing
        self.scanned.emit(self._bursts.finished)


def _nothing() -> None:
    """Nothing is to be given back."""


def _key_event(event: QKeyEvent) -> KeyEvent:
    return KeyEvent(
        down=event.type() != QEvent.Type.KeyRelease,
        code=evdev(event.nativeScanCode(), QGuiApplication.platformName()),
        at=event.timestamp(),
        text=event.text(),
        repeat=event.isAutoRepeat(),
        meta=bool(event.modifiers() & _META),
    )
