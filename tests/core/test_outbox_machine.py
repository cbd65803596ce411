"""The outbox between a terminal that may die at any step and a network that loses anything."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desktop.core.outbox import Backoff, OutboxItem, OutboxState, claimed, recovered, settle
from desktop.wire.batch import EventVerdict, Verdict
from tests.builders import an_item
from tests.fakes.clock import NOON

BACKOFF = Backoff()
BATCH = 3
KNOWN = (Verdict.ACCEPTED, Verdict.DUPLICATE, Verdict.FLAGGED)


@dataclass
class CentreModel:
    """Answers a repeat with its first answer; what it asks to have again it has not kept."""

    answers: dict[bytes, EventVerdict] = field(default_factory=dict)
    records: list[bytes] = field(default_factory=list)

    def take(self, event_id: bytes, mood: Verdict) -> EventVerdict:
        if event_id in self.answers:
            first = self.answers[event_id]
            known = first.verdict is not Verdict.PARKED
            return EventVerdict(event_id, Verdict.DUPLICATE if known else Verdict.PARKED)
        answer = EventVerdict(event_id, mood, f"because.{mood}")
        if mood is not Verdict.RETRY:
            self.answers[event_id] = answer
        if mood in KNOWN:
            self.records.append(event_id)
        return answer


class Outbox(RuleBasedStateMachine):
    """``disk`` survives a crash, ``batch`` and ``answer`` do not."""

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = NOON
        self.disk: dict[bytes, OutboxItem] = {}
        self.centre = CentreModel()
        self.batch: list[OutboxItem] = []
        self.answer: dict[bytes, EventVerdict] | None = None

    @initialize(count=st.integers(0, 3))
    def open(self, count: int) -> None:
        for _ in range(count):
            self.commit()

    @rule()
    def commit(self) -> None:
        item = an_item(len(self.disk), created_at=self.now)
        self.disk[item.event_id] = item

    @precondition(lambda self: not self.batch)
    @rule()
    def claim(self) -> None:
        due = [
            item
            for item in self.disk.values()
            if item.state is OutboxState.PENDING and item.due_at <= self.now
        ]
        due.sort(key=lambda item: (item.attempts, item.created_at))
        self.batch = [claimed(item) for item in due[:BATCH]]
        self.write(self.batch)

    @precondition(lambda self: self.batch and self.answer is None)
    @rule(
        moods=st.lists(st.sampled_from(Verdict), min_size=BATCH, max_size=BATCH),
        arrives=st.integers(0, BATCH),
        comes_back=st.integers(0, BATCH),
    )
    def send(self, moods: list[Verdict], arrives: int, comes_back: int) -> None:
        """The centre takes the first so many; of its verdicts the last so many come back."""
        answers = [
            self.centre.take(item.event_id, mood)
            for item, mood in zip(self.batch[:arrives], moods, strict=False)
        ]
        kept = answers[len(answers) - min(comes_back, len(answers)) :]
        self.answer = {answer.event_id: answer for answer in kept}

    @precondition(lambda self: self.batch and self.answer is not None)
    @rule(chance=st.floats(0, 1, exclude_max=True))
    def settle(self, chance: float) -> None:
        answer = self.answer or {}
        self.write(
            settle(item, answer.get(item.event_id), now=self.now, chance=chance, backoff=BACKOFF)
            for item in self.batch
        )
        self.batch, self.answer = [], None

    @rule()
    def crash_and_start(self) -> None:
        self.batch, self.answer = [], None
        self.write([recovered(item) for item in self.disk.values()])
        assert all(item.state is not OutboxState.IN_FLIGHT for item in self.disk.values())

    @rule(seconds=st.integers(0, 400))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    def write(self, items) -> None:
        """One transaction."""
        self.disk |= {item.event_id: item for item in items}

    @invariant()
    def nothing_is_double_at_the_centre(self) -> None:
        assert len(self.centre.records) == len(set(self.centre.records))

    @invariant()
    def what_is_acknowledged_is_at_the_centre_and_what_is_parked_is_not(self) -> None:
        for event_id, item in self.disk.items():
            if item.state is OutboxState.ACKNOWLEDGED:
                assert event_id in self.centre.records
            if item.state is OutboxState.PARKED:
                assert event_id not in self.centre.records
                assert item.verdict is Verdict.PARKED

    @invariant()
    def only_the_open_batch_is_in_flight(self) -> None:
        flying = {i for i, item in self.disk.items() if item.state is OutboxState.IN_FLIGHT}
        assert flying == {item.event_id for item in self.batch}

    @invariant()
    def nothing_waits_longer_than_the_longest_pause(self) -> None:
        for item in self.disk.values():
            assert item.due_at <= self.now + BACKOFF.cap

    def teardown(self) -> None:
        """When the network works again, everything arrives: nothing lost, nothing double."""
        committed = set(self.disk)
        self.crash_and_start()
        for _ in range(len(committed) + 1):
            self.wait(300)
            self.claim()
            if self.batch:
                self.send([Verdict.ACCEPTED] * BATCH, BATCH, BATCH)
                self.settle(0.0)
        parked = {i for i, item in self.disk.items() if item.state is OutboxState.PARKED}
        assert set(self.disk) == committed
        assert all(item.state is not OutboxState.PENDING for item in self.disk.values())
        assert sorted(self.centre.records) == sorted(committed - parked)
        self.nothing_is_double_at_the_centre()


Outbox.TestCase.settings = settings(max_examples=150, stateful_step_count=40)
TestOutbox = Outbox.TestCase
