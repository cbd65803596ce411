from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.hcert.dates import PartialDate
from desktop.hcert.names import MACHINE_NAME, transliterate, unsupported
from desktop.hcert.reading import certificate_of
from tests import builders
from tests.hcert.issuer import dcc_of


def changed(**members):
    dcc = dcc_of()
    dcc["v"][0] |= {key: value for key, value in members.items() if key in dcc["v"][0]}
    return dcc | {key: value for key, value in members.items() if key in ("nam", "dob", "v")}


NAMES = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=80).filter(
    lambda name: (
        name.strip() == name
        and not unsupported(name)
        and MACHINE_NAME.fullmatch(transliterate(name))
    )
)


@given(NAMES, NAMES | st.just(""))
def test_every_person_reads_back(family, given_name):
    person = builders.a_person(family_name=family, given_name=given_name)
    read = certificate_of(dcc_of(builders.a_certificate(person=person)))
    assert read is not None
    assert read.person.family_machine == person.family_machine
    assert read.person.given_machine == person.given_machine


def test_blanks_around_and_times_behind_are_overlooked():
    nam = {"fn": " Müller ", "fnt": "MUELLER", "gn": "Anna\u00a0", "gnt": "ANNA"}
    read = certificate_of(
        changed(nam=nam, dob="1964-08-12T00:00:00", dt="2021-05-29T10:00:00Z", co=" DE ", dn=2.0)
    )
    assert read is not None
    assert (read.person.family_name, read.person.given_name) == ("Müller", "Anna")
    assert read.person.birth_date == PartialDate(1964, 8, 12)
    assert read.vaccination == builders.a_vaccination()


@pytest.mark.parametrize(
    ("nam", "family", "given_name"),
    [
        ({"fnt": "VON<DER<LEYEN", "gnt": "ANNA"}, "VON DER LEYEN", "ANNA"),
        ({"fn": "ვაჟა", "fnt": "VAZHA", "gn": "ეზ", "gnt": "EZ"}, "VAZHA", "EZ"),
        ({"fn": "Anna ვაჟა", "fnt": "ANNA<VAZHA"}, "ANNA VAZHA", ""),
        ({"fn": "Müller", "fnt": "MUELLER", "gn": "😀", "gnt": ""}, "Müller", ""),
        ({"gn": "Suharto", "gnt": "SUHARTO"}, "Suharto", ""),
        ({"fn": None, "fnt": "MUELLER"}, "MUELLER", ""),
    ],
)
def test_names_that_we_cannot_write_are_taken_as_machines_call_them(nam, family, given_name):
    read = certificate_of(changed(nam=nam))
    assert read is not None
    assert (read.person.family_name, read.person.given_name) == (family, given_name)


@pytest.mark.parametrize(
    "members",
    [
        {"nam": None},
        {"nam": {}},
        {"nam": {"fn": 5}},
        {"nam": {"fn": "A" * 81}},
        {"dob": ""},
        {"dob": "1815-08-24"},
        {"dob": None},
        {"v": None},
        {"v": []},
        {"v": [None]},
        {"v": [{}]},
        {"dt": "yesterday"},
        {"dt": None},
        {"dn": 0},
        {"dn": 1.5},
        {"dn": "2"},
        {"sd": float("inf")},
        {"sd": None},
        {"tg": 5},
    ],
)
def test_what_cannot_be_understood_is_nothing(members):
    assert certificate_of(changed(**members)) is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["v", "nam", "dob", "fn", "dn", "dt"]), inner)
        ),
    )
)
def test_any_payload_is_a_certificate_or_nothing(value):
    certificate_of({"nam": value, "dob": "1964", "v": [value]})
    certificate_of(changed(dn=value, nam={"fn": value}, dob=value))
