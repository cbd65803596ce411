"""Pages as PDF files, with reportlab: small, the same bytes each time, nothing active in them.

The font is embedded as a subset; text stays text, so that it can be searched, read aloud and
copied. No page scaling when printed (``PrintScaling``), no annotations, no scripts, no actions, and
no personal data in the metadata.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Final, assert_never

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from desktop.adapters.fonts import Weight, typeface
from desktop.core.paper.drawing import PageCode, PageColumn, PageFold, PageMark
from desktop.core.paper.typesetting import wrap
from desktop.hcert.qr import QUIET_ZONE, matrix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.core.paper.drawing import Page, PageItem, PageRow, PageText

_LEADING: Final = 1.3
"""From line to line, in sizes of the font."""
_ASCENT: Final = 1.07
"""From the upper edge of a line to its base line, in sizes of the font (Noto Sans)."""
_CELL_GAP: Final = 4.0
"""White between cells of a row, in mm."""
_SCALES: Final = tuple(percent / 100 for percent in range(100, 45, -5))
"""How far a column may shrink until its rows fit."""

_BLACK: Final = 0.0
_QUIET: Final = 0.36
_FOLD: Final = 0.7
_MARK: Final = 0.86
_MARK_ANGLE: Final = 52.0
_FOLD_WEIGHT: Final = 0.5
_FOLD_DASH: Final = (2.0, 3.0)


class PdfPageWriter:
    """The PageWriter port."""

    def write(self, page: Page) -> bytes:
        """The page as a PDF; the same page gives the same bytes."""
        _register_fonts()
        file = BytesIO()
        canvas = Canvas(
            file,
            pagesize=(page.width * mm, page.height * mm),
            invariant=1,
            lang=page.language,
            initialFontName=Weight.REGULAR.value,  # type: ignore[arg-type] # the stubs say float
        )
        canvas.setTitle(page.title)
        canvas.setAuthor(page.author)
        canvas.setSubject(page.title)
        canvas.setCreator("Tresen")
        canvas.setViewerPreference("PrintScaling", "None")
        sheet = _Sheet(canvas, page.height)
        for item in page.items:
            sheet.draw(item)
        canvas.showPage()
        canvas.save()
        return file.getvalue()


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of letters in a column; x and base line in mm from its upper left corner."""

    x: float
    base: float
    text: str
    weight: Weight
    size: float
    grey: float


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A canvas measured in mm from the upper left corner."""

    canvas: Canvas
    height: float

    def draw(self, item: PageItem) -> None:
        match item:
            case PageColumn():
                self._column(item)
            case PageCode():
                self._code(item)
            case PageFold():
                self._fold(item)
            case PageMark():
                self._mark(item)
            case _:
                assert_never(item)

    def _column(self, column: PageColumn) -> None:
        for line in _fitted(column):
            self.canvas.setFont(line.weight.value, line.size)
            self.canvas.setFillGray(line.grey)
            self.canvas.drawString(
                (column.x + line.x) * mm, self._up(column.y + line.base), line.text
            )

    def _code(self, code: PageCode) -> None:
        modules = matrix(code.text, code.level.value)
        module = code.edge / modules.size
        quiet = QUIET_ZONE * module
        self.canvas.setFillGray(1)
        self.canvas.rect(
            (code.x - quiet) * mm,
            self._up(code.y + code.edge + quiet),
            (code.edge + 2 * quiet) * mm,
            (code.edge + 2 * quiet) * mm,
            stroke=0,
            fill=1,
        )
        path = self.canvas.beginPath()
        for y in range(modules.size):
            for x, width in _runs([modules.dark(x, y) for x in range(modules.size)]):
                path.rect(
                    (code.x + x * module) * mm,
                    self._up(code.y + (y + 1) * module),
                    width * module * mm,
                    module * mm,
                )
        self.canvas.setFillGray(_BLACK)
        self.canvas.drawPath(path, stroke=0, fill=1)

    def _fold(self, fold: PageFold) -> None:
        self.canvas.saveState()
        self.canvas.setLineWidth(_FOLD_WEIGHT)
        self.canvas.setStrokeGray(_FOLD)
        self.canvas.setDash(_FOLD_DASH)
        self.canvas.line(fold.x1 * mm, self._up(fold.y1), fold.x2 * mm, self._up(fold.y2))
        self.canvas.restoreState()

    def _mark(self, mark: PageMark) -> None:
        self.canvas.saveState()
        self.canvas.translate(mark.x * mm, self._up(mark.y))
        self.canvas.rotate(_MARK_ANGLE)
        self.canvas.setFont(Weight.BOLD.value, mark.size)
        self.canvas.setFillGray(_MARK)
        self.canvas.drawCentredString(
            0, -mark.size * 0.36, typeface(Weight.BOLD).legible(mark.text)
        )
        self.canvas.restoreState()

    def _up(self, y: float) -> float:
        """A height in points from the lower edge, as PDF counts."""
        return (self.height - y) * mm


def _fitted(column: PageColumn) -> tuple[_Line, ...]:
    """The lines of a column, all smaller if it is full."""
    lines: tuple[_Line, ...] = ()
    for scale in _SCALES:
        lines, height = _flowed(column, scale)
        if height <= column.height:
            break
    return lines


def _flowed(column: PageColumn, scale: float) -> tuple[tuple[_Line, ...], float]:
    """The lines of a column at a scale, and how high they are together in mm."""
    lines: list[_Line] = []
    y = 0.0
    for row in column.rows:
        y += row.before * scale
        stacks = list(_stacks(row, column.width, y, scale))
        lines += [line for stack, _ in stacks for line in stack]
        y = max((end for _, end in stacks), default=y)
    return tuple(lines), y


def _stacks(
    row: PageRow, width: float, top: float, scale: float
) -> Iterator[tuple[list[_Line], float]]:
    """The lines of each cell of a row, and where the cell ends."""
    count = len(row.cells)
    cell = (width - _CELL_GAP * (count - 1)) / count
    for number, texts in enumerate(row.cells):
        x = number * (cell + _CELL_GAP)
        lines: list[_Line] = []
        y = top
        for text in texts:
            for line in _wrapped(text, cell, scale):
                lines.append(_placed(text, line, x, y, scale))
                y += text.size * scale * _LEADING / mm
        yield lines, y


def _wrapped(text: PageText, width: float, scale: float) -> tuple[str, ...]:
    weight = _weight(text)
    legible = typeface(weight).legible(text.text, text.fallback)
    return wrap(
        legible, width * mm, lambda part: stringWidth(part, weight.value, text.size * scale)
    )


def _placed(text: PageText, line: str, x: float, top: float, scale: float) -> _Line:
    size = text.size * scale
    grey = _QUIET if text.quiet else _BLACK
    return _Line(x, top + size * _ASCENT / mm, line, _weight(text), size, grey)


def _weight(text: PageText) -> Weight:
    return Weight.BOLD if text.bold else Weight.REGULAR


def _runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    """Start and length of each run of dark modules."""
    start = 0
    for dark, group in groupby(row):
        length = len(list(group))
        if dark:
            yield start, length
        start += length


@cache
def _register_fonts() -> None:
    """Make the bundled fonts known to reportlab, whose list of fonts is one for the process."""
    for weight in Weight:
        registerFont(TTFont(weight.value, BytesIO(typeface(weight).data)))
