"""The result page: the code as large as the window, and what to do with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.messages import mark
from desktop.core.outbox import OutboxState
from desktop.ui.icons import Icon
from desktop.ui.papers import SlipState
from desktop.ui.serving import Why
from desktop.ui.tokens import PRIMARY
from desktop.ui.widgets.basics import (
    Picture,
    Rule,
    button,
    clear_margins,
    column,
    label,
    prose,
    row,
    scrolled,
    set_property,
)
from desktop.ui.widgets.code import CodeView
from desktop.ui.widgets.scanfield import AnswerLine

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from desktop.core.issuance import Issuance
    from desktop.core.status import TerminalStatus
    from desktop.ui.face import Face
    from desktop.ui.papers import Papers
    from desktop.ui.serving import Scene, Serving, Showing
    from desktop.ui.wording import Wording

_SIDE: Final = (344, 560)
_NARROW_SIDE: Final = (280, 344)
"""Least and most width of the words, in usual and in narrow windows, in logical pixels."""

_USUAL: Final = 1000
_EDGE: Final = 24
_MARGIN: Final = 16
_GAP: Final = 24

_HEADS: Final = {
    Why.ISSUED: mark("result.issued"),
    Why.RECOVERED: mark("result.recovered"),
    Why.AGAIN: mark("result.again"),
}
_STATES: Final = {
    OutboxState.PENDING: (Icon.WAITING, mark("result.waiting")),
    OutboxState.IN_FLIGHT: (Icon.WAITING, mark("result.waiting")),
    OutboxState.ACKNOWLEDGED: (Icon.SENT, mark("result.acknowledged")),
    OutboxState.PARKED: (Icon.PARKED, mark("result.parked")),
}
_SLIPS: Final = {
    SlipState.NONE: "",
    SlipState.PRINTING: mark("result.slip.printing"),
    SlipState.PRINTED: mark("result.slip.printed"),
    SlipState.FAILED: mark("result.slip.failed"),
}


class ResultPage(QWidget):
    """Shows a scene while a certificate is on screen."""

    def __init__(self, serving: Serving, papers: Papers, wording: Wording) -> None:
        super().__init__()
        self._serving = serving
        self._papers = papers
        self._wording = wording
        self._face: Face | None = None
        self._has_printer = False
        self.code = CodeView()
        self._head_picture = Picture(22)
        self.head = prose("done")
        self.why = prose("quiet")
        self.name = prose("hero")
        self.born = prose("quiet")
        self.dose = prose("fact")
        self.product = prose("fact")
        self._state_picture = Picture(20)
        self.state = prose("quiet")
        self._paper_title = label("section")
        self.print_slip = button()
        self.save_page = button()
        self.slip = prose("quiet")
        self.answer = AnswerLine()
        self.primary = button("primary")
        self.primary.setMinimumHeight(PRIMARY)
        self._side = QWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = row(self._head_picture, self.head, gap=10)
        head.setStretch(1, 1)
        state = row(self._state_picture, self.state, gap=10)
        state.setStretch(1, 1)
        said = QWidget()
        inside = column(gap=8)
        said.setLayout(inside)
        inside.addLayout(head)
        for part in (self.why, self.name, self.born, self.dose, self.product):
            inside.addWidget(part)
        inside.addSpacing(4)
        inside.addLayout(state)
        inside.addWidget(self.answer)
        inside.addStretch(1)
        side = column(scrolled(said), gap=8)
        side.setStretch(0, 1)
        side.addWidget(Rule())
        side.addWidget(self._paper_title)
        side.addWidget(self.print_slip)
        side.addWidget(self.save_page)
        side.addWidget(self.slip)
        side.addSpacing(8)
        side.addWidget(self.primary)
        clear_margins(side)
        self._side.setLayout(side)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_EDGE, _MARGIN, _EDGE, _MARGIN)
        layout.setSpacing(_GAP)
        layout.addWidget(self.code, 1)
        layout.addWidget(self._side)

    def _connect(self) -> None:
        queued = Qt.ConnectionType.QueuedConnection
        self.code.painted.connect(self._serving.painted, queued)
        self.primary.clicked.connect(self._serving.next_customer)
        self.print_slip.clicked.connect(self.print_again)
        self.save_page.clicked.connect(self.save)
        self._papers.slip_changed.connect(lambda _: self._show_slip())

    @property
    def issuance(self) -> Issuance | None:
        """The certificate on screen."""
        showing = self._serving.scene.showing
        return showing.issuance if showing else None

    def print_again(self) -> None:
        """A slip, or another one."""
        if self.issuance is not None:
            self._papers.print_slip(self.issuance)

    def save(self) -> None:
        """The page as a file."""
        if self.issuance is not None:
            self._papers.want_page(self.issuance)

    def wear(self, face: Face) -> None:
        """Speak this language and wear these colours from now on."""
        self._face = face
        self._wording = replace(self._wording, words=face.words)
        words, muted = face.words, face.tokens.muted
        self.code.setAccessibleName(words.translate("result.code"))
        self._paper_title.setText(words.translate("result.paper"))
        self.print_slip.setText(words.translate("result.print_slip"))
        self.print_slip.setIcon(face.icon(Icon.PRINTER, muted))
        self.save_page.setText(words.translate("result.save_page"))
        self.save_page.setIcon(face.icon(Icon.PAGE, muted))
        self.show_scene(self._serving.scene)

    def show_status(self, status: TerminalStatus) -> None:
        """Offer a slip only where there is a printer."""
        self._has_printer = status.printer_set_up
        self._show_slip()

    def show_scene(self, scene: Scene) -> None:
        """Show the certificate; nothing of it stays when it is gone."""
        face, showing = self._face, scene.showing
        self.code.set_text(showing.issuance.hc1 if showing else "")
        if face is None:
            return
        if showing is None:
            for part in (self.name, self.born, self.dose, self.product):
                part.clear()
            return
        self._show_head(showing, face)
        self._show_certificate(showing.issuance, face)
        self._show_state(showing, face)
        self.answer.setVisible(scene.answer is not None)
        self.answer.show_answer(scene.answer, face)
        self._show_slip()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """The keyboard to the code: no stray key presses a button."""
        super().showEvent(event)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The code takes the height of the window, the words what that leaves beside it."""
        super().resizeEvent(event)
        width, height = event.size().width(), event.size().height()
        least, most = _SIDE if width >= _USUAL else _NARROW_SIDE
        beside = width - height - _GAP + 2 * _MARGIN - 2 * _EDGE
        self._side.setFixedWidth(min(max(beside, least), most))

    def _show_head(self, showing: Showing, face: Face) -> None:
        words, odd = face.words, showing.why is Why.RECOVERED or showing.differs
        colour = face.tokens.warn if odd else face.tokens.good
        self._head_picture.set_icon(face, Icon.WARN if odd else Icon.GOOD, colour)
        self.head.setText(face.say(_HEADS[showing.why]))
        set_property(self.head, "tone", "warn" if odd else "good")
        why = ""
        if showing.why is Why.RECOVERED:
            why = words.translate("result.recovered.why")
        elif showing.differs:
            why = words.translate("result.differs")
        self.why.setText(why)
        self.why.setVisible(bool(why))
        again = showing.why is Why.AGAIN
        self.primary.setText(
            words.translate("result.back") if again else words.translate("result.next")
        )

    def _show_certificate(self, issuance: Issuance, face: Face) -> None:
        words, wording = face.words, self._wording
        person = issuance.certificate.person
        vaccination = issuance.certificate.vaccination
        names = (person.given_name, person.family_name)
        self.name.setText(" ".join(name for name in names if name))
        birth = wording.day(person.birth_date)
        self.born.setText(words.translate("result.born", day=birth))
        self.dose.setText(wording.dose(vaccination.dose, vaccination.doses))
        product, day = wording.product(vaccination.product), wording.day(vaccination.date)
        self.product.setText(words.translate("result.product", product=product, day=day))
        self.code.setAccessibleDescription(f"{self.name.text()}, {self.dose.text()}")

    def _show_state(self, showing: Showing, face: Face) -> None:
        icon, words = _STATES[showing.state]
        parked = showing.state is OutboxState.PARKED
        self._state_picture.set_icon(face, icon, face.tokens.warn if parked else face.tokens.muted)
        self.state.setText(face.say(words))

    def _show_slip(self) -> None:
        issuance, face = self.issuance, self._face
        self.print_slip.setVisible(self._has_printer)
        if issuance is None or face is None:
            return
        state = self._papers.slip_state(issuance)
        said = _SLIPS[state]
        self.slip.setText(face.say(said) if said else "")
        self.slip.setVisible(bool(said))
        self.print_slip.setEnabled(state is not SlipState.PRINTING)
        again = state in (SlipState.PRINTED, SlipState.FAILED)
        words = face.words
        self.print_slip.setText(
            words.translate("result.print_again") if again else words.translate("result.print_slip")
        )
