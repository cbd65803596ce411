"""Fields side by side, in another order where there is less room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent


class Columns(QWidget):
    """A grid of fields with a wide and a narrow arrangement.

    Args:
        wide: Rows of widgets with the number of columns that each takes.
        narrow: The same for less room.
        border: From this width on, in logical pixels, there is room.
    """

    def __init__(
        self,
        wide: Sequence[Sequence[tuple[QWidget, int]]],
        narrow: Sequence[Sequence[tuple[QWidget, int]]],
        border: int,
    ) -> None:
        super().__init__()
        self._wide, self._narrow = wide, narrow
        self._border = border
        self._shown: Sequence[Sequence[tuple[QWidget, int]]] | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._arrange(wide)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Take the arrangement for this width."""
        super().resizeEvent(event)
        self._arrange(self._wide if event.size().width() >= self._border else self._narrow)

    def _arrange(self, rows: Sequence[Sequence[tuple[QWidget, int]]]) -> None:
        if rows is self._shown:
            return
        self._shown = rows
        while self._grid.takeAt(0) is not None:
            continue
        columns = max(sum(span for _, span in row) for row in rows)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        for number, row in enumerate(rows):
            column = 0
            for widget, span in row:
                self._grid.addWidget(widget, number, column, 1, span)
                column += span
