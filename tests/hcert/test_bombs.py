"""Codes made to hurt: each ends in one error, at once, in little memory."""

from __future__ import annotations

import tracemalloc
import zlib
from datetime import UTC, datetime

import base45
import pytest

from desktop.hcert import armour
from desktop.hcert.errors import Fault
from desktop.hcert.verify import Trust, verify
from tests.hcert.issuer import fault_of

NOW = datetime(2021, 6, 1, tzinfo=UTC)
MOST_MEMORY = 4_000_000


def packed(data: bytes) -> str:
    return armour.PREFIX + str(base45.b45encode(zlib.compress(data, 9)), "ascii")


def layered(times: int) -> bytes:
    data = bytes(200_000)
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


BOMBS = {
    "50 MB of zeros": (packed(bytes(50_000_000)), Fault.TOO_LONG),
    "2.7 MB in the size of a code": (packed(bytes(2_700_000)), Fault.TOO_LARGE),
    "a bomb in a bomb": (packed(layered(2)), Fault.CBOR),
    "arrays in arrays": (packed(b"\x81" * 60_000), Fault.CBOR),
    "maps in maps": (packed(b"\xa1\x00" * 30_000), Fault.CBOR),
    "tags in tags": (packed(b"\xc0" * 60_000), Fault.CBOR),
    "an array of 2^64": (packed(b"\x9b" + b"\xff" * 8), Fault.CBOR),
    "an array of 2^32": (packed(b"\x9a" + b"\xff" * 4), Fault.CBOR),
    "bytes of 2^63": (packed(b"\x5b\x7f" + b"\xff" * 7), Fault.CBOR),
    "text of 2^32": (packed(b"\x7a" + b"\xff" * 4), Fault.CBOR),
    "an array that never ends": (packed(b"\x9f" + b"\x00" * 60_000), Fault.CBOR),
    "text in pieces": (packed(b"\x7f" + b"\x61a" * 20_000), Fault.CBOR),
    "a decimal of 10^10^12": (packed(bytes.fromhex("c4821b000000e8d4a5100001")), Fault.CBOR),
    "a big number": (packed(b"\xc2\x59\xea\x60" + b"\xff" * 60_000), Fault.CBOR),
    "a regular expression": (packed(bytes.fromhex("d82378") + b"\x1e" + b"(a+)+" * 6), Fault.CBOR),
    "a value that holds itself": (packed(bytes.fromhex("d81c81d81d00")), Fault.CBOR),
    "65,000 nulls": (packed(b"\x99\xfd\xe8" + b"\xf6" * 65_000), Fault.COSE),
    "a million digits": ("HC1:" + "0" * 1_000_000, Fault.TOO_LONG),
    "digits of no group": ("HC1:" + "0" * 4_000, Fault.BASE45),
    "groups beyond 16 bits": ("HC1:" + ":::" * 1_000, Fault.BASE45),
    "small letters": ("HC1:" + "ncf" * 1_000, Fault.BASE45),
    "a million of anything": ("X" * 1_000_000, Fault.PREFIX),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_one_error_in_little_memory(name):
    text, fault = BOMBS[name]
    tracemalloc.start()
    try:
        seen = verify(text, Trust(), NOW)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert seen.problems == (fault,)
    assert not seen.valid
    assert peak < MOST_MEMORY


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_one_typed_error(name):
    text, fault = BOMBS[name]
    inside = (Fault.COSE, Fault.CBOR)
    assert fault_of(armour.unwrap, text) is (None if fault in inside else fault)


def test_a_bomb_of_50_mb_stops_at_its_cap():
    data = zlib.compress(bytes(50_000_000), 9)
    tracemalloc.start()
    try:
        fault = fault_of(armour.decompress, data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert fault is Fault.TOO_LARGE
    assert peak < MOST_MEMORY
