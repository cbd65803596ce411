from __future__ import annotations

import pytest
from cbor2 import CBORTag
from hypothesis import given
from hypothesis import strategies as st

from desktop.hcert import cbor, cose
from desktop.hcert.claims import Claims
from desktop.hcert.cose import Signature, SignedMessage, ToBeSigned
from desktop.hcert.errors import Fault
from tests import builders
from tests.hcert.issuer import EXPIRES, ISSUED, UVCI, fault_of, message, tagged

KID = bytes(range(8))


def to_be_signed() -> ToBeSigned:
    return ToBeSigned.of(
        builders.a_certificate(),
        uvci=UVCI,
        country="DE",
        issuer_name="Robert Koch-Institut",
        issued_at=ISSUED,
        expires_at=EXPIRES,
        kid=KID,
    )


def refusal(data: bytes) -> Fault | None:
    return fault_of(SignedMessage.read, data)


def test_the_protected_header_names_algorithm_and_kid():
    assert cbor.decode(to_be_signed().protected) == {1: -7, 4: KID}


def test_what_is_signed_is_the_sig_structure():
    ours = to_be_signed()
    assert cbor.decode(ours.message) == ["Signature1", ours.protected, b"", ours.payload]


def test_an_assembled_message_is_what_the_standard_wants():
    ours = to_be_signed()
    data = ours.assemble(Signature(bytes(64)))
    assert data == tagged([ours.protected, {}, ours.payload, bytes(64)], 18)
    assert data[0] == 0xD2


def test_an_assembled_message_reads_back():
    ours = to_be_signed()
    read = SignedMessage.read(ours.assemble(Signature(bytes(64))))
    assert read == SignedMessage(ours.protected, cose.ES256, KID, ours.payload, bytes(64))
    assert read.message == ours.message
    assert Claims.read(read.payload).issuer == "DE"


@pytest.mark.parametrize("tags", [(), (18,), (61, 18)])
def test_all_tags_that_are_met_in_the_field_are_read(tags):
    assert SignedMessage.read(tagged(message(), *tags)).payload == b"payload"


@pytest.mark.parametrize("algorithm", [cose.ES256, cose.PS256])
def test_both_algorithms_are_read(algorithm):
    assert SignedMessage.read(tagged(message({1: algorithm}), 18)).algorithm == algorithm


@pytest.mark.parametrize(
    ("protected", "unprotected", "kid"),
    [
        ({1: -7, 4: b"good"}, {}, b"good"),
        ({1: -7}, {4: b"good"}, b"good"),
        ({1: -7, 4: b"good"}, {4: b"wrong"}, b"good"),
        ({1: -7}, {}, None),
        (b"", {1: -7, 4: b"good"}, b"good"),
        ({}, {1: -7, 4: b"good"}, b"good"),
        ({1: -7, 4: None}, {4: b"other"}, None),
    ],
)
def test_the_protected_kid_wins_over_the_unprotected(protected, unprotected, kid):
    read = SignedMessage.read(tagged(message(protected, unprotected), 18))
    assert read.kid == kid


@pytest.mark.parametrize(
    "protected", [{1: -257}, {1: -8}, {1: "ES256"}, {}, {1: -7.5}, {1: [-7]}, b""]
)
def test_other_algorithms_are_refused(protected):
    if protected == {1: -7.5}:
        protected = b"\xa1\x01\xf9\xc7\x80"
    assert refusal(tagged(message(protected), 18)) is Fault.ALGORITHM


def test_the_protected_algorithm_wins_over_the_unprotected():
    assert refusal(tagged(message({1: -257}, {1: -7}), 18)) is Fault.ALGORITHM


@pytest.mark.parametrize(
    "value",
    [
        0,
        "text",
        b"bytes",
        {},
        [],
        [b"", {}, b""],
        [*message(), 0],
        message(protected=[]),
        message(unprotected=[]),
        message(payload=None),
        message(payload={}),
        message(signature=None),
        message(protected=b"\x80"),
        message({1: -7, 4: "text"}),
        message({1: -7, 4: 5}),
    ],
)
def test_other_values_are_refused(value):
    assert refusal(cbor.encode(value)) is Fault.COSE


def test_a_header_that_breaks_the_reading_profile_is_refused():
    assert refusal(tagged(message(b"\xa2\x01\x26\x01\x26"), 18)) is Fault.CBOR


@given(st.binary(max_size=120))
def test_any_bytes_are_a_message_or_one_error(data):
    known = (None, Fault.CBOR, Fault.COSE, Fault.ALGORITHM)
    assert fault_of(SignedMessage.read, data) in known


HEADERS = st.dictionaries(
    st.integers(0, 5) | st.text(max_size=2), st.binary() | st.integers(-300, 300), max_size=4
)


@given(HEADERS)
def test_any_header_is_read_or_one_error(header):
    known = (None, Fault.COSE, Fault.ALGORITHM)
    assert fault_of(SignedMessage.read, tagged(message(header), 18)) in known


def test_a_nested_tag_is_no_message():
    assert refusal(cbor.encode(CBORTag(18, CBORTag(18, message())))) is Fault.CBOR
