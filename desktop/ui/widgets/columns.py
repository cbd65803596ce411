"""Fields and cards side by side, in another order where there is less room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

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
        for column in range(max(columns, self._grid.columnCount())):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        for number, row in enumerate(rows):
            column = 0
            for widget, span in row:
                self._grid.addWidget(widget, number, column, 1, span)
                column += span


class Shelves(QWidget):
    """Cards in two columns, or in one where there is less room.

    Args:
        left: The cards of the left column, from above.
        right: Those of the right one; they follow below where there is one column only.
        border: From this width on there are two, in logical pixels.
    """

    def __init__(self, left: Sequence[QWidget], right: Sequence[QWidget], border: int) -> None:
        super().__init__()
        self._left, self._right = left, right
        self._border = border
        self._two: bool | None = None
        self._columns = (QVBoxLayout(), QVBoxLayout())
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(16)
        for column in self._columns:
            column.setSpacing(16)
            outer.addLayout(column, 1)
        self._arrange(two=True)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Take the arrangement for this width."""
        super().resizeEvent(event)
        self._arrange(two=event.size().width() >= self._border)

    def _arrange(self, *, two: bool) -> None:
        if two is self._two:
            return
        self._two = two
        for column in self._columns:
            while column.takeAt(0) is not None:
                continue
        first, second = self._columns
        for card in self._left:
            first.addWidget(card)
        for card in self._right:
            (second if two else first).addWidget(card)
        for column in self._columns:
            column.addStretch(1)
        outer = self.layout()
        if isinstance(outer, QHBoxLayout):
            outer.setStretch(1, int(two))
            outer.setSpacing(16 if two else 0)
