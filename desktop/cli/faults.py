"""Faults of ours: what a user is told is a number, what the log keeps is no data."""

from __future__ import annotations

import logging
import secrets

from desktop.adapters import log

_log = logging.getLogger(__name__)

_REFERENCE_BYTES = 4


def report(error: BaseException) -> str:
    """Log an error that nobody expected, without its text; its number in the log."""
    reference = secrets.token_hex(_REFERENCE_BYTES)
    _log.error("a fault of ours, reference %s", log.Known(reference), exc_info=error)
    return reference
