"""Key strokes of a keyboard-wedge scanner, read as the layout that the scanner is set to.

Characters that the operating system made of them are of no use: a scanner set to a US keyboard on
a German system loses every ``+`` to a dead key. Key codes lose nothing (facts on devices, section
4). Codes are those of Linux evdev, which are X11's minus 8 and, for the keys below, the scan codes
of a PC keyboard (set 1) on Windows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from desktop.core.scan.gs1 import GROUP_SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class KeyStroke:
    """A key that went down, and the modifiers that were held.

    Attributes:
        code: The key's place on the keyboard, evdev numbering.
        shift: Either shift key.
        control: Either control key.
        alt_gr: The right alt key.
    """

    code: int
    shift: bool = False
    control: bool = False
    alt_gr: bool = False


_Row = tuple[int, str]
"""The code of a row's first key, and what its keys say from left to right."""

_DIGITS_ROW: Final = 2
_UPPER_ROW: Final = 16
_HOME_ROW: Final = 30
_LOWER_ROW: Final = 44
_SPACE: Final = 57
_BACKSLASH: Final = 43
_GRAVE: Final = 41
_EXTRA: Final = 86
_RIGHT_BRACKET: Final = 27
_F8: Final = 66


def _keys(*rows: _Row) -> dict[int, str]:
    return {first + place: sign for first, signs in rows for place, sign in enumerate(signs)}


_EVERYWHERE: Final = _keys(
    (_SPACE, " "), (71, "789-456+1230"), (55, "*"), (98, "/"), (15, "\t"), (28, "\r"), (96, "\r")
)
"""Blank, number pad, tabulator and both enter keys."""


@dataclass(frozen=True, slots=True)
class _Layout:
    plain: Mapping[int, str]
    shifted: Mapping[int, str]
    alt_gr: Mapping[int, str]

    def sign(self, stroke: KeyStroke) -> str:
        """What a key says without control; nothing if it is none that says anything."""
        level = self.shifted if stroke.shift else self.plain
        if stroke.alt_gr:
            level = self.alt_gr
        return level.get(stroke.code, "")


_LAYOUTS: Final[Mapping[str, _Layout]] = {
    "us": _Layout(
        plain=_EVERYWHERE
        | _keys(
            (_DIGITS_ROW, "1234567890-="),
            (_UPPER_ROW, "qwertyuiop[]"),
            (_HOME_ROW, "asdfghjkl;'"),
            (_LOWER_ROW, "zxcvbnm,./"),
            (_GRAVE, "`"),
            (_BACKSLASH, "\\"),
            (_EXTRA, "\\"),
        ),
        shifted=_EVERYWHERE
        | _keys(
            (_DIGITS_ROW, "!@#$%^&*()_+"),
            (_UPPER_ROW, "QWERTYUIOP{}"),
            (_HOME_ROW, 'ASDFGHJKL:"'),
            (_LOWER_ROW, "ZXCVBNM<>?"),
            (_GRAVE, "~"),
            (_BACKSLASH, "|"),
            (_EXTRA, "|"),
        ),
        alt_gr={},
    ),
    "de": _Layout(
        plain=_EVERYWHERE
        | _keys(
            (_DIGITS_ROW, "1234567890ß´"),
            (_UPPER_ROW, "qwertzuiopü+"),
            (_HOME_ROW, "asdfghjklöä"),
            (_LOWER_ROW, "yxcvbnm,.-"),
            (_GRAVE, "^"),
            (_BACKSLASH, "#"),
            (_EXTRA, "<"),
        ),
        shifted=_EVERYWHERE
        | _keys(
            (_DIGITS_ROW, '!"§$%&/()=?`'),
            (_UPPER_ROW, "QWERTZUIOPÜ*"),
            (_HOME_ROW, "ASDFGHJKLÖÄ"),
            (_LOWER_ROW, "YXCVBNM;:_"),
            (_GRAVE, "°"),
            (_BACKSLASH, "'"),
            (_EXTRA, ">"),
        ),
        alt_gr=_keys(
            (8, "{[]}\\"),
            (_UPPER_ROW, "@"),
            (18, "€"),
            (_RIGHT_BRACKET, "~"),
            (50, "µ"),
            (_EXTRA, "|"),
        ),
    ),
}


LAYOUTS: Final = tuple(_LAYOUTS)
"""What a scanner can be set to."""


def decode(keys: Sequence[KeyStroke], layout: str) -> str:
    """The text that a scanner meant; keys that say nothing are passed over.

    ``Ctrl+]`` and F8, by which scanners send a group separator, become U+001D; control with
    another letter becomes its control character, as on a terminal.

    Args:
        keys: The key strokes of one scan, in order.
        layout: What the scanner is set to, one of ``LAYOUTS``.

    Raises:
        KeyError: No such layout.
    """
    meant = _LAYOUTS[layout]
    return "".join(_read(stroke, meant) for stroke in keys)


def _read(stroke: KeyStroke, layout: _Layout) -> str:
    if stroke.code == _F8:
        return GROUP_SEPARATOR
    sign = layout.sign(stroke)
    if not stroke.control:
        return sign
    if stroke.code == _RIGHT_BRACKET and not stroke.alt_gr:
        # Scanners press the key where a US keyboard has the bracket, whatever they are set to.
        return GROUP_SEPARATOR
    if "@" <= sign.upper() <= "_" and len(sign) == 1:
        return chr(ord(sign.upper()) & 0x1F)
    return ""
