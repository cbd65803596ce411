"""The places of an open terminal, and what goes on behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from desktop.core.messages import mark, of_error, of_permit
from desktop.core.permit import Severity
from desktop.core.status import Reach, Realm
from desktop.ui import sound
from desktop.ui.board import StatusBoard
from desktop.ui.desk import Desk
from desktop.ui.notices import Notice
from desktop.ui.pages.help import HelpPage
from desktop.ui.pages.history import Filter, HistoryPage
from desktop.ui.pages.issue import IssuePage
from desktop.ui.pages.result import ResultPage
from desktop.ui.pages.settings import SettingsPage
from desktop.ui.papers import Papers
from desktop.ui.save_dialog import SaveDialog
from desktop.ui.serving import Phase, Serving
from desktop.ui.upkeep import Enrolment, Housekeeping, SyncLoop
from desktop.ui.wedge import best_reading
from desktop.ui.widgets.rail import Place
from desktop.ui.widgets.strip import Question
from desktop.ui.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from desktop.core.issuance import Issuance
    from desktop.core.status import Connection, TerminalStatus
    from desktop.services.terminal import Terminal
    from desktop.ui.dress import Dress
    from desktop.ui.face import Face
    from desktop.ui.lanes import Lanes
    from desktop.ui.notices import Notices
    from desktop.ui.outside import Outside
    from desktop.ui.preferences import Preferences
    from desktop.ui.serving import Scene
    from desktop.ui.strokes import Stroke
    from desktop.ui.window import Frame

_DETAIL: Final = "detail"


class Workplace(QObject):
    """Everything on screen that belongs to one open terminal.

    Args:
        terminal: Its services.
        frame: The window.
        lanes: Where work is done.
        notices: Where facts beside the work are said.
        preferences: What a person has chosen.
        dress: Language and look.
        outside: The rest of the world.
    """

    def __init__(  # noqa: PLR0913 - the one place where all of them meet
        self,
        *,
        terminal: Terminal,
        frame: Frame,
        lanes: Lanes,
        notices: Notices,
        preferences: Preferences,
        dress: Dress,
        outside: Outside,
    ) -> None:
        super().__init__()
        self.terminal = terminal
        self._frame = frame
        self._notices = notices
        self._preferences = preferences
        self._dress = dress
        profile, value_sets = terminal.profile, terminal.value_sets
        self._wording = Wording(dress.face.words, profile, value_sets, outside.countries())
        desk = Desk(terminal, lanes, notices, self._wording)
        self.board = StatusBoard(terminal, lanes, notices)
        self.sync = SyncLoop(terminal, lanes, self.board)
        self.housekeeping = Housekeeping(terminal, lanes, self.board)
        self.enrolment = Enrolment(terminal, lanes, self.board, notices)
        self.serving = Serving(terminal, lanes, notices)
        self.papers = Papers(terminal, lanes, self.board, notices, outside.write_page)
        self.dialog = SaveDialog(frame, self._wording)
        self.issue = IssuePage(self.serving, self._wording, terminal.clock)
        self.result = ResultPage(self.serving, self.papers, self._wording)
        self.history = HistoryPage(desk, self.serving, self.papers)
        self.settings = SettingsPage(preferences, terminal)
        self.help = HelpPage(outside.licences)
        self._pages = (self.issue, self.result, self.history, self.settings, self.help)
        frame.hold(*self._pages)
        self._place = Place.ISSUE
        self._shown: Issuance | None = None
        self._connect_window()
        self._connect_work()

    def _connect_window(self) -> None:
        frame = self._frame
        frame.place_chosen.connect(self.go)
        frame.primary.connect(self._primary)
        frame.escape.connect(self._escape)
        frame.undo.connect(self._undo)
        frame.slip.connect(self._slip)
        frame.page.connect(self._page)
        frame.scanned.connect(self._scanned)
        frame.strip.asked.connect(self._tell_more)
        frame.remember_with(self._remember)
        self._dress.changed.connect(self.wear)

    def _connect_work(self) -> None:
        serving, board = self.serving, self.board
        serving.changed.connect(self._show_scene)
        serving.issued.connect(self.sync.sync)
        serving.issued.connect(board.refresh)
        serving.answered.connect(self._sound)
        self.sync.settled.connect(lambda _: serving.follow())
        self.sync.settled.connect(lambda _: self.housekeeping.erase())
        board.changed.connect(self._show_status)
        self.papers.page_wanted.connect(self._ask_for_place)
        self.papers.page_open.connect(_open)
        self.papers.slip_changed.connect(lambda _: self.history.refresh())
        self.dialog.chosen.connect(self.papers.write_page)
        self.issue.scanned.connect(serving.scanned)
        self.settings.about_wanted.connect(self._about)
        self._preferences.saved.connect(board.refresh)

    def start(self) -> None:
        """Show the counter and begin what goes on by itself."""
        self._frame.set_training(training=self.terminal.realm is Realm.TRAINING)
        self.wear(self._dress.face)
        self.go(Place.ISSUE)
        self.board.refresh()
        self.serving.start()
        self.sync.start()
        self.housekeeping.start()
        if self.terminal.realm is Realm.TRAINING:
            self.enrolment.start()

    def stop(self) -> None:
        """No timer runs any more, no dialog stays open."""
        self.sync.stop()
        self.housekeeping.stop()
        self.enrolment.stop()
        self.dialog.close()

    def wear(self, face: Face) -> None:
        """Speak this language and wear these colours from now on."""
        wording = self._wording
        self._wording = Wording(face.words, wording.profile, wording.value_sets, wording.countries)
        for page in self._pages:
            page.wear(face)
        if self.board.status is not None:
            self._show_status(self.board.status)
        self._show_title(face)

    def go(self, place: Place) -> None:
        """Go to a place."""
        self._place = place
        self._frame.show_place(self._page_of(place), place)
        if place is Place.ISSUE and self.serving.scene.phase is Phase.FILLING:
            self.issue.resume()

    def _page_of(self, place: Place) -> QWidget:
        showing = self.serving.scene.phase is Phase.SHOWING
        pages: dict[Place, QWidget] = {
            Place.ISSUE: self.result if showing else self.issue,
            Place.HISTORY: self.history,
            Place.SETTINGS: self.settings,
            Place.HELP: self.help,
        }
        return pages[place]

    def _show_scene(self, scene: Scene) -> None:
        self.issue.show_scene(scene)
        self.result.show_scene(scene)
        shown = scene.showing.issuance if scene.showing else None
        appears = shown is not None and shown is not self._shown
        self._shown = shown
        if appears or (
            self._place is Place.ISSUE
            and self._page_of(Place.ISSUE) is not self._frame.pages.currentWidget()
        ):
            self.go(Place.ISSUE)

    def _show_status(self, status: TerminalStatus) -> None:
        self._frame.strip.show_status(
            status, self._dress.face, self._wording, self.terminal.clock.now()
        )
        self.issue.show_status(status)
        self.result.show_status(status)
        self.history.refresh()

    def _show_title(self, face: Face) -> None:
        words, training = face.words, self.terminal.realm is Realm.TRAINING
        pharmacy = self.terminal.site.pharmacy
        title = words.translate("window.title.training", pharmacy=pharmacy)
        self._frame.setWindowTitle(
            title if training else words.translate("window.title", pharmacy=pharmacy)
        )

    def _primary(self) -> None:
        if self._place is Place.HISTORY:
            self.history.show_again()
        elif self._place is Place.ISSUE:
            if self.serving.scene.phase is Phase.SHOWING:
                self.serving.next_customer()
            else:
                self.serving.issue()

    def _escape(self) -> None:
        if self._place is not Place.ISSUE:
            self.go(Place.ISSUE)
        else:
            self.serving.start_over()

    def _undo(self) -> None:
        if self._place is Place.ISSUE:
            self.serving.undo()

    def _slip(self) -> None:
        if self._place is Place.HISTORY:
            self.history.print_again()
        elif self._place is Place.ISSUE:
            self.result.print_again()

    def _page(self) -> None:
        if self._place is Place.HISTORY:
            self.history.save()
        elif self._place is Place.ISSUE:
            self.result.save()

    def _scanned(self, strokes: tuple[Stroke, ...]) -> None:
        text = best_reading(strokes, self._preferences.settings.scanner_layout)
        if self._place is not Place.ISSUE:
            self.go(Place.ISSUE)
        self.issue.show_scan(text)
        self.serving.scanned(text)

    def _remember(self) -> Callable[[], None]:
        entry = self.serving.scene.entry
        return lambda: self.serving.restore(entry)

    def _sound(self) -> None:
        answer = self.serving.scene.answer
        if answer is not None:
            sound.play(good=not answer.ignored)

    def _ask_for_place(self, issuance: Issuance) -> None:
        words = self._dress.face.words
        self.dialog.ask(issuance, words.translate("page.dialog"), words.translate("page.kind"))

    def _about(self) -> None:
        self.help.show_about()
        self.go(Place.HELP)

    def _tell_more(self, question: Question) -> None:
        status = self.board.status
        if status is None:
            return
        match question:
            case Question.WAITING:
                self.history.show_only(Filter.PARKED if status.outbox.parked else Filter.ALL)
                self.go(Place.HISTORY)
            case Question.PRINTER:
                self.go(Place.SETTINGS)
            case Question.CONNECTION:
                self._notices.tell(about_connection(status.connection))
            case Question.PERMIT:
                message = of_permit(status.permit.state, status.permit.fault)
                self._notices.tell(
                    Notice(
                        key=_DETAIL,
                        title=message.title,
                        advice=message.advice,
                        severity=message.severity,
                    )
                )


def about_connection(connection: Connection) -> Notice:
    """What the connection's pill stands for, in full."""
    if connection.fault is not None:
        message = of_error(connection.fault)
        return Notice(
            key=_DETAIL, title=message.title, advice=message.advice, severity=message.severity
        )
    if connection.reach is Reach.ONLINE:
        return Notice(
            key=_DETAIL,
            title=mark("connection.online.title"),
            advice=mark("connection.online.advice"),
        )
    return Notice(
        key=_DETAIL,
        title=mark("connection.unknown.title"),
        advice=mark("connection.unknown.advice"),
        severity=Severity.GOOD,
    )


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
