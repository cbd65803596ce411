from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from desktop.adapters import resources
from desktop.adapters.valuesets import load_value_sets
from desktop.adapters.words import Catalogue
from desktop.ui.widgets.cards import country_choices, product_choices
from desktop.ui.widgets.choice import Choice, matching
from desktop.ui.wording import Wording
from tests.builders import COMIRNATY, a_profile

NAMES = {"DE": {"de": "Deutschland", "en": "Germany"}}
NOON = datetime(2021, 6, 1, 12, 0, tzinfo=UTC)


def wording(language: str = "de") -> Wording:
    return Wording(Catalogue(language), a_profile(), load_value_sets(), NAMES)


def test_products_are_said_by_name_and_maker():
    assert wording().product(COMIRNATY) == "Comirnaty"
    assert wording().manufacturer(COMIRNATY) == "Biontech Manufacturing GmbH"
    assert wording().product("no such") == "no such"
    assert wording().manufacturer("no such") == ""


def test_countries_are_said_in_the_language_of_the_screen():
    assert wording("de").country("DE") == "Deutschland"
    assert wording("en").country("DE") == "Germany"
    assert wording("de").country("AT") == "Austria"
    assert wording("de").country("XX") == "XX"


def test_every_country_of_the_value_set_has_a_name_in_both_languages(open_stage):
    names = open_stage(start=False).program._outside.countries()
    codes = set(load_value_sets().countries.entries)
    assert {code for code in codes if set(names.get(code, {})) != {"de", "en"}} == set()
    assert set(names) <= codes
    assert resources.read_text("countries/NOTICE")


def test_times_are_those_of_the_issuer():
    assert wording().clock(NOON) == "14:00"
    assert wording().moment(NOON, NOON) == "14:00"
    assert wording().moment(NOON, NOON.replace(day=2)) == "1.6., 14:00"
    assert wording().moment(NOON.replace(hour=22), NOON.replace(day=2)) == "00:00"
    assert wording().short_day(NOON) == "1.6.2021"


def test_dates_and_doses_are_said_in_words():
    assert wording().day(date(1964, 8, 12)) == "12. August 1964"
    assert wording("en").day(date(1964, 8, 12)) == "12 August 1964"
    assert wording().dose(2, 3) == "Dosis 2 von 3"


def test_the_counters_own_products_come_first_then_all_others_that_are_used():
    choices = product_choices(wording())
    assert choices[0] == Choice(COMIRNATY, "Comirnaty", "Biontech Manufacturing GmbH")
    others = [choice.label.casefold() for choice in choices[1:]]
    assert others == sorted(others)
    inactive = {code for code, each in load_value_sets().products.items() if not each.active}
    assert inactive
    assert not inactive & {choice.value for choice in choices}


def test_the_issuers_country_comes_first():
    assert country_choices(wording())[0] == Choice("DE", "Deutschland", "DE")


CHOICES = (
    Choice("EU/1/20/1528", "Comirnaty", "Biontech"),
    Choice("EU/1/20/1507", "Spikevax", "Moderna"),
    Choice("CoronaVac", "CoronaVac", "Sinovac"),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("c", ["Comirnaty", "CoronaVac"]),
        ("COM", ["Comirnaty"]),
        ("moderna", ["Spikevax"]),
        ("vac", ["CoronaVac"]),
        ("vax", ["Spikevax"]),
        ("eu/1/20/1528", ["Comirnaty"]),
        ("  spike ", ["Spikevax"]),
        ("", ["Comirnaty", "Spikevax", "CoronaVac"]),
        ("nothing", []),
    ],
)
def test_a_few_letters_find_a_choice_the_likeliest_first(text, found):
    assert [choice.label for choice in matching(CHOICES, text)] == found


def test_a_choice_reads_as_one_line():
    assert CHOICES[0].line == "Comirnaty  ·  Biontech"
    assert Choice("DE", "Deutschland").line == "Deutschland"
