"""Values come back from columns as they went in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop.adapters.store.rows import decode_certificate, encode_certificate, micros, moment
from desktop.core.errors import ErrorCode, StoreError
from desktop.hcert import cbor
from desktop.hcert.dates import PartialDate
from desktop.hcert.entries import Certificate, Person, Vaccination
from tests.builders import a_certificate

moments = st.datetimes(
    min_value=datetime(1970, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2999, 1, 1),  # noqa: DTZ001 - likewise
    timezones=st.just(UTC),
)
names = st.text(min_size=1, max_size=80)


@st.composite
def certificates(draw):
    try:
        person = Person(
            family_name=draw(names),
            given_name=draw(st.just("") | names),
            birth_date=draw(
                st.builds(PartialDate, st.integers(1900, 2099), st.none() | st.integers(1, 12))
            ),
        )
    except ValueError:
        assume(False)
        raise
    vaccination = st.builds(
        Vaccination,
        disease=st.text(),
        prophylaxis=st.text(),
        product=st.text(),
        manufacturer=st.text(),
        dose=st.integers(1, 9),
        doses=st.integers(1, 9),
        date=st.dates(),
        country=st.text(),
    )
    return Certificate(person, draw(vaccination))


@given(moments)
def test_a_moment_survives_to_the_microsecond(at):
    assert moment(micros(at)) == at
    assert moment(micros(at)).tzinfo is UTC


@given(certificates())
def test_a_certificate_survives(certificate):
    assert decode_certificate(encode_certificate(certificate)) == certificate


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"\xa0",
        cbor.encode(7),
        cbor.encode({**cbor.decode(encode_certificate(a_certificate())), "more": 1}),
        cbor.encode({**cbor.decode(encode_certificate(a_certificate())), "birth_date": "12.8.64"}),
        encode_certificate(a_certificate())[:-1],
    ],
)
def test_anything_else_is_a_broken_store(damaged):
    with pytest.raises(StoreError) as caught:
        decode_certificate(damaged)
    assert caught.value.code is ErrorCode.STORE_BROKEN
