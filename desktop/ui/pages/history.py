"""The history: what was issued, what waits, what a person has to look at."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from desktop.core.messages import mark
from desktop.core.outbox import OutboxState
from desktop.ui.icons import Icon
from desktop.ui.notices import of_failure
from desktop.ui.tokens import PRIMARY
from desktop.ui.widgets.basics import button, label, prose, row
from desktop.ui.widgets.segments import Segments
from desktop.ui.widgets.table import HistoryModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from desktop.core.issuance import HistoryLine, Issuance
    from desktop.ui.desk import Desk
    from desktop.ui.face import Face
    from desktop.ui.lanes import Failure
    from desktop.ui.papers import Papers
    from desktop.ui.serving import Serving

LINES: Final = 500
"""So many certificates the page looks back."""

_KEY: Final = "history"
_ROW: Final = 44


class Filter(StrEnum):
    """Which certificates are listed."""

    ALL = "all"
    WAITING = "waiting"
    PARKED = "parked"


_MEANT: Final = {
    Filter.ALL: frozenset(OutboxState),
    Filter.WAITING: frozenset({OutboxState.PENDING, OutboxState.IN_FLIGHT}),
    Filter.PARKED: frozenset({OutboxState.PARKED}),
}

_REASONS: Final = {
    "event.unreadable": mark("history.reason.broken"),
    "event.forged": mark("history.reason.broken"),
    "certificate.unreadable": mark("history.reason.broken"),
    "certificate.forged": mark("history.reason.broken"),
    "certificate.contradicts": mark("history.reason.broken"),
    "terminal.unknown": mark("history.reason.terminal"),
    "terminal.other": mark("history.reason.terminal"),
    "certificate.key_time": mark("history.reason.key_time"),
    "realm.training": mark("history.reason.realm"),
    "realm.production": mark("history.reason.realm"),
    "uvci.conflict": mark("history.reason.conflict"),
}
"""What the centre's reasons mean for the person who has to act."""


class HistoryPage(QWidget):
    """Lists, shows again, prints again."""

    def __init__(self, desk: Desk, serving: Serving, papers: Papers) -> None:
        super().__init__()
        self._terminal = desk.terminal
        self._lanes = desk.lanes
        self._notices = desk.notices
        self._wording = desk.wording
        self._serving = serving
        self._papers = papers
        self._face: Face | None = None
        self._lines: tuple[HistoryLine, ...] = ()
        self._opened = False
        self.title = label("title")
        self.filter = Segments([str(each) for each in Filter])
        self.filter.set_value(Filter.ALL)
        self.model = HistoryModel()
        self.table = QTableView()
        self.empty = prose("quiet")
        self.detail = prose("fact")
        self.print_slip = button()
        self.save_page = button()
        self.show_code = button("primary")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(self.model.columnCount()):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(self.model.STRETCHED, QHeaderView.ResizeMode.Stretch)
        self.detail.setMinimumHeight(44)
        self.show_code.setMinimumHeight(PRIMARY)
        actions = row(self.show_code, self.print_slip, self.save_page, 1, gap=12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(row(self.title, 1, self.filter))
        layout.addWidget(self.empty)
        layout.addWidget(table, 1)
        layout.addWidget(self.detail)
        layout.addLayout(actions)
        QWidget.setTabOrder(table, self.show_code)
        QWidget.setTabOrder(self.show_code, self.print_slip)
        QWidget.setTabOrder(self.print_slip, self.save_page)

    def _connect(self) -> None:
        self.filter.chosen.connect(lambda _: self._show_lines())
        self.table.activated.connect(lambda _: self.show_again())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_detail())
        self.show_code.clicked.connect(self.show_again)
        self.print_slip.clicked.connect(self.print_again)
        self.save_page.clicked.connect(self.save)

    def wear(self, face: Face) -> None:
        """Speak this language and wear these colours from now on."""
        self._face = face
        self._wording = replace(self._wording, words=face.words)
        words, muted = face.words, face.tokens.muted
        self.title.setText(words.translate("history.title"))
        self.filter.set_words(
            words.translate("history.filter"),
            {
                Filter.ALL: words.translate("history.filter.all"),
                Filter.WAITING: words.translate("history.filter.waiting"),
                Filter.PARKED: words.translate("history.filter.parked"),
            },
        )
        self.table.setAccessibleName(words.translate("history.title"))
        self.show_code.setText(words.translate("history.show"))
        self.print_slip.setText(words.translate("result.print_again"))
        self.print_slip.setIcon(face.icon(Icon.PRINTER, muted))
        self.save_page.setText(words.translate("result.save_page"))
        self.save_page.setIcon(face.icon(Icon.PAGE, muted))
        self.model.wear(face, self._wording, self._terminal.clock.now())
        self._show_lines()

    def show_only(self, which: Filter) -> None:
        """List these only."""
        self.filter.set_value(which)
        self._show_lines()

    def refresh(self) -> None:
        """Look again, if anybody is looking."""
        if self.isVisible():
            listing = self._terminal.listing
            self._lanes.store.run(lambda: listing.history(LINES), self._listed, self._failed)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look when the page is opened."""
        super().showEvent(event)
        self._opened = True
        self.refresh()

    def show_again(self) -> None:
        """The code of the selected certificate on screen."""
        self._with_selected(self._serving.show_again)

    def print_again(self) -> None:
        """A slip of the selected certificate."""
        if self._terminal.settings.printer.host:
            self._with_selected(self._papers.print_slip)

    def save(self) -> None:
        """The page of the selected certificate as a file."""
        self._with_selected(self._papers.want_page)

    def _with_selected(self, do: Callable[[Issuance], None]) -> None:
        line = self._selected()
        if line is None or not line.readable:
            return
        listing, event_id = self._terminal.listing, line.event_id

        def found(issuance: Issuance | None) -> None:
            if issuance is not None:
                do(issuance)
            self.refresh()

        self._lanes.store.run(lambda: listing.issuance(event_id), found, self._failed)

    def _selected(self) -> HistoryLine | None:
        rows = self.table.selectionModel().selectedRows()
        return self.model.line(rows[0].row()) if rows else None

    def _listed(self, lines: tuple[HistoryLine, ...]) -> None:
        self._lines = lines
        self._show_lines()
        if self._opened:
            self._opened = False
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, failure: Failure) -> None:
        self._notices.tell(of_failure(_KEY, failure))

    def _show_lines(self) -> None:
        chosen = self._selected()
        meant = _MEANT[Filter(self.filter.value or Filter.ALL)]
        shown = tuple(line for line in self._lines if line.state in meant)
        self.model.show_lines(shown)
        self.table.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        ids = [line.event_id for line in shown]
        if shown:
            at = ids.index(chosen.event_id) if chosen and chosen.event_id in ids else 0
            flags = QItemSelectionModel.SelectionFlag
            self.table.selectionModel().setCurrentIndex(
                self.model.index(at, 0), flags.ClearAndSelect | flags.Rows
            )
        self._show_detail()

    def _show_detail(self) -> None:
        if self._face is None:
            return
        words, line = self._face.words, self._selected()
        self.empty.setText(words.translate("history.empty"))
        readable = line is not None and line.readable
        self.show_code.setEnabled(readable)
        self.save_page.setEnabled(readable)
        self.print_slip.setEnabled(readable)
        self.print_slip.setVisible(bool(self._terminal.settings.printer.host))
        said = []
        if line is not None and line.state is OutboxState.PARKED:
            said.append(self._face.say(_REASONS.get(line.reason or "", _UNKNOWN)))
        if line is not None and not line.readable:
            said.append(words.translate("history.erased"))
        self.detail.setText(" ".join(said))


_UNKNOWN: Final = mark("history.reason.unknown")
