"""Paper for a certificate that exists: a slip for the counter's printer, a page for any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.errors import DeviceError, ErrorCode
from desktop.core.paper.certificate import certificate_page
from desktop.core.paper.receipt import receipt

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.core.issuance import Issuance, PrintState
    from desktop.core.paper.content import Letterhead
    from desktop.core.paper.drawing import Slip
    from desktop.core.ports import PageWriter, SlipPrinter, Store


class Printing:
    """Draws and prints; takes committed issuances only, and may fail as often as it likes.

    Args:
        store: Where the outcome is remembered.
        printer: The receipt printer as it is set up now, or None.
        pages: What makes a file of a page.
        letterhead: What all papers of this terminal have in common.
    """

    def __init__(
        self,
        *,
        store: Store,
        printer: Callable[[], SlipPrinter | None],
        pages: PageWriter,
        letterhead: Letterhead,
    ) -> None:
        self._store = store
        self._printer = printer
        self._pages = pages
        self._letterhead = letterhead

    def slip(self, issuance: Issuance) -> Slip:
        """The slip of an issuance, drawn for the printer that is set up.

        Raises:
            DeviceError: There is no printer, or its paper is too narrow for the code.
        """
        return receipt(issuance, self._letterhead, self._present().dots)

    def print_slip(self, slip: Slip) -> None:
        """Print and cut; may block as long as the printer's time-out.

        Raises:
            DeviceError: The printer is missing, unreachable or silent.
        """
        self._present().print(slip)

    def record(self, event_id: bytes, state: PrintState) -> None:
        """Remember what became of the paper.

        Raises:
            StoreError: It could not be written; the paper is what it is.
        """
        self._store.mark_printed(event_id, state)

    def page(self, issuance: Issuance) -> bytes:
        """The A4 page of an issuance, as a PDF file."""
        return self._pages.write(certificate_page(issuance, self._letterhead))

    def _present(self) -> SlipPrinter:
        printer = self._printer()
        if printer is None:
            raise DeviceError(ErrorCode.PRINTER_MISSING)
        return printer
