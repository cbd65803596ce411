"""Certificates in DER as real issuers wrote them: strange, but meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests import certificates

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

EXTENDED_KEY_USAGE = bytes.fromhex("551d25")
PRIVATE_KEY_USAGE_PERIOD = bytes.fromhex("551d10")
BASIC_CONSTRAINTS = bytes.fromhex("551d13")

TEST, VACCINATION, RECOVERY = (bytes.fromhex(f"2b060104018e378f65010{last}") for last in (1, 2, 3))
TEST_0, VACCINATION_0, RECOVERY_0 = (
    bytes.fromhex(f"2b06010401008e378f65010{last}") for last in (1, 2, 3)
)
CLIENT_AUTHENTICATION = bytes.fromhex("2b06010505070302")

VALIDITY = ((0x17, b"210501000000Z"), (0x17, b"230501000000Z"))


def element(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    if len(content) < 128:
        return bytes([tag, len(content)]) + content
    size = (len(content).bit_length() + 7) // 8
    return bytes([tag, 128 + size]) + len(content).to_bytes(size, "big") + content


def sequence(*parts: bytes) -> bytes:
    return element(0x30, *parts)


def extension(identifier: bytes, content: bytes, *, critical: bool = False) -> bytes:
    flag = element(0x01, b"\xff") if critical else b""
    return sequence(element(0x06, identifier), flag, element(0x04, content))


def usages(*identifiers: bytes) -> bytes:
    return extension(EXTENDED_KEY_USAGE, sequence(*(element(0x06, one) for one in identifiers)))


def use_period(*times: bytes) -> bytes:
    return extension(PRIVATE_KEY_USAGE_PERIOD, sequence(*times))


def certificate(
    *extensions: bytes,
    public_key: PublicKeyTypes | None = None,
    key_info: bytes | None = None,
    serial: bytes = b"\x01",
    validity: tuple[tuple[int, bytes], ...] = VALIDITY,
    version: bytes = b"\xa0\x03\x02\x01\x02",
) -> bytes:
    """A certificate with a signature that nobody checks."""
    key = public_key or certificates.key(7).public_key()
    algorithm = sequence(element(0x06, bytes.fromhex("2a8648ce3d040302")))
    to_be_signed = sequence(
        version,
        element(0x02, serial),
        algorithm,
        sequence(),
        sequence(*(element(tag, text) for tag, text in validity)),
        sequence(),
        key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        if key_info is None
        else key_info,
        element(0xA3, sequence(*extensions)) if extensions else b"",
    )
    return sequence(to_be_signed, algorithm, element(0x03, b"\x00"))
