"""Where events arrive: once each, whoever sends them how often from where."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from desktop.centre import tables
from desktop.centre.intake import Intake
from desktop.centre.register import CertificateRow, EventRow, Register
from desktop.hcert.cose import SignedMessage
from desktop.wire.batch import EventVerdict, Reason, Verdict
from desktop.wire.envelope import event_id
from tests.events import an_event, certified, dsc_of, signed, told


def rows(register: Register, table) -> list[Any]:
    with register.begin() as transaction:
        return list(transaction._connection.execute(select(table)).all())


def uvci(number: int) -> str:
    return f"URN:UVCI:01DE/APO1/{number:022}#X"


def test_keeps_what_revoking_will_take_and_the_event_itself(register, intake, enrolled, clock):
    keys = enrolled()
    item = an_event(keys, uvci(1))

    intake.take([item.body])

    (certificate,), (event,) = rows(register, tables.CERTIFICATE), rows(register, tables.EVENT)
    assert certificate.uvci == uvci(1)
    assert certificate.event == event.id == item.event_id
    assert certificate.kid == dsc_of(keys).kid
    assert certificate.r == SignedMessage.read(told(keys, uvci(1)).cose).signature[:32]
    assert certificate.issued_at == told(keys).issued_at
    assert event.body == item.body
    assert event.terminal == keys.device.terminal_id
    assert event.received_at == int(clock.at.timestamp())
    assert (event.verdict, event.reason) == ("accepted", None)


def test_the_first_answer_stands_even_if_the_centre_would_judge_otherwise_now(
    register, intake, enrolled, clock
):
    item = an_event(enrolled(), uvci(1))
    production = Intake(register, training=False, now=clock.now)
    parked = EventVerdict(item.event_id, Verdict.PARKED, Reason.REALM_TRAINING)

    assert production.take([item.body]) == (parked,)
    assert intake.take([item.body]) == (parked,)
    assert not rows(register, tables.CERTIFICATE)


def test_a_repeat_changes_nothing(register, intake, enrolled, clock):
    item = an_event(enrolled(), uvci(1))
    intake.take([item.body])
    before = rows(register, tables.EVENT), rows(register, tables.CERTIFICATE)
    clock.forward(hours=1)

    intake.take([item.body])

    assert (rows(register, tables.EVENT), rows(register, tables.CERTIFICATE)) == before


def test_an_event_twice_in_a_batch_has_one_verdict(register, intake, enrolled):
    item = an_event(enrolled(), uvci(1))

    assert intake.take([item.body, item.body]) == (EventVerdict(item.event_id, Verdict.ACCEPTED),)
    assert len(rows(register, tables.EVENT)) == 1


def test_of_two_events_in_a_batch_with_one_identifier_the_first_is_registered(intake, enrolled):
    keys = enrolled()
    first, second = (
        signed(keys, told(keys, uvci(1), batch=lot).encode()) for lot in ("one", "two")
    )

    verdicts = {each.event_id: each for each in intake.take([first, second])}

    assert verdicts[event_id(first)].verdict is Verdict.ACCEPTED
    assert verdicts[event_id(second)].reason == Reason.UVCI_CONFLICT


def test_what_nobody_of_ours_has_signed_is_not_kept(register, intake):
    intake.take([b"noise", b"more noise"])

    assert not rows(register, tables.EVENT)


def test_what_a_terminal_of_ours_has_signed_is_kept_as_evidence(register, intake, enrolled):
    odd = signed(enrolled(), b"no event")

    intake.take([odd])

    (event,) = rows(register, tables.EVENT)
    assert (event.body, event.verdict, event.reason) == (odd, "parked", "event.unreadable")


def test_a_flagged_certificate_is_registered(register, intake, enrolled):
    keys = enrolled()
    late = told(
        keys,
        uvci(1),
        cose=an_old_certificate(keys),
        issued_at=int((dsc_of(keys).use_from - timedelta(days=1)).timestamp()),
    )

    (verdict,) = intake.take([signed(keys, late.encode())])

    assert (verdict.verdict, verdict.reason) == (Verdict.FLAGGED, Reason.CERTIFICATE_KEY_TIME)
    assert len(rows(register, tables.CERTIFICATE)) == 1


def an_old_certificate(keys) -> bytes:
    return certified(keys, uvci(1), issued_at=dsc_of(keys).use_from - timedelta(days=1))


def test_many_workers_register_each_event_and_each_identifier_once(
    database, register, enrolled, clock
):
    keys = enrolled()
    batches = [
        [signed(keys, told(keys, uvci(number), batch=lot).encode()) for number in range(10)]
        for lot in ("one", "two")
    ]
    registers = [Register(database) for _ in range(4)]
    intakes = [Intake(each, training=True, now=clock.now) for each in registers]
    orders = [batches[0], batches[1], batches[0][::-1], batches[1][::-1]] * 5

    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(
                lambda work: work[0].take(work[1]),
                zip(intakes * 5, orders, strict=True),
            )
        )

    for each in registers:
        each.close()
    said: dict[bytes, set[EventVerdict]] = {}
    for verdict in (verdict for answer in answers for verdict in answer):
        said.setdefault(verdict.event_id, set()).add(verdict)
    assert {len(verdicts) for verdicts in said.values()} == {1}
    assert len(rows(register, tables.EVENT)) == 20
    certificates = rows(register, tables.CERTIFICATE)
    assert len(certificates) == 10
    accepted = {event for event, (verdict,) in said.items() if verdict.verdict is Verdict.ACCEPTED}
    assert accepted == {certificate.event for certificate in certificates}


def test_no_certificate_enters_the_register_without_its_event(register):
    alone = CertificateRow(uvci=uvci(1), event=bytes(32), kid=bytes(8), r=bytes(32), issued_at=1)

    with pytest.raises(IntegrityError), register.begin() as transaction:
        transaction.claim([alone])

    assert not rows(register, tables.CERTIFICATE)


def test_an_error_of_the_database_quotes_nothing_of_the_data(register, enrolled):
    terminal = enrolled().device.terminal_id
    row = EventRow(
        terminal=terminal,
        body=b"Mustermann",
        received_at=2**80,
        answer=EventVerdict(bytes(32), Verdict.ACCEPTED),
    )

    with pytest.raises(Exception) as caught, register.begin() as transaction:  # noqa: PT011 - each driver has a type of its own
        transaction.keep([row])

    assert "Mustermann" not in str(caught.value)
    assert not rows(register, tables.EVENT)
