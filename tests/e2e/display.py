"""A virtual display with a window manager: the desk on which the program is used."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from typing import TYPE_CHECKING

import zxingcpp
from PIL import ImageGrab

from tests.e2e.waiting import eventually

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image


class VirtualDisplay:
    """Xvfb with openbox; every picture of it can be kept or searched for codes.

    Args:
        size: Width and height in pixels.
    """

    def __init__(self, size: tuple[int, int] = (1366, 768)) -> None:
        self.size = size
        self.name = ""
        self._processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> VirtualDisplay:
        reading, writing = os.pipe()
        width, height = self.size
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24"]
        command += ["-nolisten", "tcp", "-noreset", "-dpi", "96"]
        server = subprocess.Popen(
            command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._processes.append(server)
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        assert number, "Xvfb did not start"
        self.name = f":{number}"
        manager = subprocess.Popen(
            ["openbox"],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._processes.append(manager)
        eventually(self._managed, "openbox is there")
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._processes):
            process.terminate()
            process.wait(10)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a program that is to appear here."""
        inherited = {
            k: v for k, v in os.environ.items() if k not in {"WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
        }
        return inherited | {"DISPLAY": self.name}

    def run(self, *command: str) -> str:
        """Run a tool on this display and give its output."""
        done = subprocess.run(
            command, env=self.environment, check=True, capture_output=True, text=True, timeout=60
        )
        return done.stdout

    def grab(self) -> Image.Image:
        """What a person sees now."""
        return ImageGrab.grab(xdisplay=self.name)

    def codes(self) -> set[str]:
        """The texts of all codes on screen now."""
        return codes_in(self.grab())

    def save(self, path: Path) -> None:
        """Keep what a person sees now."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.grab().save(path)

    def _managed(self) -> bool:
        told = subprocess.run(
            ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=10,
        )
        return "window id" in told.stdout


def codes_in(picture: Image.Image) -> set[str]:
    """The texts of all QR codes in a picture."""
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.barcode_formats_from_str("QRCode"))
    return {code.text for code in found}


class Watcher:
    """Looks at a display all the time and remembers every code it ever saw.

    Attributes:
        first: When each code was first seen, in seconds since 1970.
        frames: When the frames were taken.
    """

    def __init__(self, display: VirtualDisplay) -> None:
        self.first: dict[str, float] = {}
        self.frames: list[float] = []
        self._display = display
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watcher")

    def __enter__(self) -> Watcher:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    @property
    def seen(self) -> set[str]:
        """Every code so far."""
        return set(self.first)

    def _watch(self) -> None:
        while not self._stop.wait(0.01):
            moment = time.time()
            for code in self._display.codes():
                self.first.setdefault(code, moment)
            self.frames.append(moment)
