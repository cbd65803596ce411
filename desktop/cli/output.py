"""What commands write: one JSON value a line, at once; and what they remark beside it."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, TextIO

from desktop.core.errors import DeviceError, ErrorCode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


def write(record: Mapping[str, object]) -> None:
    """Write one line and hand it over before anything else happens; raises as :func:`say`."""
    say(json.dumps(record, ensure_ascii=False) + "\n")


def say(text: str) -> None:
    """Write and hand over.

    Raises:
        BrokenPipeError: The reader has gone.
        DeviceError: It cannot be written (FILE_UNWRITABLE).
    """
    if sys.stdout is None:  # it was closed before we began
        raise DeviceError(ErrorCode.FILE_UNWRITABLE)
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise DeviceError(ErrorCode.FILE_UNWRITABLE) from error


def remark(sentence: str) -> None:
    """Say something to the person, beside the answers; where nobody listens, it is not said."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(f"tresen: {sentence}\n")
        sys.stderr.flush()
    except OSError:
        _give_up(sys.stderr)


def end() -> None:
    """Hand over what is left; what nobody takes must not be noise when the interpreter ends."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError:
        _give_up(sys.stdout)


def _give_up(stream: TextIO) -> None:
    """Let what is still in a stream's buffer go nowhere; the interpreter would end with 120."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def moment(at: datetime | None) -> str | None:
    """A time as all commands write it: ``2021-06-01T12:00:00Z``."""
    return None if at is None else at.strftime("%Y-%m-%dT%H:%M:%SZ")
