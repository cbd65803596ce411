"""Where one terminal keeps what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import platformdirs

from desktop.core.status import Realm

if TYPE_CHECKING:
    from desktop.core.start import StartOptions

_APP: Final = "tresen"
_SETTINGS: Final = "terminal.toml"


@dataclass(frozen=True, slots=True)
class Paths:
    """The places of one terminal.

    Attributes:
        data: Folder of store, lock, status and vault.
        settings: The file ``terminal.toml``.
        log: Folder of the log.
    """

    data: Path
    settings: Path
    log: Path

    @classmethod
    def of(cls, options: StartOptions) -> Paths:
        """The operating system's places, training apart from production; or all in one folder."""
        if options.data_dir is not None:
            folder = options.data_dir.absolute()
            return cls(folder, folder / _SETTINGS, folder / "log")
        data = Path(platformdirs.user_data_dir(_APP, appauthor=False))
        config = Path(platformdirs.user_config_dir(_APP, appauthor=False))
        log = Path(platformdirs.user_log_dir(_APP, appauthor=False))
        if options.realm is Realm.TRAINING:
            apart = str(options.realm)
            data, config, log = data / apart, config / apart, log / apart
        return cls(data, config / _SETTINGS, log)

    @property
    def store(self) -> Path:
        """The encrypted store."""
        return self.data / "terminal.db"

    @property
    def lock(self) -> Path:
        """The file whose lock the owner of all this holds."""
        return self.data / "terminal.lock"

    @property
    def status(self) -> Path:
        """What a second process may read while the owner runs."""
        return self.data / "status.json"

    @property
    def vault(self) -> Path:
        """Folder of keys."""
        return self.data / "vault"

    @property
    def centre(self) -> Path:
        """Folder of the training centre's database."""
        return self.data / "centre"
