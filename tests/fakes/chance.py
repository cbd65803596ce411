"""Chance that repeats itself: one seed is one history."""

from __future__ import annotations

import random


class SeededChance:
    """The Chance port, drawn from a seed."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)  # noqa: S311 - it has to be predictable

    def token(self, length: int) -> bytes:
        return self._random.randbytes(length)

    def fraction(self) -> float:
        return self._random.random()
