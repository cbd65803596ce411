"""Whatever fails between whichever presses: one certificate an attempt, and only what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from desktop.core.errors import ErrorCode, TerminalError
from desktop.core.issuance import Issuance
from tests.services.counter import Counter

if TYPE_CHECKING:
    from desktop.core.form import Form

FAULTS = st.sampled_from([None, ErrorCode.STORE_FULL, ErrorCode.STORE_BROKEN])
KEY_FAULTS = st.sampled_from([None, ErrorCode.KEY_UNREADABLE])


class Presses(RuleBasedStateMachine):
    """A counter at which keys are pressed while things break and heal."""

    def __init__(self) -> None:
        super().__init__()
        self.counter = Counter()
        self.forms: list[Form] = []
        self.seen: dict[str, Issuance] = {}

    @rule(name=st.sampled_from(["Müller", "Ångström", "٣", ""]))
    def begin(self, name: str) -> None:
        self.forms.append(self.counter.filled(family_name=name, given_name=""))

    @rule(code=FAULTS)
    def break_or_heal_the_store(self, code: ErrorCode | None) -> None:
        self.counter.store.fault = code

    @rule(code=KEY_FAULTS)
    def break_or_heal_the_key(self, code: ErrorCode | None) -> None:
        self.counter.keys.fault = code

    @rule(number=st.integers(0, 9))
    def press(self, number: int) -> None:
        if not self.forms:
            return
        form = self.forms[number % len(self.forms)]
        raised: ErrorCode | None = None
        faults = {self.counter.store.fault, self.counter.keys.fault}
        try:
            outcome = self.counter.issuing.issue(form)
        except TerminalError as error:
            raised = error.code
        else:
            if isinstance(outcome, Issuance):
                assert self.seen.setdefault(form.attempt_id, outcome) == outcome
        assert raised is None or raised in faults

    @invariant()
    def what_was_answered_is_kept_once_each_with_its_event(self) -> None:
        journal = self.counter.store.journal
        assert {row.attempt_id: row for row in journal.values()} == self.seen
        assert journal.keys() == self.counter.store.outbox.keys()
        assert len(self.counter.store.audit) == len(journal)


Presses.TestCase.settings = settings(max_examples=40, stateful_step_count=20)


TestPresses = Presses.TestCase
