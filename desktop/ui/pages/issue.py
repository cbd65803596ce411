"""The issue page: scan or type, look at what the customer will read, one key."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.core.form import Field, ProblemCode
from desktop.core.messages import of_permit
from desktop.core.permit import PermitState
from desktop.core.status import Realm
from desktop.ui.counter import echo
from desktop.ui.icons import Icon
from desktop.ui.serving import Phase
from desktop.ui.tokens import PRIMARY
from desktop.ui.widgets.basics import (
    button,
    clear_margins,
    column,
    focused_in,
    label,
    row,
    scrolled,
)
from desktop.ui.widgets.cards import PersonCard, VaccinationCard, needs_record
from desktop.ui.widgets.permit import PermitCard
from desktop.ui.widgets.preview import PreviewCard
from desktop.ui.widgets.scanfield import AnswerLine, ScanField

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from desktop.core.ports import Clock
    from desktop.core.status import TerminalStatus
    from desktop.ui.face import Face
    from desktop.ui.serving import Scene, Serving
    from desktop.ui.wording import Wording

_SIDE: Final = (272, 320, 480)
"""Width of the right column in narrow, usual and wide windows, in logical pixels."""

_USUAL: Final = 1100
_WIDE: Final = 1500
_LOW: Final = 540


class IssuePage(QWidget):
    """Shows a scene while a form is filled.

    Signals:
        scanned: A text was typed or pasted into the scan field.
    """

    scanned = Signal(str)

    def __init__(self, serving: Serving, wording: Wording, clock: Clock) -> None:
        super().__init__()
        self._serving = serving
        self._wording = wording
        self._clock = clock
        self._face: Face | None = None
        self._status: TerminalStatus | None = None
        self._keyboard: QWidget | None = None
        self.title = label("title")
        self.undo = button("link")
        self.restart = button("link")
        self.scan = ScanField()
        self.answer = AnswerLine()
        self.person = PersonCard()
        self.vaccination = VaccinationCard()
        self.preview = PreviewCard()
        self.permit = PermitCard()
        self.primary = button("primary")
        self.primary.setMinimumHeight(PRIMARY)
        self._side = QWidget()
        self._lay_out()
        self._connect()
        self._order()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(24, 16, 24, 16)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.addLayout(row(self.title, 1, self.undo, self.restart, gap=4), 0, 0, 1, 2)
        grid.addWidget(self.scan, 1, 0, 1, 2)
        grid.addWidget(self.answer, 2, 0, 1, 2)
        cards = QWidget()
        cards.setLayout(column(self.person, self.vaccination, 1, gap=16))
        self._scroll = scrolled(cards)
        grid.addWidget(self._scroll, 3, 0)
        side = QVBoxLayout(self._side)
        clear_margins(side)
        side.setSpacing(16)
        above = QWidget()
        above.setLayout(column(self.permit, self.preview, gap=16))
        side.addWidget(scrolled(above), 1)
        side.addWidget(self.primary)
        grid.addWidget(self._side, 3, 1)
        grid.setRowStretch(3, 1)
        grid.setColumnStretch(0, 1)

    def _connect(self) -> None:
        serving = self._serving
        for card in (self.person, self.vaccination):
            card.typed.connect(serving.typed)
            card.left.connect(serving.left)
            card.entered.connect(self._go_on)
        self.vaccination.record_seen.connect(lambda seen: serving.confirm_record(seen=seen))
        self.primary.clicked.connect(serving.issue)
        self.undo.clicked.connect(serving.undo)
        self.restart.clicked.connect(serving.start_over)
        self.scan.entered.connect(self._scan_entered)
        serving.begun.connect(self.focus_first)
        serving.refused.connect(self._focus_problem)
        serving.answered.connect(self._flash)

    def _order(self) -> None:
        """The order of the keyboard: the form from above, the one key, then the rest."""
        stops = [*self._stops().values(), self.vaccination.record, self.primary]
        stops += [self.scan.line, self.undo, self.restart]
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)

    def _stops(self) -> dict[Field, QWidget]:
        fields = self.person.fields | self.vaccination.fields
        return {
            Field.GIVEN_NAME: fields[Field.GIVEN_NAME].line,
            Field.FAMILY_NAME: fields[Field.FAMILY_NAME].line,
            Field.BIRTH_DATE: fields[Field.BIRTH_DATE].line,
            Field.PRODUCT: fields[Field.PRODUCT].line,
            Field.DOSE: self.vaccination.dose.dose,
            Field.DOSES: self.vaccination.dose.doses,
            Field.DATE: fields[Field.DATE].line,
            Field.BATCH: fields[Field.BATCH].line,
            Field.COUNTRY: fields[Field.COUNTRY].line,
        }

    def wear(self, face: Face) -> None:
        """Speak this language and wear these colours from now on."""
        self._face = face
        self._wording = replace(self._wording, words=face.words)
        words = face.words
        self.title.setText(words.translate("issue.title"))
        self.undo.setText(words.translate("issue.undo"))
        self.undo.setIcon(face.icon(Icon.UNDO, face.tokens.muted, 18))
        self.restart.setText(words.translate("issue.restart"))
        self.restart.setIcon(face.icon(Icon.RESTART, face.tokens.muted, 18))
        self.scan.wear(face)
        self.person.wear(face)
        self.vaccination.wear(face, self._wording)
        self.preview.wear(face)
        self.show_scene(self._serving.scene)

    def show_scene(self, scene: Scene) -> None:
        """Show what has been entered, what it means and what is wrong with it."""
        if self._face is None or scene.phase is Phase.SHOWING:
            return
        words, form = self._face.words, scene.entry.form
        today = self._wording.profile.local_date(self._clock.now())
        heard = echo(form, today, words)
        problems = scene.entry.visible(scene.problems)
        self.person.show_form(form, heard, problems, words)
        self.vaccination.show_form(form, heard, problems, words)
        refused = scene.entry.settled == frozenset(Field)
        self.vaccination.show_record(form, words, asked=scene.entry.record_asked, refused=refused)
        self.preview.show_form(form, heard, self._wording)
        self._show_answer(scene)
        self._show_phase(scene)

    def show_status(self, status: TerminalStatus) -> None:
        """Show whether certificates may be issued now."""
        self._status = status
        self._show_phase(self._serving.scene)

    def focus_first(self) -> None:
        """The keyboard to the first field of an empty form."""
        first = self._stops()[Field.GIVEN_NAME]
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureVisible(0, 0)

    def resume(self) -> None:
        """The keyboard back to where it was, or to the first field."""
        focused = focused_in(self)
        if focused is None:
            self.focus_first()
        else:
            focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_scan(self, text: str) -> None:
        """A scan landed here."""
        self.scan.show_scan(text)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The right column is as wide as the window allows."""
        super().resizeEvent(event)
        width = event.size().width()
        narrow, usual, wide = _SIDE
        self._side.setFixedWidth(narrow if width < _USUAL else usual if width < _WIDE else wide)
        self._show_answer(self._serving.scene)

    def _show_phase(self, scene: Scene) -> None:
        if self._face is None:
            return
        words, busy = self._face.words, scene.phase is Phase.ISSUING
        may_sign = self._status is None or self._status.permit.rule.may_sign
        self._lock(busy=busy)
        self.primary.setEnabled(may_sign and not busy)
        self.primary.setText(
            words.translate("issue.busy") if busy else words.translate("issue.primary")
        )
        self.undo.setEnabled(bool(scene.entry.past) and not busy)
        self.restart.setEnabled(not scene.entry.is_blank and not busy)
        self._show_permit(may_sign=may_sign)

    def _show_answer(self, scene: Scene) -> None:
        """The answer to a scan; a hint where there is none, but not where every line counts."""
        if self._face is not None:
            hint = self._face.words.translate("issue.hint")
            self.answer.show_answer(scene.answer, self._face, hint)
            self.answer.setVisible(scene.answer is not None or self.height() >= _LOW)

    def _lock(self, *, busy: bool) -> None:
        """While a certificate is made nobody types; then the keyboard is where it was."""
        if busy and self._keyboard is None:
            self._keyboard = focused_in(self)
        for locked in (self.person, self.vaccination, self.scan):
            locked.setEnabled(not busy)
        if not busy and self._keyboard is not None:
            if self.isVisible():
                self._keyboard.setFocus(Qt.FocusReason.OtherFocusReason)
            self._keyboard = None

    def _show_permit(self, *, may_sign: bool) -> None:
        status, face = self._status, self._face
        if status is None or face is None or may_sign:
            self.permit.hide()
            return
        new = status.permit.state is PermitState.NOT_ENROLLED
        if new and status.realm is Realm.TRAINING:
            self.permit.hide()
            return
        message = of_permit(status.permit.state, None if new else status.permit.fault)
        steps = face.words.translate("permit.not_enrolled.steps") if new else ""
        self.permit.show_message(face, message, steps)

    def _go_on(self, name: Field) -> None:
        """Enter moves on and never issues; after the last field to the one key."""
        order = list(self._stops())
        following = order[order.index(name) + 1 :]
        target = self._stops()[following[0]] if following else self._after_form()
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(target, 0, 32)

    def _after_form(self) -> QWidget:
        record = self.vaccination.record
        return record if record.isVisible() and not record.isChecked() else self.primary

    def _focus_problem(self) -> None:
        scene = self._serving.scene
        visible = scene.entry.visible(scene.problems)
        if needs_record(scene.problems):
            self._focus(self.vaccination.record)
            return
        for name, stop in self._stops().items():
            if name in visible or (name is Field.BATCH and Field.PACK_EXPIRY in visible):
                self._focus(stop)
                return

    def _focus(self, target: QWidget) -> None:
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(target, 0, 48)

    def _scan_entered(self, text: str) -> None:
        if text:
            self.scanned.emit(text)
        else:
            self.focus_first()

    def _flash(self) -> None:
        """Show what a scan filled, and lead to what it left open."""
        scene = self._serving.scene
        if scene.answer is None or scene.answer.ignored or scene.phase is not Phase.FILLING:
            return
        self.person.flash(scene.answer.changed)
        self.vaccination.flash(scene.answer.changed)
        wrong = {p.field for p in scene.problems if p.code is not ProblemCode.UNVERIFIED}
        if Field.FAMILY_NAME in wrong and not scene.entry.form.given_name.strip():
            wrong.add(Field.GIVEN_NAME)  # one name is enough, but people begin with the first
        open_stops = (stop for name, stop in self._stops().items() if name in wrong)
        self._focus(next(open_stops, self._after_form()))
