"""``tresen sync`` against the terminal's own training centre, and against none."""

from __future__ import annotations

import socket
import sqlite3
from contextlib import closing

import pytest

from desktop.app import StartOptions, assemble
from desktop.core.status import Realm
from tests.cli.program import line

NOTHING = {"sent": 0, "acknowledged": 0, "parked": 0}


def registered(desk) -> list[str]:
    with closing(sqlite3.connect(desk.data / "centre" / "centre.db")) as connection:
        return [uvci for (uvci,) in connection.execute("SELECT uvci FROM certificate")]


@pytest.fixture
def dead_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def test_what_was_issued_arrives_once_however_often_it_is_asked_for(desk):
    issued = [each["uvci"] for each in desk.issue(given=line() + line(dose=1)).answers]

    first, second = desk.run("sync", "--once"), desk.run("sync", "--once")

    assert (first.code, first.err) == (0, "")
    assert first.answer == {
        "sent": 2,
        "acknowledged": 2,
        "parked": 0,
        "reach": "online",
        "fault": None,
        "next_at": None,
    }
    assert (second.code, second.err) == (0, "")
    assert second.answer == NOTHING | {"reach": "unknown", "fault": None, "next_at": None}
    assert sorted(registered(desk)) == sorted(issued)


def test_without_a_centre_everything_waits_and_the_code_says_so(desk, dead_port):
    desk.issue(given=line())
    settings = desk.data / "terminal.toml"
    settings.write_text(f'centre_url = "http://127.0.0.1:{dead_port}"\n')

    away = desk.run("sync", "--once")
    settings.unlink()

    assert (away.code, away.err) == (69, "")
    assert away.answer["reach"] == "offline"
    assert away.answer["fault"] == "centre.unreachable"
    assert away.answer["next_at"].endswith("Z")
    assert desk.run("outbox").answer["waiting"] == 1


def test_beside_an_open_terminal_there_is_nothing_to_do(desk):
    with closing(assemble(StartOptions(Realm.TRAINING, desk.data, "de"))):
        done = desk.run("sync", "--once", "--language", "de")

    assert (done.code, done.out) == (0, "")
    assert done.err == (
        "tresen: Tresen läuft hier schon. Ist das Fenster offen, überträgt es selbst; "
        "es ist nichts zu tun.\n"
    )


def test_how_often_has_to_be_said(desk):
    assert desk.run("sync").code == 2
