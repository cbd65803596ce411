"""Batches and the verdicts on them, byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.hcert import cbor
from desktop.wire import batch
from desktop.wire.batch import BATCH_BYTES, BATCH_EVENTS, EventVerdict, Reason, Verdict
from desktop.wire.envelope import ENVELOPE_BYTES
from desktop.wire.version import WireError

IDS = st.binary(min_size=32, max_size=32)
REASONS = st.none() | st.from_regex(r"[a-z][a-z0-9_.]{0,63}", fullmatch=True)
VERDICTS = st.lists(
    st.builds(EventVerdict, IDS, st.sampled_from(Verdict), REASONS),
    max_size=BATCH_EVENTS,
    unique_by=lambda each: each.event_id,
)
ID = bytes(range(32))


@given(st.lists(st.binary(max_size=100), min_size=1, max_size=BATCH_EVENTS))
def test_a_request_is_read_as_it_was_written(events):
    assert batch.decode_request(batch.encode_request(events)) == tuple(events)


@given(VERDICTS)
def test_a_reply_is_read_as_it_was_written(verdicts):
    assert batch.decode_reply(batch.encode_reply(verdicts)) == tuple(verdicts)


def test_version_1_is_these_bytes_for_ever():
    request = batch.encode_request([b"\x01"])
    reply = batch.encode_reply([EventVerdict(ID, Verdict.PARKED, "uvci.conflict")])

    assert request.hex() == "a2666576656e74738141016776657273696f6e01"
    assert reply.hex() == (
        "a2" "6776657273696f6e" "01" "687665726469637473" "81" "a3"
        "656576656e74" "5820" + ID.hex() + "66726561736f6e" "6d757663692e636f6e666c696374"
        "6776657264696374" "667061726b6564"
    )  # fmt: skip


def test_a_full_batch_of_the_longest_events_passes():
    full = [bytes(BATCH_BYTES // BATCH_EVENTS)] * BATCH_EVENTS
    longest = [bytes(ENVELOPE_BYTES)] * (BATCH_BYTES // ENVELOPE_BYTES)

    assert batch.decode_request(batch.encode_request(full)) == tuple(full)
    assert batch.decode_request(batch.encode_request(longest)) == tuple(longest)


@pytest.mark.parametrize(
    "events",
    [
        [],
        [b""] * (BATCH_EVENTS + 1),
        [b"event", "text"],
        [bytes(BATCH_BYTES + 1)],
        [bytes(BATCH_BYTES // 2)] * 2 + [b"!"],
    ],
    ids=["empty", "too many", "text among them", "one too long", "all too long"],
)
def test_refuses_what_is_no_batch(events):
    with pytest.raises(WireError):
        batch.decode_request(batch.encode_request(events))


def test_a_full_reply_with_the_longest_reasons_passes():
    full = [
        EventVerdict(number.to_bytes(32, "big"), Verdict.DUPLICATE, "a" * 64)
        for number in range(BATCH_EVENTS)
    ]

    assert len(batch.decode_reply(batch.encode_reply(full))) == BATCH_EVENTS


@pytest.mark.parametrize(
    "verdict",
    [
        7,
        {"event": ID, "verdict": "accepted"},
        {"event": ID, "verdict": "maybe", "reason": None},
        {"event": ID[1:], "verdict": "accepted", "reason": None},
        {"event": ID, "verdict": "parked", "reason": ""},
        {"event": ID, "verdict": "parked", "reason": "Ein Satz\nüber jemanden"},
        {"event": ID, "verdict": "parked", "reason": "a" * 65},
    ],
)
def test_refuses_what_is_no_verdict(verdict):
    with pytest.raises(WireError):
        batch.decode_reply(cbor.encode({"version": 1, "verdicts": [verdict]}))


def test_refuses_two_verdicts_on_one_event():
    twice = [EventVerdict(ID, Verdict.ACCEPTED), EventVerdict(ID, Verdict.PARKED)]

    with pytest.raises(WireError):
        batch.decode_reply(batch.encode_reply(twice))


def test_refuses_more_verdicts_than_a_batch_has_events():
    many = [
        EventVerdict(number.to_bytes(32, "big"), Verdict.ACCEPTED)
        for number in range(BATCH_EVENTS + 1)
    ]

    with pytest.raises(WireError):
        batch.decode_reply(batch.encode_reply(many))


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_of_ours_can_travel(reason):
    said = (EventVerdict(ID, Verdict.PARKED, reason),)

    assert batch.decode_reply(batch.encode_reply(said)) == said


@given(st.binary(max_size=300))
def test_any_bytes_are_a_message_or_refused(data):
    for read in (batch.decode_request, batch.decode_reply):
        try:
            read(data)
        except WireError:
            continue
