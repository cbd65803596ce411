"""What every Store promises, kept by the real one and by the fake."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from desktop.adapters.store.store import SqliteStore
from desktop.core.errors import ErrorCode, StoreError
from desktop.core.issuance import PrintState
from desktop.core.outbox import LONGEST_PAUSE, OutboxState
from desktop.core.status import Realm
from desktop.wire.batch import BATCH_BYTES, BATCH_EVENTS, Verdict
from tests.builders import a_certificate, a_commit, a_vaccination, an_entry, an_issuance, an_item
from tests.fakes.clock import NOON
from tests.fakes.store import FakeStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from desktop.core.outbox import OutboxItem
    from desktop.core.ports import Store

LONG_AGO = NOON - timedelta(days=400)


@pytest.fixture(params=["sqlite", "fake"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened: Store = (
        FakeStore()
        if request.param == "fake"
        else SqliteStore.open(tmp_path / "terminal.db", key=bytes(32), realm=Realm.TRAINING)
    )
    yield opened
    opened.close()


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def settled(
    item: OutboxItem, state: OutboxState, verdict: Verdict, reason: str | None = None
) -> OutboxItem:
    return replace(item, state=state, verdict=verdict, reason=reason)


def acknowledge_all(store: Store, at: datetime) -> None:
    items = store.claim(at)
    done = [settled(item, OutboxState.ACKNOWLEDGED, Verdict.ACCEPTED) for item in items]
    store.settle(done, at)


class TestCommitting:
    def test_answers_with_what_was_committed(self, store):
        assert store.commit(a_commit()) == an_issuance()

    def test_can_be_looked_up_by_attempt_and_by_event(self, store):
        issued = store.commit(a_commit())
        assert store.issuance_of_attempt(issued.attempt_id) == issued
        assert store.issuance(issued.event_id) == issued

    def test_knows_nothing_of_what_was_never_committed(self, store):
        assert store.issuance_of_attempt("attempt-1") is None
        assert store.issuance(bytes(32)) is None
        assert store.never_shown() is None
        assert store.history(10) == ()
        assert store.next_due() is None

    def test_an_attempt_is_issued_once_whatever_comes_later(self, store):
        first = store.commit(a_commit(1))
        second = a_commit(2, issuance=an_issuance(2, attempt_id=first.attempt_id))
        assert store.commit(second) == first
        assert store.counts().waiting == 1
        assert len(store.history(10)) == 1

    @pytest.mark.expects_log
    def test_an_identifier_is_issued_once(self, store):
        store.commit(a_commit(1))
        twin = replace(an_issuance(2), uvci=an_issuance(1).uvci)
        with pytest.raises(StoreError) as caught:
            store.commit(a_commit(2, issuance=twin))
        assert caught.value.code is ErrorCode.STORE_BROKEN
        assert store.issuance_of_attempt("attempt-2") is None
        assert store.counts().waiting == 1

    @pytest.mark.expects_log
    def test_an_event_is_queued_once(self, store):
        store.commit(a_commit(1))
        with pytest.raises(StoreError):
            store.commit(
                a_commit(
                    2,
                    issuance=replace(an_issuance(2), event_id=an_item(1).event_id),
                    item=an_item(1),
                )
            )
        assert len(store.history(10)) == 1

    def test_names_dates_and_codes_come_back_as_they_went_in(self, store):
        certificate = a_certificate(vaccination=a_vaccination(dose=3, doses=2))
        odd = an_issuance(
            certificate=certificate,
            hc1="HC1:" + "Ä" * 900,
            issued_at=NOON + timedelta(microseconds=1),
        )
        store.commit(a_commit(issuance=odd))
        assert store.issuance(odd.event_id) == odd


class TestShowingAndPrinting:
    def test_the_latest_that_nobody_saw_is_offered(self, store):
        store.commit(a_commit(1, at=NOON))
        store.commit(a_commit(2, at=NOON + minutes(1)))
        assert store.never_shown() == an_issuance(2, issued_at=NOON + minutes(1))
        store.mark_shown(an_item(2).event_id, NOON + minutes(2))
        assert store.never_shown() == an_issuance(1)
        store.mark_shown(an_item(1).event_id, NOON + minutes(2))
        assert store.never_shown() is None

    def test_of_one_moment_the_later_commit_is_the_latest(self, store):
        store.commit(a_commit(1))
        store.commit(a_commit(2))
        assert store.never_shown() == an_issuance(2)

    def test_the_first_showing_counts(self, store):
        issued = store.commit(a_commit())
        store.mark_shown(issued.event_id, NOON + minutes(1))
        store.mark_shown(issued.event_id, NOON + minutes(9))
        assert store.issuance(issued.event_id).shown_at == NOON + minutes(1)

    def test_the_last_word_on_the_paper_counts(self, store):
        issued = store.commit(a_commit())
        assert issued.print_state is PrintState.NONE
        for state in (PrintState.FAILED, PrintState.PRINTED):
            store.mark_printed(issued.event_id, state)
            assert store.issuance(issued.event_id).print_state is state

    def test_marking_what_is_not_there_is_no_error(self, store):
        store.mark_shown(bytes(32), NOON)
        store.mark_printed(bytes(32), PrintState.PRINTED)


class TestHistory:
    def test_newest_first_and_only_so_many(self, store):
        for number in range(1, 5):
            store.commit(a_commit(number, at=NOON + minutes(number)))
        assert [line.issued_at for line in store.history(3)] == [
            NOON + minutes(number) for number in (4, 3, 2)
        ]

    def test_a_line_tells_product_dose_and_the_end_of_the_identifier_but_no_name(self, store):
        issued = store.commit(a_commit())
        (line,) = store.history(10)
        assert line.uvci_end == issued.uvci[-6:]
        assert (line.product, line.dose, line.doses) == ("EU/1/20/1528", 2, 2)
        assert (line.event_id, line.issued_at) == (issued.event_id, issued.issued_at)
        assert (line.state, line.reason, line.readable) == (OutboxState.PENDING, None, True)
        assert "Erika" not in repr(line)

    def test_a_line_follows_its_event(self, store):
        store.commit(a_commit())
        (item,) = store.claim(NOON)
        assert store.history(1)[0].state is OutboxState.IN_FLIGHT
        parked = settled(item, OutboxState.PARKED, Verdict.PARKED, reason="uvci.conflict")
        store.settle([parked], NOON)
        (line,) = store.history(1)
        assert (line.state, line.reason) == (OutboxState.PARKED, "uvci.conflict")

    def test_only_a_parked_line_gives_a_reason(self, store):
        store.commit(a_commit())
        (item,) = store.claim(NOON)
        flagged = settled(item, OutboxState.ACKNOWLEDGED, Verdict.FLAGGED, reason="pace")
        store.settle([flagged], NOON)
        assert store.history(1)[0].reason is None

    def test_counts_what_was_issued_since_a_moment(self, store):
        for number in range(1, 4):
            store.commit(a_commit(number, at=NOON + minutes(number)))
        assert store.issued_since(NOON + minutes(2)) == 2
        assert store.issued_since(NOON + minutes(4)) == 0


class TestOutbox:
    def test_an_empty_outbox_counts_nothing(self, store):
        counts = store.counts()
        assert (counts.waiting, counts.parked, counts.acknowledged) == (0, 0, 0)
        assert counts.oldest_waiting_at is None
        assert counts.last_acknowledged_at is None

    def test_what_is_claimed_is_in_flight_and_its_attempt_is_counted(self, store):
        store.commit(a_commit())
        (item,) = store.claim(NOON)
        assert item == replace(an_item(), state=OutboxState.IN_FLIGHT, attempts=1)
        assert store.claim(NOON) == ()
        assert store.counts().waiting == 1
        assert store.counts().oldest_waiting_at == NOON

    def test_only_what_is_due_is_claimed(self, store):
        store.commit(a_commit(1, item=an_item(1, due_at=NOON + minutes(5))))
        assert store.claim(NOON + minutes(4)) == ()
        assert store.next_due() == NOON + minutes(5)
        assert len(store.claim(NOON + minutes(5))) == 1
        assert store.next_due() is None

    def test_what_a_clock_ahead_of_its_time_has_dated_does_not_wait_until_then(self, store):
        next_year = NOON + timedelta(days=365)
        store.commit(a_commit(1, at=next_year))
        store.commit(a_commit(2, item=an_item(2, due_at=NOON + LONGEST_PAUSE)))
        assert [item.event_id for item in store.claim(NOON)] == [an_item(1).event_id]

    def test_fewest_attempts_first_then_oldest_then_as_committed(self, store):
        wanted = [(3, 0, 2), (1, 1, 1), (4, 1, 1), (2, 2, 0)]
        for number, attempts, minute in sorted(wanted):
            item = an_item(number, attempts=attempts, created_at=NOON + minutes(minute))
            store.commit(a_commit(number, item=item))
        claimed = store.claim(NOON + minutes(10))
        assert [item.event_id for item in claimed] == [
            an_item(number).event_id for number, _, _ in wanted
        ]

    def test_a_batch_has_so_many_events_at_most(self, store):
        for number in range(BATCH_EVENTS + 1):
            store.commit(a_commit(number))
        assert len(store.claim(NOON)) == BATCH_EVENTS
        assert len(store.claim(NOON)) == 1

    def test_a_batch_has_so_many_bytes_at_most(self, store):
        for number in range(3):
            body = bytes([number]) * (BATCH_BYTES // 2)
            item = an_item(number, body=body)
            issued = replace(an_issuance(number), event_id=item.event_id)
            store.commit(a_commit(number, issuance=issued, item=item))
        assert [len(store.claim(NOON)) for _ in range(3)] == [2, 1, 0]

    def test_one_event_is_always_taken_however_large(self, store):
        item = an_item(body=b"x" * (BATCH_BYTES + 1))
        store.commit(a_commit(issuance=replace(an_issuance(), event_id=item.event_id), item=item))
        assert len(store.claim(NOON)) == 1

    def test_an_acknowledged_event_is_settled_and_its_body_gone(self, store):
        store.commit(a_commit())
        acknowledge_all(store, NOON + minutes(3))
        counts = store.counts()
        assert (counts.waiting, counts.acknowledged) == (0, 1)
        assert counts.oldest_waiting_at is None
        assert counts.last_acknowledged_at == NOON + minutes(3)
        assert store.outstanding(10) == ()
        assert store.claim(NOON + minutes(60)) == ()

    def test_an_event_that_comes_back_waits_until_it_is_due(self, store):
        store.commit(a_commit())
        (item,) = store.claim(NOON)
        back = replace(item, state=OutboxState.PENDING, due_at=NOON + minutes(2))
        store.settle([back], NOON)
        assert store.next_due() == NOON + minutes(2)
        (again,) = store.claim(NOON + minutes(2))
        assert again == replace(back, state=OutboxState.IN_FLIGHT, attempts=2)

    def test_a_verdict_and_its_reason_are_kept(self, store):
        store.commit(a_commit())
        (item,) = store.claim(NOON)
        parked = settled(item, OutboxState.PARKED, Verdict.PARKED, reason="event.unreadable")
        store.settle([parked], NOON)
        assert store.outstanding(10) == (parked,)
        assert store.counts().parked == 1
        assert store.claim(NOON + minutes(60)) == ()

    def test_what_is_not_in_flight_is_not_settled(self, store):
        store.commit(a_commit())
        (item,) = store.claim(NOON)
        done = settled(item, OutboxState.ACKNOWLEDGED, Verdict.ACCEPTED)
        store.settle([done], NOON)
        store.settle([replace(item, state=OutboxState.PENDING)], NOON + minutes(1))
        store.settle([an_item(99)], NOON + minutes(1))
        assert store.counts().acknowledged == 1
        assert store.counts().waiting == 0

    def test_a_start_puts_back_what_was_in_flight_and_nothing_else(self, store):
        for number in range(1, 4):
            store.commit(a_commit(number))
        items = store.claim(NOON)
        store.settle([settled(items[0], OutboxState.ACKNOWLEDGED, Verdict.ACCEPTED)], NOON)
        store.settle([settled(items[1], OutboxState.PARKED, Verdict.PARKED)], NOON)
        assert store.recover() == 1
        assert store.recover() == 0
        (again,) = store.claim(NOON)
        assert again == replace(items[2], attempts=2)

    def test_parked_ones_are_outstanding_first_then_the_oldest(self, store):
        for number in range(1, 5):
            store.commit(a_commit(number, at=NOON + minutes(number)))
        items = store.claim(NOON + minutes(9))
        store.settle([settled(items[2], OutboxState.PARKED, Verdict.PARKED)], NOON)
        store.recover()
        assert [item.event_id for item in store.outstanding(3)] == [
            an_item(number).event_id for number in (3, 1, 2)
        ]


class TestErasing:
    def test_nothing_is_erased_before_its_time(self, store):
        issued = store.commit(a_commit())
        acknowledge_all(store, NOON)
        assert store.erase_due(NOON + minutes(59), LONG_AGO) == 0
        assert store.issuance(issued.event_id) == issued

    def test_an_hour_after_acknowledgement_the_person_is_forgotten(self, store):
        issued = store.commit(a_commit())
        acknowledge_all(store, NOON)
        assert store.erase_due(NOON + minutes(60), LONG_AGO) == 1
        assert store.issuance(issued.event_id) is None
        assert store.never_shown() is None
        assert store.history(1)[0].readable is False

    @pytest.mark.parametrize("ask", ["commit", "look up"])
    def test_an_attempt_stays_one_certificate_after_that_was_forgotten(self, store, ask):
        issued = store.commit(a_commit(1))
        acknowledge_all(store, NOON)
        store.erase_due(NOON + minutes(60), LONG_AGO)
        again = a_commit(2, issuance=an_issuance(2, attempt_id=issued.attempt_id))
        with pytest.raises(StoreError) as caught:
            store.commit(again) if ask == "commit" else store.issuance_of_attempt(issued.attempt_id)
        assert caught.value.code is ErrorCode.ATTEMPT_ERASED
        assert store.counts().waiting == 0
        assert len(store.history(10)) == 1
        assert store.commit(a_commit(3)) == an_issuance(3)

    def test_what_was_issued_before_the_close_goes_although_nobody_acknowledged(self, store):
        early = store.commit(a_commit(1, at=NOON - minutes(1)))
        late = store.commit(a_commit(2, at=NOON))
        assert store.erase_due(NOON + minutes(1), NOON) == 1
        assert store.issuance(early.event_id) is None
        assert store.issuance(late.event_id) == late
        assert store.counts().waiting == 2

    def test_a_history_line_goes_ninety_days_after_issue(self, store):
        store.commit(a_commit())
        acknowledge_all(store, NOON)
        store.erase_due(NOON + timedelta(days=90), NOON + minutes(1))
        assert len(store.history(10)) == 1
        store.erase_due(NOON + timedelta(days=90, seconds=1), NOON + minutes(1))
        assert store.history(10) == ()
        assert store.counts().acknowledged == 0
        assert store.issuance_of_attempt("attempt-1") is None

    def test_what_is_owed_to_the_centre_stays_however_old(self, store):
        store.commit(a_commit())
        assert store.erase_due(NOON + timedelta(days=500), NOON + minutes(1)) == 1
        assert len(store.history(10)) == 1
        assert len(store.claim(NOON + timedelta(days=500))) == 1


class TestAudit:
    def test_entries_of_their_own_are_taken(self, store):
        store.record(an_entry())
        store.commit(a_commit())
        store.record(an_entry(at=NOON + minutes(1)))
