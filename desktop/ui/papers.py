"""Paper for a certificate on screen: slips on the device lane, pages as files."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from desktop.core.errors import DeviceError
from desktop.core.issuance import PrintState
from desktop.core.messages import mark
from desktop.ui.notices import Action, Notice, of_failure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.core.issuance import Issuance
    from desktop.services.terminal import Terminal
    from desktop.ui.board import StatusBoard
    from desktop.ui.lanes import Failure, Lanes
    from desktop.ui.notices import Notices

_SLIP: Final = "slip"
_PAGE: Final = "page"


class SlipState(Enum):
    """What is known of the slip of one certificate."""

    NONE = auto()
    PRINTING = auto()
    PRINTED = auto()
    FAILED = auto()


class Papers(QObject):
    """Prints and writes; the certificate exists whatever becomes of its paper.

    Args:
        terminal: Whose certificates these are.
        lanes: Where work is done.
        board: Is told how the printer is.
        notices: Where failures are said.
        write: Writes a file; on the device lane.

    Signals:
        slip_changed: The slip of a certificate is in another state; its event id.
        page_wanted: A person wants a page as a file; the Issuance. Somebody asks where.
        page_open: A person wants to see a page that was written; its Path.
    """

    slip_changed = Signal(bytes)
    page_wanted = Signal(object)
    page_open = Signal(object)

    def __init__(
        self,
        terminal: Terminal,
        lanes: Lanes,
        board: StatusBoard,
        notices: Notices,
        write: Callable[[Path, bytes], None],
    ) -> None:
        super().__init__()
        self._terminal = terminal
        self._lanes = lanes
        self._board = board
        self._notices = notices
        self._write = write
        self._states: dict[bytes, SlipState] = {}

    def slip_state(self, issuance: Issuance) -> SlipState:
        """What is known of a certificate's slip."""
        known = {
            PrintState.NONE: SlipState.NONE,
            PrintState.PRINTED: SlipState.PRINTED,
            PrintState.FAILED: SlipState.FAILED,
        }
        return self._states.get(issuance.event_id, known[issuance.print_state])

    def print_slip(self, issuance: Issuance) -> None:
        """Print a slip, or another one; not while this certificate's slip is on its way."""
        if self.slip_state(issuance) is SlipState.PRINTING:
            return
        self._notices.withdraw(_SLIP)
        self._set(issuance, SlipState.PRINTING)
        printing = self._terminal.printing
        self._lanes.device.run(
            lambda: printing.print_slip(printing.slip(issuance)),
            lambda _: self._printed(issuance),
            lambda failure: self._not_printed(issuance, failure),
        )

    def want_page(self, issuance: Issuance) -> None:
        """A person wants the page; where it goes is asked next."""
        self.page_wanted.emit(issuance)

    def write_page(self, issuance: Issuance, path: Path) -> None:
        """Write the page as a PDF file where a person chose."""
        printing, write = self._terminal.printing, self._write
        self._lanes.device.run(
            lambda: write(path, printing.page(issuance)),
            lambda _: self._written(path),
            lambda failure: self._notices.tell(
                of_failure(
                    _PAGE, failure, Action(mark("action.other_place"), self._again(issuance))
                )
            ),
        )

    def _again(self, issuance: Issuance) -> Callable[[], None]:
        return lambda: self.want_page(issuance)

    def _written(self, path: Path) -> None:
        self._notices.tell(
            Notice(
                key=_PAGE,
                title=mark("page.written.title"),
                advice=mark("page.written.advice"),
                values={"file": path.name, "folder": str(path.parent)},
                actions=(Action(mark("action.open"), lambda: self.page_open.emit(path)),),
            )
        )

    def _printed(self, issuance: Issuance) -> None:
        self._set(issuance, SlipState.PRINTED)
        self._record(issuance, PrintState.PRINTED)
        self._board.set_printer_fault(None)

    def _not_printed(self, issuance: Issuance, failure: Failure) -> None:
        self._set(issuance, SlipState.FAILED)
        self._record(issuance, PrintState.FAILED)
        if isinstance(failure.error, DeviceError):
            self._board.set_printer_fault(failure.error.code)
        retry = Action(mark("action.retry"), lambda: self.print_slip(issuance))
        instead = Action(mark("action.page_instead"), self._again(issuance))
        self._notices.tell(of_failure(_SLIP, failure, retry, instead))

    def _record(self, issuance: Issuance, state: PrintState) -> None:
        printing = self._terminal.printing
        self._lanes.store.run(
            lambda: printing.record(issuance.event_id, state), _nothing, self._unrecorded
        )

    def _unrecorded(self, failure: Failure) -> None:
        self._notices.tell(of_failure(_SLIP, failure))

    def _set(self, issuance: Issuance, state: SlipState) -> None:
        self._states[issuance.event_id] = state
        self.slip_changed.emit(issuance.event_id)


def _nothing(_: object) -> None:
    """What was done needs no answer."""
