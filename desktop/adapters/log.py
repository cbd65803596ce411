"""The log: one JSON object a line, in which nothing personal can stand.

What is written is an allow-list. Of our own lines: the text as it stands in the code, and of its
arguments only numbers, members of enumerations and :class:`Known` texts; every other argument is
written as its type's name. Of an error: its type, its stable code and where it was raised, never
its text. Of a library's lines: who spoke and where in its code, because what it says may hold
anything. Files are private, one or more a day (UTC), and go after 14 days or beyond 20 MB.
"""

from __future__ import annotations

import json
import logging
import os
import traceback
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from desktop.adapters.files import private_folder
from desktop.core.errors import TerminalError

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT: Final = timedelta(days=14)
KEPT_BYTES: Final = 20 * 1024 * 1024
FILE_BYTES: Final = 1024 * 1024
"""A file that has grown to this is followed by another."""

_OURS: Final = "desktop"
_SUFFIX: Final = ".log"


class Known(str):
    """A text that comes from our own code or files, never from a person."""

    __slots__ = ()


class AllowList(logging.Formatter):
    """Writes of a record what is allowed, as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "room": record.name,
        }
        if is_ours(record.name):
            arguments = record.args if isinstance(record.args, tuple) else ()
            line |= {"said": str(record.msg), "with": [_allowed(each) for each in arguments]}
        else:
            line |= {"where": f"{Path(record.pathname).name}:{record.lineno}"}
        if record.exc_info and record.exc_info[1] is not None:
            line["errors"] = [_told(error) for error in _chain(record.exc_info[1])]
        return json.dumps(line, ensure_ascii=False)


def is_ours(logger: str) -> bool:
    """Whether a logger of this name is one of ours."""
    return logger.partition(".")[0] == _OURS


def _allowed(value: object) -> str | int | float | None:
    match value:
        case Enum():
            return str(value.value)
        case Known():
            return str(value)
        case bool() | int() | float() | None:
            return value
        case _:
            return f"<{type(value).__name__}>"


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        yield following
        following = following.__cause__ or following.__context__


def _told(error: BaseException) -> dict[str, Any]:
    frames = [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__, limit=-10)
    ]
    code = {"code": str(error.code)} if isinstance(error, TerminalError) else {}
    return {"type": type(error).__name__, **code, "frames": frames}


class Diary(logging.Handler):
    """Keeps the files of the log in one folder.

    A log that cannot be written is silently left alone: it must never stop the counter.

    Args:
        folder: Where the files lie; made when the first line is written.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._stream: BinaryIO | None = None
        self._day = ""
        self.setFormatter(AllowList())
        self.addFilter(lambda record: is_ours(record.name) or record.levelno >= logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        line = f"{self.format(record)}\n".encode()
        with suppress(OSError):
            stream = self._page(datetime.fromtimestamp(record.created, UTC))
            stream.write(line)
            stream.flush()

    def close(self) -> None:
        """Give the file back."""
        self.acquire()
        try:
            self._shut()
        finally:
            self.release()
        super().close()

    def _page(self, now: datetime) -> BinaryIO:
        """The open file of this day, or the next one if it is full."""
        day = now.date().isoformat()
        if self._stream is not None and day == self._day and self._stream.tell() < FILE_BYTES:
            return self._stream
        self._shut()
        private_folder(self._folder)
        self._stream, self._day = self._next_file(day), day
        self._tidy(now - KEPT)
        return self._stream

    def _next_file(self, day: str) -> BinaryIO:
        number = 1
        while (file := self._folder / f"{day}.{number:03}{_SUFFIX}").exists():
            if file.stat().st_size < FILE_BYTES:
                break
            number += 1
        handle = os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        stream = os.fdopen(handle, "ab")
        stream.seek(0, os.SEEK_END)
        return stream

    def _tidy(self, since: datetime) -> None:
        """Oldest first, until what is left is young and small enough; never the open file."""
        files = sorted(self._folder.glob(f"????-??-??.???{_SUFFIX}"))
        size = sum(file.stat().st_size for file in files)
        for file in files[:-1]:
            if file.name >= since.date().isoformat() and size <= KEPT_BYTES - FILE_BYTES:
                break
            size -= file.stat().st_size
            file.unlink(missing_ok=True)

    def _shut(self) -> None:
        if self._stream is not None:
            with suppress(OSError):
                self._stream.close()
            self._stream = None


def start(folder: Path, level: int = logging.INFO) -> Diary:
    """Let everything that is said be written into a folder, until :func:`stop`."""
    diary = Diary(folder)
    diary.setLevel(level)
    root = logging.getLogger()
    root.addHandler(diary)
    logging.getLogger(_OURS).setLevel(level)
    return diary


def stop(diary: Diary) -> None:
    """Close the log."""
    logging.getLogger().removeHandler(diary)
    diary.close()
