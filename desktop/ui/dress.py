"""Language and look of the whole window, changed at once and everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLibraryInfo, QObject, Qt, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from desktop.core.settings import Look
from desktop.core.status import Realm
from desktop.ui.face import Face
from desktop.ui.icons import Icons
from desktop.ui.stylesheet import palette, stylesheet
from desktop.ui.tokens import DARK, LIGHT, training

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.core.ports import Words
    from desktop.core.settings import Settings
    from desktop.ui.tokens import Tokens

_SCHEMES: Final = {
    Look.LIGHT: Qt.ColorScheme.Light,
    Look.DARK: Qt.ColorScheme.Dark,
    Look.SYSTEM: Qt.ColorScheme.Unknown,
}


def tokens_of(look: Look, *, system_dark: bool, realm: Realm) -> Tokens:
    """The colours for a look, the system's preference and a realm."""
    dark = system_dark if look is Look.SYSTEM else look is Look.DARK
    tokens = DARK if dark else LIGHT
    return training(tokens) if realm is Realm.TRAINING else tokens


class Dress(QObject):
    """Dresses the application.

    Args:
        words: The catalogue, in any language.
        read: The bytes of a resource, by its name.

    Signals:
        changed: There is another Face.
    """

    changed = Signal(object)

    def __init__(self, words: Words, read: Callable[[str], bytes]) -> None:
        super().__init__()
        self._words = words
        self._icons = Icons(read)
        self._look = Look.SYSTEM
        self._realm = Realm.PRODUCTION
        self._worn: Tokens | None = None
        self._translator: QTranslator | None = None
        self._spoken = ""
        self.face = Face(words, LIGHT, self._icons)
        self._hints = QApplication.styleHints()
        self._system_dark = self._hints.colorScheme() is Qt.ColorScheme.Dark
        self._hints.colorSchemeChanged.connect(self._system_changed)

    def put_on(self, settings: Settings, realm: Realm) -> None:
        """Speak the language and wear the look of these settings."""
        self._look, self._realm = settings.look, realm
        words = self._words.in_language(settings.language)
        self._speak(settings.language)
        self._hints.setColorScheme(_SCHEMES[settings.look])
        self._wear(words)

    def take_off(self) -> None:
        """Leave the application as it was found."""
        self._hints.colorSchemeChanged.disconnect(self._system_changed)
        if self._translator is not None:
            QApplication.removeTranslator(self._translator)
            self._translator = None

    def _system_changed(self, scheme: Qt.ColorScheme) -> None:
        self._system_dark = scheme is Qt.ColorScheme.Dark
        if self._look is Look.SYSTEM:
            self._wear(self.face.words)

    def _wear(self, words: Words) -> None:
        tokens = tokens_of(self._look, system_dark=self._system_dark, realm=self._realm)
        face = Face(words, tokens, self._icons)
        if tokens != self._worn:
            self._worn = tokens
            self._application().setPalette(palette(tokens))
            self._application().setStyleSheet(stylesheet(tokens))
        self.face = face
        self.changed.emit(face)

    def _speak(self, language: str) -> None:
        """Qt's own words: file dialogs and context menus."""
        if language == self._spoken:
            return
        self._spoken = language
        if self._translator is not None:
            QApplication.removeTranslator(self._translator)
        translator = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self._translator = translator if translator.load(f"qtbase_{language}", folder) else None
        if self._translator is not None:
            QApplication.installTranslator(self._translator)

    @staticmethod
    def _application() -> QApplication:
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # noqa: S101 - tells the type checker
        return application
