"""What goes on by itself, driven by hand: syncing, erasing, enrolling, the status."""

from __future__ import annotations

import pytest

from desktop.core.errors import ErrorCode
from desktop.core.outbox import OutboxState
from desktop.core.permit import PermitState
from desktop.core.status import Reach, Realm
from desktop.ui.serving import Phase
from desktop.ui.widgets.rail import Place
from tests.fakes.keys import FakeKeys
from tests.ui.keyboard import Keyboard

FILLED = ("Erika", "Müstermann", "12.8.64", "Comirnaty", "2", "2", "29.5.21")


@pytest.fixture
def stage(open_stage):
    """A stage whose network waits for the test."""
    stage = open_stage()
    stage.network.eager = False
    return stage


def issue(stage) -> Keyboard:
    keyboard = Keyboard(stage.program.frame.windowHandle())
    keyboard.enter(*FILLED)
    keyboard.f12()
    assert stage.phase == Phase.SHOWING
    return keyboard


def states(stage):
    return [item.state for item in stage.memory.outbox.values()]


def test_each_certificate_is_handed_over_at_once(stage):
    issue(stage)
    assert states(stage) == [OutboxState.IN_FLIGHT]
    stage.network.run()
    assert states(stage) == [OutboxState.ACKNOWLEDGED]
    assert len(stage.centre.arrivals) == 1


def test_the_next_certificate_waits_for_the_batch_that_is_on_its_way(stage):
    keyboard = issue(stage)
    keyboard.f12()
    issue(stage)
    assert len(stage.network.waiting) == 1
    stage.network.run()
    assert states(stage) == [OutboxState.ACKNOWLEDGED] * 2


def test_an_unreachable_centre_is_tried_again_when_the_event_is_due(stage, qtbot):
    stage.centre.fault = ErrorCode.CENTRE_UNREACHABLE
    issue(stage)
    stage.network.run()
    assert states(stage) == [OutboxState.PENDING]
    status = stage.workplace.board.status
    assert status.connection.reach is Reach.OFFLINE
    assert status.outbox.waiting == 1
    timer = stage.workplace.sync._timer
    assert timer.isActive()
    due = stage.memory.next_due() - stage.clock.now()
    assert timer.interval() == pytest.approx(due.total_seconds() * 1000, abs=2)
    stage.centre.fault = None
    stage.clock.forward(minutes=10)
    timer.timeout.emit()
    stage.network.run()
    assert states(stage) == [OutboxState.ACKNOWLEDGED]
    assert stage.workplace.board.status.connection.reach is Reach.ONLINE
    assert not timer.isActive()
    qtbot.wait(1)


def test_a_lost_answer_is_unknown_and_the_centre_has_it_once(stage):
    stage.centre.lost_replies = 1
    issue(stage)
    stage.network.run()
    assert states(stage) == [OutboxState.PENDING]
    stage.clock.forward(minutes=10)
    stage.workplace.sync.sync()
    stage.network.run()
    assert states(stage) == [OutboxState.ACKNOWLEDGED]
    assert len(stage.centre.registered) == 1


def test_what_was_in_flight_when_the_program_ended_is_sent_after_the_start(
    stage, open_stage, qtbot
):
    issue(stage)
    assert states(stage) == [OutboxState.IN_FLIGHT]
    again = open_stage(start=False, keys=stage.keys)
    again.memory, again.centre = stage.memory, stage.centre
    again.start()
    qtbot.waitUntil(lambda: states(again) == [OutboxState.ACKNOWLEDGED])


def test_a_store_that_fails_while_syncing_is_tried_again_later(stage):
    issue(stage)
    stage.memory.fault = ErrorCode.STORE_BROKEN
    stage.network.run()
    assert stage.workplace.sync._timer.isActive()
    assert stage.program.frame.banner.isVisible()
    stage.memory.fault = None
    stage.workplace.sync._timer.timeout.emit()
    stage.network.run()
    assert states(stage) == [OutboxState.ACKNOWLEDGED]
    assert not stage.program.frame.banner.isVisible()


def test_nothing_is_sent_after_the_end(stage):
    issue(stage)
    stage.workplace.stop()
    stage.workplace.sync.sync()
    assert len(stage.network.waiting) == 1


def test_journal_rows_whose_time_is_over_are_erased_every_hour(open_stage):
    stage = open_stage()
    issue(stage)
    assert len(stage.memory.journal) == 1
    stage.clock.forward(hours=2)
    stage.workplace.housekeeping._timer.timeout.emit()
    assert stage.memory.journal == {}
    assert stage.workplace.housekeeping._timer.interval() == 3_600_000


def test_the_status_is_published_at_each_change_and_only_then(open_stage):
    stage = open_stage()
    before = len(stage.published)
    stage.workplace.board.refresh()
    stage.workplace.board.refresh()
    assert len(stage.published) == before
    issue(stage)
    assert stage.published[-1].issued_today == 1
    assert stage.published[-1].outbox.acknowledged == 1
    assert len(set(map(id, stage.published))) == len(stage.published)


def test_an_unreadable_store_is_said_and_taken_back_when_it_works_again(open_stage):
    stage = open_stage()
    stage.memory.fault = ErrorCode.STORE_BROKEN
    stage.workplace.board.refresh()
    assert stage.program.frame.banner.isVisible()
    stage.memory.fault = None
    stage.workplace.board.refresh()
    assert not stage.program.frame.banner.isVisible()


def a_new_training_terminal(open_stage):
    stage = open_stage(start=False, realm=Realm.TRAINING, keys=FakeKeys())
    stage.network.eager = False
    stage.start()
    return stage


def test_a_training_terminal_is_enrolled_beside_everything_else(open_stage):
    stage = a_new_training_terminal(open_stage)
    assert stage.program.frame.banner.title.text() == "Der Übungsplatz wird vorbereitet"
    assert not stage.issue.primary.isEnabled()
    Keyboard(stage.program.frame.windowHandle()).enter("Erika")
    stage.network.run()
    assert stage.workplace.board.status.permit.state is PermitState.ACTIVE
    assert not stage.program.frame.banner.isVisible()
    assert stage.issue.primary.isEnabled()
    assert stage.serving.scene.entry.form.given_name == "Erika"


def test_a_training_centre_that_does_not_answer_is_asked_again(open_stage):
    stage = a_new_training_terminal(open_stage)
    stage.centre.fault = ErrorCode.CENTRE_UNREACHABLE
    stage.network.run()
    banner = stage.program.frame.banner
    assert banner.title.text() == "Der Übungsplatz ist noch nicht bereit"
    assert stage.workplace.enrolment._timer.isActive()
    stage.centre.fault = None
    banner.buttons[0].click()
    stage.network.run()
    assert stage.workplace.board.status.permit.state is PermitState.ACTIVE
    assert not stage.workplace.enrolment._timer.isActive()


def test_a_production_terminal_is_not_enrolled_behind_anybodys_back(open_stage):
    stage = open_stage(keys=FakeKeys())
    assert stage.workplace.board.status.permit.state is PermitState.NOT_ENROLLED
    assert stage.keys.reply is None


def test_going_to_another_place_does_not_lose_the_form(open_stage):
    stage = open_stage()
    Keyboard(stage.program.frame.windowHandle()).enter("Erika")
    for place in (Place.HISTORY, Place.SETTINGS, Place.HELP, Place.ISSUE):
        stage.workplace.go(place)
    assert stage.issue.preview.name.text() == "Erika"
