"""Nothing is cut off, in no language, look or size, on no page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from desktop.core.errors import ErrorCode, StoreError
from desktop.core.form import Field
from desktop.core.settings import Look, Settings
from desktop.core.status import Realm
from desktop.ui.widgets.basics import Prose
from desktop.ui.widgets.rail import Place
from tests.fakes.keys import FakeKeys
from tests.ui.conftest import show
from tests.ui.keyboard import Keyboard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.ui.window import Frame

SIZES = [(960, 540), (1024, 768), (1280, 720), (1366, 768), (1920, 1080)]
"""The five screens in logical pixels: 200 %, 100 %, 150 %, 100 %, 100 %."""

SETTLED = 30
"""Rounds of the event loop: each nested layout passes news of its size on in one of its own."""

LONG = {
    Field.GIVEN_NAME: "Maximiliane Alexandra Theodora 王",
    Field.FAMILY_NAME: "Freifrau von Müstermann-Gößler zu Hohenlohe",
    Field.BIRTH_DATE: "31.2.1964",
    Field.PRODUCT: "Comi",
    Field.DOSE: "0",
    Field.DOSES: "99",
    Field.DATE: "1.1.2031",
    Field.BATCH: "FA 57 65 ÄÖÜ",
    Field.COUNTRY: "Nirgendland",
}


def visible(frame: QWidget, kind: type[QWidget]) -> Iterator[QWidget]:
    for each in frame.findChildren(kind):
        if each.isVisible() and not each.visibleRegion().isEmpty():
            yield each


def wide(words: Prose) -> bool:
    """Whether a word is wider than its line."""
    flags = int(Qt.TextFlag.TextWordWrap)
    bounds = words.fontMetrics().boundingRect(0, 0, words.width(), 10_000, flags, words.text())
    return bounds.width() > words.width()


def cut(frame: QWidget) -> list[str]:
    """The words that do not fit where they stand."""
    found = []
    labels = (each for each in visible(frame, QLabel) if isinstance(each, QLabel))
    for said in labels:
        if isinstance(said, Prose):
            if said.text() and (said.heightForWidth(said.width()) > said.height() or wide(said)):
                found.append(said.text())
        elif said.sizeHint().width() > said.width():
            found.append(said.text())
    for kind in (QPushButton, QToolButton, QCheckBox):
        for each in visible(frame, kind):
            if isinstance(each, QAbstractButton) and each.text():
                found += [each.text()] if each.sizeHint().width() > each.width() else []
    return found


def overlapping(frame: QWidget) -> list[str]:
    """Words that lie across a field."""

    def area(widget: QWidget) -> QRect:
        return QRect(widget.mapTo(frame, QPoint(0, 0)), widget.size())

    fields = [area(line) for line in visible(frame, QLineEdit)]
    labels = [each for each in visible(frame, QLabel) if isinstance(each, QLabel) and each.text()]
    return [each.text() for each in labels if any(area(each).intersects(f) for f in fields)]


def outside(frame: Frame) -> list[str]:
    """What must always be in sight and is not."""
    page = frame.pages.currentWidget()
    assert page is not None
    buttons = [each for each in visible(page, QPushButton) if isinstance(each, QPushButton)]
    must: list[QWidget] = [each for each in buttons if each.property("role") == "primary"]
    must += [frame.strip] if frame.strip.isVisible() else []
    whole = frame.rect()
    return [
        type(each).__name__
        for each in must
        if not whole.contains(QRect(each.mapTo(frame, QPoint(0, 0)), each.size()))
    ]


def faults(frame: Frame, name: str) -> list[str]:
    for _ in range(SETTLED):
        QApplication.processEvents()  # a test may; the window itself never does
    frame.grab()
    said = [("cut", cut(frame)), ("across a field", overlapping(frame)), ("out", outside(frame))]
    return [f"{name}: {what}: {text!r}" for what, texts in said for text in texts]


def states(
    open_stage, qtbot, settings: Settings, size: tuple[int, int]
) -> Iterator[tuple[str, Frame]]:
    """Every page and state, one after the other: its name and its window."""

    def a_stage(**how):
        return open_stage(settings=settings, size=size, **how)

    stage = a_stage(set_up=False)
    frame = stage.program.frame
    yield "welcome", frame
    stage.program.entrance.welcome.set_up_door.click()
    stage.program.entrance.setup.submit()
    yield "setup", frame
    stage = open_stage(start=False, settings=settings)
    stage.assembly_fault = StoreError(ErrorCode.STORE_LOCKED_OUT)
    yield "trouble", show(stage, qtbot, size).program.frame
    yield "not enrolled", a_stage(keys=FakeKeys()).program.frame
    stage = a_stage(printer=True, realm=Realm.TRAINING)
    frame = stage.program.frame
    yield "issue", frame
    for field, text in LONG.items():
        stage.serving.typed(field, text)
    stage.serving.issue()
    yield "issue with problems", frame
    stage.serving.start_over()
    yield "started over", frame
    stage.centre.fault = ErrorCode.CENTRE_UNREACHABLE
    keyboard = Keyboard(frame.windowHandle())
    keyboard.enter(LONG[Field.GIVEN_NAME][:-2], LONG[Field.FAMILY_NAME], "12.8.64", "Comirnaty")
    keyboard.enter("2", "2", "29.5.21")
    keyboard.f12()
    yield "result", frame
    stage.paper.fault = ErrorCode.PRINTER_TIMEOUT
    stage.result.print_again()
    yield "result with a banner", frame
    stage.program.notices.dismiss()
    for place in (Place.HISTORY, Place.SETTINGS, Place.HELP):
        stage.workplace.go(place)
        yield place.name, frame
    stage.workplace.help.show_about()
    yield "about", frame


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("language", ["de", "en"])
def test_nothing_is_cut_off_on_any_page(open_stage, qtbot, language, size):
    settings = Settings(language=language, look=Look.LIGHT)
    found = [
        fault
        for name, frame in states(open_stage, qtbot, settings, size)
        for fault in faults(frame, name)
    ]
    assert found == []


def test_every_button_and_field_has_a_name_for_those_who_hear_the_screen(open_stage, qtbot):
    nameless = []
    for name, frame in states(open_stage, qtbot, Settings(), (1366, 768)):
        for kind in (QPushButton, QLineEdit, QToolButton):
            for each in visible(frame, kind):
                text = each.text() if isinstance(each, QPushButton) else ""
                inner = each.objectName().startswith("qt_") or isinstance(each.parent(), QLineEdit)
                if not (each.accessibleName() or text or inner):
                    nameless.append(f"{name}: {type(each).__name__}")
    assert nameless == []


@pytest.mark.parametrize("look", [Look.LIGHT, Look.DARK])
def test_a_look_reaches_every_page(open_stage, look):
    stage = open_stage(settings=Settings(look=look))
    tokens = stage.program.dress.face.tokens
    frame = stage.program.frame
    for place in Place:
        stage.workplace.go(place)
        picture = frame.grab().toImage()
        corner = picture.pixelColor(frame.rail.width() + 4, 60).name()
        assert corner == tokens.canvas
        assert picture.pixelColor(3, 3).name() == tokens.surface
