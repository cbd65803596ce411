"""Settings that are kept in memory."""

from __future__ import annotations

from desktop.core.errors import ErrorCode, SetupError
from desktop.core.settings import Settings


class FakeSettingsFile:
    """The SettingsFile port; ``fault`` makes every call fail with that code until it is cleared."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.content = settings or Settings()
        self.fault: ErrorCode | None = None

    def load(self) -> Settings:
        self._ready()
        return self.content

    def save(self, settings: Settings) -> None:
        self._ready()
        self.content = settings

    def _ready(self) -> None:
        if self.fault is not None:
            raise SetupError(self.fault)
