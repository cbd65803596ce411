"""What all our messages have in common: a map with a version, strict in every byte.

Each message is a map in deterministic CBOR (RFC 8949 section 4.2) whose member ``version`` tells
how to read the others. A version is closed: whoever adds a member raises the number, so that a
queue that an older program wrote is read as it was meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from desktop.hcert import cbor
from desktop.hcert.errors import HcertError

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION: Final = 1
"""The version that this program writes, of every message."""

MEDIA_TYPE: Final = "application/cbor"
"""How messages are announced over HTTP (RFC 8949 section 9.5)."""

Shape = dict[str, tuple[type, ...]]
"""The members of a message beside ``version``, each with the types that it may have."""

TEXT: Final = (str,)
OPTIONAL_TEXT: Final = (str, type(None))
BYTES: Final = (bytes,)
NUMBER: Final = (int,)
LIST: Final = (list, tuple)


class WireError(ValueError):
    """What was given is not a message as agreed; carries no content of it."""

    def __init__(self) -> None:
        super().__init__("not a message as agreed")


def write(members: Mapping[str, object]) -> bytes:
    """The bytes of a message with these members."""
    return cbor.encode({"version": VERSION, **members})


def read(data: bytes, shape: Shape, *, limit: int) -> dict[str, Any]:
    """The members of a message of at most ``limit`` bytes.

    Raises:
        WireError: It is too long, not encoded as agreed, or not of this shape and version.
    """
    if len(data) > limit:
        raise WireError
    try:
        message = cbor.decode_own(data)
    except HcertError as error:
        raise WireError from error
    members = read_map(message, {"version": NUMBER, **shape})
    if members.pop("version") != VERSION:
        raise WireError
    return members


def read_map(value: object, shape: Shape) -> dict[str, Any]:
    """A map with exactly these members, each of one of its types (a bool is no number).

    Raises:
        WireError: It is anything else.
    """
    if not isinstance(value, dict) or value.keys() != shape.keys():
        raise WireError
    if any(type(value[name]) not in types for name, types in shape.items()):
        raise WireError
    return dict(value)
