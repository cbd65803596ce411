"""Syncing: what was committed arrives, once, whatever happens on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from desktop.core.errors import ErrorCode, ServerError, StoreError
from desktop.core.outbox import Backoff, OutboxItem, OutboxState
from desktop.core.status import Connection, Reach
from desktop.services.syncing import Answer, Syncing
from desktop.wire.batch import BATCH_EVENTS, EventVerdict, Reason, Verdict
from tests.builders import a_commit
from tests.fakes.centre import FakeCentre
from tests.fakes.chance import SeededChance
from tests.fakes.clock import NOON, FixedClock
from tests.fakes.store import FakeStore


class Counter:
    """A terminal's store with a number of committed events, a centre, and the syncing between."""

    def __init__(self, events: int = 0, *, chance: SeededChance | None = None) -> None:
        self.store = FakeStore()
        self.centre = FakeCentre(believing=True)
        self.clock = FixedClock()
        self.chance = chance or SeededChance()
        self.issued = 0
        self.issue(events)
        self.syncing = self.started()

    def issue(self, events: int = 1) -> None:
        for _ in range(events):
            self.issued += 1
            self.store.commit(a_commit(self.issued, at=self.clock.now()))

    def started(self) -> Syncing:
        return Syncing(store=self.store, centre=self.centre, clock=self.clock, chance=self.chance)

    @property
    def ids(self) -> list[bytes]:
        return list(self.store.outbox)

    @property
    def states(self) -> set[OutboxState]:
        return {item.state for item in self.store.outbox.values()}


class NoJitter(SeededChance):
    """Draws the shortest pause there is."""

    def fraction(self) -> float:
        return 0.0


def test_nothing_waiting_is_a_report_of_nothing():
    report = Counter().syncing.once()

    assert (report.sent, report.acknowledged, report.parked) == (0, 0, 0)
    assert report.connection == Connection()
    assert report.next_at is None


def test_at_rest_it_says_when_the_next_event_is_due():
    counter = Counter(1)
    counter.centre.fault = ErrorCode.CENTRE_UNREACHABLE
    tried = counter.syncing.once()

    assert counter.syncing.rest() == replace(tried, sent=0)


def test_hands_over_more_than_a_batch_in_one_go():
    counter = Counter(2 * BATCH_EVENTS + 1)

    report = counter.syncing.once()

    assert (report.sent, report.acknowledged, report.parked) == (101, 101, 0)
    assert counter.states == {OutboxState.ACKNOWLEDGED}
    assert counter.centre.arrivals.total() == 101
    assert report.connection == Connection(Reach.ONLINE, NOON)
    assert report.next_at is None


def test_an_outage_leaves_everything_pending_and_is_tried_once():
    counter = Counter(BATCH_EVENTS + 1)
    counter.centre.fault = ErrorCode.CENTRE_UNREACHABLE

    report = counter.syncing.once()

    assert (report.sent, report.acknowledged, report.parked) == (BATCH_EVENTS, 0, 0)
    assert counter.states == {OutboxState.PENDING}
    assert report.connection == Connection(Reach.OFFLINE, NOON, ErrorCode.CENTRE_UNREACHABLE)
    assert report.next_at == NOON  # the event that was not in the batch


def test_an_outage_ends_the_round_even_if_chance_asks_for_no_pause():
    counter = Counter(1, chance=NoJitter())
    counter.centre.fault = ErrorCode.CENTRE_TIMEOUT

    report = counter.syncing.once()

    assert report.sent == 1
    assert report.next_at == NOON


def test_a_lost_reply_is_unknown_and_the_repeat_registers_nothing_twice():
    counter = Counter(3)
    counter.centre.lost_replies = 1

    first = counter.syncing.once()
    counter.clock.forward(minutes=10)
    second = counter.syncing.once()

    assert first.acknowledged == 0
    assert first.connection.fault is ErrorCode.CENTRE_TIMEOUT
    assert second.acknowledged == 3
    assert second.connection == Connection(Reach.ONLINE, counter.clock.at)
    assert set(counter.centre.arrivals.values()) == {2}
    assert len(counter.centre.answers) == 3


def test_pauses_are_drawn_between_nothing_and_a_doubling_cap():
    counter = Counter(1)
    counter.centre.fault = ErrorCode.CENTRE_UNREACHABLE
    (event,) = counter.ids

    for attempts in range(1, 15):
        counter.syncing.once()
        item = counter.store.outbox[event]
        pause = item.due_at - counter.clock.at
        assert item.attempts == attempts
        assert timedelta(0) <= pause <= min(timedelta(seconds=2**attempts), timedelta(seconds=300))
        counter.clock.forward(seconds=300)


def test_a_parked_event_waits_for_a_person_and_blocks_nobody():
    counter = Counter(3)
    odd = counter.ids[1]
    counter.centre.words[odd] = EventVerdict(odd, Verdict.PARKED, Reason.UVCI_CONFLICT)

    report = counter.syncing.once()
    counter.clock.forward(days=1)
    later = counter.syncing.once()

    assert (report.acknowledged, report.parked) == (2, 1)
    assert counter.store.outbox[odd].state is OutboxState.PARKED
    assert counter.store.outbox[odd].reason == "uvci.conflict"
    assert later.sent == 0


def test_what_is_parked_counts_as_moved_and_the_next_batch_follows():
    counter = Counter(BATCH_EVENTS + 1)
    counter.centre.words = {
        each: EventVerdict(each, Verdict.PARKED, Reason.UVCI_CONFLICT)
        for each in counter.ids[: BATCH_EVENTS // 2]
    }
    report = counter.syncing.once()
    assert (report.acknowledged, report.parked) == (BATCH_EVENTS // 2 + 1, BATCH_EVENTS // 2)


def test_a_flagged_event_and_a_duplicate_are_acknowledged():
    counter = Counter(2)
    flagged, duplicate = counter.ids
    counter.centre.words = {
        flagged: EventVerdict(flagged, Verdict.FLAGGED, Reason.CERTIFICATE_KEY_TIME),
        duplicate: EventVerdict(duplicate, Verdict.DUPLICATE),
    }

    assert counter.syncing.once().acknowledged == 2


def test_an_event_that_the_centre_left_out_stays_pending():
    counter = Counter(2)
    silent = counter.ids[0]
    counter.centre.left_out = {silent}

    report = counter.syncing.once()

    assert (report.sent, report.acknowledged) == (2, 1)
    assert counter.store.outbox[silent].state is OutboxState.PENDING
    assert report.connection.reach is Reach.ONLINE


def test_a_round_that_moves_nothing_is_the_last_one():
    counter = Counter(1, chance=NoJitter())
    (event,) = counter.ids
    counter.centre.words[event] = EventVerdict(event, Verdict.RETRY)

    report = counter.syncing.once()

    assert (report.sent, report.acknowledged) == (1, 0)
    assert counter.store.outbox[event].state is OutboxState.PENDING


def test_a_refusal_means_that_the_centre_was_reached():
    counter = Counter(1)
    counter.centre.fault = ErrorCode.CENTRE_REFUSED

    report = counter.syncing.once()

    assert report.connection == Connection(Reach.ONLINE, NOON, ErrorCode.CENTRE_REFUSED)
    assert counter.states == {OutboxState.PENDING}


def test_the_connection_remembers_since_when():
    counter = Counter(1)
    counter.centre.fault = ErrorCode.CENTRE_UNREACHABLE
    counter.syncing.once()
    counter.clock.forward(minutes=10)

    counter.syncing.once()

    assert counter.syncing.connection.since == NOON


def test_a_batch_that_was_never_settled_is_sent_again_after_a_crash():
    counter = Counter(2)
    counter.syncing.send(counter.syncing.claim())  # and the power goes

    assert counter.states == {OutboxState.IN_FLIGHT}
    report = counter.started().once()

    assert report.acknowledged == 2
    assert len(counter.centre.answers) == 2


def test_recovering_says_how_many_were_in_flight():
    counter = Counter(2)
    counter.syncing.claim()

    assert counter.started().recover() == 2
    assert counter.states == {OutboxState.PENDING}


def test_a_store_that_fails_after_the_answer_loses_nothing():
    counter = Counter(1)
    items = counter.syncing.claim()
    answer = counter.syncing.send(items)
    counter.store.fault = ErrorCode.STORE_BROKEN
    with pytest.raises(StoreError):
        counter.syncing.settle(items, answer)
    counter.store.fault = None

    report = counter.syncing.once()

    assert report.acknowledged == 1
    assert set(counter.centre.arrivals.values()) == {2}
    assert len(counter.centre.answers) == 1


def test_sending_never_raises_what_a_terminal_expects():
    counter = Counter(1)
    counter.centre.fault = ErrorCode.CENTRE_GARBLED

    answer = counter.syncing.send(counter.syncing.claim())

    assert answer.verdicts == ()
    assert isinstance(answer.error, ServerError)
    assert answer.error.code is ErrorCode.CENTRE_GARBLED


class SyncHistory(RuleBasedStateMachine):
    """A terminal and a centre with everything that can come between any two steps."""

    def __init__(self) -> None:
        super().__init__()
        self.counter = Counter()
        self.items: tuple[OutboxItem, ...] = ()
        self.answer: Answer | None = None

    @rule(events=st.integers(1, 60))
    def issue(self, events):
        self.counter.issue(events)

    @rule()
    def claim(self):
        self.items, self.answer = self.counter.syncing.claim(), None

    @rule(lost=st.booleans(), down=st.booleans())
    def send(self, lost, down):
        self.counter.centre.lost_replies = int(lost)
        self.counter.centre.fault = ErrorCode.CENTRE_UNREACHABLE if down else None
        if self.items and self.answer is None:
            self.answer = self.counter.syncing.send(self.items)

    @rule(broken=st.booleans())
    def settle(self, broken):
        if self.answer is None:
            return
        self.counter.store.fault = ErrorCode.STORE_BROKEN if broken else None
        try:
            self.counter.syncing.settle(self.items, self.answer)
        except StoreError:
            pass
        finally:
            self.counter.store.fault = None
        self.items, self.answer = (), None

    @rule(draw=st.data())
    def park(self, draw):
        if fresh := [each for each in self.counter.ids if not self.counter.centre.arrivals[each]]:
            odd = draw.draw(st.sampled_from(fresh))
            self.counter.centre.words[odd] = EventVerdict(odd, Verdict.PARKED, "event.odd")

    @rule()
    def crash(self):
        self.items, self.answer = (), None
        self.counter.syncing = self.counter.started()

    @rule(seconds=st.integers(1, 600))
    def wait(self, seconds):
        self.counter.clock.forward(seconds=seconds)

    @invariant()
    def nothing_leaves_the_outbox(self):
        assert len(self.counter.store.outbox) == self.counter.issued

    @invariant()
    def what_is_acknowledged_is_in_the_register(self):
        for event, item in self.counter.store.outbox.items():
            if item.state is OutboxState.ACKNOWLEDGED:
                assert self.counter.centre.answers[event].verdict is Verdict.ACCEPTED

    def teardown(self):
        """When everybody is well again, the centre has all of it but what it parked."""
        counter = self.counter
        counter.centre.fault, counter.centre.lost_replies = None, 0
        syncing = counter.started()
        counter.clock.forward(seconds=300)
        syncing.once()
        parked = set(counter.centre.words)
        assert set(counter.centre.answers) == set(counter.ids) - parked
        assert counter.states <= {OutboxState.ACKNOWLEDGED, OutboxState.PARKED}


SyncHistory.TestCase.settings = settings(max_examples=60, stateful_step_count=30)
TestSyncHistory = SyncHistory.TestCase


def test_the_backoff_is_an_argument():
    counter = Counter(1)
    counter.centre.fault = ErrorCode.CENTRE_TIMEOUT
    syncing = Syncing(
        store=counter.store,
        centre=counter.centre,
        clock=counter.clock,
        chance=counter.chance,
        backoff=Backoff(base=timedelta(0)),
    )

    assert syncing.once().next_at == NOON
