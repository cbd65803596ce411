"""Receipt printers that speak ESC/POS over the network (TCP port 9100), through python-escpos.

The driver writes the bytes; a slip goes out as raster pictures and nothing else, so no text of a
customer can become a command. What the driver (3.1) does badly is met here:

* Its import takes a moment, leaves a temporary folder behind, adds a handler to the root logger and
  would unpickle whatever ``ESCPOS_CAPABILITIES_PICKLE_DIR`` points at: imported at the first slip,
  and tidied up after.
* Its default profile knows no paper width: it says so on standard output and lets pictures through
  that are too wide. We bring a profile of our own.
* Its network class leaks the socket of a failed connection, knows no IPv6 and counts its timeout
  anew for every command: the socket is ours, under one deadline for the whole slip.
"""

from __future__ import annotations

import logging
import os
import shutil
import socket
from functools import cache
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from desktop.adapters.printers.picture import slip_picture
from desktop.core.errors import DeviceError, ErrorCode
from desktop.core.paper.geometry import PRINTABLE_DOTS

if TYPE_CHECKING:
    from types import ModuleType

    from desktop.core.paper.drawing import Slip
    from desktop.core.settings import Paper

_DEADLINE: Final = 20.0
"""Seconds for a whole slip, from the first packet to the last byte taken."""
_CONNECT_DEADLINE: Final = 5.0
"""Seconds until somebody must have answered at the printer's address."""
_FAREWELL: Final = 1.0
"""Seconds that a printer gets to close the line by itself after the last byte."""
_UNSENT: Final = 8192
"""Bytes that may wait in our own machine: what was sent should have reached the printer."""
_BAND_ROWS: Final = 256
"""Rows of dots in one command: small printers have small buffers."""

_PICKLE_DIR: Final = "ESCPOS_CAPABILITIES_PICKLE_DIR"


class EscposNetworkPrinter:
    """The SlipPrinter port for a printer with an address of its own.

    Args:
        host: Name or address.
        port: Port of its raw interface.
        paper: Width of its paper.
        deadline: Seconds for a whole slip.
    """

    def __init__(self, host: str, port: int, paper: Paper, *, deadline: float = _DEADLINE) -> None:
        self._address = (host, port)
        self._dots = PRINTABLE_DOTS[paper]
        self._deadline = deadline

    @property
    def dots(self) -> int:
        """Printable width in dots at 203 dpi."""
        return self._dots

    def print(self, slip: Slip) -> None:
        """Print and cut; returns when the printer has taken all bytes.

        Raises:
            DeviceError: PRINTER_UNREACHABLE: nobody answers at its address, or the line broke;
                PRINTER_TIMEOUT: it took too long (out of paper, cover open, switched off); what
                became of the slip is unknown.
        """
        data = _commands(slip, self._dots)
        until = monotonic() + self._deadline
        try:
            with self._connected() as line:
                _hand_over(line, data, until)
        except TimeoutError as error:
            raise DeviceError(ErrorCode.PRINTER_TIMEOUT) from error
        except OSError as error:
            raise DeviceError(ErrorCode.PRINTER_UNREACHABLE) from error

    def _connected(self) -> socket.socket:
        try:
            return socket.create_connection(
                self._address, timeout=min(self._deadline, _CONNECT_DEADLINE)
            )
        except (OSError, UnicodeError) as error:  # UnicodeError: a name that no host can have
            raise DeviceError(ErrorCode.PRINTER_UNREACHABLE) from error


def _hand_over(line: socket.socket, data: bytes, until: float) -> None:
    """Send everything, then let the printer hang up.

    Closing first could throw away what the printer has not read yet.
    """
    line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _UNSENT)
    line.settimeout(_left(until))
    line.sendall(data)
    line.shutdown(socket.SHUT_WR)
    until = min(until, monotonic() + _FAREWELL)
    try:
        line.settimeout(_left(until))
        while line.recv(_UNSENT):
            line.settimeout(_left(until))
    except TimeoutError:
        return  # many printers keep the line open for the next job


def _left(until: float) -> float:
    """Seconds until a moment of the monotonic clock.

    Raises:
        TimeoutError: It has passed.
    """
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _commands(slip: Slip, dots: int) -> bytes:
    """The slip in ESC/POS: reset, raster bands, feed and cut."""
    driver = _driver(dots)
    driver.hw("INIT")
    driver.image(slip_picture(slip, dots), impl="bitImageRaster", fragment_height=_BAND_ROWS)
    driver.cut()
    commands: bytes = driver.output
    return commands


def _driver(dots: int) -> Any:  # noqa: ANN401 - the library has no types
    """python-escpos, writing into memory, for a paper of so many dots."""
    library = _library()
    profile = library.capabilities.Profile(features={"paperFullCut": True})
    media = {"width": {"pixels": dots}}
    profile.profile_data = {**profile.profile_data, "media": media}
    return library.printer.Dummy(profile=profile)


@cache
def _library() -> ModuleType:
    """The library, imported at the first slip and tidied up after."""
    os.environ.pop(_PICKLE_DIR, None)
    guard = logging.NullHandler()
    logging.root.addHandler(guard)

    import escpos.printer

    logging.root.removeHandler(guard)
    shutil.rmtree(escpos.capabilities.pickle_dir, ignore_errors=True)
    library: ModuleType = escpos
    return library
