"""Setting a terminal up: which country's rules, which pharmacy, where the centre is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.core.messages import mark
from desktop.core.settings import Site, is_centre_address
from desktop.hcert.uvci import ISSUER_ID
from desktop.ui.pages.welcome import centred
from desktop.ui.tokens import PRIMARY
from desktop.ui.widgets.basics import (
    Card,
    button,
    clear_margins,
    column,
    label,
    prose,
    row,
    scrolled,
)
from desktop.ui.widgets.field import TextField
from desktop.ui.widgets.segments import Segments

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from desktop.ui.face import Face

_WIDEST: Final = 720
_USUAL: Final = "de"
_EDGE: Final = 32


def pharmacy_problem(text: str) -> str | None:
    """Id of what is wrong with a pharmacy's name, or None."""
    return None if text.strip() else mark("setup.pharmacy.missing")


def issuer_id_problem(text: str) -> str | None:
    """Id of what is wrong with an issuer id, or None."""
    return None if ISSUER_ID.fullmatch(text.strip()) else mark("setup.issuer_id.wrong")


def centre_problem(text: str) -> str | None:
    """Id of what is wrong with the centre's address, or None."""
    return None if is_centre_address(text.strip()) else mark("setup.centre.wrong")


class SetupPage(QWidget):
    """Asks once for what a terminal has to know of its pharmacy.

    Args:
        profiles: Names of the issuer profiles that can be chosen.

    Signals:
        back: A person does not want to set up now.
        done: All is filled: a Site and the centre's address.
    """

    back = Signal()
    done = Signal(object, str)

    def __init__(self, profiles: tuple[str, ...]) -> None:
        super().__init__()
        self._face: Face | None = None
        self._asked = False
        self._title = prose("hero")
        self._text = prose("fact")
        self._profile_label = label("label")
        self._countries = sorted(profiles, key=lambda name: (name != _USUAL, name))
        self.profile = Segments(self._countries)
        self.profile.set_value(self._countries[0])
        self.pharmacy = TextField()
        self.issuer_id = TextField()
        self.centre = TextField()
        self.problem = prose("problem")
        self.cancel = button()
        self.save = button("primary")
        self.save.setMinimumHeight(PRIMARY)
        self._lay_out()
        order = (self.pharmacy, self.issuer_id, self.centre)
        for field, following in zip(order, (*order[1:], self.save), strict=True):
            field.entered.connect(lambda f=following: f.setFocus(Qt.FocusReason.TabFocusReason))
            field.edited.connect(lambda _: self._show_feet())
        self.save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.back)

    def _lay_out(self) -> None:
        card = Card()
        card.body.addWidget(self._profile_label)
        card.body.addWidget(self.profile)
        for field in (self.pharmacy, self.issuer_id, self.centre):
            card.body.addWidget(field)
        card.body.addWidget(self.problem)
        above = QWidget()
        inner = QVBoxLayout(above)
        inner.setContentsMargins(_EDGE, 16, _EDGE, 0)
        inner.addStretch(1)
        inner.addLayout(_middle(column(self._title, self._text, card, gap=12)))
        inner.addStretch(1)
        actions = row(self.cancel, self.save, gap=12)
        actions.setStretch(1, 1)
        below = _middle(actions)
        below.setContentsMargins(_EDGE, 16, _EDGE, 24)
        layout = QVBoxLayout(self)
        clear_margins(layout)
        layout.addWidget(scrolled(above), 1)
        layout.addLayout(below)

    def wear(self, face: Face) -> None:
        """Speak this language and wear these colours from now on."""
        self._face = face
        words = face.words
        self._title.setText(words.translate("setup.title"))
        self._text.setText(words.translate("setup.text"))
        self._profile_label.setText(words.translate("setup.profile"))
        names = {
            "de": words.translate("setup.profile.de"),
            "at": words.translate("setup.profile.at"),
        }
        self.profile.set_words(
            words.translate("setup.profile"),
            {each: names.get(each, each.upper()) for each in self._countries},
        )
        self.pharmacy.set_label(words.translate("setup.pharmacy"))
        self.issuer_id.set_label(words.translate("setup.issuer_id"))
        self.centre.set_label(words.translate("setup.centre"))
        self.centre.line.setPlaceholderText("https://")
        self.cancel.setText(words.translate("setup.back"))
        self.save.setText(words.translate("setup.save"))
        self._show_feet()

    def show_problem(self, words: str) -> None:
        """Say why it could not be saved."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def submit(self) -> None:
        """Go on if all is filled, otherwise to the first field that is not."""
        self._asked = True
        wrong = self._show_feet()
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        site = Site(
            profile=self.profile.value,
            pharmacy=self.pharmacy.text().strip(),
            issuer_id=self.issuer_id.text().strip(),
        )
        self.done.emit(site, self.centre.text().strip())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """The keyboard to the first field."""
        super().showEvent(event)
        self.show_problem("")
        self.pharmacy.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_feet(self) -> TextField | None:
        """Say below each field what is wrong or what is meant; the first that is wrong."""
        face = self._face
        if face is None:
            return None
        checks = (
            (self.pharmacy, pharmacy_problem, face.words.translate("setup.pharmacy.hint")),
            (self.issuer_id, issuer_id_problem, face.words.translate("setup.issuer_id.hint")),
            (self.centre, centre_problem, face.words.translate("setup.centre.hint")),
        )
        first = None
        for field, check, hint in checks:
            problem = check(field.text())
            said = face.say(problem) if problem and self._asked else ""
            field.set_foot(hint, said)
            if problem and first is None:
                first = field
        return first


def _middle(parts: QBoxLayout) -> QVBoxLayout:
    """Parts in the middle of the page, not wider than eyes like."""
    inside = QWidget()
    inside.setMaximumWidth(_WIDEST)
    inside.setLayout(parts)
    return centred(inside)
