from __future__ import annotations

import pytest

from desktop.hcert.dates import PartialDate
from desktop.hcert.entries import Person
from tests import builders


def test_a_person_has_machine_readable_names():
    person = builders.a_person()
    assert (person.family_machine, person.given_machine) == ("MUESTERMANN<GOESSLER", "ERIKA")


def test_one_name_is_enough():
    person = builders.a_person(family_name="Suharto", given_name="")
    assert person.given_machine == ""


@pytest.mark.parametrize(
    ("family", "given"), [("", "Erika"), ("A" * 81, ""), ("Anna", "123"), ("Anna", "B" * 81)]
)
def test_names_that_cannot_stand_in_a_certificate_are_refused(family, given):
    with pytest.raises(ValueError, match="cannot stand"):
        Person(family_name=family, given_name=given, birth_date=PartialDate(1964))


@pytest.mark.parametrize(("dose", "doses"), [(0, 1), (1, 0)])
def test_doses_are_counted_from_one(dose, doses):
    with pytest.raises(ValueError, match="from 1"):
        builders.a_vaccination(dose=dose, doses=doses)
