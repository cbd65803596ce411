"""Servers that do what servers should not: real sockets, served by a thread of the test."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

    Behaviour = Callable[[socket.socket, threading.Event], None]


class Faulty:
    """A server on the loopback address whose every connection meets the same behaviour.

    A behaviour gets the connection and an event that is set when the test is over.
    """

    def __init__(self, behaviour: Behaviour, context: ssl.SSLContext | None) -> None:
        self._behaviour = behaviour
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="faulty")
        self.connections = 0
        self.port: int = self._listener.getsockname()[1]

    @property
    def url(self) -> str:
        scheme = "http" if self._context is None else "https"
        return f"{scheme}://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        with contextlib.suppress(OSError):  # wakes the thread that accepts
            socket.create_connection(("127.0.0.1", self.port)).close()
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            with connection:
                if self._over.is_set():
                    return
                self.connections += 1
                with contextlib.suppress(OSError), self._secured(connection) as secured:
                    self._behaviour(secured, self._over)

    def _secured(self, connection: socket.socket) -> socket.socket:
        if self._context is None:
            return connection
        return self._context.wrap_socket(connection, server_side=True)


@contextlib.contextmanager
def faulty(behaviour: Behaviour, context: ssl.SSLContext | None = None) -> Iterator[Faulty]:
    """A server while the block runs."""
    server = Faulty(behaviour, context)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def take_request(connection: socket.socket) -> None:
    """Read a request to its end."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    (length,) = (
        int(line.partition(b":")[2])
        for line in head.lower().split(b"\r\n")
        if line.startswith(b"content-length:")
    )
    while len(body) < length:
        body += connection.recv(65536)


def answers(
    body: bytes, *, status: str = "200 OK", kind: str = "application/cbor", more: str = ""
) -> Behaviour:
    """Answers every request with this."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    return says(head.encode() + body)


def says(data: bytes) -> Behaviour:
    """Takes the request, says this and hangs up."""

    def behave(connection: socket.socket, _over: threading.Event) -> None:
        take_request(connection)
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            pass

    return behave


def drips(start: bytes, drop: bytes) -> Behaviour:
    """Takes the request, says the start and then a drop at a time, for ever."""

    def behave(connection: socket.socket, over: threading.Event) -> None:
        take_request(connection)
        connection.sendall(start)
        while not over.wait(0.02):
            connection.sendall(drop)

    return behave


def resets(connection: socket.socket, _over: threading.Event) -> None:
    """Hangs up so hard that the other side hears of it as an error."""
    take_request(connection)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")


def is_silent(connection: socket.socket, over: threading.Event) -> None:
    """Takes the request and says nothing."""
    take_request(connection)
    over.wait()


def is_deaf(_connection: socket.socket, over: threading.Event) -> None:
    """Takes nothing and says nothing."""
    over.wait()
