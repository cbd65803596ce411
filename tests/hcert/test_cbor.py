from __future__ import annotations

from collections.abc import Mapping, Sequence

import cbor2
import pytest
from cbor2 import CBORTag
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.hcert import cbor
from desktop.hcert.errors import Fault
from tests.hcert.issuer import fault_of

KEYS = st.integers(-(2**64), 2**64 - 1) | st.text(max_size=8)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**64), 2**64 - 1)
    | st.binary(max_size=300)
    | st.text(max_size=300)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)


def plain(value):
    """Frozen containers as mutable ones, to compare."""
    if isinstance(value, Mapping):
        return {key: plain(member) for key, member in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [plain(member) for member in value]
    return value


def refused(data: bytes) -> None:
    assert fault_of(cbor.decode, data) is Fault.CBOR


@given(VALUES)
@example({24: 1, -1: 2, "a": 3})
def test_what_is_encoded_reads_back(value):
    data = cbor.encode(value)
    assert plain(cbor.decode(data)) == value
    assert plain(cbor.decode_own(data)) == value
    assert plain(cbor2.loads(data)) == value


@given(st.dictionaries(KEYS, st.none()))
def test_keys_stand_in_bytewise_order(value):
    data = cbor.encode(value)
    keys = [cbor.encode(key) for key in cbor.decode(data)]
    assert keys == sorted(keys)


@given(VALUES)
def test_a_prefix_of_an_encoding_is_refused(value):
    data = cbor.encode(value)
    refused(data[:-1])


@given(VALUES, st.binary(min_size=1, max_size=4))
def test_trailing_bytes_are_refused(value, rest):
    refused(cbor.encode(value) + rest)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_value_or_one_error(data):
    assert fault_of(cbor.decode, data) in (None, Fault.CBOR)


@given(st.binary(max_size=60))
def test_own_bytes_are_the_only_encoding_of_what_they_say(data):
    if fault_of(cbor.decode_own, data) is None:
        assert cbor.encode(cbor.decode_own(data)) == data


# RFC 8949, appendix A
@pytest.mark.parametrize(
    ("value", "data"),
    [
        (0, "00"),
        (23, "17"),
        (24, "1818"),
        (255, "18ff"),
        (256, "190100"),
        (65_536, "1a00010000"),
        (2**32, "1b0000000100000000"),
        (2**64 - 1, "1bffffffffffffffff"),
        (-1, "20"),
        (-(2**64), "3bffffffffffffffff"),
        (False, "f4"),
        (True, "f5"),
        (None, "f6"),
        (b"\x01\x02", "420102"),
        ("ü", "62c3bc"),
        ([1, (2, 3)], "820182 0203"),
        ({"a": 1, 10: 2, -1: 3}, "a3 0a02 2003 616101"),
        (CBORTag(18, []), "d280"),
    ],
)
def test_known_values_have_their_published_encoding(value, data):
    assert cbor.encode(value) == bytes.fromhex(data)


@pytest.mark.parametrize("value", [1.0, object(), {1, 2}, [1.5], {"x": 2.5}, bytearray(b"x")])
def test_what_has_no_place_in_our_messages_is_not_encoded(value):
    with pytest.raises(TypeError, match="no place"):
        cbor.encode(value)


@pytest.mark.parametrize("value", [2**64, -(2**64) - 1, "\ud800"])
def test_what_cannot_be_encoded_is_a_value_error(value):
    with pytest.raises(ValueError, match=r"64 bits|surrogates"):
        cbor.encode(value)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("", id="nothing"),
        pytest.param("a2 01 01 01 02", id="duplicate keys"),
        pytest.param("a1 01 a2 6161 01 6161 02", id="duplicate keys within"),
        pytest.param("a2 01 01 1801 02", id="the same key in two encodings"),
        pytest.param("5f 41 00 ff", id="indefinite bytes"),
        pytest.param("7f 61 61 ff", id="indefinite text"),
        pytest.param("9f ff", id="indefinite array"),
        pytest.param("bf ff", id="indefinite map"),
        pytest.param("ff", id="a break alone"),
        pytest.param("1c", id="reserved length"),
        pytest.param("7e", id="reserved length of text"),
        pytest.param("19 01", id="a length cut off"),
        pytest.param("f7", id="undefined"),
        pytest.param("f0", id="an unassigned simple value"),
        pytest.param("f8 20", id="a simple value in two bytes"),
        pytest.param("f9 00", id="a float cut off"),
        pytest.param("a1 41 00 01", id="bytes as key"),
        pytest.param("a1 80 01", id="an array as key"),
        pytest.param("a1 f5 01", id="a boolean as key"),
        pytest.param("a1 f93c00 01", id="a float as key"),
        pytest.param("a1 c0 6161 01", id="a tagged key"),
        pytest.param("61 ff", id="text that is not UTF-8"),
        pytest.param("7b 7fffffffffffffff 61", id="text longer than the rest"),
        pytest.param("9b ffffffffffffffff", id="an array longer than the rest"),
        pytest.param("bb ffffffffffffffff", id="a map longer than the rest"),
        pytest.param("81 d2 80", id="a tag within"),
        pytest.param("c0 00", id="a date of a number"),
        pytest.param("c2 41 01", id="a bignum"),
        pytest.param("c4 82 1b 000000e8d4a51000 01", id="a decimal"),
        pytest.param("d823 6128", id="a regular expression"),
        pytest.param("d81c 81 d81d 00", id="a shared value"),
        pytest.param("d90100 80", id="a string reference"),
        pytest.param("d9d9f7 00", id="an unknown tag"),
        pytest.param("d2 d2 80", id="18 within 18"),
        pytest.param("d2 d83d 80", id="61 within 18"),
        pytest.param("81 d83d d2 80", id="61(18) within"),
        pytest.param("d83d 80", id="61 around something else"),
        pytest.param("d83d c0 6161", id="61 around another tag"),
        pytest.param("d83d", id="61 around nothing"),
        pytest.param("00 00", id="two values"),
    ],
)
def test_what_the_reading_profile_excludes_is_refused(data):
    refused(bytes.fromhex(data))


@pytest.mark.parametrize(
    ("data", "value"),
    [
        ("f93c00", 1.0),
        ("fb3ff8000000000000", 1.5),
        ("f6", None),
        ("1801", 1),
        ("1b0000000000000001", 1),
        ("c0 6a 323032312d30362d3031", "2021-06-01"),
        ("a1 6161 c0 61 62", {"a": "b"}),
        ("40", b""),
    ],
)
def test_what_others_write_is_read(data, value):
    assert cbor.decode(bytes.fromhex(data)) == value


@pytest.mark.parametrize("tags", [(18,), (61, 18)])
def test_the_tags_of_a_signed_message_stand_around_the_whole(tags):
    data = b"".join(cbor.encode(CBORTag(tag, 0))[:-1] for tag in tags) + b"\x80"
    value = cbor.decode(data)
    for tag in tags:
        assert value.tag == tag
        value = value.value
    assert list(value) == []


@pytest.mark.parametrize(("depth", "good"), [(16, True), (17, False), (400, False)])
def test_nesting_ends_at_sixteen(depth, good):
    data = b"\x81" * depth + b"\x00"
    if good:
        assert cbor.decode(data)
    else:
        refused(data)


@pytest.mark.parametrize(
    "data",
    ["1801", "f93c00", "a2 1801 00 01 00", "a2 02 00 01 00", "c0 6161", "fb3ff8000000000000"],
)
def test_own_bytes_have_one_encoding(data):
    assert fault_of(cbor.decode_own, bytes.fromhex(data)) is Fault.CBOR
