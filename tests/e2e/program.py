"""The program as a user starts it: a window, a centre, commands; all of them real processes."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.e2e.waiting import TooLateError, eventually

if TYPE_CHECKING:
    from tests.e2e.display import VirtualDisplay

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-m", "desktop")
BUILT = (str(ROOT / "dist" / "tresen" / "tresen"),)


def command(*words: str, data: Path, given: str = "", program: tuple[str, ...] = PROGRAM) -> str:
    """Run one command in training to its end and give its output."""
    done = subprocess.run(
        [*program, words[0], "--training", "--data-dir", str(data), *words[1:]],
        cwd=ROOT,
        input=given,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, f"{words} ended with {done.returncode}: {done.stderr}"
    return done.stdout


class Centre:
    """A training centre of its own, that can be taken away and brought back.

    Args:
        data: Its data directory; what it has accepted survives its processes.
    """

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = 0
        self._process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        """Where it is or will be."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Bring it up; at the same port as before, if it had one."""
        words = ["centre", "--training", "--data-dir", str(self.data), "--port", str(self.port)]
        self._process = subprocess.Popen(
            [*PROGRAM, *words],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        address = self._process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), f"the centre said {address!r}"
        self.port = int(address.rpartition(":")[2])

    def stop(self) -> None:
        """Take it away at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None

    def __enter__(self) -> Centre:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def uvcis(self) -> list[str]:
        """The identifiers of all records that it has accepted, one a record."""
        database = self.data / "centre.db"
        if not database.exists():
            return []
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as rows:
            return [uvci for (uvci,) in rows.execute("SELECT uvci FROM certificate")]


class Window:
    """The program's window on a display, used by keyboard only.

    Args:
        display: Where it appears.
        data: Its data directory.
        words: Further words of its command line.
        wrapper: A command that starts it (strace, faketime).
        program: What is started.
    """

    def __init__(
        self,
        display: VirtualDisplay,
        data: Path,
        *words: str,
        wrapper: tuple[str, ...] = (),
        program: tuple[str, ...] = PROGRAM,
        environment: dict[str, str] | None = None,
    ) -> None:
        self.display = display
        self.data = data
        self._command = [
            *wrapper,
            *program,
            "window",
            "--training",
            "--data-dir",
            str(data),
            *words,
        ]
        self._environment = display.environment | (environment or {})
        self.process: subprocess.Popen[bytes] | None = None
        self.log = data.parent / f"{data.name}.window.log"

    def __enter__(self) -> Window:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Start it and wait until it has the keyboard and has said how it is."""
        (self.data / "status.json").unlink(missing_ok=True)
        with self.log.open("ab") as said:
            self.process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=self._environment,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        try:
            eventually(self._has_focus, "the window is there and has the keyboard", within=40)
            eventually(lambda: self.waiting is not None, "it publishes its status", within=40)
        except AssertionError:
            self.kill()
            raise

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process is not None and self.process.poll() is None

    @property
    def pid(self) -> int:
        """The process that shows the window."""
        assert self.process is not None
        return self.process.pid

    def kill(self) -> None:
        """End it like a power cut, with all that it started."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
            self.process = None

    def close(self) -> int:
        """Close the window as a person does; the exit code."""
        assert self.process is not None
        self.press("alt+F4")
        code = self.process.wait(30)
        self.process = None
        return code

    def press(self, *keys: str) -> None:
        """Press and release keys, one after the other, by their X names."""
        self.display.run("xdotool", "key", "--clearmodifiers", "--delay", "20", *keys)

    def type(self, text: str) -> None:
        """Type like a fast person: xdotool halves the delay, and 70 ms a key is nobody's scan."""
        self.display.run("xdotool", "type", "--clearmodifiers", "--delay", "140", text)

    def scan(self, text: str) -> None:
        """Type like a keyboard-wedge scanner: fast, GS as Ctrl+], and Enter at the end."""
        first, *rest = text.split("\x1d")
        typing = ["type", "--delay", "3", "--args", "1"]
        words = [*typing, first]
        for part in rest:
            words += ["key", "--delay", "3", "ctrl+bracketright", *typing, part]
        self.display.run("xdotool", *words, "key", "Return")

    def status(self) -> dict[str, Any]:
        """What it says of itself to other processes."""
        file = self.data / "status.json"
        if not file.exists():
            return {}
        found: dict[str, Any] = json.loads(file.read_text())["status"]
        return found

    @property
    def waiting(self) -> int | None:
        """How many certificates the centre has not confirmed; None before it has said so."""
        outbox = self.status().get("outbox")
        return None if outbox is None else int(outbox["waiting"])

    def confirmed(self, within: float = 90.0) -> None:
        """Wait until nothing is owed to the centre any more."""
        eventually(lambda: self.waiting == 0, "all is acknowledged", within)

    def next_customer(self) -> None:
        """Let the customer scan, then press F12 until the code is gone."""
        pause = threading.Event()
        while self.alive and self._code():
            pause.wait(1)
            self.press("F12")
            with suppress(TooLateError):
                eventually(lambda: not (self.alive and self._code()), "it is gone", within=3)

    def code(self, within: float = 20.0) -> str:
        """The HC1 text on screen, once there is one."""
        return eventually(self._code, "a code is on screen", within)

    def _code(self) -> str | None:
        found = [text for text in self.display.codes() if text.startswith("HC1:")]
        return found[0] if found else None

    def _has_focus(self) -> bool:
        assert self.alive, f"the program ended: {self.log.read_text()[-2000:]}"
        told = subprocess.run(
            ["xdotool", "getactivewindow", "getwindowname"],
            env=self.display.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=10,
        )
        return "Tresen" in told.stdout
