"""What a second process may know of a running terminal."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from desktop.adapters.status_file import StatusFile
from desktop.core.errors import ErrorCode
from desktop.core.outbox import OutboxCounts
from desktop.core.permit import Permit, PermitState
from desktop.core.status import Connection, Reach, Realm, TerminalStatus
from tests.fakes.clock import NOON

STATUS = TerminalStatus(
    realm=Realm.TRAINING,
    connection=Connection(Reach.OFFLINE, NOON - timedelta(hours=1), ErrorCode.CENTRE_TIMEOUT),
    outbox=OutboxCounts(
        waiting=3,
        parked=1,
        acknowledged=7,
        oldest_waiting_at=NOON - timedelta(minutes=50),
        last_acknowledged_at=None,
    ),
    permit=Permit(PermitState.ACTIVE, None, NOON + timedelta(days=30)),
    printer_fault=None,
    printer_set_up=True,
    issued_today=11,
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "status.json"


def test_the_whole_status_is_read_back_with_its_age(path):
    StatusFile(path).write(STATUS, NOON)
    saved = StatusFile(path).read(NOON + timedelta(seconds=90))
    assert saved is not None
    assert (saved.at, saved.age) == (NOON, timedelta(seconds=90))
    assert saved.content == {
        "realm": "training",
        "connection": {
            "reach": "offline",
            "since": "2021-06-01T11:00:00+00:00",
            "fault": "centre.timeout",
        },
        "outbox": {
            "waiting": 3,
            "parked": 1,
            "acknowledged": 7,
            "oldest_waiting_at": "2021-06-01T11:10:00+00:00",
            "last_acknowledged_at": None,
        },
        "permit": {"state": "active", "fault": None, "until": "2021-07-01T12:00:00+00:00"},
        "printer_fault": None,
        "printer_set_up": True,
        "issued_today": 11,
    }


def test_the_last_writing_counts(path):
    StatusFile(path).write(STATUS, NOON - timedelta(days=1))
    StatusFile(path).write(STATUS, NOON)
    saved = StatusFile(path).read(NOON)
    assert saved is not None
    assert saved.age == timedelta(0)


def test_there_is_nothing_to_read_before_the_first_writing(path):
    assert StatusFile(path).read(NOON) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{",
        b"\xff",
        json.dumps({"at": "yesterday", "status": {}}).encode(),
        json.dumps({"at": 7, "status": {}}).encode(),
        json.dumps({"at": NOON.isoformat()}).encode(),
    ],
)
def test_what_cannot_be_read_counts_as_nothing(path, content):
    path.write_bytes(content)
    assert StatusFile(path).read(NOON) is None
