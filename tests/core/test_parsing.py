from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.adapters.valuesets import load_value_sets
from desktop.core.dates import typed
from desktop.core.form import Field, Form, Problem, ProblemCode
from desktop.core.parsing import parse
from desktop.hcert.dates import PartialDate
from desktop.hcert.entries import Certificate, Person
from desktop.hcert.valuesets import COVID_19, Entry
from tests.builders import a_certificate, a_form

TODAY = date(2021, 6, 1)
VALUE_SETS = load_value_sets()
ACTIVE = sorted(code for code, product in VALUE_SETS.products.items() if product.active)
INACTIVE = sorted(set(VALUE_SETS.products) - set(ACTIVE))


def parsed(**texts: str) -> Certificate | tuple[Problem, ...]:
    return parse(a_form(**{"country": "DE"} | texts), VALUE_SETS, TODAY)


def certificate(**texts: str) -> Certificate:
    outcome = parsed(**texts)
    assert isinstance(outcome, Certificate), outcome
    return outcome


def problems(**texts: str) -> dict[Field, ProblemCode]:
    outcome = parsed(**texts)
    assert not isinstance(outcome, Certificate)
    return {problem.field: problem.code for problem in outcome}


def test_a_filled_form_is_a_certificate():
    assert certificate() == a_certificate()


def test_an_empty_form_names_all_that_is_missing_in_the_order_of_the_fields():
    assert parse(Form(attempt_id="a"), VALUE_SETS, TODAY) == (
        Problem(Field.FAMILY_NAME, ProblemCode.NAME_MISSING),
        Problem(Field.BIRTH_DATE, ProblemCode.MISSING),
        Problem(Field.PRODUCT, ProblemCode.MISSING),
        Problem(Field.DOSE, ProblemCode.MISSING),
        Problem(Field.DOSES, ProblemCode.MISSING),
        Problem(Field.DATE, ProblemCode.MISSING),
        Problem(Field.COUNTRY, ProblemCode.MISSING),
    )


def test_names_are_composed_and_their_blanks_tidied():
    person = certificate(given_name="  Zoe\u0308 \n Maria\t", family_name="Mu\u0308ller").person
    assert (person.given_name, person.family_name) == ("Zoë Maria", "Müller")


@pytest.mark.parametrize(("given_name", "family_name"), [("", "Sukarno"), ("Sukarno", " ")])
def test_a_single_name_stands_as_family_name(given_name, family_name):
    person = certificate(given_name=given_name, family_name=family_name).person
    assert person == Person(
        family_name="Sukarno", given_name="", birth_date=PartialDate(1964, 8, 12)
    )


@pytest.mark.parametrize(
    "name",
    [
        "O’Connor",
        "O´Connor",
        "d'Ávila-Núñez",
        "Groß, jun.",
        "Müller (geb. Weiß)",
        "Μενεξές",
        "Воробьёв",
        "الاسم الاخير",
        "مُحَمَّد",
        "Dž. ﬁ Ĳ Mª",
        "PREZIME01",
        "L·L",
    ],
)
def test_names_as_documents_print_them_are_taken(name):
    assert isinstance(parsed(family_name=name), Certificate)


@pytest.mark.parametrize(
    "name", ["Soft\u00adhyphen", "Zero\u200bWidth", "\ufeffBom", "Left\u200eToRight", "Vs\ufe0f"]
)
def test_signs_that_nobody_sees_are_taken_out(name):
    assert certificate(family_name=name).person.family_name.isascii()


@pytest.mark.parametrize(
    "name",
    [
        "\x1bM\x00",
        "Mü\x1d",
        "A\x10B",
        "A\x85B",
        "\u202egnitrevni",
        "\u2066A\u2069",
        "\ud800A",
        "\x7f",
    ],
)
def test_controls_and_direction_overrides_are_refused(name):
    assert problems(given_name=name) == {Field.GIVEN_NAME: ProblemCode.NAME_CONTROL}


@pytest.mark.parametrize(
    "name",
    ["王小明", "משה", "अमित", "Erika 😀", "A=B", "€rika", "A\u20dd", "x\u0903", "\ue000", "\u0378"],
)
def test_what_is_not_latin_greek_cyrillic_or_arabic_is_refused(name):
    assert problems(given_name=name) == {Field.GIVEN_NAME: ProblemCode.NAME_SCRIPT}


@pytest.mark.parametrize("name", ["-", "123", "...", "ь", "'"])
def test_a_name_without_letters_is_refused(name):
    assert problems(given_name=name) == {Field.GIVEN_NAME: ProblemCode.NAME_NO_LETTERS}


def test_a_name_has_at_most_80_characters():
    assert certificate(family_name="x" * 80).person.family_machine == "X" * 80
    assert problems(family_name="x" * 81) == {Field.FAMILY_NAME: ProblemCode.NAME_TOO_LONG}


def test_a_pasted_page_is_refused_unread():
    assert problems(family_name="\x00" * 10_000_000) == {
        Field.FAMILY_NAME: ProblemCode.NAME_TOO_LONG
    }


def test_each_wrong_name_has_its_own_problem():
    assert problems(given_name="\x00", family_name="王") == {
        Field.GIVEN_NAME: ProblemCode.NAME_CONTROL,
        Field.FAMILY_NAME: ProblemCode.NAME_SCRIPT,
    }


@pytest.mark.parametrize("code", ACTIVE)
def test_manufacturer_and_prophylaxis_follow_from_the_product(code):
    product = VALUE_SETS.products[code]
    for text in (code, code.lower(), product.display, f" {product.display.upper()} "):
        vaccination = certificate(product=text).vaccination
        assert (vaccination.disease, vaccination.product) == (COVID_19, code)
        assert vaccination.manufacturer == product.manufacturer
        assert vaccination.prophylaxis == product.prophylaxis


@pytest.mark.parametrize("code", INACTIVE)
def test_a_product_that_is_no_longer_used_is_refused(code):
    assert problems(product=code) == {Field.PRODUCT: ProblemCode.PRODUCT_INACTIVE}


@pytest.mark.parametrize("text", ["Comirnat", "1119349007", "\ud800"])
def test_an_unknown_product_is_refused(text):
    assert problems(product=text) == {Field.PRODUCT: ProblemCode.PRODUCT_UNKNOWN}


@pytest.mark.parametrize(
    "numbers", ["1/1", "1/2", "2/2", "3/3", "9/9", "2/1", "3/1", "9/1", "1/3", "2/3", "02/ 2"]
)
def test_dose_numbers_that_the_rules_know_are_taken(numbers):
    dose, doses = numbers.split("/")
    vaccination = certificate(dose=dose, doses=doses).vaccination
    assert (vaccination.dose, vaccination.doses) == (int(dose), int(doses))


@pytest.mark.parametrize("numbers", ["3/2", "4/3", "9/8"])
def test_more_doses_than_the_course_has_only_follow_a_single_dose(numbers):
    dose, doses = numbers.split("/")
    assert problems(dose=dose, doses=doses) == {Field.DOSE: ProblemCode.DOSE_IMPOSSIBLE}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0", ProblemCode.DOSE_IMPOSSIBLE),
        ("10", ProblemCode.DOSE_IMPOSSIBLE),
        ("zwei", ProblemCode.DOSE_UNREADABLE),
        ("-1", ProblemCode.DOSE_UNREADABLE),
        ("1.0", ProblemCode.DOSE_UNREADABLE),
        ("٣", ProblemCode.DOSE_UNREADABLE),
        ("1" * 5000, ProblemCode.DOSE_UNREADABLE),
    ],
)
def test_doses_are_numbers_from_1_to_9(text, code):
    assert problems(dose=text) == {Field.DOSE: code}
    assert problems(doses=text) == {Field.DOSES: code}


def test_nobody_is_vaccinated_before_the_birth():
    assert problems(birth_date="30.5.2021") == {Field.DATE: ProblemCode.DATE_BEFORE_BIRTH}
    assert isinstance(parsed(birth_date="29.5.2021"), Certificate)


def test_of_a_partial_birth_date_the_earliest_day_counts():
    assert isinstance(parsed(birth_date="5.2021"), Certificate)
    assert problems(birth_date="6.2021") == {Field.DATE: ProblemCode.DATE_BEFORE_BIRTH}


def test_a_date_before_the_birth_is_told_beside_other_problems():
    assert problems(birth_date="30.5.2021", dose="") == {
        Field.DOSE: ProblemCode.MISSING,
        Field.DATE: ProblemCode.DATE_BEFORE_BIRTH,
    }


def test_a_vaccination_tomorrow_is_refused():
    assert problems(date="2.6.2021") == {Field.DATE: ProblemCode.DATE_FUTURE}


def test_a_country_is_two_letters_of_the_value_set():
    assert certificate(country=" at ").vaccination.country == "AT"
    assert problems(country="EL") == {Field.COUNTRY: ProblemCode.COUNTRY_UNKNOWN}
    assert problems(country="") == {Field.COUNTRY: ProblemCode.MISSING}


def test_a_country_that_is_no_longer_used_is_refused():
    countries = replace(VALUE_SETS.countries, entries={"DD": Entry("East Germany", active=False)})
    outcome = parse(a_form(country="DD"), replace(VALUE_SETS, countries=countries), TODAY)
    assert outcome == (Problem(Field.COUNTRY, ProblemCode.COUNTRY_UNKNOWN),)


@pytest.mark.parametrize("batch", ["", "FA5765", " 1D020A ", "AB/12.3_4-5", "x" * 20])
def test_a_lot_is_taken_as_on_the_pack(batch):
    assert isinstance(parsed(batch=batch), Certificate)


@pytest.mark.parametrize("batch", ["FA 5765", "x" * 21, "Ä1", "FA\x1d17"])
def test_a_lot_that_no_pack_can_have_is_refused(batch):
    assert problems(batch=batch) == {Field.BATCH: ProblemCode.BATCH_UNREADABLE}


def test_the_expiry_of_a_pack_is_optional_but_readable():
    assert isinstance(parsed(pack_expiry="01/27"), Certificate)
    assert isinstance(parsed(pack_expiry=" "), Certificate)
    assert problems(pack_expiry="bald") == {Field.PACK_EXPIRY: ProblemCode.DATE_UNREADABLE}


def test_an_unverified_form_is_refused_until_staff_confirm_it():
    form = replace(a_form(country="DE"), unverified=True)
    assert parse(form, VALUE_SETS, TODAY) == (Problem(Field.GIVEN_NAME, ProblemCode.UNVERIFIED),)
    assert isinstance(parse(form.confirmed(), VALUE_SETS, TODAY), Certificate)


plausible = {
    "given_name": st.sampled_from(["", "Erika", "Zoë 😀", "\x00"]),
    "family_name": st.sampled_from(["", "Müller", "王"]),
    "birth_date": st.sampled_from(["", "1964", "8.1964", "1.6.21", "31.2.64"]),
    "product": st.sampled_from(["", "comirnaty", "Vidprevtyn", "x"]),
    "dose": st.sampled_from(["", "0", "1", "2", "9"]),
    "doses": st.sampled_from(["", "1", "2"]),
    "date": st.sampled_from(["", "1.6.21", "2.6.2021", "1.1.2021"]),
    "country": st.sampled_from(["", "DE", "XX"]),
    "batch": st.sampled_from(["", "FA5765", "FA 5765"]),
    "pack_expiry": st.sampled_from(["", "01/27", "x"]),
}
anything = st.text(st.characters(), max_size=30)
forms = st.builds(
    Form,
    attempt_id=st.just("a"),
    unverified=st.booleans(),
    **{name: st.one_of(usual, anything) for name, usual in plausible.items()},
)


@given(forms)
def test_any_form_is_answered_and_a_certificate_reads_back_as_itself(form):
    outcome = parse(form, VALUE_SETS, TODAY)
    if isinstance(outcome, Certificate):
        assert parse(_retyped(outcome), VALUE_SETS, TODAY) == outcome
    else:
        assert outcome
        order = [list(Field).index(problem.field) for problem in outcome]
        assert order == sorted(order)


def _retyped(certified: Certificate) -> Form:
    person, vaccination = certified.person, certified.vaccination
    return Form(
        attempt_id="b",
        given_name=person.given_name,
        family_name=person.family_name,
        birth_date=typed(person.birth_date),
        product=vaccination.product,
        dose=str(vaccination.dose),
        doses=str(vaccination.doses),
        date=typed(vaccination.date),
        country=vaccination.country,
    )
