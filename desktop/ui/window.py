"""The window: rail, page, banner, status strip. A frame that knows no business."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.keys import PrimaryKey
from desktop.ui.wedge import Wedge
from desktop.ui.widgets.band import TrainingBand
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.basics import clear_margins, with_role
from desktop.ui.widgets.field import Line
from desktop.ui.widgets.rail import SIGNS, Place, Rail
from desktop.ui.widgets.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QShowEvent

    from desktop.ui.face import Face
    from desktop.ui.notices import Notices

SMALLEST: Final = QSize(900, 480)


class Frame(QWidget):
    """The one window of the program.

    Signals:
        place_chosen: A person wants to go to a Place.
        primary: F12.
        escape: Esc, and no banner was there to be closed.
        undo: Ctrl+Z.
        slip: Ctrl+B.
        page: Ctrl+P.
        scanned: A scan was typed; its strokes.
        closed: The window was closed.
    """

    place_chosen = Signal(object)
    primary = Signal()
    escape = Signal()
    undo = Signal()
    slip = Signal()
    page = Signal()
    scanned = Signal(tuple)
    closed = Signal()

    def __init__(self, notices: Notices) -> None:
        super().__init__()
        with_role(self, "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._notices = notices
        self._wedge: Wedge | None = None
        self._primary_key: PrimaryKey | None = None
        self._remember_page: Callable[[], Callable[[], None]] = lambda: _nothing
        self.band = TrainingBand()
        self.rail = Rail()
        self.banner = Banner()
        self.pages = QStackedWidget()
        self.strip = Strip()
        self._face: Face | None = None
        self._lay_out()
        self._connect()
        self.rail.hide()
        self.strip.hide()
        self.setMinimumSize(SMALLEST)

    def _lay_out(self) -> None:
        self.band.hide()
        right = QVBoxLayout()
        clear_margins(right)
        right.setSpacing(0)
        right.addWidget(self.banner)
        right.addWidget(self.pages, 1)
        middle = QHBoxLayout()
        clear_margins(middle)
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(right, 1)
        layout = QVBoxLayout(self)
        clear_margins(layout)
        layout.setSpacing(0)
        layout.addWidget(self.band)
        layout.addLayout(middle, 1)
        layout.addWidget(self.strip)

    def _connect(self) -> None:
        self._notices.changed.connect(lambda: self.banner.show_notice(self._notices.current))
        self.banner.closed.connect(self._notices.dismiss)
        self.rail.chosen.connect(self.place_chosen)
        for place, sign in SIGNS.items():
            self._key(sign.key, partial(self.place_chosen.emit, place))
        self._key("Esc", self._escape)
        self._key(QKeySequence.StandardKey.Undo, self.undo.emit)
        self._key("Ctrl+B", self.slip.emit)
        self._key("Ctrl+P", self.page.emit)

    def _key(self, key: str | QKeySequence.StandardKey, then: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(then)

    def wear(self, face: Face) -> None:
        """Speak this language and wear these colours from now on."""
        self._face = face
        for part in (self.band, self.rail, self.banner):
            part.wear(face)

    def set_training(self, *, training: bool) -> None:
        """Wear the striped band, or not."""
        self.band.setVisible(training)

    def hold(self, *pages: QWidget) -> None:
        """Pages that will be shown belong to the window from the beginning, and end with it."""
        for page in pages:
            self.pages.addWidget(page)

    def show_alone(self, page: QWidget) -> None:
        """A page without places beside it: before a terminal is open."""
        self.rail.hide()
        self.strip.hide()
        self._put(page)

    def show_place(self, page: QWidget, place: Place) -> None:
        """A page of an open terminal."""
        self.rail.show()
        self.strip.show()
        self.rail.set_here(place)
        self._put(page)

    def remember_with(self, remember: Callable[[], Callable[[], None]]) -> None:
        """What a page has to take back when the first keys of a scan were typed into it."""
        self._remember_page = remember

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Watch the native window, which exists from now on."""
        super().showEvent(event)
        if self._wedge is None:
            handle = self.windowHandle()
            self._wedge = Wedge(handle, self._remember, self)
            self._wedge.scanned.connect(self.scanned)
            self._primary_key = PrimaryKey(handle, self)
            self._primary_key.pressed.connect(self.primary)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """The window goes at once; what is open is given back afterwards."""
        super().closeEvent(event)
        self.closed.emit()

    def _put(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)

    def _escape(self) -> None:
        if not self._notices.dismiss():
            self.escape.emit()

    def _remember(self) -> Callable[[], None]:
        """What gives the focused field and the page back what they hold now."""
        page = self._remember_page()
        focused = self.focusWidget()
        line = focused.remember() if isinstance(focused, Line) else _nothing

        def restore() -> None:
            line()
            page()

        return restore


def _nothing() -> None:
    """Nothing is to be given back."""
