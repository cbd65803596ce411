from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.core.errors import DeviceError, ErrorCode
from desktop.core.issuance import PrintState
from desktop.core.outbox import OutboxState
from desktop.ui.papers import SlipState
from desktop.ui.serving import Phase
from desktop.wire.batch import EventVerdict, Verdict
from tests.ui.keyboard import Keyboard

FILLED = ("Erika", "Müstermann", "12.8.64", "Comirnaty", "2", "2", "29.5.21")
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def stage(open_stage):
    """A certificate on screen, a printer beside it."""
    stage = open_stage(printer=True)
    issue(stage)
    return stage


def issue(stage) -> Keyboard:
    keyboard = Keyboard(stage.program.frame.windowHandle())
    keyboard.enter(*FILLED)
    keyboard.f12()
    assert stage.phase == Phase.SHOWING
    return keyboard


def kept(stage):
    (issuance,) = stage.memory.journal.values()
    return issuance


def press(stage, key: Qt.Key) -> None:
    QTest.keyClick(stage.program.frame.windowHandle(), key, CONTROL)


def test_that_the_code_was_shown_is_remembered_once_it_was_painted(stage, qtbot):
    stage.program.frame.grab()
    qtbot.waitUntil(lambda: kept(stage).shown_at is not None)


def test_it_says_for_whom_the_code_is(stage):
    page = stage.result
    assert page.head.text() == "Ausgestellt"
    assert page.name.text() == "Erika Müstermann"
    assert page.born.text() == "geboren 12. August 1964"
    assert page.dose.text() == "Dosis 2 von 2"
    assert page.product.text() == "Comirnaty, 29. Mai 2021"
    assert page.code.accessibleName() == "Code des Zertifikats"
    assert page.code.accessibleDescription() == "Erika Müstermann, Dosis 2 von 2"


def test_the_keyboard_is_on_the_code_so_that_no_stray_key_presses_a_button(stage):
    assert stage.program.frame.focusWidget() is stage.result.code


def test_it_says_when_the_centre_has_confirmed(stage):
    assert stage.result.state.text() == "Von der Zentrale bestätigt"


def test_without_the_centre_it_says_that_the_certificate_will_be_handed_in(open_stage):
    stage = open_stage()
    stage.centre.fault = ErrorCode.CENTRE_UNREACHABLE
    issue(stage)
    assert stage.result.state.text() == "Gespeichert, wird nachgereicht"
    stage.centre.fault = None
    stage.clock.forward(minutes=10)
    stage.workplace.sync.sync()
    assert stage.result.state.text() == "Von der Zentrale bestätigt"


def test_a_query_of_the_centre_is_said_while_the_customer_is_there(open_stage):
    stage = open_stage()
    stage.network.eager = False
    issue(stage)
    event_id = kept(stage).event_id
    stage.centre.words[event_id] = EventVerdict(event_id, Verdict.PARKED, "uvci.conflict")
    stage.network.run()
    assert stage.serving.scene.showing.state is OutboxState.PARKED
    assert stage.result.state.text() == "Die Zentrale hat eine Rückfrage, siehe Verlauf"


def test_a_slip_is_one_key_and_another_one_is_the_same_key(stage):
    press(stage, Qt.Key.Key_B)
    assert len(stage.paper.slips) == 1
    assert kept(stage).print_state is PrintState.PRINTED
    assert stage.result.slip.text() == "Der Bon liegt im Drucker."
    assert stage.result.print_slip.text().startswith("Bon noch einmal")
    press(stage, Qt.Key.Key_B)
    assert len(stage.paper.slips) == 2


def test_a_printer_that_fails_is_a_banner_with_retry_and_pdf_instead(stage):
    stage.paper.fault = ErrorCode.PRINTER_UNREACHABLE
    press(stage, Qt.Key.Key_B)
    banner = stage.program.frame.banner
    assert banner.isVisible()
    assert [each.text() for each in banner.buttons] == ["Noch einmal", "Als PDF speichern"]
    assert kept(stage).print_state is PrintState.FAILED
    assert "trotzdem" in stage.result.slip.text()
    assert stage.workplace.board.status.printer_fault is ErrorCode.PRINTER_UNREACHABLE
    stage.paper.fault = None
    banner.buttons[0].click()
    assert len(stage.paper.slips) == 1
    assert not banner.isVisible()
    assert stage.workplace.board.status.printer_fault is None


def test_pdf_instead_asks_for_a_place(stage):
    stage.paper.fault = ErrorCode.PRINTER_TIMEOUT
    press(stage, Qt.Key.Key_B)
    stage.program.frame.banner.buttons[1].click()
    assert stage.workplace.dialog.dialog is not None


def test_a_printer_that_hangs_delays_nobody(open_stage):
    stage = open_stage(printer=True)
    keyboard = issue(stage)
    stage.device.eager = False
    press(stage, Qt.Key.Key_B)
    press(stage, Qt.Key.Key_B)
    assert len(stage.device.waiting) == 1
    assert not stage.result.print_slip.isEnabled()
    assert stage.result.slip.text() == "Der Bon wird gedruckt …"
    keyboard.f12()
    keyboard.enter("Max", "Muster", "1970", "Spikevax", "1", "2", "1.5.21")
    keyboard.f12()
    assert stage.phase == Phase.SHOWING
    assert len(stage.memory.journal) == 2
    stage.device.run()
    states = [each.print_state for each in stage.memory.journal.values()]
    assert states == [PrintState.PRINTED, PrintState.NONE]


def test_no_slip_is_offered_where_there_is_no_printer(open_stage):
    stage = open_stage()
    issue(stage)
    assert not stage.result.print_slip.isVisible()
    assert stage.result.save_page.isVisible()


def test_a_page_is_written_where_a_person_chooses_without_naming_the_customer(stage):
    press(stage, Qt.Key.Key_P)
    dialog = stage.workplace.dialog.dialog
    (suggested,) = dialog.selectedFiles()
    event_id = kept(stage).event_id
    assert Path(suggested).name == f"2021-06-01-{event_id[:4].hex()}.pdf"
    dialog.fileSelected.emit("/chosen/place.pdf")
    assert stage.written == [(Path("/chosen/place.pdf"), stage.pages.head)]
    assert stage.program.frame.banner.title.text() == "PDF gespeichert"
    assert "/chosen" in stage.program.frame.banner.advice.text()


def test_the_dialog_is_in_nobodys_way(stage):
    keyboard = Keyboard(stage.program.frame.windowHandle())
    press(stage, Qt.Key.Key_P)
    assert not stage.workplace.dialog.dialog.isModal()
    keyboard.f12()
    assert stage.phase == Phase.FILLING


def test_a_page_that_cannot_be_written_offers_another_place(stage):
    stage.write_fault = DeviceError(ErrorCode.FILE_UNWRITABLE)
    stage.workplace.papers.write_page(kept(stage), Path("/full/disk.pdf"))
    banner = stage.program.frame.banner
    assert banner.buttons[0].text() == "Anderer Ort"
    banner.buttons[0].click()
    assert stage.workplace.dialog.dialog is not None


def test_a_written_page_can_be_opened(stage):
    opened: list[Path] = []
    stage.workplace.papers.page_open.disconnect()
    stage.workplace.papers.page_open.connect(opened.append)
    stage.workplace.papers.write_page(kept(stage), Path("/chosen/place.pdf"))
    stage.program.frame.banner.buttons[0].click()
    assert opened == [Path("/chosen/place.pdf")]


def test_a_slip_printed_before_a_restart_is_known(stage):
    press(stage, Qt.Key.Key_B)
    stage.workplace.papers._states.clear()
    assert stage.workplace.papers.slip_state(kept(stage)) is SlipState.PRINTED


def test_esc_does_not_take_the_code_away(stage):
    QTest.keyClick(stage.program.frame.windowHandle(), Qt.Key.Key_Escape)
    assert stage.phase == Phase.SHOWING


def test_slip_and_page_keys_do_nothing_while_a_form_is_filled(open_stage):
    stage = open_stage(printer=True)
    press(stage, Qt.Key.Key_B)
    press(stage, Qt.Key.Key_P)
    assert stage.paper.slips == []
    assert stage.workplace.dialog.dialog is None
