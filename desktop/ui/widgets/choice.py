"""A field that takes one of many: type a few letters, or open the list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop.ui.icons import Icon
from desktop.ui.widgets.basics import with_role
from desktop.ui.widgets.field import Line, TextField

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from desktop.ui.face import Face

_ROWS: Final = 8
_ROW: Final = 40
_FRAME: Final = 12
_BESIDE: Final = 40
_WIDEST: Final = 480
_ENOUGH: Final = 4 * _ROW + _FRAME


@dataclass(frozen=True, slots=True)
class Choice:
    """One of many.

    Attributes:
        value: What is chosen by it.
        label: What it is called.
        detail: What tells it apart; searched, too.
    """

    value: str
    label: str
    detail: str = ""

    @property
    def line(self) -> str:
        """As it stands in the list."""
        return f"{self.label}  ·  {self.detail}" if self.detail else self.label


def matching(choices: Iterable[Choice], text: str) -> tuple[Choice, ...]:
    """The choices that a text may mean: those that begin with it, then those that hold it."""
    wanted = " ".join(text.casefold().split())
    begin, hold = [], []
    for choice in choices:
        if choice.label.casefold().startswith(wanted) or choice.value.casefold() == wanted:
            begin.append(choice)
        elif wanted in f"{choice.label} {choice.detail} {choice.value}".casefold():
            hold.append(choice)
    return (*begin, *hold)


class _ChoiceLine(Line):
    """The line of a choice; it alone has the keyboard, also while the list is open.

    Signals:
        stepped: The list is to be moved in by so many rows, or opened.
        closed: The list is to be closed.
        opened: The list is to be opened or closed by the mouse.
    """

    stepped = Signal(int)
    closed = Signal()
    opened = Signal()
    is_open = False  # of the class as well: Qt calls event() before __init__ is through

    def __init__(self) -> None:
        super().__init__()
        with_role(self, "choice")

    def remember(self) -> Callable[[], None]:
        """The line as it is now, with its list closed."""
        line = super().remember()

        def restore() -> None:
            self.closed.emit()
            line()

        return restore

    def event(self, event: QEvent) -> bool:
        """An open list takes Esc for itself."""
        if (
            self.is_open
            and event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows move in the list."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape and self.is_open:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click opens the list."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Typing replaces what was chosen."""
        super().focusInEvent(event)
        self.selectAll()


class ChoiceField(TextField):
    """A labelled line with a list below it. ``edited`` carries the value of what was chosen.

    Text that means no choice goes out as it is, and the form says that it is unknown.
    """

    def __init__(self) -> None:
        super().__init__()
        self._choices: tuple[Choice, ...] = ()
        self._value = ""
        self._list = QListWidget()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setParent(self)
        with_role(self._list, "choices")
        self._list.hide()
        self._list.itemClicked.connect(self._clicked)
        self._arrow = QAction(self)
        self._arrow.triggered.connect(self._toggle)
        line = self._choice_line
        line.addAction(self._arrow, QLineEdit.ActionPosition.TrailingPosition)
        line.textEdited.disconnect(self.edited)
        line.textEdited.connect(self._filter)
        line.entered.disconnect(self.entered)
        line.entered.connect(self._enter)
        line.left.disconnect(self.left)
        line.left.connect(self._leave)
        line.stepped.connect(self._step)
        line.closed.connect(self.close_list)
        line.opened.connect(self._toggle)

    def _make_line(self) -> Line:
        self._choice_line = _ChoiceLine()
        return self._choice_line

    def wear(self, face: Face) -> None:
        """Draw the arrow in the colours of the moment."""
        self._arrow.setIcon(face.icon(Icon.DOWN, face.tokens.muted))

    def set_choices(self, choices: Iterable[Choice]) -> None:
        """What can be chosen, most likely first."""
        self._choices = tuple(choices)
        self.set_text(self._value)

    def set_text(self, text: str) -> None:
        """Show the choice with this value, or the text as it is."""
        self._value = text
        if not self._choice_line.is_open:
            super().set_text(self._label(text))

    @property
    def is_open(self) -> bool:
        """Whether the list is open."""
        return self._choice_line.is_open

    def close_list(self) -> None:
        """Close the list; what was typed stays."""
        self._choice_line.is_open = False
        self._list.hide()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """A list does not outlive its field's page."""
        self.close_list()
        super().hideEvent(event)

    def _label(self, value: str) -> str:
        found = (choice.label for choice in self._choices if choice.value == value)
        return next(found, value)

    def _filter(self, text: str) -> None:
        self._value = text
        self.edited.emit(text)
        self._open(matching(self._choices, text) if text.strip() else ())

    def _open(self, choices: tuple[Choice, ...]) -> None:
        self._list.clear()
        for choice in choices:
            item = QListWidgetItem(choice.line)
            item.setData(Qt.ItemDataRole.UserRole, choice.value)
            item.setSizeHint(QSize(0, _ROW))
            self._list.addItem(item)
        if not choices:
            self.close_list()
            return
        self._list.setCurrentRow(max(0, self._row_of(self._value)))
        self._place(len(choices))
        self._choice_line.is_open = True
        self._list.show()
        self._list.raise_()

    def _place(self, rows: int) -> None:
        """Below the line, or above it where the window ends; never outside of the window."""
        window: QWidget = self.window()
        if self._list.parent() is not window:
            self._list.setParent(window)
        corner = self.line.mapTo(window, QPoint(0, self.line.height() + 4))
        wanted = min(rows, _ROWS) * _ROW + _FRAME
        below = window.height() - corner.y() - 8
        above = corner.y() - self.line.height() - 16
        if below < min(wanted, _ENOUGH) and above > below:
            height = min(wanted, above)
            corner.setY(corner.y() - self.line.height() - 8 - height)
        else:
            height = min(wanted, below)
        texts = (self._list.item(row).text() for row in range(self._list.count()))
        longest = max(map(self._list.fontMetrics().horizontalAdvance, texts), default=0)
        needed = max(self.line.width(), min(longest + _BESIDE, _WIDEST))
        width = min(needed, window.width() - corner.x() - 8)
        self._list.setGeometry(QRect(corner, QSize(width, height)))

    def _row_of(self, value: str) -> int:
        rows = range(self._list.count())
        found = (r for r in rows if self._list.item(r).data(Qt.ItemDataRole.UserRole) == value)
        return next(found, -1)

    def _toggle(self) -> None:
        if self.is_open:
            self.close_list()
        else:
            self._open(self._choices)

    def _step(self, rows: int) -> None:
        if not self.is_open:
            self._open(self._choices)
            return
        last = self._list.count() - 1
        self._list.setCurrentRow(min(max(self._list.currentRow() + rows, 0), last))

    def _clicked(self, item: QListWidgetItem) -> None:
        self._take(item)

    def _take(self, item: QListWidgetItem | None) -> None:
        self.close_list()
        if item is not None:
            value = str(item.data(Qt.ItemDataRole.UserRole))
            self.set_text(value)
            self.edited.emit(value)

    def _enter(self) -> None:
        if self.is_open:
            self._take(self._list.currentItem())
        self.entered.emit()

    def _leave(self) -> None:
        if self.is_open:
            settled = any(choice.value == self._value for choice in self._choices)
            self._take(None if settled or not self._value else self._list.currentItem())
        self.left.emit()
