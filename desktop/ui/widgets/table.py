"""The lines of the history as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QIcon

from desktop.core.messages import mark
from desktop.core.outbox import OutboxState
from desktop.ui.icons import Icon

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.core.issuance import HistoryLine
    from desktop.ui.face import Face
    from desktop.ui.wording import Wording

_Index = QModelIndex | QPersistentModelIndex

_STATES: Final = {
    OutboxState.PENDING: (Icon.WAITING, mark("history.state.waiting")),
    OutboxState.IN_FLIGHT: (Icon.WAITING, mark("history.state.waiting")),
    OutboxState.ACKNOWLEDGED: (Icon.SENT, mark("history.state.acknowledged")),
    OutboxState.PARKED: (Icon.PARKED, mark("history.state.parked")),
}
_HEADS: Final = (
    mark("history.column.time"),
    mark("history.column.product"),
    mark("history.column.dose"),
    mark("history.column.uvci"),
    mark("history.column.state"),
)
_PRODUCT: Final = 1
_STATE: Final = 4


class HistoryModel(QAbstractTableModel):
    """One line a certificate; no names, because history does not know them."""

    STRETCHED: ClassVar[int] = _PRODUCT

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[HistoryLine, ...] = ()
        self._face: Face | None = None
        self._wording: Wording | None = None
        self._now: datetime | None = None
        self._icons: dict[OutboxState, QIcon] = {}

    def wear(self, face: Face, wording: Wording, now: datetime) -> None:
        """Speak this language and wear these colours from now on."""
        self.beginResetModel()
        self._face, self._wording, self._now = face, wording, now
        colours = {OutboxState.PARKED: face.tokens.warn, OutboxState.ACKNOWLEDGED: face.tokens.good}
        self._icons = {
            state: face.icon(icon, colours.get(state, face.tokens.muted))
            for state, (icon, _) in _STATES.items()
        }
        self.endResetModel()

    def show_lines(self, lines: tuple[HistoryLine, ...]) -> None:
        """List these."""
        if lines != self._lines:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()

    def line(self, row: int) -> HistoryLine | None:
        """The certificate in a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802 - Qt's name
        """One row a certificate."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Time, product, dose, end of the identifier, state."""
        return 0 if parent is not None and parent.isValid() else len(_HEADS)

    def headerData(  # noqa: N802 - Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401 - Qt takes anything
        """What the columns are called."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._face.say(_HEADS[section]) if self._face else ""
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Words, shape and colour of a cell."""
        line, face = self.line(index.row()), self._face
        if line is None or face is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(line, index.column())
        if role == Qt.ItemDataRole.DecorationRole and index.column() == _STATE:
            return self._icons[line.state]
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(face.tokens.text if line.readable else face.tokens.muted)
        return None

    def _text(self, line: HistoryLine, column: int) -> str:
        wording, face, now = self._wording, self._face, self._now
        if wording is None or face is None or now is None:
            return ""
        match column:
            case 0:
                return wording.moment(line.issued_at, now)
            case 1:
                return wording.product(line.product)
            case 2:
                return face.words.translate("history.dose", dose=line.dose, doses=line.doses)
            case 3:
                return f"… {line.uvci_end}"
            case _:
                return face.say(_STATES[line.state][1])
