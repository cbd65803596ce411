"""Drawing commands: what a document consists of, before any printer or page is involved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Error correction of a QR code (ISO/IEC 18004)."""

    L = "L"
    M = "M"
    Q = "Q"
    H = "H"


@dataclass(frozen=True, slots=True)
class SlipText:
    """A paragraph on narrow paper, wrapped at the paper's width.

    Attributes:
        text: The words.
        size: Size of the font in dots at 203 dpi.
        bold: Whether it stands out.
        centred: Centred instead of left-aligned.
        inverse: White on a black band across the paper.
        fallback: What is printed instead if the font lacks a letter of the text.
    """

    text: str
    size: int = 24
    bold: bool = False
    centred: bool = False
    inverse: bool = False
    fallback: str = ""


@dataclass(frozen=True, slots=True)
class SlipFact:
    """A named value: name to the left, value in bold to the right, or below if it is long.

    Attributes:
        label: What it is.
        value: The value.
    """

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class SlipCode:
    """A QR code on narrow paper, centred, with its quiet zone.

    Four modules above and below are part of it. Sideways it has what the print width leaves; the
    rest of the quiet zone is the paper's own margin.

    Attributes:
        text: What it says.
        level: Its error correction.
        dots: Dots a module, at 203 dpi.
    """

    text: str
    level: Level
    dots: int


@dataclass(frozen=True, slots=True)
class SlipRule:
    """A thin line across the paper."""


@dataclass(frozen=True, slots=True)
class SlipSpace:
    """White paper.

    Attributes:
        dots: Its height in dots.
    """

    dots: int


Slip = tuple[SlipText | SlipFact | SlipCode | SlipRule | SlipSpace, ...]
"""A whole slip, from top to bottom; it ends with a cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """A paragraph on a page, wrapped at the width of its cell.

    Attributes:
        text: The words.
        size: Size of the font in points.
        bold: Whether it stands out.
        quiet: Grey instead of black.
        fallback: What is printed instead if the font lacks a letter of the text.
    """

    text: str
    size: float = 9.0
    bold: bool = False
    quiet: bool = False
    fallback: str = ""


@dataclass(frozen=True, slots=True)
class PageRow:
    """Cells side by side, equally wide; each is a stack of paragraphs.

    Attributes:
        cells: The stacks, from left to right.
        before: White above the row, in mm.
    """

    cells: tuple[tuple[PageText, ...], ...]
    before: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageColumn:
    """Rows that flow from top to bottom; if they do not fit, all of them shrink alike.

    Attributes:
        x: Left edge in mm from the left.
        y: Upper edge in mm from the top.
        width: In mm.
        height: In mm.
        rows: What stands in it.
    """

    x: float
    y: float
    width: float
    height: float
    rows: tuple[PageRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCode:
    """A QR code as vectors, black on a white square that includes its quiet zone of four modules.

    Attributes:
        x: Left edge of the outermost modules in mm from the left.
        y: Upper edge of the outermost modules in mm from the top.
        edge: From the first module's edge to the last one's, without the quiet zone, in mm.
        text: What it says.
        level: Its error correction.
    """

    x: float
    y: float
    edge: float
    text: str
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFold:
    """A line to fold along: straight, thin, dashed and grey.

    Attributes:
        x1: Start, in mm from the left.
        y1: Start, in mm from the top.
        x2: End, in mm from the left.
        y2: End, in mm from the top.
    """

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMark:
    """Large pale words across the page, rising to the right; what follows is drawn over them.

    Attributes:
        x: Centre, in mm from the left.
        y: Centre, in mm from the top.
        text: The words.
        size: Size of the font in points.
    """

    x: float
    y: float
    text: str
    size: float


PageItem = PageColumn | PageCode | PageFold | PageMark


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One sheet of paper, measured in mm from its upper left corner.

    Attributes:
        width: In mm.
        height: In mm.
        language: Language of the words, BCP 47.
        title: What the document is; never names a person.
        author: Who issues it.
        items: What is on it, drawn in this order.
    """

    width: float
    height: float
    language: str
    title: str
    author: str
    items: tuple[PageItem, ...]
