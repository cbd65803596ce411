"""``tresen centre``: a central server on this machine; its address is the first line it writes.

With ``--training`` it certifies whoever asks, for certificates that are not valid; without, it
takes events of terminals that it knows and certifies nobody. It listens on the loopback address
only. Its own data folder (``--data-dir``) holds ``centre.db`` unless ``--database`` names another
place; ``--port 0`` takes any free port.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from desktop.adapters.clock import SystemClock
from desktop.adapters.files import private_folder
from desktop.adapters.paths import Paths
from desktop.centre.serve import PortTakenError, Serving, serve
from desktop.centre.tables import DatabaseUnavailableError, DriverMissingError
from desktop.cli import output
from desktop.cli.command import Exit
from desktop.core.errors import ErrorCode, StoreError
from desktop.core.status import Realm

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.cli.command import CommandParser, Invocation
    from desktop.core.ports import Words
    from desktop.core.start import StartOptions

PORT: Final = 8470
"""Where it listens unless told otherwise."""

_PORTS: Final = range(65536)
_OWNER_ONLY: Final = 0o077


def arguments(parser: CommandParser, words: Words) -> None:
    """Declare what the command takes."""
    parser.declare("--port", type=_port, default=PORT, help=words.translate("cli.centre.port"))
    parser.declare("--database", metavar="URL", help=words.translate("cli.centre.database"))
    parser.declare(
        "--parent-pipe", action="store_true", help=words.translate("cli.centre.parent_pipe")
    )


def run(invocation: Invocation) -> int:
    """Serve until interrupted."""
    asked = invocation.arguments
    os.umask(_OWNER_ONLY)  # the register holds personal data
    serving = Serving(
        database=_own_database(invocation.start) if asked.database is None else asked.database,
        port=asked.port,
        training=invocation.start.realm is Realm.TRAINING,
        parent_pipe=asked.parent_pipe,
    )
    try:
        serve(serving, now=SystemClock().now, announce=_announce)
    except DatabaseUnavailableError:
        return _refuse(invocation.words.translate("cli.centre.no_database"))
    except DriverMissingError:
        return _refuse(invocation.words.translate("cli.centre.no_driver"))
    except PortTakenError:
        return _refuse(invocation.words.translate("cli.centre.port_taken", port=asked.port))
    return Exit.OK


def _own_database(start: StartOptions) -> Path:
    paths = Paths.of(start)
    folder = paths.data if start.data_dir is not None else paths.centre
    try:
        private_folder(folder)
    except OSError as error:
        raise StoreError(ErrorCode.FILE_UNWRITABLE, file=folder.name) from error
    return folder / "centre.db"


def _announce(address: str) -> None:
    output.say(address + "\n")


def _refuse(sentence: str) -> int:
    output.remark(sentence)
    return Exit.UNAVAILABLE


def _port(text: str) -> int:
    port = int(text)
    if port not in _PORTS:
        raise ValueError
    return port
