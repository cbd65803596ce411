from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.hcert import cbor
from desktop.hcert.claims import Claims
from desktop.hcert.errors import Fault
from tests import builders
from tests.hcert.issuer import EXPIRES, ISSUED, UVCI, dcc_of, fault_of


def claims_of(**changes):
    given_ones: dict[str, Any] = {
        "uvci": UVCI,
        "country": "DE",
        "issuer_name": "Robert Koch-Institut",
        "issued_at": ISSUED,
        "expires_at": EXPIRES,
    }
    certificate = changes.pop("certificate", builders.a_certificate())
    return Claims.of(certificate, **(given_ones | changes))


def test_a_certificate_becomes_the_payload_that_the_standard_wants():
    assert claims_of().dcc == {
        "ver": "1.3.0",
        "nam": {
            "fn": "Müstermann-Gößler",
            "fnt": "MUESTERMANN<GOESSLER",
            "gn": "Erika",
            "gnt": "ERIKA",
        },
        "dob": "1964-08-12",
        "v": [
            {
                "tg": "840539006",
                "vp": "1119349007",
                "mp": "EU/1/20/1528",
                "ma": "ORG-100030215",
                "dn": 2,
                "sd": 2,
                "dt": "2021-05-29",
                "co": "DE",
                "is": "Robert Koch-Institut",
                "ci": UVCI,
            }
        ],
    }


def test_who_has_one_name_only_has_no_given_name_member():
    person = builders.a_person(family_name="Suharto", given_name="")
    dcc = dcc_of(builders.a_certificate(person=person))
    assert dcc["nam"] == {"fn": "Suharto", "fnt": "SUHARTO"}


@pytest.mark.parametrize("born", ["1964", "1964-08", "1964-08-12"])
def test_birth_dates_keep_their_precision(born):
    dcc = dcc_of(builders.a_certificate(person=builders.a_person(born=born)))
    assert dcc["dob"] == born


def test_text_is_composed():
    person = builders.a_person(family_name="Mu\u0308ller", given_name="Rene\u0301")
    claims = claims_of(certificate=builders.a_certificate(person=person), issuer_name="A\u0308")
    assert claims.dcc is not None
    assert claims.dcc["nam"]["fn"] == "M\u00fcller"
    assert claims.dcc["nam"]["gn"] == "Ren\u00e9"
    assert claims.dcc["v"][0]["is"] == "\u00c4"


def test_moments_are_whole_seconds_of_universal_time():
    berlin = timezone(timedelta(hours=2))
    claims = claims_of(
        issued_at=datetime(2021, 6, 1, 12, 0, 0, 999_999, tzinfo=berlin),
        expires_at=datetime(2022, 6, 1, tzinfo=UTC),
    )
    assert (claims.issued_at, claims.expires_at) == (1622541600, 1654041600)
    assert type(claims.issued_at) is int


def test_claims_read_back():
    claims = claims_of()
    assert Claims.read(claims.encode()) == claims


@given(st.none() | st.text(max_size=5), st.none() | st.integers(0, 2**40))
def test_claims_that_are_missing_stay_missing(issuer, moment):
    claims = Claims(issuer, moment, moment, {})
    assert Claims.read(claims.encode()) == claims


def test_fractions_of_seconds_are_read():
    # 1: "DE", 6: 1.5, -260: {1: {}}
    read = Claims.read(bytes.fromhex("a3016244 4506f93e00 390103a101a0"))
    assert read == Claims("DE", 1.5, None, {})


def test_other_health_certificates_have_no_eu_dcc():
    assert Claims.read(cbor.encode({-260: {-6: {}}})).dcc is None


@pytest.mark.parametrize(
    "claims",
    [
        [],
        {},
        {-260: []},
        {-260: {1: "text"}},
        {1: 5, -260: {1: {}}},
        {4: "now", -260: {1: {}}},
        {6: True, -260: {1: {}}},
        {6: b"", -260: {1: {}}},
    ],
)
def test_other_claims_are_refused(claims):
    assert fault_of(Claims.read, cbor.encode(claims)) is Fault.CLAIMS


@pytest.mark.parametrize("number", ["f97e00", "f97c00", "f9fc00"])
def test_moments_that_are_no_numbers_are_refused(number):
    payload = bytes.fromhex(f"a206{number}390103a101a0")
    assert fault_of(Claims.read, payload) is Fault.CLAIMS
