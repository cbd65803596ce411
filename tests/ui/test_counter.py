from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.form import Field, Form, Problem, ProblemCode
from desktop.ui.counter import STEPS, Entry, echo
from tests.builders import a_form
from tests.fakes.words import FakeWords

TODAY = date(2021, 6, 1)
BLANK = Entry(form=Form(attempt_id="one", country="DE"))
MISSING = [Problem(field, ProblemCode.MISSING) for field in Field]


def test_typing_changes_one_field():
    entry = BLANK.typed(Field.GIVEN_NAME, "Erika")
    assert entry.form == Form(attempt_id="one", country="DE", given_name="Erika")


def test_typing_what_stands_there_already_changes_nothing():
    assert BLANK.typed(Field.COUNTRY, "DE") is BLANK


def test_nobody_is_corrected_while_they_type():
    entry = BLANK.typed(Field.BIRTH_DATE, "3").left(Field.BIRTH_DATE)
    assert set(entry.visible(MISSING)) == {Field.BIRTH_DATE}
    assert entry.typed(Field.BIRTH_DATE, "31").visible(MISSING) == {}


def test_an_empty_field_that_was_left_may_still_be_filled_by_a_scan():
    assert BLANK.left(Field.GIVEN_NAME).visible(MISSING) == {}


def test_after_f12_all_problems_may_be_said():
    assert set(BLANK.asked().visible(MISSING)) == set(Field)


def test_the_first_problem_of_a_field_is_said():
    first = Problem(Field.DATE, ProblemCode.DATE_FUTURE)
    second = Problem(Field.DATE, ProblemCode.DATE_BEFORE_BIRTH)
    assert BLANK.asked().visible([first, second]) == {Field.DATE: first}


def test_an_unchecked_certificate_is_no_problem_of_a_name():
    unverified = Problem(Field.GIVEN_NAME, ProblemCode.UNVERIFIED)
    assert BLANK.asked().visible([unverified]) == {}


def test_one_run_of_typing_is_one_step_back():
    entry = BLANK
    for text in ("E", "Er", "Eri"):
        entry = entry.typed(Field.GIVEN_NAME, text)
    entry = entry.typed(Field.FAMILY_NAME, "M").typed(Field.FAMILY_NAME, "Mu")
    entry = entry.undone()
    assert entry.form.given_name == "Eri"
    assert entry.form.family_name == ""
    assert entry.undone().form == BLANK.form


def test_leaving_a_field_ends_a_run_of_typing():
    entry = BLANK.typed(Field.BATCH, "A").left(Field.BATCH).typed(Field.BATCH, "AB")
    assert entry.undone().form.batch == "A"


def test_there_is_nothing_before_the_beginning():
    assert BLANK.undone() is BLANK


@given(st.lists(st.tuples(st.sampled_from(Field), st.text(max_size=3)), max_size=80))
def test_every_step_can_be_taken_back_up_to_the_limit(steps):
    entry, forms = BLANK, [BLANK.form]
    for field, text in steps:
        following = entry.left(field).typed(field, text)
        if following.form != entry.form:
            forms.append(following.form)
        entry = following
    for expected in list(reversed(forms[:-1]))[:STEPS]:
        entry = entry.undone()
        assert entry.form == expected


def test_starting_over_can_be_taken_back():
    fresh = Form(attempt_id="two", country="DE")
    entry = BLANK.typed(Field.GIVEN_NAME, "Erika").started_over(fresh)
    assert entry.form == fresh
    assert entry.undone().form.given_name == "Erika"
    assert entry.undone().form.attempt_id == "one"


def test_starting_over_an_empty_form_leaves_no_step_behind():
    assert BLANK.asked().started_over(Form(attempt_id="two")) == BLANK


def test_a_scan_fills_what_it_changed_and_leaves_what_was_typed_meanwhile():
    typed = BLANK.typed(Field.BATCH, "FA5765")
    read = a_form(attempt_id="one", batch="")
    entry = typed.scanned(read, frozenset({Field.GIVEN_NAME, Field.FAMILY_NAME}))
    assert entry.form.given_name == "Erika"
    assert entry.form.batch == "FA5765"
    assert entry.form.product == ""
    assert entry.undone().form == typed.form


def test_a_scan_that_was_not_used_leaves_no_step_behind():
    entry = BLANK.scanned(BLANK.form, frozenset())
    assert entry.form == BLANK.form
    assert entry.past == ()


def test_the_record_is_asked_for_until_the_person_changes():
    unchecked = Form(attempt_id="one", given_name="Erika", unverified=True)
    entry = BLANK.scanned(unchecked, frozenset({Field.GIVEN_NAME}))
    assert entry.record_asked
    seen = entry.confirmed(seen=True)
    assert seen.record_asked
    assert not seen.form.unverified
    assert seen.confirmed(seen=False).form.unverified
    pack = seen.form.with_text(Field.BATCH, "FA5765")
    assert seen.scanned(pack, frozenset({Field.BATCH})).record_asked
    checked = Form(attempt_id="one", given_name="Max")
    assert not seen.scanned(checked, frozenset({Field.GIVEN_NAME})).record_asked


def test_taking_back_a_step_asks_for_the_record_again_if_it_was_not_seen():
    unchecked = Form(attempt_id="one", given_name="Erika", unverified=True)
    entry = BLANK.scanned(unchecked, frozenset({Field.GIVEN_NAME}))
    assert entry.typed(Field.BATCH, "A").undone().record_asked
    assert not entry.undone().record_asked


def test_the_country_alone_is_no_entry():
    assert BLANK.is_blank
    assert not BLANK.typed(Field.DOSE, "1").is_blank


@pytest.mark.parametrize(
    ("field", "text", "heard", "said"),
    [
        (Field.GIVEN_NAME, "Zoë  Ann", "given_machine", "ZOE<ANN"),
        (Field.FAMILY_NAME, "Müstermann-Gößler", "family_machine", "MUESTERMANN<GOESSLER"),
        (Field.BIRTH_DATE, "12.8.64", "birth_date", "date.words.day"),
        (Field.BIRTH_DATE, "1964", "birth_date", "1964"),
        (Field.BIRTH_DATE, "31.2.64", "birth_date", ""),
        (Field.DATE, "1.6.21", "date", "date.words.day"),
        (Field.DATE, "1.6.31", "date", ""),
        (Field.PACK_EXPIRY, "01.2027", "pack_expiry", "date.words.day"),
    ],
)
def test_what_was_understood_is_said_back(field, text, heard, said):
    form = Form(attempt_id="one").with_text(field, text)
    assert getattr(echo(form, TODAY, FakeWords()), heard).split(" ")[0] == said


def test_the_name_is_said_back_as_the_customer_will_read_it():
    form = Form(attempt_id="one", given_name=" Erika  Maria ", family_name="")
    assert echo(form, TODAY, FakeWords()).name == "Erika Maria"


@given(st.text(), st.text(), st.text())
def test_saying_back_never_fails(name, birth, day):
    form = Form(attempt_id="one", given_name=name, birth_date=birth, date=day, pack_expiry=day)
    echo(form, TODAY, FakeWords())
