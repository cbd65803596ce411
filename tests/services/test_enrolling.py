"""Enrolling: once, and only if the answer is about our keys."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from desktop.core.audit import AuditAction
from desktop.core.errors import ErrorCode, ServerError, SigningError
from desktop.services.enrolling import Enrolling
from tests.events import dsc_of
from tests.fakes.centre import FakeCentre
from tests.fakes.clock import NOON, FixedClock
from tests.fakes.keys import FakeKeys
from tests.fakes.store import FakeStore


@pytest.fixture
def keys() -> FakeKeys:
    return FakeKeys()


@pytest.fixture
def centre() -> FakeCentre:
    return FakeCentre()


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def enrolling(keys, centre, store) -> Enrolling:
    return Enrolling(keys=keys, centre=centre, store=store, clock=FixedClock())


def test_the_terminal_gets_its_certificates_and_its_name(enrolling, keys):
    assert enrolling.needed

    enrolling.ensure()

    assert not enrolling.needed
    assert dsc_of(keys).may_certify_vaccination
    assert keys.device.terminal_id == "T-0001"


def test_the_diary_says_which_certificate_it_was(enrolling, keys, store):
    enrolling.ensure()

    ((entry, _),) = store.audit
    assert (entry.at, entry.actor, entry.action) == (NOON, "terminal", AuditAction.ENROLLED)
    assert entry.object == hashlib.sha256(dsc_of(keys).der).hexdigest()


def test_an_enrolled_terminal_asks_nobody(enrolling, centre, store):
    enrolling.ensure()
    centre.fault = ErrorCode.CENTRE_UNREACHABLE

    enrolling.ensure()

    assert len(store.audit) == 1


def test_an_outage_is_told_and_changes_nothing(enrolling, keys, centre, store):
    centre.fault = ErrorCode.CENTRE_UNREACHABLE

    with pytest.raises(ServerError):
        enrolling.ensure()

    assert keys.dsc is None
    assert not store.audit


def test_a_lost_answer_leads_to_the_same_certificates(enrolling, keys, centre):
    centre.lost_replies = 1
    with pytest.raises(ServerError):
        enrolling.ensure()

    enrolling.ensure()

    assert keys.device.terminal_id == "T-0001"


def test_certificates_of_other_keys_are_refused(keys, store):
    class Confused(FakeCentre):
        def enrol(self, request):
            other = super().enrol(FakeKeys(9).request())
            return replace(super().enrol(request), dsc=other.dsc)

    enrolling = Enrolling(keys=keys, centre=Confused(), store=store, clock=FixedClock())

    with pytest.raises(SigningError):
        enrolling.ensure()

    assert enrolling.needed
    assert not store.audit
