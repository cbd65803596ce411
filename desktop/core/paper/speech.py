"""The languages of the paper: the same words in each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.core.ports import Words

_BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class Speech:
    """The catalogues of a paper's languages, the most important first; never empty.

    Raises:
        ValueError: There is no language.
    """

    catalogues: tuple[Words, ...]

    def __post_init__(self) -> None:
        if not self.catalogues:
            msg = "a paper without a language"
            raise ValueError(msg)

    @classmethod
    def of(cls, words: Words, languages: Iterable[str]) -> Speech:
        """The catalogues of some languages."""
        return cls(tuple(words.in_language(language) for language in languages))

    @property
    def language(self) -> str:
        """The most important language."""
        return self.catalogues[0].language

    def translate(self, message: str, /, **values: str | int) -> tuple[str, ...]:
        """The words behind an id, once for each language."""
        return tuple(words.translate(message, **values) for words in self.catalogues)


def joined(texts: tuple[str, ...]) -> str:
    """Short words of all languages on one line, each once: ``Datum · Date``."""
    return _BETWEEN.join(dict.fromkeys(texts))
