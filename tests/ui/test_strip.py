from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.adapters.words import Catalogue
from desktop.core.errors import ErrorCode
from desktop.core.messages import of_permit
from desktop.core.outbox import OutboxCounts
from desktop.core.permit import RULES, Permit, PermitState, Severity
from desktop.core.status import Connection, Reach, Realm, TerminalStatus
from desktop.ui.icons import Icon
from desktop.ui.widgets.strip import Question, pills
from desktop.ui.wording import Wording
from desktop.ui.workplace import about_connection
from tests.builders import a_profile
from tests.fakes.clock import NOON
from tests.services.counter import value_sets

CLEAN = OutboxCounts(
    waiting=0, parked=0, acknowledged=0, oldest_waiting_at=None, last_acknowledged_at=None
)
STATUS = TerminalStatus(
    realm=Realm.PRODUCTION,
    connection=Connection(),
    outbox=CLEAN,
    permit=Permit(PermitState.ACTIVE, None, NOON + timedelta(days=30)),
    printer_fault=None,
    printer_set_up=False,
    issued_today=0,
)
OFFLINE = Connection(Reach.OFFLINE, NOON - timedelta(minutes=78), ErrorCode.CENTRE_TIMEOUT)


def answer(question: Question, **facts):
    wording = Wording(Catalogue("de"), a_profile(), value_sets(), {})
    return pills(replace(STATUS, **facts), wording, NOON)[question]


def waiting(count: int, parked: int = 0) -> OutboxCounts:
    oldest = NOON - timedelta(days=1) if count else None
    return replace(CLEAN, waiting=count, parked=parked, oldest_waiting_at=oldest)


@pytest.mark.parametrize(
    ("facts", "text", "severity"),
    [
        ({}, "Noch kein Kontakt zur Zentrale", Severity.GOOD),
        ({"connection": Connection(Reach.ONLINE, NOON)}, "Zentrale erreichbar", Severity.GOOD),
        ({"connection": OFFLINE}, "Zentrale nicht erreichbar seit 12:42", Severity.WARN),
    ],
)
def test_the_connection_says_since_when_and_never_alarms(facts, text, severity):
    pill = answer(Question.CONNECTION, **facts)
    assert (pill.text, pill.severity) == (text, severity)


@pytest.mark.parametrize(
    ("facts", "text", "severity"),
    [
        ({}, "Alles übergeben", Severity.GOOD),
        ({"outbox": waiting(1)}, "1 wird nachgereicht (seit 31.5., 14:00)", Severity.GOOD),
        (
            {"outbox": waiting(3), "connection": OFFLINE},
            "3 werden nachgereicht (seit 31.5., 14:00)",
            Severity.WARN,
        ),
        ({"outbox": waiting(0, parked=2)}, "Rückfragen: 2", Severity.WARN),
        ({"outbox": waiting(3, parked=2)}, "Rückfragen: 2, nachzureichen: 3", Severity.WARN),
    ],
)
def test_what_waits_says_how_many_and_since_when(facts, text, severity):
    pill = answer(Question.WAITING, **facts)
    assert (pill.text, pill.severity) == (text, severity)


def test_the_permission_says_until_when():
    pill = answer(Question.PERMIT)
    assert (pill.text, pill.icon) == ("Ausstellen erlaubt bis 1.7.2021", Icon.PERMIT)


@pytest.mark.parametrize("state", PermitState)
def test_every_state_of_the_permission_has_its_shape_words_and_colour(state):
    until = NOON + timedelta(days=1) if RULES[state].may_sign else None
    pill = answer(Question.PERMIT, permit=Permit(state, None, until))
    assert pill.severity is RULES[state].severity
    if RULES[state].severity is Severity.STOP:
        assert pill.icon is Icon.STOP
    if until is None:
        assert pill.text == Catalogue("de").translate(of_permit(state).title)


def test_a_training_terminal_that_is_being_prepared_alarms_nobody():
    permit = Permit(PermitState.NOT_ENROLLED, ErrorCode.KEY_MISSING)
    pill = answer(Question.PERMIT, permit=permit, realm=Realm.TRAINING)
    assert (pill.text, pill.severity) == ("Übungsplatz wird vorbereitet", Severity.WARN)


@pytest.mark.parametrize(
    ("facts", "text", "severity"),
    [
        ({}, "Kein Bondrucker", Severity.GOOD),
        ({"printer_set_up": True}, "Bondrucker eingerichtet", Severity.GOOD),
        (
            {"printer_set_up": True, "printer_fault": ErrorCode.PRINTER_TIMEOUT},
            "Bondrucker antwortet nicht",
            Severity.WARN,
        ),
    ],
)
def test_the_printer_says_whether_it_answers(facts, text, severity):
    pill = answer(Question.PRINTER, **facts)
    assert (pill.text, pill.severity) == (text, severity)


def test_good_and_bad_differ_in_shape_not_in_colour_alone():
    assert (
        answer(Question.CONNECTION).icon is not answer(Question.CONNECTION, connection=OFFLINE).icon
    )
    broken = {"printer_set_up": True, "printer_fault": ErrorCode.PRINTER_TIMEOUT}
    assert answer(Question.PRINTER).icon is not answer(Question.PRINTER, **broken).icon


@pytest.mark.parametrize(
    "connection", [Connection(), Connection(Reach.ONLINE, NOON), OFFLINE], ids=str
)
def test_the_door_behind_the_connection_says_what_it_means(connection):
    notice = about_connection(connection)
    words = Catalogue("de")
    assert words.translate(notice.title)
    assert words.translate(notice.advice)


def test_the_strip_says_it_shorter_before_anything_is_cut(open_stage):
    stage = open_stage(size=(1366, 768))
    strip = stage.program.frame.strip
    strip._pills = {question: answer(question, connection=OFFLINE) for question in Question}
    for width in range(1366, 900, -37):
        strip.resize(width, strip.height())
        strip._fit()
        assert strip._wanted() <= width
