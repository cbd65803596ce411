"""A catalogue that answers with the ids themselves."""

from __future__ import annotations


class FakeWords:
    """The Words port; ``issue.done dose=2`` are the words of ``issue.done`` with a value."""

    def __init__(self, language: str = "de") -> None:
        self._language = language

    @property
    def language(self) -> str:
        return self._language

    def translate(self, message: str, /, **values: str | int) -> str:
        return " ".join([message, *(f"{name}={value}" for name, value in sorted(values.items()))])

    def in_language(self, language: str) -> FakeWords:
        return FakeWords(language)
