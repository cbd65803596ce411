"""What goes on by itself: telling the centre, forgetting in time, enrolling in training."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core.messages import mark
from desktop.core.permit import Severity
from desktop.ui.notices import Action, Notice, of_failure

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.core.outbox import OutboxItem
    from desktop.services.syncing import Answer, SyncReport
    from desktop.services.terminal import Terminal
    from desktop.ui.board import StatusBoard
    from desktop.ui.lanes import Failure, Lanes
    from desktop.ui.notices import Notices
    from desktop.wire.enrolment import EnrolmentReply, EnrolmentRequest

_HOUR: Final = 60 * 60 * 1000
_AGAIN: Final = 15 * 1000
_LONGEST: Final = timedelta(hours=6)
"""Longest pause of a timer: a clock that was wrong must not silence the loop for ever."""


def _timer(parent: QObject, then: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.timeout.connect(then)
    return timer


class SyncLoop(QObject):
    """Claims and settles on the store lane, sends on the network lane, and again when it is due.

    Signals:
        settled: A batch is settled; the SyncReport.
    """

    settled = Signal(object)

    def __init__(self, terminal: Terminal, lanes: Lanes, board: StatusBoard) -> None:
        super().__init__()
        self._terminal = terminal
        self._lanes = lanes
        self._board = board
        self._busy = False
        self._asked = False
        self._timer = _timer(self, self.sync)

    def start(self) -> None:
        """Put back what was in flight when the program ended, then begin."""
        self._busy = True
        recover = self._terminal.syncing.recover
        self._lanes.store.run(recover, lambda _: self._finish(0), self._failed)

    def stop(self) -> None:
        """No round begins any more."""
        self._timer.stop()
        self._busy = True

    def sync(self) -> None:
        """Begin a round, or another one when the present one is over."""
        self._timer.stop()
        if self._busy:
            self._asked = True
            return
        self._busy = True
        self._asked = False
        self._lanes.store.run(self._terminal.syncing.claim, self._send, self._failed)

    def _send(self, items: tuple[OutboxItem, ...]) -> None:
        syncing = self._terminal.syncing
        if not items:
            self._lanes.store.run(syncing.rest, self._rest, self._failed)
            return
        self._lanes.network.run(
            lambda: syncing.send(items), lambda answer: self._settle(items, answer), self._failed
        )

    def _settle(self, items: tuple[OutboxItem, ...], answer: Answer) -> None:
        settle = self._terminal.syncing.settle
        self._lanes.store.run(lambda: settle(items, answer), self._report, self._failed)

    def _report(self, report: SyncReport) -> None:
        self._board.set_connection(report.connection)
        self.settled.emit(report)
        self._rest(report)

    def _rest(self, report: SyncReport) -> None:
        if report.next_at is None:
            self._finish(None)
            return
        pause = report.next_at - self._terminal.clock.now()
        milliseconds = min(max(pause, timedelta(0)), _LONGEST) / timedelta(milliseconds=1)
        self._finish(int(milliseconds) + 1)

    def _failed(self, failure: Failure) -> None:
        """The store failed, or a bug struck; whoever issues or looks says so, we try again."""
        del failure
        self._board.refresh()
        self._finish(_AGAIN)

    def _finish(self, pause: int | None) -> None:
        self._busy = False
        if self._asked:
            self.sync()
        elif pause is not None:
            self._timer.start(pause)


class Housekeeping(QObject):
    """Erases what the journal no longer may keep, at start, after each sync and every hour."""

    def __init__(self, terminal: Terminal, lanes: Lanes, board: StatusBoard) -> None:
        super().__init__()
        self._terminal = terminal
        self._lanes = lanes
        self._board = board
        self._timer = QTimer(self)
        self._timer.setInterval(_HOUR)
        self._timer.timeout.connect(self.erase)

    def start(self) -> None:
        """Begin."""
        self.erase()
        self._timer.start()

    def stop(self) -> None:
        """End."""
        self._timer.stop()

    def erase(self) -> None:
        """Erase what is due; a failure is shown by whoever reads the status next."""
        erase, refresh = self._terminal.closing.erase, self._board.refresh
        self._lanes.store.run(erase, lambda _: refresh(), lambda _: refresh())


class Enrolment(QObject):
    """Enrols a training terminal by itself, beside everything else."""

    KEY: Final = "enrolment"

    def __init__(
        self, terminal: Terminal, lanes: Lanes, board: StatusBoard, notices: Notices
    ) -> None:
        super().__init__()
        self._enrolling = terminal.enrolling
        self._lanes = lanes
        self._board = board
        self._notices = notices
        self._timer = _timer(self, self.start)

    def start(self) -> None:
        """Ask for certificates if there are none."""
        self._timer.stop()
        self._lanes.store.run(self._enrolling.request, self._ask, self._failed)

    def stop(self) -> None:
        """No further try."""
        self._timer.stop()

    def _ask(self, request: EnrolmentRequest | None) -> None:
        if request is None:
            self._done()
            return
        self._notices.tell(
            Notice(
                key=self.KEY,
                title=mark("enrolment.running.title"),
                advice=mark("enrolment.running.advice"),
            )
        )
        ask = self._enrolling.ask
        self._lanes.network.run(lambda: ask(request), self._accept, self._failed)

    def _accept(self, reply: EnrolmentReply) -> None:
        accept = self._enrolling.accept
        self._lanes.store.run(lambda: accept(reply), lambda _: self._done(), self._failed)

    def _done(self) -> None:
        self._notices.withdraw(self.KEY)
        self._board.refresh()

    def _failed(self, failure: Failure) -> None:
        if failure.error is None:
            self._notices.tell(of_failure(self.KEY, failure))
            return
        self._notices.tell(
            Notice(
                key=self.KEY,
                title=mark("enrolment.failed.title"),
                advice=mark("enrolment.failed.advice"),
                severity=Severity.WARN,
                actions=(Action(mark("action.retry"), self.start),),
            )
        )
        self._timer.start(_AGAIN)
