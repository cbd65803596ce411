"""Enrolment messages, byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.hcert import cbor
from desktop.wire.enrolment import EnrolmentReply, EnrolmentRequest
from desktop.wire.version import WireError

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
BYTES = st.binary(max_size=100)
REQUESTS = st.builds(
    EnrolmentRequest, signing_csr=BYTES, device_csr=BYTES, issuer_id=TEXTS, country=TEXTS
)
REPLIES = st.builds(
    EnrolmentReply,
    terminal_id=TEXTS,
    dsc=BYTES,
    device_certificate=BYTES,
    roots=st.lists(BYTES, max_size=5).map(tuple),
)


@given(REQUESTS)
def test_a_request_is_read_as_it_was_written(request_):
    assert EnrolmentRequest.decode(request_.encode()) == request_


@given(REPLIES)
def test_a_reply_is_read_as_it_was_written(reply):
    assert EnrolmentReply.decode(reply.encode()) == reply


def test_version_1_is_these_bytes_for_ever():
    request = EnrolmentRequest(signing_csr=b"s", device_csr=b"d", issuer_id="I", country="DE")
    reply = EnrolmentReply(terminal_id="T", dsc=b"s", device_certificate=b"d", roots=(b"s",))

    assert request.encode().hex() == (
        "a5"
        "67636f756e747279" "624445"
        "6776657273696f6e" "01"
        "696973737565725f6964" "6149"
        "6a6465766963655f637372" "4164"
        "6b7369676e696e675f637372" "4173"
    )  # fmt: skip
    assert reply.encode().hex() == (
        "a5"
        "63647363" "4173"
        "65726f6f7473" "814173"
        "6776657273696f6e" "01"
        "687465726d696e616c" "6154"
        "726465766963655f6365727469666963617465" "4164"
    )  # fmt: skip


def test_refuses_roots_that_are_no_certificates():
    reply = EnrolmentReply(terminal_id="T", dsc=b"s", device_certificate=b"d", roots=())
    members = cbor.decode(reply.encode()) | {"roots": ["text"]}

    with pytest.raises(WireError):
        EnrolmentReply.decode(cbor.encode(members))


@given(st.binary(max_size=300))
def test_any_bytes_are_a_message_or_refused(data):
    for message in (EnrolmentRequest, EnrolmentReply):
        try:
            message.decode(data)
        except WireError:
            continue
