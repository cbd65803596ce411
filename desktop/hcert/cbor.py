"""CBOR in two profiles: generous in reading what others wrote, strict in what is our own.

*Reading* (certificates of other issuers) takes floats, null members and lengths that are not
minimal, but refuses duplicate keys, indefinite lengths, trailing bytes, nesting beyond 16 and
every tag but 18 or 61(18) around the whole and 0 on text. *Own* (our output, wire, store) is
RFC 8949 section 4.2 deterministic encoding: what decodes must encode to the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import cbor2
from cbor2 import CBORTag

from desktop.hcert.errors import Fault, HcertError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH: Final = 16

TAG_COSE_SIGN1: Final = 18
TAG_CWT: Final = 61
_TAG_DATE_TIME: Final = 0

_UNSIGNED, _NEGATIVE, _BYTES, _TEXT, _ARRAY, _MAP, _TAG, _SIMPLE = range(8)
_KEY_TYPES: Final = (_UNSIGNED, _NEGATIVE, _TEXT)
_FALSE, _TRUE, _NULL = 20, 21, 22
_ONE_BYTE, _EIGHT_BYTES = 24, 27


def encode(value: object) -> bytes:  # noqa: PLR0911 - one return a kind of value
    """The deterministic encoding of a value (RFC 8949 section 4.2.1): map keys in bytewise order.

    Own encoder, because cbor2's canonical mode orders keys by length first (section 4.2.3).

    Raises:
        TypeError: There is something else in it than None, booleans, integers, bytes, text, lists,
            mappings and tags; above all floats, which no message of ours has.
        ValueError: An integer beyond 64 bits, or text with a lone surrogate.
    """
    match value:
        case None:
            return b"\xf6"
        case bool():
            return b"\xf5" if value else b"\xf4"
        case int():
            return _encode_head(_UNSIGNED, value) if value >= 0 else _encode_head(_NEGATIVE, ~value)
        case bytes():
            return _encode_head(_BYTES, len(value)) + value
        case str():
            text = value.encode("utf-8")
            return _encode_head(_TEXT, len(text)) + text
        case CBORTag():
            return _encode_head(_TAG, value.tag) + encode(value.value)
        case Mapping():
            items = sorted((encode(key), encode(member)) for key, member in value.items())
            return _encode_head(_MAP, len(items)) + b"".join(key + member for key, member in items)
        case list() | tuple():
            return _encode_head(_ARRAY, len(value)) + b"".join(encode(item) for item in value)
        case _:
            msg = f"{type(value).__name__} has no place in our CBOR"
            raise TypeError(msg)


def _encode_head(major: int, argument: int) -> bytes:
    """Major type and argument in as few bytes as possible (RFC 8949 section 3)."""
    if argument < _ONE_BYTE:
        return bytes([major << 5 | argument])
    for power in range(4):
        if argument < 1 << (8 << power):
            return bytes([major << 5 | (_ONE_BYTE + power)]) + argument.to_bytes(1 << power, "big")
    msg = "integer beyond 64 bits"
    raise ValueError(msg)


def decode_own(data: bytes) -> Any:  # noqa: ANN401 - CBOR is dynamically typed; callers narrow it
    """Read what we wrote ourselves.

    Raises:
        HcertError: It does not decode, or would not encode to the same bytes.
    """
    value = decode(data)
    try:
        again = encode(value)
    except TypeError as error:
        raise HcertError(Fault.CBOR) from error
    if again != data:
        raise HcertError(Fault.CBOR)
    return value


def decode(data: bytes) -> Any:  # noqa: ANN401 - CBOR is dynamically typed; callers narrow it
    """Read one value under the reading profile.

    Raises:
        HcertError: It breaks the profile, or is no CBOR.
    """
    scan = _Scan(data)
    try:
        scan.item(depth=0, outermost=True)
        if scan.at != len(data):
            raise HcertError(Fault.CBOR)
        return cbor2.loads(
            data,
            semantic_decoders={_TAG_DATE_TIME: lambda text, _immutable: text},
            allow_indefinite=False,
            allow_duplicate_keys=False,
            max_depth=MAX_DEPTH + 4,
        )
    except (cbor2.CBORError, IndexError, ValueError, OverflowError) as error:
        raise HcertError(Fault.CBOR) from error


class _Scan:
    """Walks the heads of all items without building anything, and raises at the first breach."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def item(self, *, depth: int, outermost: bool = False) -> int:
        """Step over one item; returns its major type."""
        if depth > MAX_DEPTH:
            raise HcertError(Fault.CBOR)
        major, argument = self._head()
        if major in (_BYTES, _TEXT):
            self._skip(argument)
        elif major in (_ARRAY, _MAP):
            for is_key in self._members(major, argument):
                if self.item(depth=depth + 1) not in _KEY_TYPES and is_key:
                    raise HcertError(Fault.CBOR)
        elif major == _TAG:
            self._tagged(argument, depth=depth, outermost=outermost)
        return major

    def _members(self, major: int, count: int) -> Iterator[bool]:
        """One step a member: is it a key."""
        if count > len(self.data) - self.at:
            raise HcertError(Fault.CBOR)
        for _ in range(count):
            if major == _MAP:
                yield True
            yield False

    def _tagged(self, tag: int, *, depth: int, outermost: bool) -> None:
        if tag == _TAG_DATE_TIME:
            if self.item(depth=depth + 1) != _TEXT:
                raise HcertError(Fault.CBOR)
        elif outermost and tag == TAG_CWT:
            inner, argument = self._head()
            if (inner, argument) != (_TAG, TAG_COSE_SIGN1):
                raise HcertError(Fault.CBOR)
            self.item(depth=depth + 1)
        elif outermost and tag == TAG_COSE_SIGN1:
            self.item(depth=depth + 1)
        else:
            raise HcertError(Fault.CBOR)

    def _head(self) -> tuple[int, int]:
        """Major type and argument of the next item; the argument of a float has no meaning."""
        initial = self.data[self.at]
        self.at += 1
        major, info = initial >> 5, initial & 0x1F
        if info > _EIGHT_BYTES:
            raise HcertError(Fault.CBOR)
        if info < _ONE_BYTE:
            if major == _SIMPLE and info not in (_FALSE, _TRUE, _NULL):
                raise HcertError(Fault.CBOR)
            return major, info
        if major == _SIMPLE and info == _ONE_BYTE:
            raise HcertError(Fault.CBOR)
        length = 1 << (info - _ONE_BYTE)
        start = self.at
        self._skip(length)
        return major, int.from_bytes(self.data[start : self.at], "big")

    def _skip(self, length: int) -> None:
        if length > len(self.data) - self.at:
            raise HcertError(Fault.CBOR)
        self.at += length
