"""What a person has chosen, in force at once and written in the background."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from desktop.ui.notices import of_failure

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.core.settings import Settings
    from desktop.ui.lanes import Failure, Lanes
    from desktop.ui.notices import Notices

_KEY: Final = "settings"


class Preferences(QObject):
    """The settings as they are now.

    Args:
        settings: What holds at first.
        language: Another language for this start only, if the command line asked for one.
        lanes: Where they are written.
        notices: Where it is said that they could not be written.

    Signals:
        changed: The Settings are others.
        saved: They are written.
    """

    changed = Signal(object)
    saved = Signal()

    def __init__(
        self, settings: Settings, language: str | None, lanes: Lanes, notices: Notices
    ) -> None:
        super().__init__()
        self._asked_language = language
        self._kept_language = settings.language
        self.settings = replace(settings, language=language or settings.language)
        self._lanes = lanes
        self._notices = notices
        self._save: Callable[[Settings], None] | None = None

    def keep_in(self, settings: Settings, save: Callable[[Settings], None]) -> None:
        """From now on they belong to an open terminal, which keeps them."""
        self._save = save
        self._kept_language = settings.language
        self._put(replace(settings, language=self._asked_language or settings.language))

    def change(self, **values: Any) -> None:  # noqa: ANN401 - the fields of Settings
        """Choose otherwise."""
        if "language" in values:
            self._asked_language = None
            self._kept_language = values["language"]
        if not self._put(replace(self.settings, **values)):
            return
        save, kept = self._save, replace(self.settings, language=self._kept_language)
        if save is not None:
            self._lanes.store.run(lambda: save(kept), self._saved, self._failed)

    def _put(self, settings: Settings) -> bool:
        if settings == self.settings:
            return False
        self.settings = settings
        self.changed.emit(settings)
        return True

    def _saved(self, _: object) -> None:
        self._notices.withdraw(_KEY)
        self.saved.emit()

    def _failed(self, failure: Failure) -> None:
        self._notices.tell(of_failure(_KEY, failure))
