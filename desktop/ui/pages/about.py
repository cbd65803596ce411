"""What this program is, who accepts its certificates, and whose work it stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from desktop import __version__
from desktop.core.messages import mark
from desktop.ui.icons import Icon
from desktop.ui.widgets.basics import Card, Picture, column, prose, row
from desktop.ui.widgets.columns import Shelves

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.ui.face import Face

_TWO_COLUMNS: Final = 920

_PARTS: Final = (
    (Icon.ABOUT, mark("about.what.title"), mark("about.what.text")),
    (Icon.GOOD, mark("about.accepted.title"), mark("about.accepted.text")),
    (Icon.PERSON, mark("about.privacy.title"), mark("about.privacy.text")),
    (Icon.PAGE, mark("about.licences.title"), mark("about.licences.text")),
)


class AboutView(QWidget):
    """Reads like a page of a booklet.

    Args:
        licences: Reads the third-party licences that were collected at build; None without them.
    """

    def __init__(self, licences: Callable[[], str | None]) -> None:
        super().__init__()
        self._licences = licences
        self._loaded = False
        self.texts: list[tuple[Picture, QLabel, QLabel]] = []
        self.listing = QPlainTextEdit()
        self.listing.setReadOnly(True)
        self.listing.setMinimumHeight(280)
        self.listing.setTabChangesFocus(True)
        self.listing.hide()
        all_cards = [Card() for _ in _PARTS]
        for card in all_cards:
            parts = (Picture(22), prose("bannertitle"), prose("fact"))
            head = row(parts[0], parts[1], gap=10)
            head.setStretch(1, 1)
            card.body.addLayout(head)
            card.body.addWidget(parts[2])
            self.texts.append(parts)
        all_cards[-1].body.addWidget(self.listing)
        what, accepted, privacy, others = all_cards
        shelves = Shelves((what, privacy), (accepted, others), _TWO_COLUMNS)
        self.setLayout(column(shelves, 1, gap=0))

    def wear(self, face: Face) -> None:
        """Speak this language and wear these colours from now on."""
        for (icon, title, text), (picture, head, body) in zip(_PARTS, self.texts, strict=True):
            picture.set_icon(face, icon, face.tokens.accent)
            head.setText(face.say(title, version=__version__))
            body.setText(face.say(text, version=__version__))
        self.listing.setAccessibleName(face.words.translate("about.licences.title"))

    def load(self) -> None:
        """Read the licences when somebody wants to see them."""
        if self._loaded:
            return
        self._loaded = True
        text = self._licences()
        self.listing.setVisible(text is not None)
        if text is not None:
            self.listing.setPlainText(text)
