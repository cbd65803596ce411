"""The bundled typeface, Noto Sans, for every medium that draws letters itself."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from desktop.adapters import resources
from desktop.core.paper.typesetting import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

_BMP: Final = (3, 1)
"""Platform and encoding of the table of Unicode's first plane (OpenType, ``cmap``)."""


class Weight(StrEnum):
    """The two weights that paper uses."""

    REGULAR = "NotoSans-Regular"
    BOLD = "NotoSans-Bold"


@dataclass(frozen=True, slots=True)
class Typeface:
    """A font file and the letters that it has.

    Attributes:
        data: The TrueType file.
        letters: Code points with a glyph of their own.
    """

    data: bytes
    letters: frozenset[int]

    def legible(self, text: str, fallback: str = "") -> str:
        """The text as this font can draw it, without anything that a reader cannot see.

        If the font lacks a letter (names in Arabic script), it is the fallback, and without a
        fallback the text without such letters: never a box in place of a letter.
        """
        wanted = printable(text)
        if self._covers(wanted):
            return wanted
        instead = printable(fallback) or wanted
        return "".join(sign for sign in instead if ord(sign) in self.letters)

    def _covers(self, text: str) -> bool:
        return all(ord(sign) in self.letters for sign in text)


@cache
def typeface(weight: Weight) -> Typeface:
    """The bundled font of a weight."""
    data = resources.read_bytes(f"fonts/{weight}.ttf")
    return Typeface(data, frozenset(_code_points(data)))


def _code_points(data: bytes) -> Iterator[int]:
    """What a TrueType file has glyphs for (OpenType ``cmap``, format 4 only)."""
    table = _cmap(data)
    (segments,) = struct.unpack_from(">6xH", data, table)
    ends = table + 14
    starts = ends + segments + 2
    deltas = starts + segments
    offsets = deltas + segments
    for at in range(0, segments, 2):
        start, end, delta, offset = (
            struct.unpack_from(">H", data, part + at)[0] for part in (starts, ends, deltas, offsets)
        )
        for code in range(start, end + 1):
            glyph = code + delta
            if offset:
                glyph_at = offsets + at + offset + 2 * (code - start)
                (glyph,) = struct.unpack_from(">H", data, glyph_at)
            if glyph & 0xFFFF:
                yield code


def _cmap(data: bytes) -> int:
    """Where the table of Unicode's first plane begins."""
    (tables,) = struct.unpack_from(">4xH", data)
    directory = struct.iter_unpack(">4s4xL4x", data[12 : 12 + 16 * tables])
    base: int = next(offset for tag, offset in directory if tag == b"cmap")
    (count,) = struct.unpack_from(">2xH", data, base)
    records = struct.iter_unpack(">HHL", data[base + 4 : base + 4 + 8 * count])
    table: int = base + next(offset for *kind, offset in records if tuple(kind) == _BMP)
    return table
