"""History, settings, help and the way between them."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.core.errors import ErrorCode
from desktop.core.outbox import OutboxState
from desktop.core.settings import Look, Paper, ReceiptPrinter, Settings
from desktop.ui.outside import Outside
from desktop.ui.pages.history import Filter
from desktop.ui.pages.settings import read_port
from desktop.ui.serving import Phase, Why
from desktop.ui.tokens import DARK, LIGHT
from desktop.ui.widgets.rail import SIGNS, Place
from desktop.ui.widgets.strip import Question
from desktop.wire.batch import EventVerdict, Reason, Verdict
from tests.ui.keyboard import Keyboard
from tests.ui.seen import read_code

CONTROL = Qt.KeyboardModifier.ControlModifier
PEOPLE = ("Erika", "Max", "Anna")


@pytest.fixture
def stage(open_stage):
    """Three certificates: confirmed and erased, parked, waiting."""
    stage = open_stage(printer=True)
    keyboard = Keyboard(stage.program.frame.windowHandle())
    stage.centre.fault = ErrorCode.CENTRE_UNREACHABLE
    for name in PEOPLE:
        keyboard.enter(name, "Muster", "1964", "Comirnaty", "1", "2", "1.5.21")
        keyboard.f12()
        keyboard.f12()
        stage.clock.forward(minutes=1)
    erased, parked, waiting = stage.memory.outbox
    stage.centre.words[parked] = EventVerdict(parked, Verdict.PARKED, Reason.UVCI_CONFLICT)
    stage.centre.words[waiting] = EventVerdict(waiting, Verdict.RETRY)
    stage.centre.fault = None
    stage.clock.forward(minutes=10)
    stage.workplace.sync.sync()
    del stage.memory.journal[erased]
    stage.workplace.go(Place.HISTORY)
    return stage


def rows(stage) -> list[list[str]]:
    model = stage.history.model
    return [
        [model.data(model.index(row, column)) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_history_lists_the_newest_first_without_names(stage):
    listed = rows(stage)
    assert [row[4] for row in listed] == [
        "Wird nachgereicht",
        "Rückfrage der Zentrale",
        "Bestätigt",
    ]
    assert [row[0] for row in listed] == ["14:02", "14:01", "14:00"]
    assert listed[0][1:3] == ["Comirnaty", "1 von 2"]
    assert not any(name in cell for name in PEOPLE for row in listed for cell in row)


def test_the_history_can_be_narrowed(stage):
    stage.history.filter.buttons[Filter.PARKED].click()
    assert [row[4] for row in rows(stage)] == ["Rückfrage der Zentrale"]
    stage.history.filter.buttons[Filter.WAITING].click()
    assert [row[4] for row in rows(stage)] == ["Wird nachgereicht"]
    assert "Die Kennung" not in stage.history.detail.text()


def test_a_query_says_what_it_means_for_the_person_who_acts(stage):
    stage.history.table.selectRow(1)
    assert "Bitte neu ausstellen" in stage.history.detail.text()


@pytest.mark.parametrize("reason", [*Reason, "reason.of.tomorrow", None])
def test_every_reason_of_the_centre_has_words(stage, reason):
    event_id = list(stage.memory.outbox)[1]
    item = stage.memory.outbox[event_id]
    object.__setattr__(item, "reason", reason)
    stage.history.refresh()
    stage.history.table.selectRow(1)
    assert stage.history.detail.text()
    assert str(reason) not in stage.history.detail.text()


def test_what_was_erased_can_be_seen_but_not_shown(stage):
    stage.history.table.selectRow(2)
    assert "gelöscht" in stage.history.detail.text()
    assert not stage.history.show_code.isEnabled()
    assert not stage.history.save_page.isEnabled()
    stage.history.show_again()
    assert stage.phase == Phase.FILLING


def test_f12_shows_the_code_again_and_brings_back_the_form_as_it_was(stage, keyboard):
    stage.workplace.go(Place.ISSUE)
    keyboard.enter("Karl")
    stage.workplace.go(Place.HISTORY)
    keyboard.f12()
    assert stage.serving.scene.showing.why is Why.AGAIN
    assert read_code(stage.program.frame) == stage.serving.scene.showing.issuance.hc1
    assert stage.result.name.text() == "Anna Muster"
    keyboard.f12()
    assert stage.phase == Phase.FILLING
    assert stage.serving.scene.entry.form.given_name == "Karl"


def test_esc_leads_back_from_a_code_that_was_shown_again(stage, keyboard):
    keyboard.f12()
    assert stage.phase == Phase.SHOWING
    keyboard.shortcut(Qt.Key.Key_Escape)
    assert stage.phase == Phase.FILLING


def test_enter_in_the_list_shows_the_code(stage, keyboard):
    assert stage.program.frame.focusWidget() is stage.history.table
    keyboard.tap(Qt.Key.Key_Down, code=108)
    keyboard.tap(Qt.Key.Key_Return, "\r", code=28)
    assert stage.result.name.text() == "Max Muster"
    assert stage.result.state.text() == "Die Zentrale hat eine Rückfrage, siehe Verlauf"


def test_slips_and_pages_are_made_from_the_history_too(stage, keyboard):
    keyboard.shortcut(Qt.Key.Key_B, CONTROL)
    assert len(stage.paper.slips) == 1
    keyboard.shortcut(Qt.Key.Key_P, CONTROL)
    assert stage.workplace.dialog.dialog is not None


def test_what_is_erased_while_the_list_is_open_is_not_shown(stage):
    stage.memory.journal.clear()
    stage.history.show_again()
    assert stage.phase == Phase.FILLING
    assert not stage.history.show_code.isEnabled()


def test_the_list_follows_what_happens(stage):
    waiting = list(stage.memory.outbox)[2]
    del stage.centre.words[waiting]
    stage.clock.forward(minutes=20)
    stage.workplace.sync.sync()
    assert stage.memory.outbox[waiting].state is OutboxState.ACKNOWLEDGED
    assert rows(stage)[0][4] == "Bestätigt"


def test_an_empty_history_says_so(open_stage):
    stage = open_stage()
    stage.workplace.go(Place.HISTORY)
    assert stage.history.empty.isVisible()
    assert not stage.history.table.isVisible()
    stage.history.show_again()
    assert stage.phase == Phase.FILLING


def test_a_history_that_cannot_be_read_is_a_banner(stage):
    stage.memory.fault = ErrorCode.STORE_BROKEN
    stage.history.refresh()
    assert stage.program.frame.banner.isVisible()
    stage.memory.fault = None


@pytest.mark.parametrize("place", Place)
def test_every_place_has_its_key_and_its_button(open_stage, place):
    stage = open_stage()
    stage.workplace.go(Place.HELP if place is not Place.HELP else Place.HISTORY)
    keyboard = Keyboard(stage.program.frame.windowHandle())
    keyboard.shortcut(getattr(Qt.Key, f"Key_{SIGNS[place].key}"))
    page = stage.program.frame.pages.currentWidget()
    assert page is stage.workplace._page_of(place)
    stage.workplace.go(Place.ISSUE)
    stage.program.frame.rail.buttons[place].click()
    assert stage.program.frame.pages.currentWidget() is page
    assert stage.program.frame.rail.buttons[place].property("here") == "yes"
    assert stage.program.frame.rail.buttons[place].accessibleName()


def test_esc_leads_back_to_the_counter(open_stage):
    stage = open_stage()
    stage.workplace.go(Place.SETTINGS)
    QTest.keyClick(stage.program.frame.windowHandle(), Qt.Key.Key_Escape)
    assert stage.program.frame.pages.currentWidget() is stage.issue


def test_the_language_changes_at_once_and_is_kept(open_stage):
    stage = open_stage()
    stage.workplace.go(Place.SETTINGS)
    stage.settings.language.segments.buttons["en"].click()
    assert stage.settings.title.text() == "Settings"
    assert stage.issue.title.text() == "Issue a certificate"
    assert stage.program.frame.rail.buttons[Place.ISSUE].text() == "Issue\nF2"
    assert "No contact" in stage.program.frame.strip.buttons[Question.CONNECTION].text()
    assert stage.file.content.language == "en"
    assert QApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
    stage.settings.language.segments.buttons["de"].click()
    assert stage.settings.title.text() == "Einstellungen"
    assert QApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"


def test_the_look_changes_at_once_and_is_kept(open_stage):
    stage = open_stage(settings=Settings(look=Look.LIGHT))
    assert stage.program.dress.face.tokens == LIGHT
    stage.settings.look.segments.buttons[Look.DARK].click()
    assert stage.program.dress.face.tokens == DARK
    assert QApplication.palette().window().color().name() == DARK.canvas
    assert stage.file.content.look is Look.DARK


def test_like_the_computer_follows_the_computer(open_stage):
    stage = open_stage(settings=Settings(look=Look.SYSTEM))
    hints = QApplication.styleHints()
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert stage.program.dress.face.tokens == DARK
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert stage.program.dress.face.tokens == LIGHT


def test_a_language_of_the_command_line_is_for_this_start_only(open_stage):
    stage = open_stage(language="en")
    assert stage.issue.title.text() == "Issue a certificate"
    stage.settings.look.segments.buttons[Look.DARK].click()
    assert stage.file.content.language == "de"
    stage.settings.language.segments.buttons["de"].click()
    assert stage.issue.title.text() == "Zertifikat ausstellen"
    assert stage.file.content.language == "de"


def test_settings_that_cannot_be_written_are_a_banner_and_hold_until_the_end(open_stage):
    stage = open_stage()
    stage.file.fault = ErrorCode.FILE_UNWRITABLE
    stage.settings.language.segments.buttons["en"].click()
    assert stage.program.frame.banner.isVisible()
    assert stage.settings.title.text() == "Settings"
    stage.file.fault = None


def test_a_printer_is_used_as_soon_as_it_is_set_up(open_stage):
    stage = open_stage()
    page = stage.settings.printer
    page.host.line.setText(" bondrucker ")
    page.port.line.setText("9101")
    page.paper.buttons[Paper.NARROW].click()
    page.save.click()
    printer = ReceiptPrinter(host="bondrucker", port=9101, paper=Paper.NARROW)
    assert stage.file.content.printer == printer
    assert page.saved.text() == "Übernommen."
    assert stage.workplace.board.status.printer_set_up
    assert "eingerichtet" in stage.program.frame.strip.buttons[Question.PRINTER].text()


def test_a_port_that_is_none_is_said_and_nothing_is_kept(open_stage):
    stage = open_stage()
    stage.workplace.go(Place.SETTINGS)
    page = stage.settings.printer
    page.port.line.setText("viele")
    page.save.click()
    assert "1 bis 65535" in page.port.foot.text()
    assert stage.file.content == Settings()
    page.port.line.setText("9100")
    page.save.click()
    assert page.port.foot.text() == ""


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("9100", 9100),
        (" 1 ", 1),
        ("65535", 65535),
        ("0", None),
        ("65536", None),
        ("٣", None),
        ("", None),
        ("9100x", None),
        ("9" * 50, None),
    ],
)
def test_a_port_is_a_number_of_its_kind(text, port):
    assert read_port(text) == port


def test_the_scanner_can_be_told_its_keyboard(open_stage):
    stage = open_stage()
    stage.settings.scanner.segments.buttons["de"].click()
    assert stage.file.content.scanner_layout == "de"
    Keyboard(stage.program.frame.windowHandle()).scan("0104150178959757" + "10ZY5765", "de")
    assert stage.serving.scene.entry.form.batch == "ZY5765"


def test_about_says_who_accepts_these_certificates(open_stage):
    stage = open_stage()
    stage.settings.about.click()
    help_page = stage.workplace.help
    assert stage.program.frame.pages.currentWidget() is help_page
    said = " ".join(text.text() for _, _, text in help_page.about.texts)
    assert "keine amtliche App" in said
    assert "GNU Lesser General Public License" in said
    assert not help_page.about.listing.isVisible()


def test_about_lists_the_licences_that_were_collected_at_build(open_stage, monkeypatch):
    rows = [{"name": "qt", "version": "6", "licence": "LGPL-3.0", "text": "GNU LESSER"}]
    stage = open_stage()
    monkeypatch.setattr(stage.workplace.help.about, "_licences", lambda: _listed(rows))
    stage.settings.about.click()
    listing = stage.workplace.help.about.listing
    assert listing.isVisible()
    assert "qt 6" in listing.toPlainText()
    assert "GNU LESSER" in listing.toPlainText()


def _listed(rows: list[dict[str, str]]) -> str | None:
    outside = Outside(
        read=lambda _: json.dumps(rows).encode(),
        is_set_up=lambda _: True,
        assemble=lambda _: pytest.fail("not asked for"),
        set_up=lambda _: None,
        write_page=lambda *_: None,
        profiles=(),
    )
    return outside.licences()


@pytest.mark.parametrize("question", Question)
def test_every_pill_is_a_door_to_its_detail(stage, question):
    stage.workplace.go(Place.ISSUE)
    stage.program.frame.strip.buttons[question].click()
    shown = stage.program.frame.pages.currentWidget()
    told = stage.program.frame.banner.isVisible()
    assert told or shown is not stage.issue
    stage.program.notices.dismiss()
