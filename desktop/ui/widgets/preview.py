"""How the customer will read the certificate, live while it is typed; never with a code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy

from desktop.core.form import Field
from desktop.core.messages import mark
from desktop.ui.icons import Icon
from desktop.ui.widgets.basics import (
    Card,
    Picture,
    breakable,
    column,
    label,
    prose,
    row,
    with_role,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from desktop.core.form import Form
    from desktop.ui.counter import Echo
    from desktop.ui.face import Face
    from desktop.ui.wording import Wording

_FACTS: Final = {
    "born": mark("preview.born"),
    "dose": mark("preview.dose"),
    "product": mark("preview.product"),
    "day": mark("preview.day"),
    "country": mark("preview.country"),
}
_ROOM_FOR_WORDS: Final = 64
_ROOM_FOR_BOTH: Final = 104


def facts(form: Form, echo: Echo, wording: Wording) -> dict[str, str]:
    """What the certificate will say so far; empty where nothing is known yet."""
    numbers = [form.text(name).strip() for name in (Field.DOSE, Field.DOSES)]
    return {
        "born": echo.birth_date,
        "dose": wording.dose(*numbers) if all(numbers) else "",
        "product": wording.product(form.product) if form.product else "",
        "day": echo.date,
        "country": wording.country(form.country) if form.country else "",
    }


class _Later(QFrame):
    """The place where the code will be; says so as far as there is room."""

    def __init__(self) -> None:
        super().__init__()
        with_role(self, "hollow")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.picture = Picture(28)
        self.words = prose("quiet")
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        inside = column(1, self.picture, self.words, 1, gap=8)
        inside.setAlignment(self.picture, Qt.AlignmentFlag.AlignHCenter)
        inside.setContentsMargins(16, 8, 16, 8)
        self.setLayout(inside)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave out what there is no room for."""
        super().resizeEvent(event)
        room = event.size().height() >= _ROOM_FOR_WORDS
        with_role(self, "hollow" if room else "")
        self.words.setVisible(room)
        self.picture.setVisible(event.size().height() >= _ROOM_FOR_BOTH)


class PreviewCard(Card):
    """The certificate so far."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = Picture(18)
        self.title = label("section")
        self.body.addLayout(row(self._picture, self.title, 1))
        self.name = prose("name")
        self.machine = prose("machine")
        self.body.addWidget(self.name)
        self.body.addWidget(self.machine)
        self._labels: dict[str, QLabel] = {}
        self.values: dict[str, QLabel] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        for number, fact in enumerate(_FACTS):
            self._labels[fact] = label("factlabel")
            self.values[fact] = prose("fact")
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(self._labels[fact], number, 0, top)
            self._grid.addWidget(self.values[fact], number, 1, top)
        self.body.addSpacing(4)
        self.body.addLayout(self._grid)
        self.later = _Later()
        self.body.addWidget(self.later, 1)

    def wear(self, face: Face) -> None:
        """Speak this language and wear these colours from now on."""
        words, muted = face.words, face.tokens.muted
        self._picture.set_icon(face, Icon.PREVIEW, muted)
        self.later.picture.set_icon(face, Icon.CODE, muted)
        self.title.setText(words.translate("preview.title"))
        self.later.words.setText(words.translate("preview.later"))
        for fact, each in self._labels.items():
            each.setText(face.say(_FACTS[fact]))

    def show_form(self, form: Form, echo: Echo, wording: Wording) -> None:
        """Show what has been entered so far."""
        words = wording.words
        self.name.setText(echo.name or words.translate("preview.no_name"))
        with_role(self.name, "name" if echo.name else "noname")
        names = [name for name in (echo.family_machine, echo.given_machine) if name]
        self.machine.setText("  ".join(map(breakable, names)))
        self.machine.setVisible(bool(names))
        for fact, said in facts(form, echo, wording).items():
            self.values[fact].setText(said or "–")
