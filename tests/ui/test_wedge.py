"""Scans typed into a real window: where they land, and what they leave untouched."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent

from desktop.core.form import Field
from desktop.ui.serving import Phase
from desktop.ui.strokes import PAUSE
from desktop.ui.widgets.rail import Place
from tests.ui.keyboard import Keyboard

PACK = "0104150178959757" + "10FA5765\x1d17270131"
FILLED = ("Erika", "Müstermann", "12.8.64", "Comirnaty", "2", "2", "29.5.21")


def certificate(stage, keyboard) -> str:
    """A certificate that was issued here, with an empty form after it."""
    keyboard.enter(*FILLED)
    keyboard.f12()
    hc1 = stage.serving.scene.showing.issuance.hc1
    keyboard.f12()
    return str(hc1)


def test_a_pack_fills_product_and_batch_wherever_the_keyboard_is(stage, keyboard):
    keyboard.enter("Erika")
    keyboard.type("Mül")
    keyboard.scan(PACK)
    form = stage.serving.scene.entry.form
    assert (form.given_name, form.family_name) == ("Erika", "Mül")
    assert (form.product, form.batch, form.pack_expiry) == ("EU/1/20/1528", "FA5765", "31.01.2027")
    assert stage.issue.person.fields[Field.FAMILY_NAME].text() == "Mül"
    assert stage.issue.answer.words.text() == "Impfstoff Comirnaty, Charge FA5765 übernommen"
    assert stage.issue.scan.line.text().startswith("01041501789597571")


def test_a_certificate_of_more_than_500_signs_arrives_whole_and_fills_the_person(stage, keyboard):
    hc1 = certificate(stage, keyboard)
    assert len(hc1) > 500
    keyboard.scan(hc1)
    form = stage.serving.scene.entry.form
    assert (form.given_name, form.family_name) == ("Erika", "Müstermann")
    assert (form.dose, form.doses, form.date) == ("3", "3", "01.06.2021")
    assert not form.unverified


def test_the_enter_of_a_scanner_moves_nobody_on_and_issues_nothing(stage, keyboard):
    keyboard.scan("https://example.org/")
    assert stage.program.frame.focusWidget() is stage.issue.person.fields[Field.GIVEN_NAME].line
    assert stage.memory.journal == {}
    assert stage.issue.answer.words.text() == "Das ist eine Internetadresse, kein Zertifikat."


def test_a_scan_leads_to_what_it_left_open(stage, keyboard):
    hc1 = certificate(stage, keyboard)
    keyboard.scan(hc1)
    assert stage.program.frame.focusWidget() is stage.issue.vaccination.product.line
    keyboard.scan(PACK)
    assert stage.program.frame.focusWidget() is stage.issue.primary


def test_a_pack_scanned_first_leads_to_the_first_name(stage, keyboard):
    keyboard.scan(PACK)
    assert stage.program.frame.focusWidget() is stage.issue.person.fields[Field.GIVEN_NAME].line


def test_a_scan_without_enter_ends_by_itself(stage, keyboard, qtbot):
    keyboard.scan(PACK, end=False)
    assert stage.serving.scene.entry.form.batch == ""
    qtbot.waitUntil(lambda: stage.serving.scene.entry.form.batch == "FA5765", timeout=20 * PAUSE)


def test_a_scan_into_the_open_list_of_products_closes_it(stage, keyboard):
    stage.issue.vaccination.product.setFocus()
    keyboard.type("spi")
    assert stage.issue.vaccination.product.is_open
    keyboard.scan("]d2" + PACK)
    assert not stage.issue.vaccination.product.is_open
    assert stage.issue.vaccination.product.text() == "Comirnaty"


def test_one_step_back_undoes_the_whole_scan(stage, keyboard):
    keyboard.enter("Erika")
    keyboard.scan(PACK)
    keyboard.shortcut(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    form = stage.serving.scene.entry.form
    assert (form.given_name, form.product, form.batch) == ("Erika", "", "")


def test_what_an_input_method_makes_of_a_scanners_dead_keys_reaches_no_field(stage, keyboard):
    line = stage.issue.person.fields[Field.GIVEN_NAME].line
    keyboard.scan(PACK[:20], end=False)
    composed = QInputMethodEvent()
    composed.setCommitString("À")
    QCoreApplication.sendEvent(line, composed)
    assert line.text() == ""


def test_a_person_may_compose_letters(stage):
    line = stage.issue.person.fields[Field.GIVEN_NAME].line
    composed = QInputMethodEvent()
    composed.setCommitString("À")
    QCoreApplication.sendEvent(line, composed)
    assert line.text() == "À"


def test_a_scan_in_another_place_comes_to_the_counter(stage, keyboard):
    stage.program.workplace.go(Place.SETTINGS)
    stage.settings.printer.host.line.setFocus()
    keyboard.type("drucker")
    keyboard.scan(PACK)
    assert stage.settings.printer.host.text() == "drucker"
    assert stage.program.frame.pages.currentWidget() is stage.issue
    assert stage.serving.scene.entry.form.batch == "FA5765"


def test_the_code_on_screen_scanned_back_stays_on_screen(stage, keyboard):
    keyboard.enter(*FILLED)
    keyboard.f12()
    keyboard.scan(stage.serving.scene.showing.issuance.hc1)
    assert stage.phase is Phase.SHOWING
    assert stage.result.answer.words.text() == "Der Code auf dem Bildschirm ist gut lesbar."


def test_another_scan_while_a_code_is_shown_begins_with_the_next_customer(stage, keyboard):
    keyboard.enter(*FILLED)
    keyboard.f12()
    keyboard.scan(PACK)
    assert stage.phase is Phase.FILLING
    form = stage.serving.scene.entry.form
    assert (form.given_name, form.batch) == ("", "FA5765")


def test_a_scan_while_a_certificate_is_made_changes_nothing_and_says_so(open_stage):
    stage = open_stage()
    keyboard = Keyboard(stage.program.frame.windowHandle())
    keyboard.enter(*FILLED)
    stage.store.eager = False
    keyboard.f12()
    keyboard.scan(PACK)
    assert stage.phase == Phase.ISSUING
    assert "Gerade wird ausgestellt" in stage.issue.answer.words.text()
    stage.store.run()
    assert stage.phase == Phase.SHOWING


def test_a_scanner_set_to_another_keyboard_than_the_system_is_understood(stage, keyboard):
    keyboard.scan(PACK, "de")
    assert stage.serving.scene.entry.form.batch == "FA5765"


def test_a_scan_can_be_pasted_into_the_scan_field(stage, keyboard):
    stage.issue.scan.line.setFocus()
    stage.issue.scan.line.setText(PACK)
    keyboard.tap(Qt.Key.Key_Return, "\r", code=28)
    assert stage.serving.scene.entry.form.batch == "FA5765"


def test_enter_in_an_empty_scan_field_goes_to_the_form(stage, keyboard):
    stage.issue.scan.line.setFocus()
    keyboard.tap(Qt.Key.Key_Return, "\r", code=28)
    assert stage.program.frame.focusWidget() is stage.issue.person.fields[Field.GIVEN_NAME].line


def test_fast_typing_stays_where_it_is_typed(stage):
    fast = Keyboard(stage.program.frame.windowHandle(), pause=50)
    fast.type("Karl-Theodor Maria")
    assert stage.serving.scene.entry.form.given_name == "Karl-Theodor Maria"


def test_losing_the_window_in_the_middle_of_a_scan_ends_it(stage, keyboard):
    keyboard.scan(PACK, end=False)
    QCoreApplication.sendEvent(keyboard.window, QFocusEvent(QEvent.Type.FocusOut))
    assert stage.serving.scene.entry.form.batch == "FA5765"
