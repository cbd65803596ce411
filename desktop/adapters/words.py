"""The catalogue of words: gettext files among the resources."""

from __future__ import annotations

import io
import logging
from functools import cache
from gettext import GNUTranslations, NullTranslations

from desktop.adapters import resources
from desktop.adapters.log import Known

_log = logging.getLogger(__name__)


class _Unknown(NullTranslations):
    """Says of every id, once, that nobody has words for it."""

    def __init__(self) -> None:
        super().__init__()
        self._said: set[str] = set()

    def gettext(self, message: str) -> str:
        """The id itself: an ugly word is better than a counter that stands still."""
        if message not in self._said:
            self._said.add(message)
            _log.warning("no words for %s", Known(message))
        return message


@cache
def _catalogue(language: str) -> GNUTranslations:
    file = io.BytesIO(resources.read_bytes(f"words/{language}.mo"))
    catalogue = GNUTranslations(file)
    catalogue.add_fallback(_Unknown())
    return catalogue


class Catalogue:
    """The Words port.

    Args:
        language: ``de`` or ``en``.

    Raises:
        FileNotFoundError: The program was built without words in that language.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._catalogue = _catalogue(language)

    @property
    def language(self) -> str:
        """``de`` or ``en``."""
        return self._language

    def translate(self, message: str, /, **values: str | int) -> str:
        """The words behind an id, with ``{name}`` filled from values; an unknown id is returned."""
        return self._catalogue.gettext(message).format(**values)

    def in_language(self, language: str) -> Catalogue:
        """The same catalogue in another language."""
        return Catalogue(language)
