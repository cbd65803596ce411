"""``status.json``: what a second process may know of a running terminal; no personal data."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from desktop.adapters.files import write_whole

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import Path

    from desktop.core.status import TerminalStatus


@dataclass(frozen=True, slots=True)
class SavedStatus:
    """The status as it was when the owner last wrote it.

    Attributes:
        at: When (UTC).
        age: How long ago.
        content: The members of ``TerminalStatus``, as JSON has them.
    """

    at: datetime
    age: timedelta
    content: dict[str, Any]


class StatusFile:
    """The file that the owner of a terminal keeps up to date for others.

    Args:
        file: Where it is.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def write(self, status: TerminalStatus, at: datetime) -> None:
        """Put the status there, whole.

        Raises:
            OSError: It cannot be written.
        """
        document = {"at": at.isoformat(), "status": _plain(status)}
        text = json.dumps(document, indent=2, ensure_ascii=False)
        write_whole(self._file, f"{text}\n".encode())

    def read(self, now: datetime) -> SavedStatus | None:
        """What was written last; None where there is nothing that can be read."""
        try:
            document = json.loads(self._file.read_bytes())
            at = datetime.fromisoformat(document["at"])
            return SavedStatus(at, now - at, dict(document["status"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON is dynamically typed
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return value.isoformat() if isinstance(value, datetime) else value
