"""The first sight: doors, set-up, opening, and the certificate that nobody has seen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.core.errors import ErrorCode, SetupError
from desktop.core.permit import PermitState
from desktop.core.settings import Site
from desktop.core.status import Realm
from desktop.ui.pages.setup import centre_problem, issuer_id_problem, pharmacy_problem
from desktop.ui.serving import Phase, Why
from tests.builders import a_form
from tests.fakes.keys import FakeKeys
from tests.ui.conftest import show
from tests.ui.keyboard import Keyboard
from tests.ui.seen import read_code


def current(stage):
    return stage.program.frame.pages.currentWidget()


def fill_setup(stage, pharmacy="Löwen-Apotheke", issuer_id="7F3KQ", centre="https://z.example"):
    page = stage.program.entrance.setup
    page.pharmacy.line.setText(pharmacy)
    page.issuer_id.line.setText(issuer_id)
    page.centre.line.setText(centre)
    return page


def test_a_terminal_that_is_not_set_up_opens_with_two_doors(open_stage):
    stage = open_stage(set_up=False)
    page = stage.program.entrance.welcome
    assert current(stage) is page
    assert page.set_up_door.accessibleName() == "Einrichten"
    assert page.practise_door.accessibleName() == "Üben"
    assert not stage.program.frame.rail.isVisible()
    assert not stage.program.frame.strip.isVisible()


def test_the_door_to_practise_opens_the_training_terminal(open_stage):
    stage = open_stage(set_up=False)
    stage.program.entrance.welcome.practise_door.click()
    assert current(stage) is stage.issue
    assert stage.workplace.terminal.realm is Realm.TRAINING
    assert stage.program.frame.band.isVisible()
    assert "Übung" in stage.program.frame.windowTitle()


def test_set_up_writes_the_settings_and_says_honestly_that_the_terminal_is_not_enrolled(open_stage):
    stage = open_stage(set_up=False, keys=FakeKeys())
    stage.program.entrance.welcome.set_up_door.click()
    fill_setup(stage).save.click()
    site = Site(profile="de", pharmacy="Löwen-Apotheke", issuer_id="7F3KQ")
    assert stage.file.content.site == site
    assert stage.file.content.centre_url == "https://z.example"
    assert current(stage) is stage.issue
    assert stage.workplace.board.status.permit.state is PermitState.NOT_ENROLLED
    assert stage.issue.permit.isVisible()


def test_set_up_says_beside_each_field_what_is_missing(open_stage):
    stage = open_stage(set_up=False)
    stage.program.entrance.welcome.set_up_door.click()
    page = fill_setup(stage, issuer_id="abc", centre="ftp://z")
    page.save.click()
    assert current(stage) is page
    assert "Großbuchstaben" in page.issuer_id.foot.text()
    assert "https://" in page.centre.foot.text()
    assert page.pharmacy.line.property("state") != "problem"
    assert stage.program.frame.focusWidget() is page.issuer_id.line


def test_set_up_can_be_left(open_stage):
    stage = open_stage(set_up=False)
    stage.program.entrance.welcome.set_up_door.click()
    stage.program.entrance.setup.cancel.click()
    assert current(stage) is stage.program.entrance.welcome


def test_set_up_that_cannot_be_saved_says_so(open_stage):
    stage = open_stage(set_up=False)
    stage.program.entrance.welcome.set_up_door.click()
    stage.file.fault = ErrorCode.FILE_UNWRITABLE
    page = fill_setup(stage)
    page.save.click()
    assert current(stage) is page
    assert page.problem.isVisible()
    assert page.problem.text()
    stage.file.fault = None
    page.save.click()
    assert current(stage) is stage.issue


def test_set_up_works_by_keyboard(open_stage):
    stage = open_stage(set_up=False)
    stage.program.entrance.welcome.set_up_door.click()
    keyboard = Keyboard(stage.program.frame.windowHandle())
    keyboard.enter("Löwen-Apotheke", "7F3KQ", "https://z.example")
    keyboard.tap(Qt.Key.Key_Space, " ", code=57)
    assert stage.file.content.site is not None


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ("https://z.example", True),
        (" https://z.example:8443/x ", True),
        ("http://127.0.0.1:8080", True),
        ("http://localhost", True),
        ("http://z.example", False),
        ("https://", False),
        ("https://[", False),
        ("https://z:99999", False),
        ("z.example", False),
        ("", False),
    ],
)
def test_the_centres_address_is_a_secure_one(text, fine):
    assert (centre_problem(text) is None) is fine


def test_the_pharmacy_has_a_name_and_an_id():
    assert pharmacy_problem(" ") is not None
    assert pharmacy_problem("Löwen") is None
    assert issuer_id_problem("A" * 31) is not None
    assert issuer_id_problem(" 7F3KQ ") is None


def test_a_terminal_that_can_be_opened_later_is_opened_by_trying_again(open_stage, qtbot):
    stage = open_stage(start=False)
    stage.assembly_fault = SetupError(ErrorCode.SETTINGS_BROKEN, key="look")
    show(stage, qtbot)
    assert "look" in stage.program.entrance.trouble._code.text()
    stage.assembly_fault = None
    stage.program.entrance.trouble.again.click()
    assert current(stage) is stage.issue


def test_quitting_from_trouble_closes_the_window(open_stage, qtbot):
    stage = open_stage(start=False)
    stage.assembly_fault = SetupError(ErrorCode.PROFILE_UNKNOWN)
    show(stage, qtbot)
    with qtbot.waitSignal(stage.program.frame.closed):
        stage.program.entrance.trouble.leave.click()


def test_a_certificate_that_nobody_saw_is_what_the_program_opens_with(open_stage, qtbot):
    stage = open_stage(start=False)
    terminal = stage.assemble(Realm.PRODUCTION)
    issuance = terminal.issuing.issue(replace(a_form(), country="DE"))
    show(stage, qtbot)
    assert stage.serving.scene.showing.why is Why.RECOVERED
    assert current(stage) is stage.result
    assert read_code(stage.program.frame) == issuance.hc1
    assert stage.result.head.text() == "Dieses Zertifikat hat noch niemand gesehen"
    assert "Programm endete" in stage.result.why.text()
    qtbot.waitUntil(lambda: stage.memory.never_shown() is None)


def test_all_certificates_that_nobody_saw_are_shown_one_after_the_other(open_stage, qtbot):
    stage = open_stage(start=False)
    terminal = stage.assemble(Realm.PRODUCTION)
    for number in ("one", "two"):
        terminal.issuing.issue(replace(a_form(number, given_name=number), country="DE"))
        stage.clock.forward(minutes=1)
    show(stage, qtbot)
    keyboard = Keyboard(stage.program.frame.windowHandle())
    seen = []
    for _ in range(2):
        issuance = stage.serving.scene.showing.issuance
        seen.append(issuance.certificate.person.given_name)
        stage.program.frame.grab()
        qtbot.waitUntil(lambda e=issuance.event_id: stage.memory.issuance(e).shown_at is not None)
        keyboard.f12()
    assert seen == ["two", "one"]
    assert stage.phase == Phase.FILLING
    assert current(stage) is stage.issue


def test_closing_gives_everything_back_in_order(open_stage):
    stage = open_stage()
    stage.close()
    assert stage.released
    assert stage.store.closed
    assert stage.network.closed
    assert stage.device.closed
