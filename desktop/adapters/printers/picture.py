"""A slip as a picture of black and white dots, for every printer that takes pictures.

Letters are drawn here, with the bundled font: printers know few scripts, print ``?`` for the rest,
and would take control signs in a name for commands.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING, Final, assert_never

from PIL import Image, ImageDraw, ImageFont

from desktop.adapters.fonts import Weight, typeface
from desktop.core.paper.drawing import SlipCode, SlipFact, SlipRule, SlipSpace, SlipText
from desktop.core.paper.typesetting import wrap
from desktop.hcert.qr import QUIET_ZONE, matrix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.core.paper.drawing import Slip

WHITE: Final = 1
BLACK: Final = 0

_LEADING: Final = 1.36
"""From line to line, in sizes of the font: room for the accents and tails of every letter."""
_LABEL: Final = 20
_VALUE: Final = 24
_GAP: Final = 16
"""Least white between a label and a value on one line, in dots."""
_RULE: Final = 2
_BAND: Final = 8
"""Black above and below white letters, in dots."""


def slip_picture(slip: Slip, dots: int) -> Image.Image:
    """The slip, mode ``1`` (1 is white), exactly so many dots wide."""
    strips = [strip for part in slip for strip in _strips(part, dots)]
    picture = Image.new("1", (dots, sum(strip.height for strip in strips)), WHITE)
    y = 0
    for strip in strips:
        picture.paste(strip, (0, y))
        y += strip.height
    return picture


def _strips(
    part: SlipText | SlipFact | SlipCode | SlipRule | SlipSpace, dots: int
) -> Iterator[Image.Image]:
    match part:
        case SlipText():
            yield from _text(part, dots)
        case SlipFact():
            yield from _fact(part, dots)
        case SlipCode():
            yield _code(part, dots)
        case SlipRule():
            yield Image.new("1", (dots, _RULE), BLACK)
        case SlipSpace():
            yield Image.new("1", (dots, part.dots), WHITE)
        case _:
            assert_never(part)


def _text(text: SlipText, dots: int) -> Iterator[Image.Image]:
    weight = Weight.BOLD if text.bold else Weight.REGULAR
    font = _font(weight, text.size)
    paper, ink = (BLACK, WHITE) if text.inverse else (WHITE, BLACK)
    edge = [Image.new("1", (dots, _BAND), paper)] if text.inverse else []
    legible = typeface(weight).legible(text.text, text.fallback)
    lines = wrap(legible, dots, font.getlength)
    yield from chain(
        edge,
        (_line(line, font, dots, x=_indent(line, font, dots, text), ink=ink) for line in lines),
        edge,
    )


def _indent(line: str, font: ImageFont.FreeTypeFont, dots: int, text: SlipText) -> int:
    return int(dots - font.getlength(line)) // 2 if text.centred else 0


def _fact(fact: SlipFact, dots: int) -> Iterator[Image.Image]:
    """The label, and the value at the right of its last line if there is room, else below."""
    small = _font(Weight.REGULAR, _LABEL)
    bold = _font(Weight.BOLD, _VALUE)
    labels = wrap(typeface(Weight.REGULAR).legible(fact.label), dots, small.getlength)
    values = wrap(typeface(Weight.BOLD).legible(fact.value), dots, bold.getlength)
    if len(values) == 1 and labels:
        *labels_above, label = labels
        start = int(dots - bold.getlength(values[0]))
        if small.getlength(label) + _GAP <= start:
            yield from (_line(part, small, dots) for part in labels_above)
            yield _beside(label, small, _line(values[0], bold, dots, x=start), bold)
            return
    yield from (_line(part, small, dots) for part in labels)
    yield from (_line(part, bold, dots, x=int(dots - bold.getlength(part))) for part in values)


def _beside(
    label: str, small: ImageFont.FreeTypeFont, strip: Image.Image, large: ImageFont.FreeTypeFont
) -> Image.Image:
    """The strip with a label at its left, on the same base line."""
    drop = large.getmetrics()[0] - small.getmetrics()[0]
    ImageDraw.Draw(strip).text((0, drop), label, fill=BLACK, font=small)
    return strip


def _line(
    text: str, font: ImageFont.FreeTypeFont, dots: int, *, x: int = 0, ink: int = BLACK
) -> Image.Image:
    strip = Image.new("1", (dots, round(font.size * _LEADING)), WHITE - ink)
    ImageDraw.Draw(strip).text((x, 0), text, fill=ink, font=font)
    return strip


def _code(code: SlipCode, dots: int) -> Image.Image:
    modules = matrix(code.text, code.level.value)
    size = modules.size
    small = Image.new("1", (size, size), WHITE)
    small.putdata(
        [BLACK if modules.dark(x, y) else WHITE for y in range(size) for x in range(size)]
    )
    edge = size * code.dots
    quiet = QUIET_ZONE * code.dots
    strip = Image.new("1", (dots, edge + 2 * quiet), WHITE)
    scaled = small.resize((edge, edge), Image.Resampling.NEAREST)
    strip.paste(scaled, ((dots - edge) // 2, quiet))
    return strip


@cache
def _font(weight: Weight, size: int) -> ImageFont.FreeTypeFont:
    """A font at a size in dots, laid out the same way on every operating system."""
    return ImageFont.truetype(
        BytesIO(typeface(weight).data), size, layout_engine=ImageFont.Layout.BASIC
    )
