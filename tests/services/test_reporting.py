from __future__ import annotations

from desktop.core.errors import ErrorCode
from desktop.core.permit import PermitState
from desktop.core.status import Connection, Reach, Realm
from desktop.services.reporting import Reporting
from tests.builders import a_commit
from tests.fakes.clock import NOON
from tests.fakes.keys import FakeKeys
from tests.services.counter import Counter


def reporting(counter: Counter, *, keys: FakeKeys | None = None, printer: bool = True) -> Reporting:
    return Reporting(
        store=counter.store,
        keys=keys or counter.keys,
        clock=counter.clock,
        profile=counter.profile,
        realm=counter.realm,
        printer_set_up=lambda: printer,
    )


def test_the_status_says_all_that_the_strip_answers():
    counter = Counter(realm=Realm.TRAINING)
    counter.store.commit(a_commit(1))
    online = Connection().seen(Reach.ONLINE, NOON)
    status = reporting(counter).status(online, ErrorCode.PRINTER_TIMEOUT)
    assert status.realm is Realm.TRAINING
    assert status.connection is online
    assert status.outbox.waiting == 1
    assert status.permit.state is PermitState.ACTIVE
    assert status.printer_fault is ErrorCode.PRINTER_TIMEOUT
    assert status.printer_set_up
    assert status.issued_today == 1


def test_today_begins_at_midnight_where_the_issuer_is():
    counter = Counter()
    counter.store.commit(a_commit(1, at=NOON.replace(month=5, day=31, hour=21, minute=59)))
    counter.store.commit(a_commit(2, at=NOON.replace(month=5, day=31, hour=22, minute=0)))
    counter.store.commit(a_commit(3, at=NOON.replace(month=6, day=1, hour=12, minute=0)))
    assert reporting(counter).status(Connection(), None).issued_today == 2


def test_a_terminal_before_its_first_contact_says_so():
    status = reporting(Counter(), keys=FakeKeys(), printer=False).status(Connection(), None)
    assert status.permit.state is PermitState.NOT_ENROLLED
    assert not status.printer_set_up
