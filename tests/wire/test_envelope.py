"""Envelopes: who signed what, byte for byte."""

from __future__ import annotations

import hashlib

import pytest
from cbor2 import CBORTag
from hypothesis import given
from hypothesis import strategies as st

from desktop.hcert import cbor, cose
from desktop.hcert.cose import Signature
from desktop.hcert.dsc import Dsc
from desktop.wire.envelope import (
    ENVELOPE_BYTES,
    HEADER_CONTENT_TYPE,
    HEADER_SUITE,
    ContentType,
    Envelope,
    EnvelopeToBeSigned,
    event_id,
)
from desktop.wire.version import WireError
from tests.events import signed
from tests.fakes.keys import FakeKeys

KEYS = FakeKeys.enrolled(7)
KID = bytes(8)
GOOD = {
    cose.HEADER_ALGORITHM: cose.ES256,
    HEADER_CONTENT_TYPE: "application/tresen-event+cbor",
    cose.HEADER_KID: KID,
    HEADER_SUITE: "none",
}


def certificate(keys: FakeKeys) -> Dsc:
    assert keys.reply is not None
    return Dsc.from_der(keys.reply.device_certificate)


@given(st.binary(max_size=500))
def test_an_envelope_is_read_as_it_was_signed(payload):
    envelope = Envelope.read(signed(KEYS, payload))

    assert envelope.content is ContentType.EVENT
    assert envelope.kid == KEYS.device.kid == certificate(KEYS).kid
    assert envelope.payload == payload
    assert envelope.verify(certificate(KEYS))


def test_another_key_has_not_signed_it():
    assert not Envelope.read(signed(KEYS, b"payload")).verify(certificate(FakeKeys.enrolled(8)))


def test_the_event_id_is_the_hash_of_the_whole_envelope():
    data = signed(KEYS, b"payload")

    assert event_id(data) == hashlib.sha256(data).digest()


@pytest.mark.parametrize("length", [0, 63, 65])
def test_a_signature_of_another_length_does_not_verify(length):
    to_be_signed = EnvelopeToBeSigned.of(ContentType.EVENT, b"payload", kid=KID)

    envelope = Envelope.read(to_be_signed.assemble(Signature(bytes(length))))

    assert not envelope.verify(certificate(KEYS))


@pytest.mark.parametrize(
    "header",
    [
        {},
        GOOD | {cose.HEADER_ALGORITHM: cose.PS256},
        GOOD | {cose.HEADER_ALGORITHM: -999},
        GOOD | {HEADER_CONTENT_TYPE: "text/plain"},
        GOOD | {HEADER_CONTENT_TYPE: ["application/tresen-event+cbor"]},
        GOOD | {cose.HEADER_KID: bytes(7)},
        GOOD | {cose.HEADER_KID: "12345678"},
        {key: value for key, value in GOOD.items() if key != cose.HEADER_KID},
        GOOD | {HEADER_SUITE: "hpke"},
        GOOD | {"more": 1},
    ],
)
def test_refuses_another_header(header):
    data = cose.assemble(cbor.encode(header), b"payload", Signature(bytes(64)))

    with pytest.raises(WireError):
        Envelope.read(data)


def test_refuses_what_stands_outside_the_signature():
    protected = cbor.encode(GOOD)
    parts = [protected, {"note": 1}, b"payload", bytes(64)]

    with pytest.raises(WireError):
        Envelope.read(cbor.encode(CBORTag(cbor.TAG_COSE_SIGN1, parts)))


def test_refuses_an_envelope_without_its_tag():
    with pytest.raises(WireError):
        Envelope.read(cbor.encode([cbor.encode(GOOD), {}, b"payload", bytes(64)]))


def test_refuses_an_envelope_that_is_too_long():
    with pytest.raises(WireError):
        Envelope.read(signed(KEYS, bytes(ENVELOPE_BYTES)))


@given(st.binary(max_size=300))
def test_any_bytes_are_an_envelope_or_refused(data):
    with pytest.raises(WireError):
        Envelope.read(data)


@given(st.integers(0, len(signed(KEYS, b"payload")) * 8 - 1))
def test_no_flipped_bit_verifies(at):
    data = bytearray(signed(KEYS, b"payload"))
    data[at // 8] ^= 1 << at % 8

    try:
        envelope = Envelope.read(bytes(data))
    except WireError:
        return
    assert not envelope.verify(certificate(KEYS))
