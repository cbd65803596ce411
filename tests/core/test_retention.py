from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.retention import closed_before
from tests.builders import a_profile

BERLIN = "Europe/Berlin"


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "before"),
    [
        (utc(2021, 6, 3, 21, 59), utc(2021, 6, 1, 22)),
        (utc(2021, 6, 3, 22, 0), utc(2021, 6, 2, 22)),
        (utc(2021, 3, 29, 12), utc(2021, 3, 27, 23)),  # the day before had 23 hours
        (utc(2021, 3, 30, 12), utc(2021, 3, 28, 22)),
        (utc(2021, 11, 1, 12), utc(2021, 10, 30, 22)),  # the day before had 25 hours
        (utc(2021, 11, 2, 12), utc(2021, 10, 31, 23)),
    ],
)
def test_what_was_issued_before_yesterday_is_erased(now, before):
    assert closed_before(now, a_profile()) == before


moments = st.integers(0, 10 * 366 * 24 * 60).map(
    lambda minutes: utc(2020, 1, 1) + timedelta(minutes=minutes)
)


@given(
    moments, moments, st.sampled_from([BERLIN, "Europe/Vienna", "Atlantic/Azores", "Asia/Kabul"])
)
def test_a_row_lives_to_the_end_of_the_next_local_day_and_not_longer(issued_at, now, zone):
    issued_on, today = (moment.astimezone(ZoneInfo(zone)).date() for moment in (issued_at, now))
    erased = issued_at < closed_before(now, replace(a_profile(), zone=zone))
    assert erased == (today > issued_on + timedelta(days=1))
