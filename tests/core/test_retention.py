from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.retention import close_of_business, closed_before

BERLIN = "Europe/Berlin"


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "close"),
    [
        (date(2021, 1, 15), utc(2021, 1, 15, 23)),
        (date(2021, 6, 1), utc(2021, 6, 1, 22)),
        (date(2021, 3, 27), utc(2021, 3, 27, 23)),
        (date(2021, 3, 28), utc(2021, 3, 28, 22)),  # 23 hours
        (date(2021, 10, 30), utc(2021, 10, 30, 22)),
        (date(2021, 10, 31), utc(2021, 10, 31, 23)),  # 25 hours
        (date(2021, 12, 31), utc(2021, 12, 31, 23)),
    ],
)
def test_business_closes_at_midnight_of_the_issuer(day, close):
    assert close_of_business(day, BERLIN) == close


@pytest.mark.parametrize(("day", "hours"), [(date(2021, 3, 28), 23), (date(2021, 10, 31), 25)])
def test_the_days_of_the_clock_changes_have_their_own_length(day, hours):
    begin = close_of_business(day - timedelta(days=1), BERLIN)
    assert close_of_business(day, BERLIN) - begin == timedelta(hours=hours)


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
    assert closed_before(now, BERLIN) == before


moments = st.integers(0, 10 * 366 * 24 * 60).map(
    lambda minutes: utc(2020, 1, 1) + timedelta(minutes=minutes)
)


@given(
    moments, moments, st.sampled_from([BERLIN, "Europe/Vienna", "Atlantic/Azores", "Asia/Kabul"])
)
def test_a_row_lives_to_the_end_of_the_next_local_day_and_not_longer(issued_at, now, zone):
    lives_until = close_of_business(
        issued_at.astimezone(ZoneInfo(zone)).date() + timedelta(days=1), zone
    )
    assert (issued_at < closed_before(now, zone)) == (now >= lives_until)
