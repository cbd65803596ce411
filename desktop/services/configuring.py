"""What IT and staff have chosen, read once and kept as it changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.core.ports import SettingsFile
    from desktop.core.settings import Settings


class Configuring:
    """The settings of one terminal; whoever asks sees the latest."""

    def __init__(self, file: SettingsFile, settings: Settings) -> None:
        self._file = file
        self._settings = settings

    @property
    def settings(self) -> Settings:
        """What holds now."""
        return self._settings

    def save(self, settings: Settings) -> None:
        """Write new settings; from now on they hold.

        A terminal belongs to one pharmacy: the site is set once and then stays, whatever comes.

        Raises:
            SetupError: They could not be written; then the old ones still hold.
        """
        kept = replace(settings, site=self._settings.site or settings.site)
        self._file.save(kept)
        self._settings = kept
