from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop.core.paper.content import Content, Fact, content
from desktop.core.paper.speech import Speech, joined
from tests.builders import a_certificate, a_person, a_vaccination
from tests.fakes.words import FakeWords
from tests.papers import a_letterhead, a_paper_issuance


def facts(*, family_name: str = "Müstermann-Gößler", given_name: str = "Erika") -> Content:
    person = a_person(family_name=family_name, given_name=given_name)
    return content(a_paper_issuance(certificate=a_certificate(person=person)), a_letterhead())


def test_the_name_stands_as_in_the_identity_document_and_as_in_the_code():
    shown = facts()
    assert shown.name == "Erika Müstermann-Gößler"
    assert shown.machine_name.value == "MUESTERMANN<GOESSLER<<ERIKA"
    assert shown.plain_name == "ERIKA MUESTERMANN GOESSLER"


def test_who_has_one_name_only_has_one_on_paper():
    shown = facts(family_name="Sukarno", given_name="")
    assert (shown.name, shown.plain_name, shown.machine_name.value) == (
        "Sukarno",
        "SUKARNO",
        "SUKARNO",
    )


def test_codes_are_shown_in_the_words_of_the_value_sets():
    shown = facts()
    assert shown.disease.value == "COVID-19"
    assert shown.vaccine.value == "Comirnaty"
    assert shown.kind.value == "SARS-CoV-2 mRNA vaccine"
    assert shown.manufacturer.value == "Biontech Manufacturing GmbH"
    assert shown.dose.value == "2 / 2"
    assert shown.country.value == "DE"


def test_a_product_that_the_value_sets_have_lost_stands_for_itself():
    vaccination = a_vaccination(product="EU/9/99/9999")
    issuance = a_paper_issuance(certificate=a_certificate(vaccination=vaccination))
    assert content(issuance, a_letterhead()).vaccine.value == "EU/9/99/9999"


def test_dates_are_days_of_the_issuers_zone():
    issuance = replace(
        a_paper_issuance(),
        issued_at=datetime(2021, 6, 1, 22, 30, tzinfo=UTC),
        expires_at=datetime(2022, 6, 1, 21, 59, tzinfo=UTC),
    )
    shown = content(issuance, a_letterhead())
    assert (shown.issued.value, shown.valid_until.value) == ("2021-06-02", "2022-06-01")


def test_labels_are_in_all_languages_and_once_where_they_are_the_same():
    assert facts().born == Fact("paper.born", "1964-08-12")
    assert joined(("Name", "Name")) == "Name"
    assert joined(("Datum", "Date")) == "Datum · Date"


def test_a_paper_speaks_its_languages_in_their_order():
    speech = Speech.of(FakeWords("de"), ("en", "de"))
    assert speech.language == "en"
    assert speech.translate("paper.x", a=1) == ("paper.x a=1", "paper.x a=1")


def test_a_paper_without_a_language_cannot_be_made():
    with pytest.raises(ValueError, match="language"):
        Speech.of(FakeWords(), ())
