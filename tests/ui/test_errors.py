"""Every misfortune has its words on screen, in both languages, and a way on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.core.errors import (
    ClockError,
    DeviceError,
    ErrorCode,
    ServerError,
    SetupError,
    SigningError,
    StoreError,
    TerminalError,
)
from desktop.core.messages import of_error
from desktop.core.settings import Settings
from desktop.ui.notices import of_misfortune
from desktop.ui.widgets.rail import Place
from tests.ui.conftest import show
from tests.ui.keyboard import Keyboard

LANGUAGES = ("de", "en")
KINDS: dict[str, type[TerminalError]] = {
    "key": SigningError,
    "permit": SigningError,
    "issue": SigningError,
    "clock": ClockError,
    "store": StoreError,
    "centre": ServerError,
    "printer": DeviceError,
    "file": DeviceError,
    "settings": SetupError,
    "profile": SetupError,
    "setup": SetupError,
}


def an_error(code: ErrorCode) -> TerminalError:
    return KINDS[code.partition(".")[0]](code)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_misfortune_is_said_in_a_banner(open_stage, language):
    stage = open_stage(settings=Settings(language=language))
    words = stage.program.dress.face.words
    banner = stage.program.frame.banner
    for code in ErrorCode:
        stage.program.notices.tell(of_misfortune("test", an_error(code)))
        assert banner.isVisible()
        assert banner.title.text() == words.translate(of_error(code).title)
        assert banner.advice.text() == words.translate(of_error(code).advice)
        assert "{" not in banner.title.text() + banner.advice.text()
        assert str(code) not in banner.title.text() + banner.advice.text()
        assert banner.accessibleName() == banner.title.text()
        assert banner.property("tone") == of_error(code).severity


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_terminal_that_cannot_be_opened_says_why_and_can_be_tried_again(
    open_stage, qtbot, language
):
    stage = open_stage(start=False, settings=Settings(language=language))
    stage.assembly_fault = an_error(ErrorCode.STORE_BUSY)
    show(stage, qtbot)
    page = stage.program.entrance.trouble
    words = stage.program.dress.face.words
    for code in ErrorCode:
        stage.assembly_fault = an_error(code)
        page.again.click()
        assert stage.program.frame.pages.currentWidget() is page
        assert page.title.text() == words.translate(of_error(code).title)
        assert page.advice.text() == words.translate(of_error(code).advice)
        assert not stage.program.frame.rail.isVisible()
    stage.assembly_fault = None
    page.again.click()
    assert stage.program.frame.pages.currentWidget() is stage.issue


def test_a_bug_of_ours_is_a_calm_banner_with_a_number(open_stage):
    stage = open_stage()
    stage.workplace.terminal.listing.history = None
    stage.workplace.go(Place.HISTORY)
    banner = stage.program.frame.banner
    assert banner.title.text() == "Das hätte nicht passieren dürfen"
    assert "00000001" in banner.advice.text()
    assert stage.program.frame.isVisible()
    stage.bugs.clear()


def test_a_bug_while_issuing_gives_the_form_back(open_stage):
    stage = open_stage()
    keyboard = Keyboard(stage.program.frame.windowHandle())
    keyboard.enter("Erika", "Muster", "1964", "Comirnaty", "1", "2", "1.5.21")
    stage.memory.journal = None
    keyboard.f12()
    assert stage.serving.scene.entry.form.given_name == "Erika"
    assert stage.issue.primary.isEnabled()
    assert stage.program.frame.banner.isVisible()
    stage.memory.journal = {}
    stage.bugs.clear()


def test_an_exception_on_the_gui_thread_is_told_with_its_number(open_stage):
    stage = open_stage()
    stage.program.tell_bug("4711abcd")
    assert "4711abcd" in stage.program.frame.banner.advice.text()


def test_esc_closes_a_message_before_it_starts_over(open_stage):
    stage = open_stage()
    keyboard = Keyboard(stage.program.frame.windowHandle())
    keyboard.enter("Erika")
    stage.program.notices.tell(of_misfortune("test", an_error(ErrorCode.PRINTER_TIMEOUT)))
    keyboard.shortcut(Qt.Key.Key_Escape)
    assert not stage.program.frame.banner.isVisible()
    assert stage.serving.scene.entry.form.given_name == "Erika"
    keyboard.shortcut(Qt.Key.Key_Escape)
    assert stage.serving.scene.entry.is_blank


def test_the_loudest_message_is_shown_and_the_others_wait(open_stage):
    stage = open_stage()
    tell, banner = stage.program.notices.tell, stage.program.frame.banner
    words = stage.program.dress.face.words
    for code in (ErrorCode.PRINTER_TIMEOUT, ErrorCode.STORE_FULL, ErrorCode.CENTRE_BUSY):
        tell(of_misfortune(code, an_error(code)))
    said = []
    while stage.program.notices.current is not None:
        said.append(banner.title.text())
        stage.program.notices.dismiss()
    order = (ErrorCode.STORE_FULL, ErrorCode.CENTRE_BUSY, ErrorCode.PRINTER_TIMEOUT)
    assert said == [words.translate(of_error(code).title) for code in order]
