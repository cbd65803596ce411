from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.core.errors import ErrorCode, SetupError
from desktop.core.settings import Look, Settings
from desktop.services.configuring import Configuring
from tests.builders import a_site
from tests.fakes.settings import FakeSettingsFile

DARK = Settings(look=Look.DARK)


def test_what_is_saved_holds_at_once_and_after_the_next_start():
    file = FakeSettingsFile()
    configuring = Configuring(file, file.load())
    configuring.save(DARK)
    assert configuring.settings == DARK
    assert file.load() == DARK


def test_what_cannot_be_written_does_not_hold():
    file = FakeSettingsFile()
    configuring = Configuring(file, file.load())
    file.fault = ErrorCode.FILE_UNWRITABLE
    with pytest.raises(SetupError):
        configuring.save(replace(DARK, language="en"))
    assert configuring.settings == Settings()


def test_a_terminal_is_given_to_a_pharmacy_once_and_stays_there():
    configuring = Configuring(FakeSettingsFile(), Settings())
    first = a_site()
    configuring.save(Settings(site=first))
    configuring.save(replace(DARK, site=replace(first, pharmacy="Bären-Apotheke")))
    configuring.save(replace(DARK, site=None))
    assert configuring.settings == replace(DARK, site=first)
