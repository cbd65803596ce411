"""Where a page goes: asked beside the counter's work, never in its way."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSize, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

if TYPE_CHECKING:
    from desktop.core.issuance import Issuance
    from desktop.ui.wording import Wording

_ID: Final = 4
_SIZE: Final = QSize(860, 560)


def file_name(issuance: Issuance, wording: Wording) -> str:
    """The day of issue and a random number; never anything of the person."""
    day = wording.profile.local_date(issuance.issued_at)
    return f"{day.isoformat()}-{issuance.event_id[:_ID].hex()}.pdf"


class SaveDialog(QObject):
    """Asks for a place, one dialog at a time, and remembers the folder for this run.

    Signals:
        chosen: The Issuance and the Path for its page.
    """

    chosen = Signal(object, object)

    def __init__(self, window: QWidget, wording: Wording) -> None:
        super().__init__(window)
        self._window = window
        self._wording = wording
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        self._folder = Path(QStandardPaths.writableLocation(documents))
        self.dialog: QFileDialog | None = None

    def ask(self, issuance: Issuance, title: str, kind: str) -> None:
        """Open the dialog for a certificate's page.

        Args:
            issuance: Whose page.
            title: Title of the dialog.
            kind: What PDF files are called.
        """
        self.close()
        dialog = QFileDialog(self._window, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{kind} (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.setDirectory(str(self._folder))
        dialog.selectFile(file_name(issuance, self._wording))
        dialog.resize(_SIZE)
        dialog.setWindowModality(Qt.WindowModality.NonModal)
        dialog.fileSelected.connect(lambda name: self._chosen(issuance, Path(name)))
        dialog.destroyed.connect(self._gone)
        self.dialog = dialog
        dialog.show()

    def close(self) -> None:
        """Close the dialog, if it is open."""
        if self.dialog is not None:
            self.dialog.close()
            self.dialog = None

    def _chosen(self, issuance: Issuance, path: Path) -> None:
        self._folder = path.parent
        self.chosen.emit(issuance, path)

    def _gone(self) -> None:
        self.dialog = None
