from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from desktop.app import (
    TRAINING_SITE,
    StartOptions,
    assemble,
    configure,
    is_set_up,
    profiles,
    published,
)
from desktop.core.errors import DeviceError, ErrorCode, SetupError, SigningError, StoreError
from desktop.core.issuance import Issuance
from desktop.core.settings import ReceiptPrinter, Settings, Site
from desktop.core.status import Connection, Realm


def training(data, language=None):
    return StartOptions(Realm.TRAINING, data, language)


def production(data):
    return StartOptions(Realm.PRODUCTION, data)


def test_a_training_terminal_needs_no_set_up(tmp_path):
    assert is_set_up(training(tmp_path))
    with closing(assemble(training(tmp_path))) as terminal:
        assert terminal.site == TRAINING_SITE
        assert terminal.realm is Realm.TRAINING
        assert terminal.profile.name == TRAINING_SITE.profile


def test_a_production_terminal_is_set_up_once_and_then_opens(tmp_path):
    options = production(tmp_path)
    assert not is_set_up(options)
    with pytest.raises(SetupError) as caught:
        assemble(options)
    assert caught.value.code is ErrorCode.NOT_SET_UP
    site = Site(profile="de", pharmacy="Löwen-Apotheke", issuer_id="APO1")
    settings = configure(options).settings
    configure(options).save(replace(settings, site=site, centre_url="https://centre.example"))
    assert is_set_up(options)
    with closing(assemble(options)) as terminal:
        assert terminal.site == site
        with pytest.raises(SigningError) as refused:
            terminal.issuing.issue(terminal.issuing.begin())
        assert refused.value.code is ErrorCode.KEY_MISSING


def test_a_terminal_without_an_address_of_its_centre_is_not_set_up_rightly(tmp_path):
    options = production(tmp_path)
    site = Site(profile="de", pharmacy="Löwen-Apotheke", issuer_id="APO1")
    configure(options).save(Settings(site=site))
    with pytest.raises(SetupError) as caught:
        assemble(options)
    assert caught.value.code is ErrorCode.SETTINGS_BROKEN


def test_what_fails_half_way_gives_back_what_was_opened(tmp_path):
    assemble(training(tmp_path)).close()
    site = Site(profile="de", pharmacy="Löwen-Apotheke", issuer_id="APO1")
    configure(production(tmp_path)).save(Settings(site=site, centre_url="https://centre.example"))
    with pytest.raises(StoreError) as caught:
        assemble(production(tmp_path))
    assert caught.value.code is ErrorCode.STORE_OTHER_REALM
    assemble(training(tmp_path)).close()


def test_an_unknown_profile_is_named(tmp_path):
    configure(training(tmp_path)).save(
        Settings(site=Site(profile="xx", pharmacy="Nirgends", issuer_id="X"))
    )
    with pytest.raises(SetupError) as caught:
        assemble(training(tmp_path))
    assert caught.value.code is ErrorCode.PROFILE_UNKNOWN


def test_a_terminal_has_one_owner_at_a_time(tmp_path):
    with closing(assemble(training(tmp_path))):
        with pytest.raises(StoreError) as caught:
            assemble(training(tmp_path))
        assert caught.value.code is ErrorCode.STORE_BUSY
    assemble(training(tmp_path)).close()


def test_the_language_of_a_start_wins_over_the_settings(tmp_path):
    configure(training(tmp_path)).save(Settings(language="en"))
    for asked, spoken in ((None, "en"), ("de", "de")):
        with closing(assemble(training(tmp_path, asked))) as terminal:
            assert terminal.words.language == spoken


def test_a_printer_that_is_saved_in_the_settings_is_the_printer_from_then_on(tmp_path):
    with closing(assemble(training(tmp_path))) as terminal:
        assert not terminal.reporting.status(Connection(), None).printer_set_up
        with pytest.raises(DeviceError) as caught:
            terminal.printing.print_slip(())
        assert caught.value.code is ErrorCode.PRINTER_MISSING
        printer = ReceiptPrinter(host="192.0.2.1")
        terminal.configuring.save(replace(terminal.settings, printer=printer))
        assert terminal.settings.printer == printer
        assert terminal.reporting.status(Connection(), None).printer_set_up


def test_what_is_published_can_be_read_without_opening_the_terminal(tmp_path):
    options = training(tmp_path)
    assert published(options) is None
    with closing(assemble(options)) as terminal:
        terminal.publish(terminal.reporting.status(Connection(), None))
        saved = published(options)
    assert saved is not None
    assert saved.content["outbox"]["waiting"] == 0


@pytest.mark.expects_log
def test_that_nothing_can_be_published_stops_nobody(tmp_path):
    with closing(assemble(training(tmp_path))) as terminal:
        (tmp_path / "status.json").mkdir()
        terminal.publish(terminal.reporting.status(Connection(), None))


def test_training_enrols_at_its_own_centre_issues_and_hands_over(tmp_path):
    with closing(assemble(training(tmp_path))) as terminal:
        terminal.enrolling.ensure()
        form = replace(
            terminal.issuing.begin(),
            family_name="Müller",
            birth_date="1964",
            product="EU/1/20/1528",
            dose="1",
            doses="2",
            date="2021-06-01",
        )
        issuance = terminal.issuing.issue(form)
        assert isinstance(issuance, Issuance)
        assert terminal.reading.read(issuance.hc1, terminal.issuing.begin()).form.dose == "2"
        report = terminal.syncing.once()
        assert (report.acknowledged, report.parked) == (1, 0)
        assert terminal.closing.erase() == 0


def test_every_profile_can_be_offered_at_set_up():
    assert {profile.name for profile in profiles()} >= {"de", "at"}
