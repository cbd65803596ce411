from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.core.dates import (
    FIRST_VACCINATION,
    in_words,
    read_birth_date,
    read_date,
    read_expiry,
    typed,
)
from desktop.core.form import ProblemCode
from desktop.hcert.dates import PartialDate
from tests.fakes.words import FakeWords

TODAY = date(2026, 11, 23)
AUGUST_12 = PartialDate(1964, 8, 12)


def born(text: str) -> PartialDate | ProblemCode:
    return read_birth_date(text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "12.8.1964",
        "12.8.64",
        "12.08.64",
        "12,8,64",
        "12-8-64",
        "12/8/1964",
        "12/8/64",
        "12 8 64",
        "12. 8. 1964",
        "  12.8.1964\t",
        "12.8/64",
        "120864",
        "12081964",
        "1964-08-12",
        "1964-8-12",
        "1964/08/12",
        "1964.08.12",
        "19640812",
    ],
)
def test_every_way_to_type_a_birth_date_means_the_same_day(text):
    assert born(text) == AUGUST_12


@pytest.mark.parametrize(
    "text", ["8.1964", "08/64", "8-1964", "08 1964", "081964", "1964-08", "00.08.1964", "XX.8.64"]
)
def test_the_day_of_birth_may_be_unknown(text):
    assert born(text) == PartialDate(1964, 8)


@pytest.mark.parametrize("text", ["1964", "00.00.1964", "xx.xx.1964", "19640000", "1964-00-00"])
def test_day_and_month_of_birth_may_be_unknown(text):
    assert born(text) == PartialDate(1964)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("23.11.26", 2026),
        ("24.11.26", 1926),
        ("231126", 2026),
        ("241126", 1926),
        ("11/26", 2026),
        ("12/26", 1926),
        ("1.1.00", 2000),
        ("29.2.40", 1940),
        ("1.1.27", 1927),
    ],
)
def test_a_birth_year_of_two_digits_is_never_in_the_future(text, year):
    outcome = born(text)
    assert isinstance(outcome, PartialDate)
    assert outcome.year == year


@pytest.mark.parametrize(
    "text", ["31.02.1964", "31.2.64", "310264", "31021964", "1964-02-31", "30.02.64", "29.2.1900"]
)
def test_a_day_that_does_not_exist_is_impossible(text):
    assert born(text) is ProblemCode.DATE_IMPOSSIBLE


@pytest.mark.parametrize("text", ["12.13.1964", "12/13/1964", "64-08-12", "13.1964", "1964-13"])
def test_a_month_that_does_not_exist_is_impossible_and_not_swapped(text):
    assert born(text) is ProblemCode.DATE_IMPOSSIBLE


@pytest.mark.parametrize("text", ["12.00.1964", "12.XX.1964", "120064"])
def test_a_day_without_its_month_is_impossible(text):
    assert born(text) is ProblemCode.DATE_IMPOSSIBLE


@pytest.mark.parametrize("text", ["12.08", "12.8", "12.8.", "1/2", "5 7"])
def test_a_day_without_its_year_is_incomplete(text):
    assert born(text) is ProblemCode.DATE_INCOMPLETE


@pytest.mark.parametrize(
    "text",
    ["gestern", "12.August 1964", "12..8.64", "1", "123", "12345", "1234567", "١٢.٨.١٩٦٤", "?"],
)
def test_anything_else_is_unreadable(text):
    assert born(text) is ProblemCode.DATE_UNREADABLE


@pytest.mark.parametrize("piece", [".", "1", "1 ", " . "])
@pytest.mark.parametrize("start", ["", "12.8.1964", "12.8."])
def test_a_pasted_page_is_unreadable_and_takes_no_time(start, piece):
    assert born(start + piece * 1_000_000) is ProblemCode.DATE_UNREADABLE


def test_blanks_around_a_date_are_any_number():
    assert born(" " * 1000 + "12 . 8 . 1964" + "\n" * 1000) == AUGUST_12


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_no_date_is_missing(text):
    assert born(text) is ProblemCode.MISSING
    assert read_date(text, TODAY) is ProblemCode.MISSING


@pytest.mark.parametrize("text", ["12.8.1899", "12081899", "1864", "1899-12-31"])
def test_a_birth_before_the_schema_begins_is_too_early(text):
    assert born(text) is ProblemCode.DATE_TOO_EARLY


@pytest.mark.parametrize("text", ["24.11.2026", "12.2026", "2027", "1.1.2100", "01019999"])
def test_a_birth_in_the_future_is_refused(text):
    assert born(text) is ProblemCode.DATE_FUTURE


def test_a_birth_this_year_may_be_known_to_the_year_only():
    assert born("2026") == PartialDate(2026)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1.6.21", date(2021, 6, 1)),
        ("010621", date(2021, 6, 1)),
        ("2021-06-01", date(2021, 6, 1)),
        ("20210601", date(2021, 6, 1)),
        ("20.10.2020", date(2020, 10, 20)),
        ("20102020", date(2020, 10, 20)),
        ("23.11.2026", TODAY),
        ("1.6.2020", FIRST_VACCINATION),
    ],
)
def test_the_day_of_a_vaccination_is_read(text, day):
    assert read_date(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("24.11.2026", ProblemCode.DATE_FUTURE),
        ("24.11.64", ProblemCode.DATE_FUTURE),
        ("31.5.2020", ProblemCode.DATE_TOO_EARLY),
        ("8.2021", ProblemCode.DATE_INCOMPLETE),
        ("2021", ProblemCode.DATE_INCOMPLETE),
        ("31.02.2021", ProblemCode.DATE_IMPOSSIBLE),
        ("morgen", ProblemCode.DATE_UNREADABLE),
    ],
)
def test_a_vaccination_needs_a_full_date_while_there_was_a_vaccine(text, code):
    assert read_date(text, TODAY) is code


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("31.01.2027", date(2027, 1, 31)),
        ("01/2027", date(2027, 1, 31)),
        ("02/28", date(2028, 2, 29)),
        ("2027-04", date(2027, 4, 30)),
        ("2027", ProblemCode.DATE_INCOMPLETE),
        ("31.02.2027", ProblemCode.DATE_IMPOSSIBLE),
        ("", ProblemCode.MISSING),
    ],
)
def test_a_pack_expires_on_a_day_or_at_the_end_of_a_month(text, outcome):
    assert read_expiry(text) == outcome


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (AUGUST_12, "date.words.day day=12 month=date.month.8 year=1964"),
        (date(1964, 8, 12), "date.words.day day=12 month=date.month.8 year=1964"),
        (PartialDate(1964, 12), "date.words.month month=date.month.12 year=1964"),
        (PartialDate(1964), "1964"),
    ],
)
def test_a_date_is_told_in_words_as_far_as_it_is_known(day, words):
    assert in_words(day, FakeWords()) == words


days = st.dates(date(1900, 1, 1), TODAY)
partial_dates = st.one_of(
    days.map(lambda day: PartialDate(day.year, day.month, day.day)),
    days.map(lambda day: PartialDate(day.year, day.month)),
    days.map(lambda day: PartialDate(day.year)),
)


@given(partial_dates)
def test_what_the_program_types_it_reads_again_without_doubt(day):
    assert born(typed(day)) == day


@given(partial_dates)
def test_iso_dates_are_read_as_they_are(day):
    assert born(str(day)) == day


@given(
    st.dates(FIRST_VACCINATION, TODAY), st.sampled_from(["%d%m%y", "%d%m%Y", "%d/%m/%y", "%Y%m%d"])
)
def test_a_vaccination_day_is_read_in_each_form(day, form):
    assert read_date(day.strftime(form), TODAY) == day


date_like = st.text(st.sampled_from("0123456789.,/- xX"), max_size=12)


@given(st.one_of(st.text(), date_like), st.dates(date(2021, 1, 1), date(2098, 12, 31)))
@example("29.2.00", date(2021, 1, 1))
@example("0000", TODAY)
@example("00/00/0000", TODAY)
def test_any_text_is_answered_and_never_with_a_future_date(text, today):
    birth = read_birth_date(text, today)
    assert isinstance(birth, ProblemCode) or birth.earliest <= today
    vaccination = read_date(text, today)
    assert isinstance(vaccination, ProblemCode) or FIRST_VACCINATION <= vaccination <= today
    assert isinstance(read_expiry(text), (ProblemCode, date))


@given(st.integers(0, 99), st.dates(date(2021, 1, 1), date(2098, 12, 31)))
def test_two_digits_mean_the_hundred_years_up_to_today(short, today):
    outcome = read_birth_date(f"1.1.{short:02}", today)
    assert isinstance(outcome, PartialDate)
    assert outcome.earliest <= today < outcome.earliest + timedelta(days=36526)
