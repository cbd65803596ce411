"""From words to lines: what may stand on paper, and where a line ends."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BORDER: Final = re.compile(r"[<\-/:#]+")
"""After these a word too long for its line is cut."""


def printable(text: str) -> str:
    """The text as paper may carry it: NFC, single spaces, nothing that a reader cannot see.

    Controls, direction marks, zero-width signs and unassigned code points are left out, so that no
    text can speak to a printer, hide or change the order of what is read (facts on security, T28
    and T29). Never raises.
    """
    spaced = (" " if sign.isspace() else sign for sign in text)
    seen = "".join(sign for sign in spaced if not unicodedata.category(sign).startswith("C"))
    return " ".join(unicodedata.normalize("NFC", seen).split())


def wrap(text: str, width: float, measure: Callable[[str], float]) -> tuple[str, ...]:
    """The text in lines that are at most so wide, if a single sign is not wider than that.

    Lines end between words. A word that is too long by itself is cut after a hyphen, ``<`` or the
    like, or else anywhere.

    Args:
        text: Words with spaces between them.
        width: In the unit of ``measure``.
        measure: How wide a text is; longer texts are not narrower.
    """
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if measure(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, width, measure)
        lines.extend(full)
    return (*lines, line) if line else ()


def _pieces(word: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    """The word in pieces that fit; at least one piece."""

    def too_wide(length: int) -> bool:
        return measure(word[:length]) > width

    while len(word) > 1 and too_wide(len(word)):
        fit = 1 + bisect_left(range(2, len(word)), x=True, key=too_wide)
        borders = [match.end() for match in _BORDER.finditer(word, 0, fit)]
        cut = borders[-1] if borders else fit
        yield word[:cut]
        word = word[cut:]
    yield word
