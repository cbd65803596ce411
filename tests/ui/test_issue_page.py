"""The issue page by keyboard alone, from an empty form to the code on screen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.core.errors import ErrorCode
from desktop.core.form import Field
from desktop.ui.serving import Phase
from tests.fakes.keys import FakeKeys
from tests.ui.keyboard import Keyboard
from tests.ui.seen import read_code

FILLED = ("Erika", "Müstermann-Gößler", "12.8.64", "Comirnaty", "2", "2", "29.5.21")
CONTROL = Qt.KeyboardModifier.ControlModifier


def form(stage):
    return stage.serving.scene.entry.form


def focused(stage):
    return stage.program.frame.focusWidget()


def test_the_keyboard_is_in_the_first_field_from_the_beginning(stage):
    assert focused(stage) is stage.issue.person.fields[Field.GIVEN_NAME].line


def test_typing_enter_and_one_key_bring_the_code_on_screen(stage, keyboard):
    keyboard.enter(*FILLED)
    keyboard.f12()
    assert stage.phase == Phase.SHOWING
    (issuance,) = stage.memory.journal.values()
    assert read_code(stage.program.frame) == issuance.hc1
    assert issuance.certificate.person.family_name == "Müstermann-Gößler"
    assert issuance.certificate.vaccination.product == "EU/1/20/1528"


def test_the_tabulator_leads_the_same_way_as_enter(stage, keyboard):
    for text in FILLED:
        keyboard.type(text)
        keyboard.tap(Qt.Key.Key_Tab, "\t", code=15)
    keyboard.f12()
    assert stage.phase == Phase.SHOWING


def test_the_keyboard_goes_through_all_stops_in_order_and_comes_back(stage, keyboard):
    page = stage.issue
    expected = [
        *page._stops().values(),
        page.primary,
        page.scan.line,
        *(each for each in (page.undo, page.restart) if each.isEnabled()),
    ]
    seen = []
    for _ in expected:
        seen.append(focused(stage))
        keyboard.tap(Qt.Key.Key_Tab, "\t", code=15)
    assert seen == expected


def test_enter_never_issues(stage, keyboard):
    keyboard.enter(*FILLED)
    keyboard.tap(Qt.Key.Key_Return, "\r", code=28, times=6)
    assert focused(stage) is stage.issue.primary
    assert stage.memory.journal == {}
    assert stage.phase == Phase.FILLING


def test_ten_fast_presses_of_f12_issue_one_and_the_code_stays(stage, keyboard):
    keyboard.enter(*FILLED)
    keyboard.f12(times=10, pause=30)
    assert len(stage.memory.journal) == 1
    assert stage.phase == Phase.SHOWING


def test_ten_fast_presses_while_the_store_is_slow_issue_one(open_stage):
    stage = open_stage()
    keyboard = Keyboard(stage.program.frame.windowHandle())
    keyboard.enter(*FILLED)
    stage.store.eager = False
    keyboard.f12(times=10, pause=200)
    assert stage.phase == Phase.ISSUING
    assert read_code(stage.program.frame) is None
    stage.store.run()
    assert len(stage.memory.journal) == 1
    assert stage.phase == Phase.SHOWING


def test_a_held_f12_issues_once_and_does_not_mean_next_customer(stage, keyboard):
    keyboard.enter(*FILLED)
    keyboard.at += 300
    keyboard.event(down=True, key=Qt.Key.Key_F12, code=88)
    for _ in range(10):
        keyboard.at += 40
        keyboard.event(down=True, key=Qt.Key.Key_F12, code=88, repeat=True)
    for _ in range(10):
        keyboard.at += 40
        keyboard.event(down=False, key=Qt.Key.Key_F12, code=88)
        keyboard.event(down=True, key=Qt.Key.Key_F12, code=88)
    assert stage.phase == Phase.SHOWING
    keyboard.at += 40
    keyboard.event(down=False, key=Qt.Key.Key_F12, code=88)
    keyboard.f12()
    assert stage.phase == Phase.FILLING
    assert len(stage.memory.journal) == 1


def test_the_next_customer_has_an_empty_form_with_an_attempt_of_its_own(stage, keyboard):
    first = form(stage).attempt_id
    keyboard.enter(*FILLED)
    keyboard.f12()
    keyboard.f12()
    assert stage.serving.scene.entry.is_blank
    assert form(stage).attempt_id != first
    assert form(stage).country == "DE"
    assert focused(stage) is stage.issue.person.fields[Field.GIVEN_NAME].line
    assert not stage.issue.undo.isEnabled()


def test_no_code_is_on_screen_before_the_commit(stage, keyboard):
    stage.store.eager = False
    keyboard.enter(*FILLED)
    keyboard.f12()
    assert read_code(stage.program.frame) is None
    assert not stage.issue.person.isEnabled()
    assert not stage.issue.primary.isEnabled()
    assert stage.issue.primary.text() == "Wird ausgestellt …"
    stage.store.run()
    assert read_code(stage.program.frame) is not None


def test_what_is_typed_while_a_certificate_is_made_changes_nothing(stage, keyboard):
    keyboard.enter(*FILLED)
    stage.store.eager = False
    keyboard.f12()
    before = form(stage)
    keyboard.type("x")
    stage.serving.typed(Field.GIVEN_NAME, "Max")
    stage.serving.start_over()
    stage.serving.undo()
    assert form(stage) == before
    stage.store.run()


def test_a_failed_commit_leaves_the_form_as_it_was_and_can_be_tried_again(stage, keyboard):
    keyboard.enter(*FILLED)
    stage.memory.fault = ErrorCode.STORE_FULL
    keyboard.f12()
    assert stage.phase == Phase.FILLING
    assert read_code(stage.program.frame) is None
    assert stage.program.frame.banner.title.text() == "Die Festplatte ist voll"
    assert form(stage).given_name == "Erika"
    stage.memory.fault = None
    stage.program.frame.banner.buttons[0].click()
    assert stage.phase == Phase.SHOWING
    assert len(stage.memory.journal) == 1
    assert not stage.program.frame.banner.isVisible()


def test_a_retry_after_a_commit_that_went_through_shows_what_was_certified(stage, keyboard):
    keyboard.enter(*FILLED)
    earlier = form(stage)
    issuance = stage.workplace.terminal.issuing.issue(earlier)
    stage.serving.typed(Field.GIVEN_NAME, "Max")
    keyboard.f12()
    assert stage.serving.scene.showing.issuance == issuance
    assert stage.result.name.text() == "Erika Müstermann-Gößler"
    assert "früheren Angaben" in stage.result.why.text()


def test_problems_are_said_beside_their_fields_and_the_keyboard_goes_to_the_first(stage, keyboard):
    keyboard.enter("Erika", "", "31.2.64")
    keyboard.f12()
    assert stage.memory.journal == {}
    fields = stage.issue.person.fields | stage.issue.vaccination.fields
    assert fields[Field.BIRTH_DATE].foot.text() == "31.2.64 gibt es nicht. Bitte prüfen."
    assert fields[Field.PRODUCT].foot.text() == "Bitte ausfüllen."
    assert stage.issue.vaccination.dose.foot.text() == "Bitte ausfüllen."
    assert fields[Field.BIRTH_DATE].line.property("state") == "problem"
    assert focused(stage) is fields[Field.BIRTH_DATE].line


def test_a_problem_is_said_when_its_field_was_left_and_goes_when_it_is_corrected(stage, keyboard):
    field = stage.issue.person.fields[Field.GIVEN_NAME]
    keyboard.type("王")
    assert field.foot.text() == ""
    keyboard.tap(Qt.Key.Key_Return, "\r", code=28)
    assert "lateinischer Schrift" in field.foot.text()
    field.setFocus()
    keyboard.tap(Qt.Key.Key_Backspace, code=14)
    keyboard.type("Wang")
    assert field.foot.text() == "WANG"


def test_the_machine_readable_name_stands_beside_the_typed_one_at_once(stage, keyboard):
    keyboard.type("Zoë")
    assert stage.issue.person.fields[Field.GIVEN_NAME].foot.text() == "ZOE"
    assert stage.issue.preview.machine.text() == "ZOE"


def test_dates_are_said_back_in_words(stage, keyboard):
    keyboard.enter("Erika", "Muster", "12/8/1964")
    assert stage.issue.person.fields[Field.BIRTH_DATE].foot.text() == "12. August 1964"
    assert stage.issue.preview.values["born"].text() == "12. August 1964"


def test_the_preview_reads_as_the_certificate_will(stage, keyboard):
    keyboard.enter(*FILLED)
    said = {fact: value.text() for fact, value in stage.issue.preview.values.items()}
    assert stage.issue.preview.name.text() == "Erika Müstermann-Gößler"
    assert said == {
        "born": "12. August 1964",
        "dose": "Dosis 2 von 2",
        "product": "Comirnaty",
        "day": "29. Mai 2021",
        "country": "Deutschland",
    }


def test_esc_starts_over_and_control_z_brings_everything_back(stage, keyboard):
    keyboard.enter("Erika", "Muster")
    before = form(stage)
    keyboard.shortcut(Qt.Key.Key_Escape)
    assert stage.serving.scene.entry.is_blank
    assert stage.issue.person.fields[Field.GIVEN_NAME].text() == ""
    assert "Strg+Z" in stage.issue.answer.words.text()
    keyboard.shortcut(Qt.Key.Key_Z, CONTROL)
    assert form(stage) == before
    assert stage.issue.person.fields[Field.FAMILY_NAME].text() == "Muster"


def test_control_z_takes_back_one_field_at_a_time_from_within_a_field(stage, keyboard):
    keyboard.enter("Erika")
    keyboard.type("Muster")
    keyboard.shortcut(Qt.Key.Key_Z, CONTROL)
    assert (form(stage).given_name, form(stage).family_name) == ("Erika", "")
    keyboard.shortcut(Qt.Key.Key_Z, CONTROL)
    assert form(stage).given_name == ""


def test_a_product_is_chosen_by_a_few_letters_or_by_the_arrows(stage, keyboard):
    product = stage.issue.vaccination.product
    product.setFocus()
    keyboard.type("moderna")
    keyboard.tap(Qt.Key.Key_Return, "\r", code=28)
    assert form(stage).product == "EU/1/20/1507"
    product.setFocus()
    keyboard.tap(Qt.Key.Key_Down, code=108, times=3)
    assert product.is_open
    keyboard.tap(Qt.Key.Key_Return, "\r", code=28)
    assert form(stage).product == "EU/1/20/1525"


def test_esc_closes_an_open_list_before_it_starts_over(stage, keyboard):
    keyboard.enter("Erika")
    stage.issue.vaccination.product.setFocus()
    keyboard.tap(Qt.Key.Key_Down, code=108)
    keyboard.shortcut(Qt.Key.Key_Escape)
    assert not stage.issue.vaccination.product.is_open
    assert form(stage).given_name == "Erika"


def test_the_arrows_count_the_doses(stage, keyboard):
    stage.issue.vaccination.dose.setFocus()
    keyboard.tap(Qt.Key.Key_Up, code=103, times=2)
    keyboard.tap(Qt.Key.Key_Return, "\r", code=28)
    keyboard.tap(Qt.Key.Key_Up, code=103, times=3)
    keyboard.tap(Qt.Key.Key_Down, code=108)
    assert (form(stage).dose, form(stage).doses) == ("2", "2")


def test_an_unchecked_certificate_wants_the_record_to_be_seen(open_stage):
    other = open_stage(keys=FakeKeys.enrolled(3))
    Keyboard(other.program.frame.windowHandle()).enter(*FILLED)
    other.serving.issue()
    hc1 = other.serving.scene.showing.issuance.hc1
    stage = open_stage()
    keyboard = Keyboard(stage.program.frame.windowHandle())
    keyboard.scan(hc1)
    assert stage.issue.vaccination.record.isVisible()
    keyboard.enter("Comirnaty")
    keyboard.f12()
    assert stage.memory.journal == {}
    assert focused(stage) is stage.issue.vaccination.record
    assert "niemand prüfen" in stage.issue.vaccination.record_foot.text()
    keyboard.tap(Qt.Key.Key_Space, " ", code=57)
    keyboard.f12()
    assert stage.phase == Phase.SHOWING


def test_without_permission_the_page_says_why_and_what_to_do(open_stage):
    stage = open_stage(keys=FakeKeys())
    assert stage.issue.permit.isVisible()
    assert "noch nicht bei der Zentrale angemeldet" in stage.issue.permit.advice.text()
    assert "Üben" in stage.issue.permit.steps.text() or "üben" in stage.issue.permit.steps.text()
    assert not stage.issue.primary.isEnabled()
    keyboard = Keyboard(stage.program.frame.windowHandle())
    keyboard.enter(*FILLED)
    keyboard.f12()
    assert stage.memory.journal == {}
    assert stage.program.frame.banner.isVisible()


def test_every_stop_has_a_name_for_those_who_hear_the_screen(stage):
    page = stage.issue
    stops = [*page._stops().values(), page.scan.line]
    assert [stop for stop in stops if not stop.accessibleName()] == []
    buttons = [page.primary, page.undo, page.restart, page.vaccination.record]
    assert [each for each in buttons if not each.text()] == []


def test_every_field_has_a_label_that_belongs_to_it(stage):
    buddies = {label.buddy() for label in stage.issue.findChildren(QLabel) if label.buddy()}
    page = stage.issue
    assert {field.line for field in page.person.fields.values()} <= buddies
    assert {field.line for field in page.vaccination.fields.values()} <= buddies
    assert page.vaccination.dose.dose in buddies


def test_names_are_shown_as_plain_text_whatever_stands_in_them(stage):
    stage.serving.typed(Field.GIVEN_NAME, "<b>Erika</b>")
    assert stage.issue.preview.name.text() == "<b>Erika</b>"
    assert stage.issue.preview.name.textFormat() == Qt.TextFormat.PlainText


def test_what_became_wrong_between_f12_and_the_commit_is_said_and_not_issued(stage, keyboard):
    keyboard.enter(*FILLED[:-1], "1.6.21")
    stage.store.eager = False
    keyboard.f12()
    stage.clock.forward(days=-1)
    stage.store.run()
    assert stage.phase == Phase.FILLING
    assert stage.memory.journal == {}
    date = stage.issue.vaccination.fields[Field.DATE]
    assert "Zukunft" in date.foot.text()
    assert focused(stage) is date.line


def test_the_code_of_another_certificate_is_not_taken_for_the_shown_one(stage, keyboard):
    keyboard.enter(*FILLED)
    keyboard.f12()
    stage.serving.painted("HC1:SOMETHING ELSE")
    (issuance,) = stage.memory.journal.values()
    assert issuance.shown_at is None


def test_nothing_is_shown_from_the_history_while_a_certificate_is_made(stage, keyboard):
    keyboard.enter(*FILLED)
    keyboard.f12()
    (issuance,) = stage.memory.journal.values()
    keyboard.f12()
    keyboard.enter("Max", *FILLED[1:])
    stage.store.eager = False
    keyboard.f12()
    stage.serving.show_again(issuance)
    assert stage.phase == Phase.ISSUING
    stage.store.run()
    assert stage.result.name.text() == "Max Müstermann-Gößler"
