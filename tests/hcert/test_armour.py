from __future__ import annotations

import re
import zlib

import base45
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.hcert import armour
from desktop.hcert.errors import Fault
from tests.hcert.issuer import fault_of

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


@given(st.binary(max_size=1500))
def test_what_is_wrapped_unwraps(message):
    text = armour.wrap(message)
    assert re.fullmatch(r"HC1:[0-9A-Z $%*+\-./:]+", text)
    assert armour.unwrap(text) == message


def test_compression_is_the_best():
    text = armour.wrap(b"message")
    assert base45.b45decode(text[4:])[:2] == bytes.fromhex("78da")


@pytest.mark.parametrize("text", ["", "HC2:X", "hc1:6BF", "6BF", " HC1:6BF", "HC1", "\ufeffHC1:"])
def test_other_prefixes_are_refused(text):
    assert fault_of(armour.strip_prefix, text) is Fault.PREFIX


def test_nothing_but_the_prefix_is_stripped():
    assert armour.strip_prefix("HC1: HC1:\r\n") == " HC1:\r\n"


@given(st.text(max_size=100))
@example("A\n")
@example("QED8WEX0\n")
@example("ſſſ")
def test_any_text_is_base45_or_one_error(digits):
    fault = fault_of(armour.decode_base45, digits)
    assert fault in (None, Fault.BASE45)
    if fault is None:
        assert base45.b45encode(armour.decode_base45(digits)).decode() == digits


@pytest.mark.parametrize(("digits", "data"), [("QED8WEX0", b"ietf!"), ("", b""), ("BB8", b"AB")])
def test_published_base45_is_read(digits, data):
    assert armour.decode_base45(digits) == data


@pytest.mark.parametrize("digits", ["A", "AAAA", ":::", "GGW", "::", "aa", "AÄA", "A\tA", "A_A"])
def test_malformed_base45_is_refused(digits):
    assert fault_of(armour.decode_base45, digits) is Fault.BASE45


def test_no_text_is_longer_than_a_code_can_be():
    longest = "0" * (armour.MAX_CHARACTERS - 4)
    assert armour.decode_base45(longest) == bytes(2861)
    assert fault_of(armour.decode_base45, longest + "0") is Fault.TOO_LONG
    assert fault_of(armour.decode_base45, "a" * 5000) is Fault.TOO_LONG


@given(st.binary(max_size=100))
def test_any_bytes_are_one_stream_or_one_error(data):
    assert fault_of(armour.decompress, data) in (None, Fault.COMPRESSION)


@given(st.binary(min_size=1, max_size=300), st.integers(0, 9))
def test_every_level_of_compression_is_read(message, level):
    packed = zlib.compress(message, level)
    assert armour.decompress(packed) == message
    assert fault_of(armour.decompress, packed[:-1]) is Fault.COMPRESSION
    assert fault_of(armour.decompress, packed + b"\x00") is Fault.COMPRESSION


def test_other_containers_are_refused():
    raw = zlib.compressobj(9, zlib.DEFLATED, -15)
    assert fault_of(armour.decompress, raw.compress(b"message") + raw.flush()) is Fault.COMPRESSION
    gzip = zlib.compressobj(9, zlib.DEFLATED, 31)
    assert (
        fault_of(armour.decompress, gzip.compress(b"message") + gzip.flush()) is Fault.COMPRESSION
    )
    assert fault_of(armour.decompress, b"message") is Fault.COMPRESSION
    assert fault_of(armour.decompress, b"") is Fault.COMPRESSION


@pytest.mark.parametrize(("size", "good"), [(65_536, True), (65_537, False)])
def test_messages_have_a_largest_size(size, good):
    packed = zlib.compress(bytes(size), 9)
    if good:
        assert armour.decompress(packed) == bytes(size)
    else:
        assert fault_of(armour.decompress, packed) is Fault.TOO_LARGE
