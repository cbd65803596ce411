"""The training centre: a child process that ends with us, however we end."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

import desktop
from desktop.core.errors import ErrorCode, ServerError

START_SECONDS: Final = 30.0
"""So long a slow machine may take to start a second Python."""

_HOME: Final = Path(desktop.__file__).resolve().parents[1]
"""Where our own code lies. Python looks for modules in the current folder first: what lies in the
folder that somebody happens to stand in must not run as ours."""

_END_SECONDS: Final = 5.0
_NO_WINDOW: Final = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""On Windows a console program would open a window of its own."""


class TrainingCentre:
    """Runs the centre beside a terminal in training; not for use by two threads at a time.

    Its standard input is a pipe that only we hold: when we end, also by ``kill -9``, the system
    closes the pipe, and the centre ends.

    Args:
        data: The terminal's data folder; the centre keeps all of its own in ``centre`` below it.
        start_seconds: How long starting may take.
    """

    def __init__(self, data: Path, *, start_seconds: float = START_SECONDS) -> None:
        self._folder = data.absolute() / "centre"
        self._process: subprocess.Popen[bytes] | None = None
        self._address = ""
        self._start_seconds = start_seconds

    def start(self) -> str:
        """The address of the centre, which is started if it does not run.

        Raises:
            ServerError: It does not start.
        """
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = self._started()
            self._address = self._announced(self._process)
        return self._address

    def close(self) -> None:
        """End the centre, if it runs, and wait until it has ended."""
        process, self._process = self._process, None
        if process is not None:
            _end(process)

    def _started(self) -> subprocess.Popen[bytes]:
        program = [sys.executable] if getattr(sys, "frozen", False) else _from_source()
        options = ["--training", "--data-dir", str(self._folder), "--port", "0", "--parent-pipe"]
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with (self._folder / "centre.log").open("wb") as log:
                return subprocess.Popen(  # noqa: S603 - our own program, no words of anybody else
                    [*program, "centre", *options],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    creationflags=_NO_WINDOW,
                    cwd=_HOME,
                )
        except OSError as error:
            raise ServerError(ErrorCode.CENTRE_UNREACHABLE) from error

    def _announced(self, process: subprocess.Popen[bytes]) -> str:
        """The first line that it writes, or its end: waiting for more would be for nothing."""
        lines: list[bytes] = []
        stdout = process.stdout
        if stdout is None:
            raise ServerError(ErrorCode.CENTRE_UNREACHABLE)
        reader = threading.Thread(target=lambda: lines.append(stdout.readline()))
        reader.start()
        reader.join(self._start_seconds)
        address = lines[0].decode("ascii", "replace").strip() if lines else ""
        if not address:
            process.kill()
            reader.join()
            self.close()
            raise ServerError(ErrorCode.CENTRE_UNREACHABLE)
        return address


def _from_source() -> list[str]:
    return [sys.executable, "-m", "desktop"]


def _end(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
