"""The slim rail on the left: the places that exist, and their keys."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout

from desktop.core.messages import mark
from desktop.ui.icons import Icon
from desktop.ui.tokens import RAIL
from desktop.ui.widgets.basics import set_property, with_role

if TYPE_CHECKING:
    from desktop.ui.face import Face


class Place(Enum):
    """Where one can be."""

    ISSUE = auto()
    HISTORY = auto()
    SETTINGS = auto()
    HELP = auto()


@dataclass(frozen=True, slots=True)
class _Sign:
    title: str
    key: str
    icon: Icon


SIGNS: Final = {
    Place.ISSUE: _Sign(mark("place.issue"), "F2", Icon.ISSUE),
    Place.HISTORY: _Sign(mark("place.history"), "F5", Icon.HISTORY),
    Place.SETTINGS: _Sign(mark("place.settings"), "F8", Icon.SETTINGS),
    Place.HELP: _Sign(mark("place.help"), "F1", Icon.HELP),
}


class Rail(QFrame):
    """One button a place.

    Signals:
        chosen: A person wants to go to a Place.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        with_role(self, "rail")
        self.setFixedWidth(RAIL)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.buttons: dict[Place, QToolButton] = {}
        self._here = Place.ISSUE
        self._face: Face | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 16, 8, 16)
        layout.setSpacing(8)
        for place in Place:
            if place is Place.HELP:
                layout.addStretch(1)
            layout.addWidget(self._button(place))

    def _button(self, place: Place) -> QToolButton:
        result = QToolButton()
        with_role(result, "rail")
        result.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        result.setIconSize(QSize(24, 24))
        result.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        result.setCursor(Qt.CursorShape.PointingHandCursor)
        result.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        result.clicked.connect(lambda: self.chosen.emit(place))
        self.buttons[place] = result
        return result

    def wear(self, face: Face) -> None:
        """Speak this language and wear these colours from now on."""
        self._face = face
        for place, each in self.buttons.items():
            sign = SIGNS[place]
            title = face.say(sign.title)
            each.setText(f"{title}\n{sign.key}")
            each.setAccessibleName(title)
            each.setAccessibleDescription(sign.key)
        self.set_here(self._here)

    def set_here(self, here: Place) -> None:
        """Mark where we are."""
        self._here = here
        if self._face is None:
            return
        tokens = self._face.tokens
        for place, each in self.buttons.items():
            set_property(each, "here", "yes" if place is here else "no")
            colour = tokens.accent if place is here else tokens.muted
            each.setIcon(self._face.icon(SIGNS[place].icon, colour, 24))
