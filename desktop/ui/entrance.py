"""From the first sight of the window to an open terminal: doors, set-up, trouble."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.core.messages import of_error
from desktop.core.status import Realm
from desktop.ui.pages.setup import SetupPage
from desktop.ui.pages.trouble import OpeningPage, TroublePage
from desktop.ui.pages.welcome import WelcomePage

if TYPE_CHECKING:
    from desktop.core.settings import Site
    from desktop.services.terminal import Terminal
    from desktop.ui.dress import Dress
    from desktop.ui.face import Face
    from desktop.ui.lanes import Failure, Lanes
    from desktop.ui.outside import Outside
    from desktop.ui.preferences import Preferences
    from desktop.ui.window import Frame


class Entrance(QObject):
    """Leads to a terminal.

    Signals:
        opened: A Terminal is open.
    """

    opened = Signal(object)

    def __init__(
        self,
        *,
        frame: Frame,
        lanes: Lanes,
        preferences: Preferences,
        dress: Dress,
        outside: Outside,
    ) -> None:
        super().__init__()
        self._frame = frame
        self._lanes = lanes
        self._preferences = preferences
        self._dress = dress
        self._outside = outside
        self._realm = Realm.PRODUCTION
        self.welcome = WelcomePage()
        self.setup = SetupPage(outside.profiles)
        self.opening = OpeningPage()
        self.trouble = TroublePage()
        frame.hold(self.opening, self.welcome, self.setup, self.trouble)
        self.welcome.set_up.connect(lambda: frame.show_alone(self.setup))
        self.welcome.practise.connect(lambda: self.open(Realm.TRAINING))
        self.setup.back.connect(lambda: frame.show_alone(self.welcome))
        self.setup.done.connect(self._set_up)
        self.trouble.retry.connect(lambda: self.enter(self._realm))
        self.trouble.quit.connect(frame.close)
        dress.changed.connect(self.wear)

    def enter(self, realm: Realm) -> None:
        """Open the terminal of a realm; the two doors where there is none yet."""
        self._realm = realm
        self._frame.show_alone(self.opening)
        is_set_up = self._outside.is_set_up
        self._lanes.store.run(lambda: is_set_up(realm), self._known, self._failed)

    def open(self, realm: Realm) -> None:
        """Open the terminal of a realm."""
        self._realm = realm
        self._frame.show_alone(self.opening)
        assemble = self._outside.assemble
        self._lanes.store.run(lambda: assemble(realm), self._assembled, self._failed)

    def wear(self, face: Face) -> None:
        """Speak this language and wear these colours from now on."""
        for page in (self.welcome, self.setup, self.opening, self.trouble):
            page.wear(face)
        self._frame.setWindowTitle(face.words.translate("window.title.plain"))

    def _known(self, is_set_up: bool) -> None:
        if is_set_up:
            self.open(self._realm)
        else:
            self._frame.show_alone(self.welcome)

    def _assembled(self, terminal: Terminal) -> None:
        self._dress.changed.disconnect(self.wear)
        self.opened.emit(terminal)

    def _failed(self, failure: Failure) -> None:
        self.trouble.show_failure(failure)
        self._frame.show_alone(self.trouble)

    def _set_up(self, site: Site, centre_url: str) -> None:
        settings = replace(self._preferences.settings, site=site, centre_url=centre_url)
        set_up = self._outside.set_up
        self._lanes.store.run(
            lambda: set_up(settings), lambda _: self.open(Realm.PRODUCTION), self._not_set_up
        )

    def _not_set_up(self, failure: Failure) -> None:
        words = self._dress.face.words
        if failure.error is None:
            self.setup.show_problem(words.translate("bug.advice", reference=failure.reference))
            return
        message = of_error(failure.error.code)
        self.setup.show_problem(words.translate(message.title, **failure.error.facts))
