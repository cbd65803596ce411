"""The first page of a terminal that is not set up: two doors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.ui.icons import Icon
from desktop.ui.widgets.basics import Picture, column, label, prose, row, with_role

if TYPE_CHECKING:
    from desktop.ui.face import Face

_WIDEST: Final = 840
_DOOR: Final = QSize(320, 176)


class _Door(QPushButton):
    """A large button with an icon, a word and a sentence."""

    def __init__(self, icon: Icon) -> None:
        super().__init__()
        with_role(self, "door")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumSize(_DOOR)
        self._icon = icon
        self._picture = Picture(40)
        self._title = label("name")
        self._text = prose("quiet")
        parts: tuple[QLabel | Picture, ...] = (self._picture, self._title, self._text)
        inside = column(gap=8)
        inside.setContentsMargins(24, 20, 24, 20)
        for part in parts:
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            inside.addWidget(part)
        inside.addStretch(1)
        self.setLayout(inside)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As large as its words need."""
        layout = self.layout()
        return layout.sizeHint().expandedTo(_DOOR) if layout else _DOOR

    def wear(self, face: Face, title: str, text: str) -> None:
        self._picture.set_icon(face, self._icon, face.tokens.accent)
        self._title.setText(title)
        self._text.setText(text)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)


class WelcomePage(QWidget):
    """Two doors.

    Signals:
        set_up: A person wants to set this terminal up.
        practise: A person wants to practise.
    """

    set_up = Signal()
    practise = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = prose("hero")
        self._text = prose("fact")
        self.set_up_door = _Door(Icon.SETUP)
        self.practise_door = _Door(Icon.TRAINING)
        self._foot = prose("quiet")
        doors = row(self.set_up_door, self.practise_door, gap=24)
        inside = column(self._title, self._text, gap=8)
        inside.addSpacing(16)
        inside.addLayout(doors)
        inside.addSpacing(16)
        inside.addWidget(self._foot)
        middle = QWidget()
        middle.setMaximumWidth(_WIDEST)
        middle.setLayout(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.addStretch(2)
        layout.addLayout(centred(middle))
        layout.addStretch(3)
        self.set_up_door.clicked.connect(self.set_up)
        self.practise_door.clicked.connect(self.practise)

    def wear(self, face: Face) -> None:
        """Speak this language and wear these colours from now on."""
        words = face.words
        self._title.setText(words.translate("welcome.title"))
        self._text.setText(words.translate("welcome.text"))
        self.set_up_door.wear(
            face, words.translate("welcome.set_up"), words.translate("welcome.set_up.text")
        )
        self.practise_door.wear(
            face, words.translate("welcome.practise"), words.translate("welcome.practise.text")
        )
        self._foot.setText(words.translate("welcome.foot"))


def centred(widget: QWidget) -> QVBoxLayout:
    """A widget in the middle, as wide as it may be."""
    line = row(gap=0)
    line.addStretch(1)
    line.addWidget(widget, 1000)
    line.addStretch(1)
    result = column(gap=0)
    result.addLayout(line)
    return result
