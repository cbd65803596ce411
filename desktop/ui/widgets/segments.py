"""One of a few, all of them in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from desktop.ui.widgets.basics import button, row

if TYPE_CHECKING:
    from collections.abc import Sequence


class Segments(QWidget):
    """Buttons of which exactly one is down; the arrow keys move between them.

    Args:
        values: What can be chosen, from left to right.

    Signals:
        chosen: A person chose this value.
    """

    chosen = Signal(str)

    def __init__(self, values: Sequence[str]) -> None:
        super().__init__()
        self.buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        layout = row(gap=8)
        for value in values:
            each = button("segment")
            each.setCheckable(True)
            each.clicked.connect(lambda _=False, v=value: self.chosen.emit(v))
            group.addButton(each)
            layout.addWidget(each)
            self.buttons[value] = each
        layout.addStretch(1)
        self.setLayout(layout)

    def set_words(self, name: str, words: dict[str, str]) -> None:
        """What it is about, and what each choice is called."""
        self.setAccessibleName(name)
        for value, text in words.items():
            self.buttons[value].setText(text)
            self.buttons[value].setAccessibleName(f"{name}: {text}")

    def set_value(self, value: str) -> None:
        """Show what is chosen."""
        if value in self.buttons:
            self.buttons[value].setChecked(True)

    @property
    def value(self) -> str:
        """What is chosen; empty if nothing is."""
        return next((v for v, each in self.buttons.items() if each.isChecked()), "")
