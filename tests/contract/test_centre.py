"""The Centre port: the real one over HTTP against a real server process, and the fake."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desktop.adapters.centre import HttpCentre, LateCentre
from desktop.adapters.training import TrainingCentre
from desktop.core.errors import ErrorCode, ServerError
from desktop.hcert.dsc import Dsc
from desktop.wire.batch import BATCH_EVENTS, EventVerdict, Reason, Verdict
from tests.events import an_event, dsc_of, in_flight, signed, told
from tests.fakes.centre import FakeCentre
from tests.fakes.keys import FakeKeys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.core.ports import Centre

_NUMBERS = itertools.count(1000)


@pytest.fixture(scope="module")
def running(tmp_path_factory) -> Iterator[TrainingCentre]:
    training = TrainingCentre(tmp_path_factory.mktemp("centre"))
    yield training
    training.close()


@pytest.fixture(params=["fake", "http", "late"])
def centre(request, running) -> Centre:
    match request.param:
        case "fake":
            return FakeCentre()
        case "http":
            return HttpCentre(running.start())
        case _:
            return LateCentre(running.start)


@pytest.fixture
def keys() -> FakeKeys:
    """Keys that no test has used."""
    return FakeKeys(next(_NUMBERS))


def enrolled(centre: Centre) -> FakeKeys:
    keys = FakeKeys(next(_NUMBERS))
    keys.accept(centre.enrol(keys.request()))
    return keys


def uvci() -> str:
    return f"URN:UVCI:01DE/APO1/{next(_NUMBERS):022}#X"


class TestCentre:
    def test_certifies_both_keys_of_a_terminal(self, centre, keys):
        keys.accept(centre.enrol(keys.request()))

        dsc = dsc_of(keys)
        assert dsc.may_certify_vaccination
        assert dsc.is_p256
        assert keys.device.terminal_id

    def test_answers_a_repeated_enrolment_with_the_first_certificates(self, centre, keys):
        first, second = centre.enrol(keys.request()), centre.enrol(keys.request())

        assert (first.terminal_id, first.dsc, first.device_certificate) == (
            second.terminal_id,
            second.dsc,
            second.device_certificate,
        )

    def test_gives_every_terminal_a_name_of_its_own_and_the_keys_of_the_others(self, centre):
        one, other = enrolled(centre), enrolled(centre)

        assert one.device.terminal_id != other.device.terminal_id
        assert other.roots[0] == dsc_of(other)
        assert dsc_of(one) in other.roots

    def test_refuses_to_certify_what_is_no_request(self, centre, keys):
        with pytest.raises(ServerError) as refused:
            centre.enrol(replace(keys.request(), signing_csr=b"nothing"))

        assert refused.value.code is ErrorCode.CENTRE_REFUSED
        assert refused.value.facts["problem"] == "enrolment-refused"

    def test_has_a_verdict_on_each_event_of_a_batch(self, centre):
        keys = enrolled(centre)
        items = [an_event(keys, uvci()) for _ in range(BATCH_EVENTS)]

        verdicts = centre.send(items)

        assert {each.event_id for each in verdicts} == {item.event_id for item in items}
        assert {each.verdict for each in verdicts} == {Verdict.ACCEPTED}

    def test_answers_a_repeated_event_with_the_first_answer(self, centre):
        item = an_event(enrolled(centre), uvci())

        assert centre.send([item]) == centre.send([item]) == (accepted(item),)

    def test_parks_another_event_with_the_same_identifier_and_keeps_the_first(self, centre):
        keys, same = enrolled(centre), uvci()
        first = an_event(keys, same)
        second = in_flight(signed(keys, told(keys, same, batch="another").encode()))
        centre.send([first])

        assert centre.send([second]) == (parked(second, Reason.UVCI_CONFLICT),)
        assert centre.send([first]) == (accepted(first),)
        assert centre.send([second]) == (parked(second, Reason.UVCI_CONFLICT),)

    def test_parks_what_is_no_event_and_takes_the_rest_of_the_batch(self, centre):
        keys = enrolled(centre)
        good, noise, odd = (
            an_event(keys, uvci()),
            in_flight(b"noise"),
            in_flight(signed(keys, b"odd")),
        )

        verdicts = set(centre.send([noise, good, odd]))

        assert verdicts == {
            accepted(good),
            parked(noise, Reason.EVENT_UNREADABLE),
            parked(odd, Reason.EVENT_UNREADABLE),
        }

    def test_parks_what_another_key_has_signed(self, centre):
        keys = enrolled(centre)
        item = an_event(keys, uvci())
        forged = in_flight(item.body[:-64] + bytes(63) + b"\x01")

        assert centre.send([forged]) == (parked(forged, Reason.EVENT_FORGED),)
        assert centre.send([item]) == (accepted(item),)

    def test_parks_what_a_stranger_has_signed(self, centre):
        stranger = FakeKeys.enrolled(next(_NUMBERS))
        item = an_event(stranger, uvci())

        assert centre.send([item]) == (parked(item, Reason.TERMINAL_UNKNOWN),)

    def test_parks_what_names_another_terminal(self, centre):
        keys = enrolled(centre)
        item = in_flight(signed(keys, told(keys, uvci(), terminal="T-OTHER").encode()))

        assert centre.send([item]) == (parked(item, Reason.TERMINAL_OTHER),)

    def test_says_nothing_on_nothing(self, centre):
        assert centre.send([]) == ()

    def test_publishes_the_certificates_it_has_issued(self, centre):
        one = enrolled(centre)
        reply = centre.enrol(FakeKeys(next(_NUMBERS)).request())

        assert dsc_of(one) in [Dsc.from_der(der) for der in reply.roots]


def accepted(item):
    return EventVerdict(item.event_id, Verdict.ACCEPTED)


def parked(item, reason):
    return EventVerdict(item.event_id, Verdict.PARKED, reason)
