from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.hcert.dates import PartialDate

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
PARTIAL = st.one_of(
    DAYS.map(lambda day: PartialDate(day.year, day.month, day.day)),
    DAYS.map(lambda day: PartialDate(day.year, day.month)),
    DAYS.map(lambda day: PartialDate(day.year)),
)


@given(PARTIAL)
def test_what_is_written_reads_back(born):
    assert PartialDate.from_iso(str(born)) == born


@given(PARTIAL)
def test_earliest_and_latest_enclose_the_date(born):
    assert born.earliest <= born.latest
    assert str(born.earliest).startswith(str(born))
    assert str(born.latest).startswith(str(born))


@given(st.text())
def test_any_other_text_is_a_value_error(text):
    try:
        read = PartialDate.from_iso(text)
    except ValueError:
        return
    assert str(read) == text


@pytest.mark.parametrize(
    "text",
    ["", "1964-8-12", "1964-13", "1964-02-30", "1899", "2100", "19640812", "1964-08-12T00:00:00",
     "١٩٦٤", "1964-00", "1964\n"],
)  # fmt: skip
def test_impossible_dates_are_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        PartialDate.from_iso(text)


def test_a_day_needs_a_month():
    with pytest.raises(ValueError, match="without a month"):
        PartialDate(1964, None, 12)


def test_february_ends_when_it_does():
    assert PartialDate(2020, 2).latest == date(2020, 2, 29)
    assert PartialDate(1964).latest == date(1964, 12, 31)
