"""One fact across the page: what happened, what it means, one thing to do. Never in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from desktop.core.permit import Severity
from desktop.ui.icons import Icon
from desktop.ui.widgets.basics import (
    Picture,
    announce,
    button,
    column,
    prose,
    set_property,
    with_role,
)

if TYPE_CHECKING:
    from desktop.ui.face import Face
    from desktop.ui.notices import Notice

SHAPES: Final = {Severity.GOOD: Icon.ABOUT, Severity.WARN: Icon.WARN, Severity.STOP: Icon.STOP}
_ACTIONS: Final = 2


class Banner(QFrame):
    """Shows one notice, or nothing.

    Signals:
        closed: A person has read it.
    """

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        with_role(self, "banner")
        self._notice: Notice | None = None
        self._face: Face | None = None
        self._picture = Picture(24)
        self.title = prose("bannertitle")
        self.advice = prose("banneradvice")
        self.buttons = [button("banner") for _ in range(_ACTIONS)]
        self._close = button("bannerclose")
        self._close.clicked.connect(self.closed)
        words = column(self.title, self.advice, gap=2)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(12)
        layout.addWidget(self._picture)
        layout.addLayout(words, 1)
        for number, each in enumerate(self.buttons):
            layout.addWidget(each)
            each.clicked.connect(lambda _=False, n=number: self._act(n))
        layout.addWidget(self._close)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def wear(self, face: Face) -> None:
        """Speak this language and wear these colours from now on."""
        self._face = face
        self._render()

    def show_notice(self, notice: Notice | None) -> None:
        """Show a notice, or nothing."""
        self._notice = notice
        self._render()
        if notice is not None:
            announce(self)

    def _render(self) -> None:
        notice, face = self._notice, self._face
        self.setVisible(notice is not None)
        if notice is None or face is None:
            return
        tone = notice.severity.value
        colour = {
            Severity.GOOD: face.tokens.accent,
            Severity.WARN: face.tokens.warn,
            Severity.STOP: face.tokens.stop,
        }[notice.severity]
        set_property(self, "tone", tone)
        self._picture.set_icon(face, SHAPES[notice.severity], colour)
        self.title.setText(face.say(notice.title, **notice.values))
        self.advice.setText(face.say(notice.advice, **notice.values) if notice.advice else "")
        self.advice.setVisible(bool(notice.advice))
        self.setAccessibleName(self.title.text())
        self.setAccessibleDescription(self.advice.text())
        for number, each in enumerate(self.buttons):
            each.setVisible(number < len(notice.actions))
            if number < len(notice.actions):
                each.setText(face.say(notice.actions[number].label))
        self._close.setIcon(face.icon(Icon.CLOSE, face.tokens.text))
        self._close.setText("Esc")
        self._close.setAccessibleName(face.words.translate("banner.close"))
        self._close.setToolTip(face.words.translate("banner.close"))

    def _act(self, number: int) -> None:
        notice = self._notice
        if notice is not None and number < len(notice.actions):
            self.closed.emit()
            notice.actions[number].run()
