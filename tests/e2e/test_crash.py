"""Power cuts and broken disks at the worst moments; ``make crash`` tries every single one."""

from __future__ import annotations

import shutil
import sys

import pytest

from tests.e2e.crash import Desk, Tally, Tracer, issue_and_kill, sync_and_kill
from tests.e2e.display import Watcher
from tests.e2e.program import Window
from tests.e2e.scenes import committed, fill
from tests.e2e.waiting import eventually

pytestmark = [
    pytest.mark.display,
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed"),
    pytest.mark.skipif(sys.platform != "linux", reason="strace is for Linux"),
]


@pytest.fixture
def desk(display, stage):
    return Desk(display, stage, Tally())


@pytest.mark.parametrize(("call", "nth"), [("pwrite64", 1), ("fdatasync", 1), ("fdatasync", 2)])
def test_a_power_cut_while_issuing_loses_and_doubles_nothing(desk, call, nth):
    assert not issue_and_kill(desk, call, nth), "the program was to be killed"
    assert desk.tally.faults == []


@pytest.mark.parametrize(("call", "nth"), [("sendto", 1), ("fdatasync", 4)])
def test_a_power_cut_while_syncing_loses_and_doubles_nothing(desk, call, nth):
    assert not sync_and_kill(desk, call, nth), "the program was to be killed"
    assert desk.tally.faults == []


def test_no_code_is_on_screen_before_the_disk_has_confirmed(display, stage):
    data = stage.terminal()
    with Window(display, data) as window, Watcher(display) as watcher:
        fill(window)
        delay = Tracer(window.pid, "fdatasync:delay_enter=3000000:when=1", data.parent / "trace")
        window.press("F12")
        shown = window.code()
        eventually(lambda: shown in watcher.seen, "the watcher sees it, too")
        delay.end()
    begun, confirmed = delay.spans[0]
    assert confirmed - begun > 2.5, "the disk was to take its time"
    assert len([frame for frame in watcher.frames if begun < frame < confirmed]) > 10
    assert watcher.first[shown] > confirmed
    assert [issuance.hc1 for issuance in committed(data)] == [shown]


def test_no_code_is_ever_on_screen_when_the_disk_cannot_confirm(display, stage):
    data = stage.terminal()
    with Window(display, data) as window, Watcher(display) as watcher:
        fill(window)
        broken = Tracer(window.pid, "fdatasync:error=EIO", data.parent / "trace")
        window.press("F12")
        eventually(lambda: "EIO" in broken.log, "the disk refuses")
        window.press("F12", "F12", "F12")
        enough = len(watcher.frames) + 100
        eventually(lambda: len(watcher.frames) > enough, "the screen was looked at")
        broken.end()
        assert window.alive
    assert watcher.seen == set()
