from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.widgets.choice import Choice, ChoiceField
from tests.ui.keyboard import Keyboard

CHOICES = [Choice(f"code-{name}", name) for name in ("Anna", "Berta", "Carla", "Cäsar")]


class TwoFields(QWidget):
    """A choice at the top and one at the bottom; what the first one said."""

    def __init__(self) -> None:
        super().__init__()
        self.field, self.other = ChoiceField(), ChoiceField()
        self.values: list[str] = []
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addStretch(1)
        layout.addWidget(self.other)
        for each in (self.field, self.other):
            each.set_choices(CHOICES)
        self.field.edited.connect(self.values.append)
        self.resize(400, 500)


@pytest.fixture
def window(dressed, qtbot):
    del dressed
    window = TwoFields()
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    window.field.setFocus()
    return window


@pytest.fixture
def keyboard(window):
    return Keyboard(window.windowHandle())


def test_letters_narrow_the_list_and_enter_takes_the_first(window, keyboard):
    keyboard.type("ca")
    assert window.field._list.count() == 1
    keyboard.tap(Qt.Key.Key_Return, "\r", code=28)
    assert window.values[-1] == "code-Carla"
    assert window.field.text() == "Carla"
    assert not window.field.is_open


def test_text_that_means_nothing_goes_out_as_it_is(window, keyboard):
    keyboard.type("xyz")
    assert not window.field.is_open
    keyboard.tap(Qt.Key.Key_Return, "\r", code=28)
    assert window.values[-1] == "xyz"
    assert window.field.text() == "xyz"


def test_leaving_with_an_open_list_takes_what_is_marked(window, keyboard):
    keyboard.type("b")
    keyboard.tap(Qt.Key.Key_Tab, "\t", code=15)
    assert window.values[-1] == "code-Berta"


def test_leaving_an_opened_list_without_a_choice_changes_nothing(window, keyboard):
    keyboard.tap(Qt.Key.Key_Down, code=108)
    keyboard.tap(Qt.Key.Key_Tab, "\t", code=15)
    assert window.values == []
    assert not window.field.is_open


def test_the_arrows_stop_at_both_ends(window, keyboard):
    keyboard.tap(Qt.Key.Key_Down, code=108, times=9)
    assert window.field._list.currentRow() == len(CHOICES) - 1
    keyboard.tap(Qt.Key.Key_Up, code=103, times=9)
    assert window.field._list.currentRow() == 0


def test_esc_closes_the_list_and_keeps_what_was_typed(window, keyboard):
    keyboard.type("c")
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Escape)
    assert not window.field.is_open
    assert window.field.text() == "c"


def test_the_arrow_opens_and_closes_and_a_click_chooses(window):
    window.field._arrow.trigger()
    assert window.field.is_open
    window.field._arrow.trigger()
    assert not window.field.is_open
    QTest.mouseClick(window.field.line, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert window.field.is_open
    item = window.field._list.item(2)
    window.field._list.itemClicked.emit(item)
    assert window.values == ["code-Carla"]


def test_the_list_of_a_field_at_the_bottom_opens_upwards_and_stays_in_the_window(window):
    window.other.setFocus()
    window.other._toggle()
    shown = window.other._list.geometry()
    assert window.rect().contains(shown)
    assert shown.bottom() < window.other.line.mapTo(window, QPoint(0, 0)).y()


def test_choosing_again_begins_with_what_is_chosen(window):
    window.field.set_text("code-Berta")
    window.field._toggle()
    assert window.field._list.currentItem().text() == "Berta"


def test_other_words_for_the_choices_change_what_is_shown(window):
    window.field.set_text("code-Berta")
    window.field.set_choices([Choice("code-Berta", "Bertha")])
    assert window.field.text() == "Bertha"


def test_a_list_does_not_outlive_its_field(window):
    window.field._toggle()
    window.field.hide()
    assert not window.field._list.isVisible()
