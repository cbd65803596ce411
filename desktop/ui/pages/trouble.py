"""While a terminal is being opened, and when it cannot be: a calm page, never a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.messages import of_error
from desktop.core.permit import Severity
from desktop.ui.icons import Icon
from desktop.ui.pages.welcome import centred
from desktop.ui.widgets.basics import Card, Picture, button, label, prose, row

if TYPE_CHECKING:
    from desktop.ui.face import Face
    from desktop.ui.lanes import Failure

_WIDEST: Final = 640


class OpeningPage(QWidget):
    """Says that the program is on its way."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = Picture(40)
        self._title = label("name")
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        line = row(1, self._picture, self._title, 1, gap=16)
        layout.addLayout(line)
        layout.addStretch(3)

    def wear(self, face: Face) -> None:
        """Speak this language and wear these colours from now on."""
        self._picture.set_icon(face, Icon.WAITING, face.tokens.accent)
        self._title.setText(face.words.translate("opening.title"))


class TroublePage(QWidget):
    """Says why the terminal cannot be opened, and what to do.

    Signals:
        retry: A person wants to try again.
        quit: A person wants to leave it at that.
    """

    retry = Signal()
    quit = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._face: Face | None = None
        self._failure: Failure | None = None
        self._picture = Picture(40)
        self.title = prose("name")
        self.advice = prose("fact")
        self._code = prose("quiet")
        self.again = button("primary")
        self.leave = button()
        card = Card(margin=24)
        head = row(self._picture, self.title, gap=16)
        head.setStretch(1, 1)
        card.body.addLayout(head)
        card.body.addWidget(self.advice)
        card.body.addWidget(self._code)
        card.body.addSpacing(8)
        actions = row(self.again, self.leave, gap=12)
        actions.setStretch(0, 1)
        card.body.addLayout(actions)
        card.setMaximumWidth(_WIDEST)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.addStretch(2)
        layout.addLayout(centred(card))
        layout.addStretch(3)
        self.again.clicked.connect(self.retry)
        self.leave.clicked.connect(self.quit)

    def show_failure(self, failure: Failure) -> None:
        """Say this."""
        self._failure = failure
        self._render()
        self.again.setFocus()

    def wear(self, face: Face) -> None:
        """Speak this language and wear these colours from now on."""
        self._face = face
        self._render()

    def _render(self) -> None:
        face, failure = self._face, self._failure
        if face is None or failure is None:
            return
        words, error = face.words, failure.error
        self.again.setText(words.translate("action.retry"))
        self.leave.setText(words.translate("trouble.quit"))
        if error is None:
            stop = True
            self.title.setText(words.translate("bug.title"))
            self.advice.setText(words.translate("bug.advice", reference=failure.reference))
            self._code.setText("")
        else:
            message = of_error(error.code)
            stop = message.severity is Severity.STOP
            self.title.setText(face.say(message.title, **error.facts))
            self.advice.setText(face.say(message.advice, **error.facts))
            facts = ", ".join(f"{name}: {value}" for name, value in error.facts.items())
            self._code.setText(f"{error.code} {facts}".strip())
        colour = face.tokens.stop if stop else face.tokens.warn
        self._picture.set_icon(face, Icon.STOP if stop else Icon.WARN, colour)
