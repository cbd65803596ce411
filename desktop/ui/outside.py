"""What the window needs of the outside world beside a terminal's services."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.core.settings import Settings
    from desktop.core.status import Realm
    from desktop.services.terminal import Terminal
    from desktop.ui.wording import CountryNames

_COUNTRIES: Final = "countries/names.json"
_LICENCES: Final = "licences.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Functions that the command behind the window provides.

    Attributes:
        read: The bytes of a resource; raises FileNotFoundError.
        is_set_up: Whether a terminal of a realm can be opened; raises TerminalError.
        assemble: Opens the terminal of a realm; raises TerminalError. Store lane.
        set_up: Writes the settings of a terminal that is not open; raises TerminalError.
        write_page: Writes a file where a person chose; raises TerminalError. Device lane.
        profiles: Names of the issuer profiles.
    """

    read: Callable[[str], bytes]
    is_set_up: Callable[[Realm], bool]
    assemble: Callable[[Realm], Terminal]
    set_up: Callable[[Settings], None]
    write_page: Callable[[Path, bytes], None]
    profiles: tuple[str, ...]

    def countries(self) -> CountryNames:
        """Names of countries by code and language."""
        names: CountryNames = json.loads(self.read(_COUNTRIES))
        return names

    def licences(self) -> str | None:
        """The third-party licences that were collected at build, as one text; None without."""
        try:
            rows = json.loads(self.read(_LICENCES))
        except FileNotFoundError:
            return None
        heads = (f"{row['name']} {row['version']}  ·  {row['licence']}" for row in rows)
        texts = (
            f"{head}\n\n{row['text'].strip()}\n" for head, row in zip(heads, rows, strict=True)
        )
        return ("\n" + "─" * 60 + "\n\n").join(texts)
