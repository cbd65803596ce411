"""How the terminal stands: the one fact that the whole window listens to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.core.status import Connection
from desktop.ui.notices import of_failure

if TYPE_CHECKING:
    from desktop.core.errors import ErrorCode
    from desktop.core.status import TerminalStatus
    from desktop.services.terminal import Terminal
    from desktop.ui.lanes import Failure, Lanes
    from desktop.ui.notices import Notices

_KEY = "status"


class StatusBoard(QObject):
    """Publishes the status, in the window and for other processes.

    Signals:
        changed: The TerminalStatus is another one.
    """

    changed = Signal(object)

    def __init__(self, terminal: Terminal, lanes: Lanes, notices: Notices) -> None:
        super().__init__()
        self._terminal = terminal
        self._lanes = lanes
        self._notices = notices
        self._connection = Connection()
        self._printer_fault: ErrorCode | None = None
        self._published: TerminalStatus | None = None
        self.status: TerminalStatus | None = None

    def refresh(self) -> None:
        """Look again; ``changed`` follows if anything is otherwise."""
        connection, fault = self._connection, self._printer_fault
        self._lanes.store.run(lambda: self._look(connection, fault), self._seen, self._failed)

    def set_connection(self, connection: Connection) -> None:
        """The network lane has seen the centre, or not."""
        self._connection = connection
        self.refresh()

    def set_printer_fault(self, fault: ErrorCode | None) -> None:
        """The device lane has printed, or not."""
        self._printer_fault = fault
        self.refresh()

    def _look(self, connection: Connection, fault: ErrorCode | None) -> TerminalStatus:
        """On the store lane: read, and publish what is new."""
        status = self._terminal.reporting.status(connection, fault)
        if status != self._published:
            self._terminal.publish(status)
            self._published = status
        return status

    def _seen(self, status: TerminalStatus) -> None:
        self._notices.withdraw(_KEY)
        if status != self.status:
            self.status = status
            self.changed.emit(status)

    def _failed(self, failure: Failure) -> None:
        self._notices.tell(of_failure(_KEY, failure))
