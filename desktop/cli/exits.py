"""Which exit code stands for which misfortune."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desktop.cli.command import Exit
from desktop.core.errors import ErrorCode

if TYPE_CHECKING:
    from desktop.core.errors import TerminalError

_CODES: Final = {
    ErrorCode.STORE_BUSY: Exit.BUSY,
    ErrorCode.STORE_BROKEN: Exit.INPUT_OUTPUT,
    ErrorCode.STORE_FULL: Exit.INPUT_OUTPUT,
    ErrorCode.STORE_NEWER: Exit.NOT_SET_UP,
    ErrorCode.STORE_OTHER_REALM: Exit.NOT_SET_UP,
    ErrorCode.STORE_LOCKED_OUT: Exit.NOT_SET_UP,
    ErrorCode.SETTINGS_BROKEN: Exit.NOT_SET_UP,
    ErrorCode.PROFILE_UNKNOWN: Exit.NOT_SET_UP,
    ErrorCode.NOT_SET_UP: Exit.NOT_SET_UP,
    ErrorCode.FILE_UNWRITABLE: Exit.UNWRITABLE,
    ErrorCode.SELF_CHECK_FAILED: Exit.INTERNAL,
}


def exit_code(error: TerminalError) -> Exit:
    """The exit code of a misfortune; keys, clock, centre and devices are *unavailable*."""
    return _CODES.get(error.code, Exit.UNAVAILABLE)
