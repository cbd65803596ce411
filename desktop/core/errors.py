"""Everything that can go wrong around the counter, in one tree.

::

    TerminalError
    ├── SigningError    the key or the permission to use it
    ├── ClockError      the time is not to be trusted
    ├── StoreError      the durable store
    ├── ServerError     the way to the centre, or the centre
    ├── DeviceError     printers and scanners
    └── SetupError      settings, profile, data directory, a second instance

A ``TerminalError`` is an expected misfortune: it has a stable code, says whether another try can
help, and carries facts that never contain personal data. What customers' data lack is not an
error but a :class:`desktop.core.form.Problem`. Anything else that is raised is a bug of ours.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar


class ErrorCode(StrEnum):
    """Stable names of all misfortunes, as they stand in logs, outputs and the README."""

    KEY_MISSING = "key.missing"
    KEY_UNREADABLE = "key.unreadable"
    KEY_NOT_YET_VALID = "key.not_yet_valid"
    KEY_EXPIRED = "key.expired"
    KEY_WRONG_USAGE = "key.wrong_usage"
    KEY_WRONG_CURVE = "key.wrong_curve"
    PERMIT_REFUSED = "permit.refused"
    SELF_CHECK_FAILED = "issue.self_check_failed"
    ATTEMPT_ERASED = "issue.attempt_erased"
    CLOCK_SUSPECT = "clock.suspect"
    STORE_BUSY = "store.busy"
    STORE_BROKEN = "store.broken"
    STORE_FULL = "store.full"
    STORE_NEWER = "store.newer"
    STORE_OTHER_REALM = "store.other_realm"
    STORE_LOCKED_OUT = "store.locked_out"
    CENTRE_UNREACHABLE = "centre.unreachable"
    CENTRE_TIMEOUT = "centre.timeout"
    CENTRE_BUSY = "centre.busy"
    CENTRE_GARBLED = "centre.garbled"
    CENTRE_REFUSED = "centre.refused"
    CENTRE_UNTRUSTED = "centre.untrusted"
    PRINTER_MISSING = "printer.missing"
    PRINTER_UNREACHABLE = "printer.unreachable"
    PRINTER_TIMEOUT = "printer.timeout"
    PRINTER_TOO_NARROW = "printer.too_narrow"
    FILE_UNWRITABLE = "file.unwritable"
    SETTINGS_BROKEN = "settings.broken"
    PROFILE_UNKNOWN = "profile.unknown"
    NOT_SET_UP = "setup.missing"


Facts = dict[str, str | int]


class TerminalError(Exception):
    """An expected misfortune.

    Args:
        code: The stable name.
        facts: Values for the words that a person reads; never personal data.
    """

    retryable: ClassVar[bool] = False

    def __init__(self, code: ErrorCode, **facts: str | int) -> None:
        super().__init__(str(code))
        self.code = code
        self.facts: Facts = facts


class SigningError(TerminalError):
    """The signing key is missing, unreadable, out of its time or not allowed to sign."""


class ClockError(TerminalError):
    """The time is not to be trusted."""


class StoreError(TerminalError):
    """The durable store could not do what was asked; what was asked did not happen."""


class ServerError(TerminalError):
    """The centre did not answer, or not as agreed; what was sent may have arrived or not."""

    retryable = True


class DeviceError(TerminalError):
    """A printer or scanner failed; the certificate is not affected."""

    retryable = True


class SetupError(TerminalError):
    """The terminal is not set up, or set up in a way that cannot work."""
