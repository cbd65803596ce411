"""The small values of the counter: forms, settings, errors."""

from __future__ import annotations

import pytest

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
from desktop.core.form import Field, Form
from desktop.core.issuance import Commit, PrintState
from desktop.core.settings import RECEIPT_PORT, Look, Paper, Settings
from desktop.core.start import StartOptions
from desktop.core.status import Realm
from tests.builders import a_commit, a_form, an_issuance


@pytest.mark.parametrize("field", Field)
def test_every_field_of_the_form_can_be_read_and_replaced(field):
    form = Form(attempt_id="a")
    assert form.text(field) == ""
    changed = form.with_text(field, "x")
    assert changed.text(field) == "x"
    assert [other for other in Field if changed.text(other) != form.text(other)] == [field]
    assert changed.attempt_id == "a"


def test_confirming_a_form_changes_nothing_but_the_mark():
    form = Form(attempt_id="a", given_name="Erika", unverified=True)
    assert form.confirmed() == Form(attempt_id="a", given_name="Erika")
    assert a_form().confirmed() == a_form()


def test_an_empty_file_of_settings_is_a_valid_one():
    settings = Settings()
    assert (settings.language, settings.look, settings.site) == ("de", Look.SYSTEM, None)
    assert (settings.printer.host, settings.printer.port) == ("", RECEIPT_PORT)
    assert settings.printer.paper is Paper.WIDE
    assert settings.scanner_layout == "us"


def test_a_start_is_for_production_unless_training_is_asked_for():
    assert StartOptions().realm is Realm.PRODUCTION


@pytest.mark.parametrize(
    ("kind", "retryable"),
    [
        (SigningError, False),
        (ClockError, False),
        (StoreError, False),
        (SetupError, False),
        (ServerError, True),
        (DeviceError, True),
    ],
)
def test_a_misfortune_says_its_code_and_whether_another_try_can_help(kind, retryable):
    error = kind(ErrorCode.STORE_FULL, free=0)
    assert isinstance(error, TerminalError)
    assert error.retryable is retryable
    assert (error.code, error.facts) == (ErrorCode.STORE_FULL, {"free": 0})
    assert str(error) == "store.full"


def test_a_fresh_issuance_was_neither_shown_nor_printed():
    issuance = an_issuance()
    assert issuance.shown_at is None
    assert issuance.print_state is PrintState.NONE
    assert isinstance(a_commit(issuance=issuance), Commit)
