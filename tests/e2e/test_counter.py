"""The counter as staff use it: the real window on a display, real keys, real processes."""

from __future__ import annotations

import json

import pytest

from desktop.core.paper.geometry import PRINTABLE_DOTS
from desktop.core.settings import Paper
from tests.codes import read_code
from tests.e2e.display import Watcher
from tests.e2e.program import Window, command
from tests.e2e.scenes import committed, fill
from tests.escpos_reader import read_escpos
from tests.printer_listener import Manner, printer_listener

pytestmark = pytest.mark.display

PACK = "0104150178959757" + "21SERIAL1" + "\x1d" + "17270131" + "10FA5765"
"""A vaccine pack as a scanner types it: NTIN, serial, expiry, batch."""

SECOND_DOSE = (
    '{"given_name":"Erika Maria","family_name":"Müstermann-Gößler","birth_date":"1964-08-12",'
    '"product":"EU/1/20/1507","dose":2,"doses":2,"date":"2021-06-01"}\n'
)


def test_offline_by_keyboard_then_exactly_once_at_the_centre(display, stage):
    data = stage.terminal()
    before = stage.centre.uvcis()
    with Window(display, data) as window:
        fill(window)
        window.press("F12")
        shown = window.code()
        assert window.waiting == 1
        stage.centre.start()
        window.confirmed()
        stage.centre.stop()
        assert window.close() == 0
    [issuance] = committed(data)
    assert issuance.hc1 == shown
    assert [uvci for uvci in stage.centre.uvcis() if uvci not in before] == [issuance.uvci]


def test_enter_alone_never_issues(display, stage):
    data = stage.terminal()
    with Window(display, data) as window, Watcher(display) as watcher:
        fill(window)
        window.press(*["Return"] * 12)
        window.press("F1", "F2")
        assert window.alive
    assert watcher.seen == set()
    assert committed(data) == []


def test_ten_fast_presses_issue_one_certificate_and_it_stays_on_screen(display, stage):
    data = stage.terminal()
    with Window(display, data) as window:
        fill(window)
        display.run("xdotool", "key", "--delay", "10", *["F12"] * 10)
        shown = window.code()
    assert [issuance.hc1 for issuance in committed(data)] == [shown]


def test_two_scans_and_one_key_issue_a_booster_and_its_slip_reads_the_same(display, stage):
    earlier = stage.terminal()
    proof = json.loads(command("issue", "-", data=earlier, given=SECOND_DOSE))["hc1"]
    with printer_listener() as printer:
        data = stage.terminal(printer=f"{printer.host}:{printer.port}")
        with Window(display, data) as window:
            window.scan(proof)
            window.scan(PACK)
            window.press("F12")
            shown = window.code()
            window.press("ctrl+b")
            [job] = printer.jobs(1)
    slip = read_escpos(job, PRINTABLE_DOTS[Paper.WIDE])
    assert read_code(slip.picture).text == shown
    [issuance] = committed(data)
    assert issuance.hc1 == shown
    person, dose = issuance.certificate.person, issuance.certificate.vaccination
    assert (person.given_name, person.family_name) == ("Erika Maria", "Müstermann-Gößler")
    assert (dose.product, dose.dose, dose.doses) == ("EU/1/20/1528", 3, 3)


def test_a_printer_that_hangs_for_ever_does_not_keep_the_next_customer_waiting(display, stage):
    with printer_listener(Manner.HANGING) as printer:
        data = stage.terminal(printer=f"{printer.host}:{printer.port}")
        with Window(display, data) as window:
            fill(window)
            window.press("F12")
            first = window.code()
            window.press("ctrl+b")
            window.next_customer()
            fill(window, ("Max", "Meier", "1964", "1", "2", "1.6.21"))
            window.press("F12")
            second = window.code()
    assert {issuance.hc1 for issuance in committed(data)} == {first, second}
    assert first != second


def test_the_window_says_it_owns_the_terminal(display, stage):
    data = stage.terminal()
    with Window(display, data):
        assert json.loads(command("outbox", data=data))["items"] is None
        assert command("sync", "--once", data=data) == ""
