"""Which dose of how many: two short numbers that read as one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.widgets.basics import clear_margins, label, prose, row, set_property
from desktop.ui.widgets.field import Line

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_WIDTH = 64
_MOST = 9


class _Number(Line):
    """A number that the arrow keys change."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumWidth(_WIDTH)
        self.setMaxLength(3)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Up and down count."""
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if event.key() not in steps:
            super().keyPressEvent(event)
            return
        text = self.text().strip()
        number = int(text) if text.isascii() and text.isdigit() else 0
        counted = str(min(max(number + steps[Qt.Key(event.key())], 1), _MOST))
        self.setText(counted)
        self.textEdited.emit(counted)


class DoseField(QWidget):
    """Dose and number of doses.

    Signals:
        edited: A person changed one of them; both texts.
        left_dose: The keyboard left the first.
        left_doses: The keyboard left the second.
        entered: Enter was pressed in the second.
    """

    edited = Signal(str, str)
    left_dose = Signal()
    left_doses = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.label = label("label")
        self.of = label()
        self.dose = _Number()
        self.doses = _Number()
        self.label.setBuddy(self.dose)
        self.foot = prose("quiet", lines=1)
        layout = QVBoxLayout(self)
        clear_margins(layout)
        layout.setSpacing(4)
        layout.addWidget(self.label)
        numbers = row(self.dose, self.of, self.doses, gap=8)
        numbers.setStretch(0, 1)
        numbers.setStretch(2, 1)
        layout.addLayout(numbers)
        layout.addWidget(self.foot)
        layout.addStretch(1)
        self.setFocusProxy(self.dose)
        for line in (self.dose, self.doses):
            line.textEdited.connect(self._edit)
        self.dose.left.connect(self.left_dose)
        self.doses.left.connect(self.left_doses)
        self.dose.entered.connect(self._go_on)
        self.doses.entered.connect(self.entered)

    def set_words(self, title: str, of: str, dose: str, doses: str) -> None:
        """What the parts are called; ``dose`` and ``doses`` are for screen readers."""
        self.label.setText(title)
        self.of.setText(of)
        self.dose.setAccessibleName(dose)
        self.doses.setAccessibleName(doses)

    def set_texts(self, dose: str, doses: str) -> None:
        """Put texts into the fields, as the program."""
        for line, text in ((self.dose, dose), (self.doses, doses)):
            if line.text() != text:
                line.setText(text)

    def set_foot(self, echo: str, dose_problem: str = "", doses_problem: str = "") -> None:
        """Say below what is wrong, or nothing."""
        problem = dose_problem or doses_problem
        self.foot.setText(problem or echo)
        set_property(self.foot, "role", "problem" if problem else "quiet")
        for line, wrong in ((self.dose, dose_problem), (self.doses, doses_problem)):
            line.setAccessibleDescription(wrong)
            line.set_wrong(wrong=bool(wrong))

    def flash(self) -> None:
        """Show that a scan filled the fields."""
        self.dose.flash()
        self.doses.flash()

    def _edit(self) -> None:
        self.edited.emit(self.dose.text(), self.doses.text())

    def _go_on(self) -> None:
        self.doses.setFocus(Qt.FocusReason.TabFocusReason)
        self.doses.selectAll()
