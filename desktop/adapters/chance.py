"""The operating system's source of unpredictable bytes."""

from __future__ import annotations

import secrets
from typing import Final

_DENOMINATOR: Final = 1 << 53
"""As many steps as a float in [0, 1) can tell apart."""


class SystemChance:
    """The Chance port on the operating system's generator."""

    def token(self, length: int) -> bytes:
        """So many unpredictable bytes."""
        return secrets.token_bytes(length)

    def fraction(self) -> float:
        """A number uniform in [0, 1)."""
        return secrets.randbelow(_DENOMINATOR) / _DENOMINATOR
