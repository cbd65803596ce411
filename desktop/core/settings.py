"""What IT and staff have chosen for one terminal: the content of ``terminal.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv6Address
from typing import Final
from urllib.parse import urlsplit

RECEIPT_PORT = 9100

LANGUAGES: Final = ("de", "en")
"""Languages of screen and sentences."""


class Look(StrEnum):
    """The colours of the screen."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


class Paper(StrEnum):
    """Width of the receipt paper; see ``core.paper.geometry`` for the dots."""

    NARROW = "58mm"
    WIDE = "80mm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The one pharmacy that a terminal belongs to.

    Attributes:
        profile: Name of its issuer profile.
        pharmacy: Its name, as people know it.
        issuer_id: Its id in certificate identifiers, as ``hcert.uvci.ISSUER_ID`` says.
    """

    profile: str
    pharmacy: str
    issuer_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPrinter:
    """A network receipt printer.

    Attributes:
        host: Name or address; empty if there is none.
        port: TCP port of its raw interface.
        paper: Width of its paper.
    """

    host: str = ""
    port: int = RECEIPT_PORT
    paper: Paper = Paper.WIDE


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All of it; every value has a default, so an empty file is a valid file.

    Attributes:
        language: One of ``LANGUAGES``.
        look: Colours of the screen.
        site: The pharmacy, None while the terminal is not set up.
        centre_url: Where the centre is; empty in training (it runs its own).
        printer: The receipt printer.
        scanner_layout: Keyboard layout that a wedge scanner is set to, one of
            ``core.scan.keymap.LAYOUTS``.
    """

    language: str = "de"
    look: Look = Look.SYSTEM
    site: Site | None = None
    centre_url: str = ""
    printer: ReceiptPrinter = field(default_factory=ReceiptPrinter)
    scanner_layout: str = "us"


_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
_NAME: Final = re.compile(r"(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\.?")


def is_centre_address(text: str) -> bool:
    """Whether this can be where a centre is: HTTPS, or plain HTTP on this machine; no query.

    Set-up asks before it is written and the connection before it is used, so that nobody can set
    up a terminal that does not open.
    """
    if any(char in "?#@%" or char.isspace() for char in text):
        return False
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
        named = _is_host(host)
    except ValueError:
        return False
    if not named or port == 0:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)


def _is_host(host: str) -> bool:
    """Whether it is a name, as the resolver of names will have it, or an address."""
    if ":" in host:
        return bool(IPv6Address(host).packed)
    if any(part[:1] == "-" or part[-1:] == "-" for part in host.split(".")):
        return False  # also before a letter beyond ASCII, where the name below hides it
    name = host.encode("idna")
    return _NAME.fullmatch(name.decode()) is not None and bool(name.decode("idna"))
