"""Events, byte for byte."""

from __future__ import annotations

import contextlib
import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.hcert import cbor
from desktop.wire.event import EVENT_BYTES, IssueEvent
from desktop.wire.version import WireError

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
EVENTS = st.builds(
    IssueEvent,
    terminal=TEXTS,
    uvci=TEXTS,
    cose=st.binary(max_size=600),
    issued_at=st.integers(0, 253_402_300_799),
    batch=st.none() | TEXTS,
    pack_expiry=st.none() | TEXTS,
)
PLAIN = IssueEvent(terminal="T", uvci="URN:UVCI:1", cose=b"\xd2", issued_at=1_622_548_800)


@given(EVENTS)
def test_an_event_is_read_as_it_was_written(event):
    assert IssueEvent.decode(event.encode()) == event


def test_version_1_is_these_bytes_for_ever():
    assert PLAIN.encode().hex() == (
        "a8"
        "64636f7365" "41d2"
        "646b696e64" "656973737565"
        "6475766369" "6a55524e3a555643493a31"
        "656261746368" "f6"
        "6776657273696f6e" "01"
        "687465726d696e616c" "6154"
        "696973737565645f6174" "1a60b62140"
        "6b7061636b5f657870697279" "f6"
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["withdraw", "Issue", ""])
def test_refuses_a_kind_that_version_1_does_not_know(kind):
    members = cbor.decode(PLAIN.encode()) | {"kind": kind}

    with pytest.raises(WireError):
        IssueEvent.decode(cbor.encode(members))


@pytest.mark.parametrize("issued_at", [-1, 253_402_300_800, 2**64 - 1])
def test_refuses_a_time_that_no_calendar_has(issued_at):
    with pytest.raises(WireError):
        IssueEvent.decode(dataclasses.replace(PLAIN, issued_at=issued_at).encode())


def test_refuses_an_event_that_is_too_long():
    with pytest.raises(WireError):
        IssueEvent.decode(dataclasses.replace(PLAIN, cose=bytes(EVENT_BYTES)).encode())


@given(st.binary(max_size=300))
def test_any_bytes_are_an_event_or_refused(data):
    try:
        event = IssueEvent.decode(data)
    except WireError:
        return
    assert event.encode() == data


@given(EVENTS, st.data())
def test_no_flipped_bit_gives_the_same_event(event, data):
    written = bytearray(event.encode())
    at = data.draw(st.integers(0, len(written) * 8 - 1))
    written[at // 8] ^= 1 << at % 8

    with contextlib.suppress(WireError):
        assert IssueEvent.decode(bytes(written)) != event
