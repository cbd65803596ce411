"""The real store and the fake answer alike, whatever is asked in whatever order.

The real one is also closed and opened, and dropped as a crash drops it, between any two steps.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from desktop.adapters.store.store import SqliteStore
from desktop.core.errors import StoreError
from desktop.core.issuance import PrintState
from desktop.core.outbox import OutboxState
from desktop.core.status import Realm
from desktop.wire.batch import Verdict
from tests.builders import a_commit, an_entry, an_issuance, an_item
from tests.fakes.clock import FixedClock
from tests.fakes.store import FakeStore

NUMBERS = st.integers(0, 5)


def answer_of(ask, store):
    """What a store answers; a refusal is an answer, too."""
    try:
        return ask(store)
    except StoreError as error:
        return error.code


class StoreMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = FixedClock()
        self.real = self.opened()
        self.fake = FakeStore()

    def opened(self) -> SqliteStore:
        file = Path(self.folder.name) / "terminal.db"
        return SqliteStore.open(file, key=bytes(32), realm=Realm.TRAINING)

    def both(self, ask):
        answer = answer_of(ask, self.real)
        assert answer == answer_of(ask, self.fake)
        return answer

    @rule(number=NUMBERS)
    def commit(self, number):
        at = self.clock.now()
        self.both(lambda store: store.commit(a_commit(number, at=at)))

    @rule(number=NUMBERS, later=st.integers(10, 12))
    def commit_an_attempt_again_as_something_else(self, number, later):
        attempt = f"attempt-{number}"
        if attempt in self.fake.attempts:
            again = a_commit(later, issuance=an_issuance(later, attempt_id=attempt))
            self.both(lambda store: store.commit(again))

    @rule(minutes=st.sampled_from([0.5, 10, 61, 60 * 30, 60 * 24 * 91]))
    def wait(self, minutes):
        self.clock.forward(minutes=minutes)

    @rule(number=NUMBERS)
    def show(self, number):
        at = self.clock.now()
        self.both(lambda store: store.mark_shown(an_item(number).event_id, at))

    @rule(number=NUMBERS, state=st.sampled_from(PrintState))
    def print(self, number, state):
        self.both(lambda store: store.mark_printed(an_item(number).event_id, state))

    @rule(
        verdicts=st.lists(
            st.sampled_from(
                [
                    (OutboxState.ACKNOWLEDGED, Verdict.ACCEPTED, None),
                    (OutboxState.ACKNOWLEDGED, Verdict.FLAGGED, "pace"),
                    (OutboxState.PARKED, Verdict.PARKED, "uvci.conflict"),
                    (OutboxState.PENDING, Verdict.RETRY, "busy"),
                    None,
                ]
            ),
            min_size=6,
            max_size=6,
        ),
        pause=st.integers(0, 300),
    )
    def sync(self, verdicts, pause):
        now = self.clock.now()
        items = self.both(lambda store: store.claim(now))
        due_at = now + timedelta(seconds=pause)
        settled = [
            replace(item, state=told[0], verdict=told[1], reason=told[2], due_at=due_at)
            for item, told in zip(items, verdicts, strict=False)
            if told is not None
        ]
        self.both(lambda store: store.settle(settled, now))

    @rule(days=st.integers(0, 2))
    def erase(self, days):
        now = self.clock.now()
        self.both(lambda store: store.erase_due(now, now - timedelta(days=days)))

    @rule()
    def record(self):
        entry = an_entry(at=self.clock.now())
        self.both(lambda store: store.record(entry))

    @rule()
    def restart(self):
        self.real.close()
        self.real = self.opened()
        self.both(lambda store: store.recover())

    @rule()
    def crash(self):
        self.real._guard._drop()
        self.real = self.opened()
        self.both(lambda store: store.recover())

    @invariant()
    def they_know_the_same(self):
        self.both(lambda store: store.counts())
        self.both(lambda store: store.history(100))
        self.both(lambda store: store.never_shown())
        self.both(lambda store: store.next_due())
        self.both(lambda store: store.outstanding(100))
        self.both(lambda store: store.issued_since(self.clock.at - timedelta(hours=1)))
        for number in range(6):
            self.both(lambda store, number=number: store.issuance(an_item(number).event_id))
            self.both(lambda store, number=number: store.issuance_of_attempt(f"attempt-{number}"))

    def teardown(self):
        self.real.close()
        self.folder.cleanup()


TestStoreMachine = StoreMachine.TestCase
TestStoreMachine.settings = settings(max_examples=25, stateful_step_count=30)
