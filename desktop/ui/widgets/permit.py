"""Why nothing can be issued here now, where the eye looks for the button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop.core.permit import Severity
from desktop.ui.icons import Icon
from desktop.ui.widgets.basics import Picture, prose, row, set_property, with_role

if TYPE_CHECKING:
    from desktop.core.messages import Message
    from desktop.ui.face import Face


class PermitCard(QFrame):
    """What stops issuing, what it means and what to do."""

    def __init__(self) -> None:
        super().__init__()
        with_role(self, "permit")
        self._picture = Picture(22)
        self.title = prose("bannertitle")
        self.advice = prose("banneradvice")
        self.steps = prose("banneradvice")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(6)
        head = row(self._picture, self.title, gap=10)
        head.setStretch(1, 1)
        layout.addLayout(head)
        layout.addWidget(self.advice)
        layout.addWidget(self.steps)
        self.hide()

    def show_message(self, face: Face, message: Message, steps: str = "") -> None:
        """Say why, and what comes next."""
        stop = message.severity is Severity.STOP
        set_property(self, "tone", message.severity.value)
        icon, colour = (Icon.STOP, face.tokens.stop) if stop else (Icon.WARN, face.tokens.warn)
        self._picture.set_icon(face, icon, colour)
        self.title.setText(face.say(message.title))
        self.advice.setText(face.say(message.advice))
        self.steps.setText(steps)
        self.steps.setVisible(bool(steps))
        self.setAccessibleName(self.title.text())
        self.show()
