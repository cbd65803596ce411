"""One worker of the centre: listens on this machine until it is told to end.

It speaks plain HTTP on the loopback address only. What it offers to other machines it offers
through a proxy in front of it, which ends TLS.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import uvicorn

from desktop.centre.app import build
from desktop.centre.enrolment import Enrolment
from desktop.centre.intake import Intake
from desktop.centre.register import Register

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

HOST: Final = "127.0.0.1"

TRAINING_AUTHORITY: Final = "CSCA-T TRAINING"
"""Common name of the authority that certifies whoever asks."""

_GRACE_SECONDS: Final = 2
"""So long requests may take to finish when the centre ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """How one worker serves.

    Attributes:
        database: A file for SQLite, or a URL as SQLAlchemy writes it.
        port: TCP port; 0 for any that is free.
        training: Whether it certifies whoever asks, for certificates that are not valid.
        parent_pipe: Whether to end when standard input ends.
    """

    database: str | Path
    port: int
    training: bool
    parent_pipe: bool


class PortTakenError(Exception):
    """Another program has the port, or this account may not use it."""


def serve(
    serving: Serving, *, now: Callable[[], datetime], announce: Callable[[str], None]
) -> None:
    """Serve until a signal or the end of the parent's pipe.

    Args:
        serving: How.
        now: Where the time comes from (aware, UTC).
        announce: Told the address as soon as it accepts connections.

    Raises:
        DatabaseUnavailableError: The database cannot be opened.
        DriverMissingError: What speaks to it is not installed.
        PortTakenError: It cannot listen on that port.
    """
    register = Register(serving.database)
    application = build(
        register=register,
        intake=Intake(register, training=serving.training, now=now),
        enrolment=Enrolment(register, name=TRAINING_AUTHORITY, now=now)
        if serving.training
        else None,
    )
    server = uvicorn.Server(
        uvicorn.Config(
            application,
            access_log=False,
            lifespan="off",
            log_config=None,
            server_header=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
    )
    with _listener(serving.port) as listener:
        if serving.parent_pipe:
            _end_with_parent(server)
        announce(f"http://{HOST}:{listener.getsockname()[1]}")
        server.run(sockets=[listener])
    register.close()


def _listener(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        raise PortTakenError from error


def _end_with_parent(server: uvicorn.Server) -> None:
    """Watch standard input, whose other end only the parent holds, also when it is killed."""
    pipe = sys.stdin.fileno()

    def watch() -> None:
        while os.read(pipe, 1024):
            pass
        server.should_exit = True

    threading.Thread(target=watch, name="parent-pipe", daemon=True).start()
