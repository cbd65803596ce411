"""How one start of the program was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.core.status import Realm

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class StartOptions:
    """What the command line says about the terminal that is meant.

    Attributes:
        realm: Production or training.
        data_dir: Where the terminal keeps everything; None for the places of the operating system.
        language: ``de`` or ``en`` for this start only; None to follow the settings.
    """

    realm: Realm = Realm.PRODUCTION
    data_dir: Path | None = None
    language: str | None = None
