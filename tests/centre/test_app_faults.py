"""The centre's face when something breaks behind it: a problem document, and a quiet log."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from desktop.centre.app import build
from desktop.centre.intake import Intake
from desktop.wire import batch
from desktop.wire.problems import BUSY, FAILED, TOO_SLOW, ProblemDocument
from tests.events import an_event


@pytest.fixture
def database(tmp_path):
    """These faults are not the database's own."""
    return tmp_path / "centre.db"


class Answer:
    """What an ASGI application sent."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[bytes, bytes] = {}
        self.body = b""

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = dict(message["headers"])
        else:
            self.body += message["body"]

    def is_problem(self, document: ProblemDocument) -> bool:
        return self.status == document.status and self.body == document.encode()


def asked(application, *messages: dict[str, Any]) -> Answer:
    """Posts a batch whose body comes in these messages, and then in no more."""
    answer = Answer()
    waiting = list(messages)

    async def receive() -> dict[str, Any]:
        if not waiting:
            await asyncio.Event().wait()
        return waiting.pop(0)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/v1/issuances:batch",
        "query_string": b"",
        "headers": [(b"content-type", b"application/cbor")],
    }
    asyncio.run(application(scope, receive, answer.send))
    return answer


def whole(*bodies: bytes) -> dict[str, Any]:
    return {"type": "http.request", "body": batch.encode_request(bodies), "more_body": False}


@pytest.mark.expects_log
def test_a_bug_of_ours_is_logged_by_its_place_and_without_a_word_of_the_data(
    register, enrolled, caplog
):
    def broken():
        msg = "Erika Mustermann"
        raise RuntimeError(msg)

    application = build(register=register, intake=Intake(register, training=True, now=broken))

    answer = asked(application, whole(an_event(enrolled()).body))

    assert answer.is_problem(FAILED)
    assert "RuntimeError in broken" in caplog.text
    assert "Mustermann" not in caplog.text


@pytest.mark.expects_log
def test_a_database_that_fails_makes_the_centre_busy(register, intake, enrolled, caplog):
    event = an_event(enrolled())
    with register.begin() as transaction:
        transaction._connection.execute(text("DROP TABLE certificate"))
    application = build(register=register, intake=intake)

    answer = asked(application, whole(event.body))

    assert answer.is_problem(BUSY)
    assert answer.headers[b"retry-after"] == b"5"
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


@pytest.mark.expects_log
def test_a_centre_whose_connections_are_all_taken_is_busy(register, intake, monkeypatch):
    pool = register._engine.pool
    monkeypatch.setattr(pool, "_timeout", 0)
    taken = []
    with contextlib.suppress(PoolTimeoutError):
        while True:
            taken.append(pool.connect())

    answer = asked(build(register=register, intake=intake), whole(b"event"))
    for connection in taken:
        connection.close()

    assert answer.is_problem(BUSY)


def test_a_request_that_never_ends_is_ended(register, intake):
    application = build(register=register, intake=intake, body_seconds=0.01)

    answer = asked(application, {"type": "http.request", "body": b"half", "more_body": True})

    assert answer.is_problem(TOO_SLOW)


def test_a_terminal_that_hangs_up_is_no_news(register, intake):
    application = build(register=register, intake=intake)

    answer = asked(application, {"type": "http.disconnect"})

    assert answer.body == b""
