"""A TCP port that behaves like a receipt printer, well or badly."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOOPBACK = "127.0.0.1"
_SMALL = 4096
_STATUS = b"\x14\x00\x00\x0f"
"""Automatic status back: online, paper there."""
_ABORT = struct.pack("ii", 1, 0)


class Manner(Enum):
    """How the printer treats a line."""

    GOOD = "reads to the end and hangs up"
    CLINGING = "reads to the end and keeps the line"
    CHATTY = "reads to the end, says how it is, and hangs up"
    HANGING = "accepts and never reads"
    ABORTING = "breaks the line after the first byte"


class PrinterListener:
    """A printer's network side: one line after the other, until it is closed."""

    def __init__(self, manner: Manner) -> None:
        self._manner = manner
        self._jobs: list[bytes] = []
        self._over = threading.Event()
        self._taken = threading.Condition()
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SMALL)
        self._socket.bind((_LOOPBACK, 0))
        self._socket.listen()
        self._thread = threading.Thread(target=self._serve, name="printer listener")
        self._thread.start()

    @property
    def host(self) -> str:
        return _LOOPBACK

    @property
    def port(self) -> int:
        port: int = self._socket.getsockname()[1]
        return port

    def jobs(self, count: int) -> list[bytes]:
        """The bytes of the first so many lines, as soon as they have ended."""
        with self._taken:
            assert self._taken.wait_for(lambda: len(self._jobs) >= count, timeout=20)
            return self._jobs[:count]

    def close(self) -> None:
        self._over.set()
        with socket.create_connection((self.host, self.port)):
            pass  # wakes accept
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while not self._over.is_set():
            line, _ = self._socket.accept()
            with line:
                if not self._over.is_set():
                    self._treat(line)

    def _treat(self, line: socket.socket) -> None:
        if self._manner is Manner.HANGING:
            self._over.wait()
            return
        if self._manner is Manner.ABORTING:
            line.recv(1)
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ABORT)
            return
        job = b"".join(iter(lambda: line.recv(65536), b""))
        with self._taken:
            self._jobs.append(job)
            self._taken.notify_all()
        if self._manner is Manner.CHATTY:
            line.sendall(_STATUS)
        if self._manner is Manner.CLINGING:
            self._over.wait()


@contextmanager
def printer_listener(manner: Manner = Manner.GOOD) -> Iterator[PrinterListener]:
    """A listener that ends with the block."""
    listener = PrinterListener(manner)
    try:
        yield listener
    finally:
        listener.close()


def closed_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as free:
        free.bind((_LOOPBACK, 0))
        port: int = free.getsockname()[1]
        return port
