"""The frame that all messages share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.hcert import cbor
from desktop.wire import version
from desktop.wire.version import WireError

SHAPE = {"name": version.TEXT, "count": version.NUMBER, "note": version.OPTIONAL_TEXT}
GOOD = {"version": 1, "name": "a", "count": 1, "note": None}


def test_reads_what_it_wrote():
    written = version.write({"name": "a", "count": 1, "note": None})

    assert version.read(written, SHAPE, limit=1000) == {"name": "a", "count": 1, "note": None}


@pytest.mark.parametrize(
    "message",
    [
        [],
        "text",
        GOOD | {"version": 2},
        GOOD | {"version": "1"},
        GOOD | {"version": True},
        GOOD | {"count": True},
        GOOD | {"name": b"a"},
        GOOD | {"note": 1},
        GOOD | {"more": 1},
        {key: value for key, value in GOOD.items() if key != "note"},
        {key: value for key, value in GOOD.items() if key != "version"},
    ],
)
def test_refuses_another_shape(message):
    with pytest.raises(WireError):
        version.read(cbor.encode(message), SHAPE, limit=1000)


def test_refuses_what_is_longer_than_the_limit():
    written = version.write({"name": "a", "count": 1, "note": None})

    assert version.read(written, SHAPE, limit=len(written))
    with pytest.raises(WireError):
        version.read(written, SHAPE, limit=len(written) - 1)


def test_refuses_the_same_value_in_other_bytes():
    longer = b"\xa4" + b"".join(
        cbor.encode(key) + (b"\x18\x01" if key == "count" else cbor.encode(value))
        for key, value in sorted(GOOD.items(), key=lambda member: (len(member[0]), member[0]))
    )

    with pytest.raises(WireError):
        version.read(longer, SHAPE, limit=1000)


def test_refuses_a_float():
    written = version.write({"name": "a", "count": 1, "note": None})
    half = written.replace(cbor.encode("count") + b"\x01", cbor.encode("count") + b"\xf9\x3c\x00")

    assert cbor.decode(half)["count"] == 1.0
    with pytest.raises(WireError):
        version.read(half, SHAPE, limit=1000)


def test_an_error_says_nothing_of_what_was_read():
    with pytest.raises(WireError) as caught:
        version.read(cbor.encode(GOOD | {"name": 1, "note": "Müstermann"}), SHAPE, limit=1000)

    assert "stermann" not in str(caught.value)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    try:
        members = version.read(data, SHAPE, limit=1000)
    except WireError:
        return
    assert version.write(members) == data
