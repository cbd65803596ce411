"""What IT and staff have chosen for one terminal: the content of ``terminal.toml``."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

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
