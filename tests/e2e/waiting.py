"""Waiting for another process: ask again until it is so, with a deadline and without sleeping."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class TooLateError(AssertionError):
    """It did not become so in time."""


def eventually(ask: Callable[[], T | None], what: str, within: float = 20.0) -> T:
    """The first truthy answer; fails with ``what`` after so many seconds."""
    pause = threading.Event()
    end = time.monotonic() + within
    while True:
        answer = ask()
        if answer:
            return answer
        if time.monotonic() > end:
            msg = f"not within {within:.0f} s: {what}"
            raise TooLateError(msg)
        pause.wait(0.02)
