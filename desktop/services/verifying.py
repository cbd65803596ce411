"""Judging certificates for IT: what each step of reading said, as a record for machines."""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.hcert.verify import Trust, Verification, verify

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.core.ports import Clock

Record = dict[str, Any]
"""JSON: what ``tresen verify`` writes of one text."""


@dataclass(frozen=True, slots=True)
class Verifying:
    """Judges texts of codes.

    Attributes:
        trust: Whose signatures are believed.
        clock: The present, for certificates that are judged now.
        at: The moment of judgement; None for now.
    """

    trust: Trust
    clock: Clock
    at: datetime | None = None

    def line(self, line: str) -> Verification:
        """Judge one line of a file; CR and LF at its ends are no part of the text, all else is."""
        return verify(line.strip("\r\n"), self.trust, self.at or self.clock.now())


def record(seen: Verification) -> Record:
    """A verification in the words of ``tresen verify``.

    ``kid`` is base64, as trust lists write it; ``payload`` is the EU DCC (not to be believed
    unless ``valid``), byte strings in it as hexadecimal digits.
    """
    return {
        "prefix": seen.prefix,
        "base45": seen.base45,
        "compression": seen.compression,
        "cose": seen.cose,
        "cbor": seen.cbor,
        "signature": seen.signature,
        "kid": None if seen.kid is None else b64encode(seen.kid).decode("ascii"),
        "time": seen.time,
        "key_usage": seen.key_usage,
        "schema": seen.schema,
        "valid": seen.valid,
        "problems": list(seen.problems),
        "payload": _plain(seen.payload),
    }


def _plain(value: object) -> Any:  # noqa: ANN401 - any JSON
    """Decoded CBOR as JSON can say it."""
    if isinstance(value, Mapping):
        return {str(key): _plain(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(member) for member in value]
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value
