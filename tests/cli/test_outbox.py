from __future__ import annotations

import json
from contextlib import closing

import pytest

from desktop.app import StartOptions, assemble
from desktop.core.errors import ErrorCode
from desktop.core.status import Connection, Realm
from tests.cli.program import line

COUNTS = ("waiting", "parked", "acknowledged")


def test_an_empty_outbox_says_so(desk):
    done = desk.run("outbox")
    assert (done.code, done.err) == (0, "")
    assert [done.answer[name] for name in COUNTS] == [0, 0, 0]
    assert done.answer["items"] == []
    assert done.answer["oldest_waiting_at"] is None


def test_what_waits_is_told_without_anything_personal(desk):
    issued = desk.issue(given=line()).answer
    done = desk.run("outbox")
    (item,) = done.answer["items"]
    assert item["event"] == issued["event"]
    assert (item["state"], item["attempts"], item["verdict"]) == ("pending", 0, None)
    assert done.answer["waiting"] == 1
    assert done.answer["oldest_waiting_at"] == issued["issued_at"]
    assert "stermann" not in done.out
    assert issued["uvci"][-20:] not in done.out


def test_beside_an_open_terminal_the_outbox_is_as_that_has_published_it(desk):
    desk.issue(given=line())
    with closing(assemble(StartOptions(Realm.TRAINING, desk.data, "de"))) as terminal:
        terminal.publish(terminal.reporting.status(Connection(), ErrorCode.PRINTER_TIMEOUT))
        done = desk.run("outbox")
    assert (done.code, done.err) == (0, "")
    assert [done.answer[name] for name in COUNTS] == [1, 0, 0]
    assert done.answer["items"] is None
    assert done.answer["as_of"].endswith("Z")
    assert done.answer.keys() == desk.run("outbox").answer.keys()


@pytest.mark.parametrize("said", [None, {}, {"outbox": 5}])
def test_beside_an_open_terminal_that_has_said_nothing_of_it_it_is_busy(desk, said):
    if said is not None:
        document = {"at": "2026-01-01T00:00:00+00:00", "status": said}
        (desk.data / "status.json").write_text(json.dumps(document))
    with closing(assemble(StartOptions(Realm.TRAINING, desk.data, "de"))):
        done = desk.run("outbox")
    assert (done.code, done.out) == (75, "")
