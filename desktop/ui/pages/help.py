"""Help: the keys, and what to do when; beside it what this program is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.core.messages import mark
from desktop.ui.icons import Icon
from desktop.ui.pages.about import AboutView
from desktop.ui.widgets.basics import Card, Picture, label, prose, row, scrolled
from desktop.ui.widgets.columns import Shelves
from desktop.ui.widgets.segments import Segments

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.ui.face import Face

_WIDEST: Final = 1360
_TWO_COLUMNS: Final = 920
_HELP: Final = "help"
_ABOUT: Final = "about"

_KEYS: Final = (
    (mark("help.key.f12"), mark("help.f12")),
    (mark("help.key.enter"), mark("help.enter")),
    (mark("help.key.arrows"), mark("help.arrows")),
    (mark("help.key.esc"), mark("help.esc")),
    (mark("help.key.undo"), mark("help.undo")),
    (mark("help.key.slip"), mark("help.slip")),
    (mark("help.key.page"), mark("help.page")),
    (mark("help.key.places"), mark("help.places")),
)
_TOPICS: Final = (
    (Icon.SCAN, mark("help.scan.title"), mark("help.scan.text")),
    (Icon.OFFLINE, mark("help.offline.title"), mark("help.offline.text")),
    (Icon.CODE, mark("help.code.title"), mark("help.code.text")),
    (Icon.PARKED, mark("help.parked.title"), mark("help.parked.text")),
    (Icon.RESTART, mark("help.crash.title"), mark("help.crash.text")),
)


class _Topic(Card):
    """A question and its answer."""

    def __init__(self, icon: Icon, title: str, text: str) -> None:
        super().__init__()
        self._icon, self._title_id, self._text_id = icon, title, text
        self._picture = Picture(22)
        self._title = prose("bannertitle")
        self._text = prose("fact")
        head = row(self._picture, self._title, gap=10)
        head.setStretch(1, 1)
        self.body.addLayout(head)
        self.body.addWidget(self._text)

    def wear(self, face: Face) -> None:
        self._picture.set_icon(face, self._icon, face.tokens.accent)
        self._title.setText(face.say(self._title_id))
        self._text.setText(face.say(self._text_id))


class _Keys(Card):
    """Every key and what it does."""

    def __init__(self) -> None:
        super().__init__()
        self._title = label("section")
        self.body.addWidget(self._title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self._rows: list[tuple[QLabel, QLabel]] = []
        for number in range(len(_KEYS)):
            pair = (label("key"), prose("fact"))
            self._rows.append(pair)
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(pair[0], number, 0, top | Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(pair[1], number, 1, top)
        self.body.addLayout(grid)

    def wear(self, face: Face) -> None:
        self._title.setText(face.words.translate("help.keys"))
        for (key, does), (key_label, does_label) in zip(_KEYS, self._rows, strict=True):
            key_label.setText(face.say(key))
            does_label.setText(face.say(does))


class HelpPage(QWidget):
    """Keys and answers; on a second leaf the program itself.

    Args:
        licences: Reads the third-party licences that were collected at build; None without them.
    """

    def __init__(self, licences: Callable[[], str | None]) -> None:
        super().__init__()
        self.title = label("title")
        self.leaf = Segments([_HELP, _ABOUT])
        self.leaf.set_value(_HELP)
        self._keys = _Keys()
        self._topics = [_Topic(*topic) for topic in _TOPICS]
        self.about = AboutView(licences)
        first, *others = self._topics
        help_leaf = Shelves((self._keys, first), others, _TWO_COLUMNS)
        help_leaf.setMaximumWidth(_WIDEST)
        self.about.setMaximumWidth(_WIDEST)
        self._leaves = QStackedWidget()
        self._leaves.addWidget(scrolled(help_leaf))
        self._leaves.addWidget(scrolled(self.about))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(row(self.title, 1, self.leaf))
        layout.addWidget(self._leaves, 1)
        self.leaf.chosen.connect(self._turn)

    def wear(self, face: Face) -> None:
        """Speak this language and wear these colours from now on."""
        words = face.words
        self.title.setText(words.translate("help.title"))
        self.leaf.set_words(
            words.translate("help.title"),
            {_HELP: words.translate("help.leaf"), _ABOUT: words.translate("help.about")},
        )
        self._keys.wear(face)
        for topic in self._topics:
            topic.wear(face)
        self.about.wear(face)

    def show_about(self) -> None:
        """Turn to the second leaf."""
        self.leaf.set_value(_ABOUT)
        self._turn(_ABOUT)

    def _turn(self, leaf: str) -> None:
        self._leaves.setCurrentIndex(int(leaf == _ABOUT))
        if leaf == _ABOUT:
            self.about.load()
