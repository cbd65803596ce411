"""What the screen speaks and wears at the moment; a new one is put on when either changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

    from desktop.core.ports import Words
    from desktop.ui.icons import Icon, Icons
    from desktop.ui.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Face:
    """Language and look.

    Attributes:
        words: The catalogue in the language of the screen.
        tokens: The colours.
        icons: Where icons come from.
    """

    words: Words
    tokens: Tokens
    icons: Icons

    def say(self, message: str, /, **values: str | int) -> str:
        """Words for an id that was marked elsewhere."""
        return self.words.translate(message, **values)

    def icon(self, icon: Icon, colour: str, size: int = 20) -> QIcon:
        """An icon in one of the colours, ``#rrggbb``."""
        return self.icons.icon(icon, colour, size)


class Wears(Protocol):
    """Whatever shows words or colours."""

    def wear(self, face: Face) -> None:
        """Speak this language and wear these colours from now on."""
        ...
