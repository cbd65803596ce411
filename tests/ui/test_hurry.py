"""Hands that are faster than the store: scans one upon the other, F12 before a scan was read."""

from __future__ import annotations

from desktop.ui.serving import Phase

PACK = "0104150178959757" + "17270131" + "10FA5765"
LOT = "]d2" + "10AB12"
WITHOUT_PACK = ("Erika", "Müstermann-Gößler", "12.8.64", "Spikevax", "2", "2", "29.5.21")


def form(stage):
    return stage.serving.scene.entry.form


def test_a_scan_that_follows_at_once_is_read_into_what_the_first_one_filled(stage):
    stage.store.eager = False
    stage.serving.scanned(PACK)
    stage.serving.scanned(LOT)
    stage.store.run()
    assert (form(stage).product, form(stage).batch) == ("EU/1/20/1528", "AB12")


def test_f12_waits_for_a_scan_that_is_being_read_and_then_issues_what_it_says(stage, keyboard):
    keyboard.enter(*WITHOUT_PACK)
    stage.store.eager = False
    stage.serving.scanned(PACK)
    keyboard.f12()
    stage.store.run()
    assert stage.phase == Phase.SHOWING
    (issuance,) = stage.memory.journal.values()
    assert issuance.certificate.vaccination.product == "EU/1/20/1528"


def test_f12_on_a_scan_that_was_ignored_issues_nothing(stage, keyboard):
    keyboard.enter(*WITHOUT_PACK)
    stage.store.eager = False
    stage.serving.scanned("https://example.org/")
    keyboard.f12()
    stage.store.run()
    assert stage.phase == Phase.FILLING
    assert stage.memory.journal == {}


def test_a_scan_that_is_read_too_late_does_not_bring_the_last_customer_back(stage, keyboard):
    keyboard.enter(*WITHOUT_PACK)
    stage.store.eager = False
    stage.serving.scanned(PACK)
    stage.serving.start_over()
    stage.store.run()
    assert (form(stage).given_name, form(stage).product) == ("", "")
