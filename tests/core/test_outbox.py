from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.outbox import (
    CLAIMED,
    RECOVERED,
    SETTLED,
    Backoff,
    OutboxState,
    claimed,
    recovered,
    settle,
)
from desktop.wire.batch import EventVerdict, Verdict
from tests.builders import an_item
from tests.fakes.clock import NOON

BACKOFF = Backoff(base=timedelta(seconds=1), cap=timedelta(seconds=300))


def in_flight(*, attempts: int = 1):
    return an_item(state=OutboxState.IN_FLIGHT, attempts=attempts)


def settled(verdict: Verdict | None, reason: str | None = None, *, attempts: int = 1):
    item = in_flight(attempts=attempts)
    told = EventVerdict(item.event_id, verdict, reason) if verdict else None
    return settle(item, told, now=NOON, chance=0.5, backoff=BACKOFF)


def test_the_tables_name_every_state_and_every_verdict():
    assert set(RECOVERED) == set(OutboxState)
    assert set(SETTLED) == {*Verdict, None}
    assert set(CLAIMED) == {OutboxState.PENDING}


def test_claiming_counts_the_attempt_before_anything_is_sent():
    item = claimed(an_item(attempts=2))
    assert (item.state, item.attempts) == (OutboxState.IN_FLIGHT, 3)


@pytest.mark.parametrize("state", sorted(set(OutboxState) - {OutboxState.PENDING}))
def test_only_what_is_pending_is_claimed(state):
    with pytest.raises(ValueError, match=state):
        claimed(an_item(state=state))


@pytest.mark.parametrize("state", OutboxState)
def test_a_start_puts_only_what_was_in_flight_back_to_pending(state):
    item = an_item(state=state, attempts=3)
    after = recovered(item)
    expected = OutboxState.PENDING if state is OutboxState.IN_FLIGHT else state
    assert (after.state, after.attempts, after.due_at) == (expected, 3, item.due_at)


@pytest.mark.parametrize("verdict", [Verdict.ACCEPTED, Verdict.DUPLICATE, Verdict.FLAGGED])
def test_what_the_centre_knows_is_acknowledged(verdict):
    item = settled(verdict, "uvci.known")
    assert (item.state, item.verdict) == (OutboxState.ACKNOWLEDGED, verdict)
    assert item.reason == "uvci.known"


def test_what_the_centre_will_not_take_is_parked_with_its_reason():
    item = settled(Verdict.PARKED, "event.unreadable")
    assert (item.state, item.reason) == (OutboxState.PARKED, "event.unreadable")
    assert item.verdict is Verdict.PARKED


def test_what_the_centre_wants_again_waits_and_remembers_why():
    item = settled(Verdict.RETRY, "database.busy")
    assert (item.state, item.verdict) == (OutboxState.PENDING, Verdict.RETRY)
    assert item.due_at == NOON + timedelta(seconds=1)


def test_no_answer_is_unknown_and_keeps_the_last_word_of_the_centre():
    before = settled(Verdict.RETRY, "database.busy")
    after = settle(claimed(before), None, now=NOON, chance=0.5, backoff=BACKOFF)
    assert (after.state, after.verdict) == (OutboxState.PENDING, Verdict.RETRY)
    assert after.reason == "database.busy"
    assert after.due_at == NOON + timedelta(seconds=2)


@pytest.mark.parametrize("state", sorted(set(OutboxState) - {OutboxState.IN_FLIGHT}))
def test_only_what_is_in_flight_is_settled(state):
    with pytest.raises(ValueError, match=state):
        settle(an_item(state=state), None, now=NOON, chance=0.5, backoff=BACKOFF)


def test_a_verdict_on_another_event_is_a_bug():
    other = EventVerdict(bytes(32), Verdict.ACCEPTED)
    with pytest.raises(ValueError, match="another event"):
        settle(in_flight(), other, now=NOON, chance=0.5, backoff=BACKOFF)


@given(st.integers(0, 10**6), st.floats(0, 1, exclude_max=True))
def test_the_pause_doubles_up_to_its_cap_and_is_spread_evenly(attempts, chance):
    pause = BACKOFF.delay(attempts, chance)
    limit = BACKOFF.delay(attempts, 1)
    assert timedelta(0) <= pause <= limit <= BACKOFF.cap
    assert limit == min(BACKOFF.cap, timedelta(seconds=2 ** min(attempts, 20)))
