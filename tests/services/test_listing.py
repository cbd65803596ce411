from __future__ import annotations

from desktop.core.outbox import OutboxState
from desktop.services.listing import Listing
from tests.builders import a_commit, an_item
from tests.fakes.clock import NOON
from tests.fakes.store import FakeStore


def test_the_newest_issuances_come_first_and_no_more_than_asked_for():
    store = FakeStore()
    for number in (1, 2, 3):
        store.commit(a_commit(number, at=NOON.replace(month=6, day=1, hour=12, minute=number)))
    lines = Listing(store).history(2)
    assert [line.event_id for line in lines] == [an_item(3).event_id, an_item(2).event_id]


def test_a_certificate_can_be_taken_out_again_while_the_journal_has_it():
    store = FakeStore()
    issuance = store.commit(a_commit(1))
    listing = Listing(store)
    assert listing.issuance(issuance.event_id) == issuance
    assert listing.issuance(bytes(32)) is None


def test_what_the_centre_is_owed_can_be_counted_and_looked_at():
    store = FakeStore()
    store.commit(a_commit(1))
    parked = an_item(2, state=OutboxState.PARKED)
    store.commit(a_commit(2, item=parked))
    listing = Listing(store)
    assert (listing.counts().waiting, listing.counts().parked) == (1, 1)
    assert [item.event_id for item in listing.outstanding(1)] == [parked.event_id]
