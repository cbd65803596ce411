"""The window from its first sight to its end: entrance, workplace, giving everything back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QGuiApplication

from desktop.core.messages import mark
from desktop.core.permit import Severity
from desktop.core.status import Realm
from desktop.ui.dress import Dress
from desktop.ui.entrance import Entrance
from desktop.ui.icons import Icon
from desktop.ui.notices import Notice, Notices
from desktop.ui.preferences import Preferences
from desktop.ui.window import Frame
from desktop.ui.workplace import Workplace

if TYPE_CHECKING:
    from desktop.core.ports import Words
    from desktop.core.settings import Settings
    from desktop.services.terminal import Terminal
    from desktop.ui.lanes import Lanes
    from desktop.ui.outside import Outside

_USUAL: Final = QSize(1280, 840)
_CROWDED: Final = QSize(1440, 900)
"""On a screen up to this size the window takes all of it."""


class Program(QObject):
    """Everything on screen.

    Args:
        outside: The rest of the world.
        lanes: Where work is done.
        words: The catalogue, in any language.
        settings: What was chosen, as far as it could be read.
        language: A language for this start only.
    """

    def __init__(
        self,
        *,
        outside: Outside,
        lanes: Lanes,
        words: Words,
        settings: Settings,
        language: str | None = None,
    ) -> None:
        super().__init__()
        self._outside = outside
        self.lanes = lanes
        self.notices = Notices()
        self.preferences = Preferences(settings, language, lanes, self.notices)
        self.dress = Dress(words, outside.read)
        self.frame = Frame(self.notices)
        self.entrance = Entrance(
            frame=self.frame,
            lanes=lanes,
            preferences=self.preferences,
            dress=self.dress,
            outside=outside,
        )
        self.workplace: Workplace | None = None
        self.dress.changed.connect(self.frame.wear)
        self.preferences.changed.connect(lambda _: self._dress_up())
        self.entrance.opened.connect(self._opened)

    def start(self, realm: Realm) -> None:
        """Show the window and lead to the terminal of a realm."""
        self._dress_up()
        icon = self.dress.face.icon(Icon.CODE, self.dress.face.tokens.accent, 64)
        self.frame.setWindowIcon(icon)
        self._show()
        self.entrance.enter(realm)

    def tell_bug(self, reference: str) -> None:
        """Something of ours went wrong; the log has the rest under this number."""
        self.notices.tell(
            Notice(
                key="bug",
                title=mark("bug.title"),
                advice=mark("bug.advice"),
                severity=Severity.WARN,
                values={"reference": reference},
            )
        )

    def close(self, deadline: float) -> None:
        """Give everything back: timers, lanes within so many seconds, then the terminal."""
        if self.workplace is not None:
            self.workplace.stop()
        self.dress.take_off()
        idle = self.lanes.close(deadline)
        if self.workplace is not None and idle:
            self.workplace.terminal.close()

    def _opened(self, terminal: Terminal) -> None:
        self.preferences.keep_in(terminal.settings, terminal.configuring.save)
        self.workplace = Workplace(
            terminal=terminal,
            frame=self.frame,
            lanes=self.lanes,
            notices=self.notices,
            preferences=self.preferences,
            dress=self.dress,
            outside=self._outside,
        )
        self._dress_up()
        self.workplace.start()

    def _dress_up(self) -> None:
        workplace = self.workplace
        realm = Realm.PRODUCTION if workplace is None else workplace.terminal.realm
        self.dress.put_on(self.preferences.settings, realm)

    def _show(self) -> None:
        room = QGuiApplication.primaryScreen().availableSize()
        if room.width() <= _CROWDED.width() or room.height() <= _CROWDED.height():
            self.frame.showMaximized()
        else:
            self.frame.resize(_USUAL)
            self.frame.show()
