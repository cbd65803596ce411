from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from desktop.adapters.profile import load_profile, profile_names
from desktop.adapters.valuesets import load_value_sets
from desktop.core.profile import TRAINING_ISSUER, UvciForm
from desktop.core.scan import gs1
from desktop.core.status import Realm
from tests.builders import a_profile

VALUE_SETS = load_value_sets()


def test_validity_is_a_span_of_days():
    assert a_profile(validity_days=180).validity == timedelta(days=180)


def utc(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (utc(2021, 5, 31, 22, 0), "2021-06-01"),
        (utc(2021, 5, 31, 21, 59), "2021-05-31"),
        (utc(2021, 10, 31, 22, 59), "2021-10-31"),
    ],
)
def test_today_is_the_date_of_the_issuers_zone(moment, day):
    assert a_profile().local_date(moment).isoformat() == day


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2021, 1, 16), utc(2021, 1, 15, 23)),
        (date(2021, 6, 2), utc(2021, 6, 1, 22)),
        (date(2021, 3, 28), utc(2021, 3, 27, 23)),
        (date(2021, 3, 29), utc(2021, 3, 28, 22)),  # 23 hours later
        (date(2021, 10, 31), utc(2021, 10, 30, 22)),
        (date(2021, 11, 1), utc(2021, 10, 31, 23)),  # 25 hours later
        (date(2022, 1, 1), utc(2021, 12, 31, 23)),
    ],
)
def test_a_day_begins_at_midnight_where_the_issuer_is(day, begins):
    assert a_profile().start_of(day) == begins


def test_in_training_no_certificate_names_a_real_issuer():
    profile = a_profile()
    assert profile.issuer_in(Realm.TRAINING) == TRAINING_ISSUER
    assert profile.issuer_in(Realm.PRODUCTION) == "Robert Koch-Institut"


def test_germany_and_the_form_of_the_union_are_there():
    assert load_profile("de").uvci_form is UvciForm.GERMANY
    assert load_profile("at").uvci_form is UvciForm.EU


@pytest.mark.parametrize("name", profile_names())
def test_a_profile_that_travels_with_the_program_can_issue(name):
    profile = load_profile(name)
    assert profile.name == name
    assert VALUE_SETS.countries.entries[profile.country].active
    assert 0 < len(profile.issuer_name) <= 80
    assert ZoneInfo(profile.zone).key == profile.zone
    assert 1 <= profile.validity_days <= 365
    assert set(profile.paper_languages) <= {"de", "en"}
    codes = [product.code for product in profile.products]
    assert all(VALUE_SETS.products[code].active for code in codes)
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("name", profile_names())
def test_every_pack_number_has_its_check_digit_and_means_one_product(name):
    packs = [pack for product in load_profile(name).products for pack in product.packs]
    assert all(gs1.is_pzn(pack) or gs1.is_gtin(pack) for pack in packs)
    assert len(packs) == len(set(packs))
