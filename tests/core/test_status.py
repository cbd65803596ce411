from __future__ import annotations

from datetime import timedelta

from desktop.core.errors import ErrorCode
from desktop.core.status import Connection, Reach
from tests.fakes.clock import NOON

LATER = NOON + timedelta(minutes=5)


def test_a_connection_is_unknown_at_first():
    assert Connection() == Connection(Reach.UNKNOWN, None, None)


def test_since_moves_only_when_the_centre_comes_or_goes():
    offline = Connection().seen(Reach.OFFLINE, NOON, ErrorCode.CENTRE_UNREACHABLE)
    assert offline == Connection(Reach.OFFLINE, NOON, ErrorCode.CENTRE_UNREACHABLE)
    still = offline.seen(Reach.OFFLINE, LATER, ErrorCode.CENTRE_TIMEOUT)
    assert still == Connection(Reach.OFFLINE, NOON, ErrorCode.CENTRE_TIMEOUT)
    assert still.seen(Reach.ONLINE, LATER) == Connection(Reach.ONLINE, LATER, None)
