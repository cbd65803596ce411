"""``tresen centre``: a central server on this machine; its address is the first line it writes.

With ``--training`` it certifies whoever asks, for certificates that are not valid; without, it
takes events of terminals that it knows and certifies nobody. It listens on the loopback address
only. Its own data folder (``--data-dir``) holds ``centre.db`` unless ``--database`` names another
place; ``--port 0`` takes any free port.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from desktop.adapters.clock import SystemClock
from desktop.adapters.paths import Paths
from desktop.centre.serve import Serving, serve
from desktop.centre.tables import DatabaseUnavailableError
from desktop.cli.command import Exit
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
        database=asked.database or _own_database(invocation.start),
        port=asked.port,
        training=invocation.start.realm is Realm.TRAINING,
        parent_pipe=asked.parent_pipe,
    )
    try:
        serve(serving, now=SystemClock().now, announce=_announce)
    except DatabaseUnavailableError:
        return _refuse(invocation.words.translate("cli.centre.no_database"))
    except OSError:
        return _refuse(invocation.words.translate("cli.centre.port_taken", port=asked.port))
    return Exit.OK


def _own_database(start: StartOptions) -> Path:
    paths = Paths.of(start)
    folder = paths.data if start.data_dir is not None else paths.centre
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / "centre.db"


def _announce(address: str) -> None:
    sys.stdout.write(address + "\n")
    sys.stdout.flush()


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"tresen: {sentence}\n")
    return Exit.UNAVAILABLE


def _port(text: str) -> int:
    port = int(text)
    if port not in _PORTS:
        raise ValueError
    return port
