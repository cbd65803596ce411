"""HTTP exchanges that end in time, whatever the other side does.

httpx counts its timeouts for each single wait: a server that sends a byte a second holds it for
ever. Here every wait (name, connection, TLS, each read and write) draws on one deadline, and an
answer is read no further than its limit. One exchange, one connection. What is not bounded is the
operating system's name resolver, which has limits of its own.
"""

from __future__ import annotations

import socket
import ssl
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import httpcore
import httpx
import truststore

from desktop import __version__
from desktop.core.errors import ErrorCode, ServerError

if TYPE_CHECKING:
    from collections.abc import Iterable

TOTAL_SECONDS: Final = 20.0
CONNECT_SECONDS: Final = 5.0

_HUNG_UP: Final = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError)
"""What a connection that ended in the middle of TLS is called, by version and by chance."""

_HEADERS: Final = {
    "Accept-Encoding": "identity",
    "Connection": "close",
    "User-Agent": f"tresen/{__version__}",
}


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What came back.

    Attributes:
        status: The HTTP status.
        media_type: Its content type in lower case, without parameters.
        body: At most as long as was allowed.
    """

    status: int
    media_type: str
    body: bytes


class Http:
    """Exchanges with one server.

    Args:
        context: Whom TLS trusts; the operating system decides where none is given.
        total: Seconds for one exchange, everything included.
        connect: Seconds of these for the connection.
    """

    def __init__(
        self,
        *,
        context: ssl.SSLContext | None = None,
        total: float = TOTAL_SECONDS,
        connect: float = CONNECT_SECONDS,
    ) -> None:
        self._context = context or _system_trust()
        self._total = total
        self._connect = connect

    def post(self, url: str, body: bytes, *, media_type: str, limit: int) -> HttpAnswer:
        """Send a body and read an answer of at most ``limit`` bytes.

        Raises:
            ServerError: There is no whole answer within the time and the limit.
        """
        deadline = _Deadline(self._total)
        transport = _Transport(self._context, _Backend(deadline, self._connect))
        headers = _HEADERS | {"Content-Type": media_type, "Accept": media_type}
        try:
            with (
                httpx.Client(transport=transport, trust_env=False, timeout=self._total) as client,
                client.stream("POST", url, content=body, headers=headers) as response,
            ):
                return HttpAnswer(
                    response.status_code,
                    response.headers.get("content-type", "").partition(";")[0].strip().lower(),
                    _read(response, limit, deadline),
                )
        except _UntrustedError as error:
            raise ServerError(ErrorCode.CENTRE_UNTRUSTED) from error
        except (httpx.ConnectTimeout, httpx.NetworkError) as error:
            raise ServerError(ErrorCode.CENTRE_UNREACHABLE) from error
        except (httpx.TimeoutException, TimeoutError) as error:
            raise ServerError(ErrorCode.CENTRE_TIMEOUT) from error
        except httpx.HTTPError as error:
            raise ServerError(ErrorCode.CENTRE_GARBLED) from error


def _system_trust() -> ssl.SSLContext:
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _read(response: httpx.Response, limit: int, deadline: _Deadline) -> bytes:
    body = bytearray()
    for chunk in response.iter_raw():
        deadline.left()
        body += chunk
        if len(body) > limit:
            raise ServerError(ErrorCode.CENTRE_GARBLED)
    return bytes(body)


class _UntrustedError(Exception):
    """TLS says that the other side is not who it should be, or speaks no TLS that we accept."""


class _Deadline:
    """One moment at which everything has to be over."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds that are left; raises TimeoutError when none are."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _Transport(httpx.HTTPTransport):
    """httpx's own transport over our connections."""

    def __init__(self, context: ssl.SSLContext, backend: httpcore.NetworkBackend) -> None:
        super().__init__(verify=context, trust_env=False)
        self._pool = httpcore.ConnectionPool(ssl_context=context, network_backend=backend)


class _Backend(httpcore.NetworkBackend):
    """Opens connections whose every wait ends at the deadline."""

    def __init__(self, deadline: _Deadline, connect: float) -> None:
        self._deadline = deadline
        self._connect = connect

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline decides
        local_address: str | None = None,  # noqa: ARG002 - httpcore's signature
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - httpcore's signature
    ) -> httpcore.NetworkStream:
        """Try the host's addresses one after the other, each with its share of the time."""
        until = _Deadline(min(self._connect, self._deadline.left()))
        try:
            return _Stream(_connected(host, port, until), self._deadline)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout from error
        except OSError as error:
            raise httpcore.ConnectError from error


class _Stream(httpcore.NetworkStream):
    """A connection whose every wait ends at the deadline."""

    def __init__(self, connection: socket.socket, deadline: _Deadline) -> None:
        self._socket = connection
        self._deadline = deadline
        self._heard = False

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the deadline decides
        try:
            self._socket.settimeout(self._deadline.left())
            data = self._socket.recv(max_bytes)
        except TimeoutError as error:
            raise httpcore.ReadTimeout from error
        except OSError as error:
            raise httpcore.ReadError from error
        if not data and not self._heard:
            raise httpcore.ReadError  # hung up without a word: nobody was reached
        self._heard = True
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - the deadline decides
        if not buffer:
            return
        try:
            self._socket.settimeout(self._deadline.left())
            self._socket.sendall(buffer)  # its timeout is a total one
        except TimeoutError as error:
            raise httpcore.WriteTimeout from error
        except OSError as error:
            raise httpcore.WriteError from error

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - the deadline decides
    ) -> httpcore.NetworkStream:
        try:
            self._socket.settimeout(self._deadline.left())
            secured = ssl_context.wrap_socket(self._socket, server_hostname=server_hostname)
        except OSError as error:
            self._socket.close()
            if isinstance(error, TimeoutError):
                raise httpcore.ConnectTimeout from error
            if isinstance(error, ssl.SSLError) and not isinstance(error, _HUNG_UP):
                raise _UntrustedError from error
            raise httpcore.ConnectError from error
        return _Stream(secured, self._deadline)


def _connected(host: str, port: int, until: _Deadline) -> socket.socket:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for untried, (family, kind, protocol, _, address) in zip(
        range(len(found), 0, -1), found, strict=True
    ):
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(until.left() / untried)
            connection.connect(address)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError:
            connection.close()
            if untried == 1:
                raise
        else:
            return connection
    raise OSError
