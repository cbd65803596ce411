"""The SettingsFile port: what is saved is what is loaded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.adapters.settings import TomlSettings
from desktop.core.settings import Look, Paper, ReceiptPrinter, Settings, Site
from tests.fakes.settings import FakeSettingsFile

ALL = Settings(
    language="en",
    look=Look.DARK,
    site=Site(profile="de", pharmacy="Löwen-Apotheke", issuer_id="APO1"),
    centre_url="https://centre.example",
    printer=ReceiptPrinter(host="192.0.2.1", port=9101, paper=Paper.NARROW),
    scanner_layout="de",
)


@pytest.fixture(params=["file", "memory"])
def file(request, tmp_path):
    if request.param == "memory":
        return FakeSettingsFile()
    return TomlSettings(tmp_path / "config" / "terminal.toml")


class TestSettingsFile:
    def test_before_anything_was_saved_there_are_the_defaults(self, file):
        assert file.load() == Settings()

    def test_what_was_saved_last_is_loaded(self, file):
        file.save(ALL)
        assert file.load() == ALL
        file.save(replace(ALL, site=None, printer=ReceiptPrinter()))
        assert file.load() == replace(ALL, site=None, printer=ReceiptPrinter())
