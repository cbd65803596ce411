from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.hcert import uvci

ENTROPY = st.binary(min_size=uvci.ENTROPY_BYTES, max_size=uvci.ENTROPY_BYTES)
ISSUERS = st.text(string.digits + string.ascii_uppercase, min_size=1, max_size=30)


def test_the_eu_checksum_is_that_of_the_published_sample():
    assert uvci.checksum_eu("URN:UVCI:01:NL:187/37512422923") == "Z"


@pytest.mark.parametrize(
    ("text", "checksum"), [("URN:UVCI:01DE/IZ12345A/5CWLU12RNOB9RXSEOP6FG8", "W")]
)
def test_the_german_checksum_is_that_of_genuine_identifiers(text, checksum):
    assert uvci.checksum_germany(text) == checksum


@given(ISSUERS, ENTROPY)
def test_eu_identifiers_have_form_length_and_checksum(issuer, entropy):
    text = uvci.mint_eu("NL", issuer, entropy)
    assert re.fullmatch(r"URN:UVCI:01:NL:[0-9A-Z]+/[0-9A-Z]{22}#[0-9A-Z/:]", text)
    assert len(text) <= 72
    assert uvci.checksum_eu(text[:-2]) == text[-1]


@given(ISSUERS, ENTROPY)
def test_german_identifiers_have_form_length_and_checksum(issuer, entropy):
    text = uvci.mint_germany(issuer, entropy)
    assert re.fullmatch(r"URN:UVCI:01DE/[0-9A-Z]+/[0-9A-Z]{22}#[0-9A-Z]", text)
    assert len(text) <= 72
    assert uvci.checksum_germany(text[:-2]) == text[-1]


@given(ENTROPY, ENTROPY)
def test_different_chance_makes_different_identifiers(one, other):
    same = uvci.mint_germany("APO1", one) == uvci.mint_germany("APO1", other)
    assert same == (one == other)


@given(ISSUERS, ENTROPY, st.integers(0, 20), st.sampled_from(string.ascii_uppercase))
def test_a_mistyped_sign_is_found(issuer, entropy, place, sign):
    text = uvci.mint_eu("NL", issuer, entropy)
    at = text.rindex("/", 0, -1) + 1 + place
    wrong = text[:at] + sign + text[at + 1 :]
    assert (uvci.checksum_eu(wrong[:-2]) == wrong[-1]) == (wrong == text)


@pytest.mark.parametrize(
    ("country", "issuer", "length"),
    [("de", "APO1", 14), ("DEU", "APO1", 14), ("DE", "apo", 14), ("DE", "", 14),
     ("DE", "A" * 31, 14), ("DE", "APO1", 13), ("DE", "A/B", 14)],
)  # fmt: skip
def test_what_cannot_stand_in_an_identifier_is_refused(country, issuer, length):
    with pytest.raises(ValueError, match=r"identifier|chance"):
        uvci.mint_eu(country, issuer, bytes(length))


def test_german_identifiers_refuse_the_same():
    with pytest.raises(ValueError, match="identifier"):
        uvci.mint_germany("apo", bytes(14))


def test_a_checksum_over_foreign_signs_is_refused():
    with pytest.raises(ValueError, match="substring not found"):
        uvci.checksum_eu("urn:uvci")
