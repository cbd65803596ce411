from __future__ import annotations

from dataclasses import replace

from desktop.core.outbox import OutboxState
from desktop.services.closing import Closing
from desktop.wire.batch import Verdict
from tests.builders import a_commit, a_profile
from tests.fakes.clock import NOON, FixedClock
from tests.fakes.store import FakeStore


def closing(store: FakeStore, clock: FixedClock) -> Closing:
    return Closing(store=store, clock=clock, profile=a_profile())


def test_what_the_centre_knows_is_forgotten_an_hour_later():
    store, clock = FakeStore(), FixedClock()
    store.commit(a_commit(1))
    (event,) = store.claim(NOON)
    known = replace(event, state=OutboxState.ACKNOWLEDGED, verdict=Verdict.ACCEPTED)
    store.settle([known], NOON)
    clock.forward(minutes=59)
    assert closing(store, clock).erase() == 0
    clock.forward(minutes=1)
    assert closing(store, clock).erase() == 1
    assert store.journal == {}


def test_what_the_centre_never_heard_of_is_forgotten_at_the_close_of_the_next_day():
    store, clock = FakeStore(), FixedClock()
    store.commit(a_commit(1))
    clock.at = NOON.replace(month=6, day=2, hour=21, minute=59)
    assert closing(store, clock).erase() == 0
    clock.at = NOON.replace(month=6, day=2, hour=22, minute=0)
    assert closing(store, clock).erase() == 1
    assert store.counts().waiting == 1
