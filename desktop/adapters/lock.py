"""One terminal, one process: the lock that its owner holds for life."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from desktop.adapters.files import private_folder
from desktop.core.errors import ErrorCode, StoreError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class TerminalLock:
    """The lock on ``terminal.lock``; the system takes it back when the process ends, however.

    Args:
        file: The lock file; it stays when the lock is given back, only the lock means anything.

    Raises:
        StoreError: Another process has it (STORE_BUSY), or the file cannot be made.
    """

    def __init__(self, file: Path) -> None:
        try:
            private_folder(file.parent)
            self._handle = os.open(file, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            raise StoreError(ErrorCode.FILE_UNWRITABLE, file=file.name) from error
        try:
            _take(self._handle)
        except OSError as error:
            os.close(self._handle)
            raise StoreError(ErrorCode.STORE_BUSY) from error

    def release(self) -> None:
        """Give it back."""
        os.close(self._handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()
