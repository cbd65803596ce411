"""The certificate on A4: it folds twice into a pocket, code in front, facts behind.

The sheet has four quarters: title and code; facts; what this paper is; how to use it. Nothing but
the fold lines themselves comes near a fold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desktop.core.paper.content import content
from desktop.core.paper.drawing import (
    Level,
    Page,
    PageCode,
    PageColumn,
    PageFold,
    PageMark,
    PageRow,
    PageText,
)
from desktop.core.paper.speech import joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.core.issuance import Issuance
    from desktop.core.paper.content import Content, Fact, Letterhead
    from desktop.core.paper.drawing import PageItem
    from desktop.core.paper.speech import Speech

_WIDTH: Final = 210.0
_HEIGHT: Final = 297.0
_FOLD_X: Final = _WIDTH / 2
_FOLD_Y: Final = _HEIGHT / 2
_EDGE: Final = 13.0
"""White at the edges of the sheet; no printer needs more."""
_GUTTER: Final = 9.0
"""White on both sides of a fold."""

_LEFT: Final = _EDGE
_RIGHT: Final = _FOLD_X + _GUTTER
_UPPER: Final = _EDGE
_LOWER: Final = _FOLD_Y + _GUTTER
_COLUMN: Final = _FOLD_X - _EDGE - _GUTTER
_QUARTER: Final = _FOLD_Y - _EDGE - _GUTTER

_TITLE_HEIGHT: Final = 23.0
_CODE_EDGE: Final = 74.0
"""The code without its quiet zone; printed at 90 % it still has 66 mm (EU advice: 60 to 80 mm)."""
_CODE_TOP: Final = _UPPER + _TITLE_HEIGHT + 5.0
_NAME_TOP: Final = _CODE_TOP + _CODE_EDGE + 5.0
_WARNING_TOP: Final = 7.0

_NAME: Final = 14.0
_LONG_NAME: Final = 9.5
_LONG: Final = 64
"""Names longer than this are set small from the start, so that what follows stays legible."""
_HEADING: Final = 12.0
_TEXT: Final = 9.5
_SMALL: Final = 8.5
_LABEL: Final = 7.5


def certificate_page(issuance: Issuance, letterhead: Letterhead) -> Page:
    """The A4 page of an issuance, in the languages of the profile's papers."""
    speech = letterhead.speech
    facts = content(issuance, letterhead)
    marks = _training_marks(speech) if letterhead.training else ()
    return Page(
        width=_WIDTH,
        height=_HEIGHT,
        language=speech.language,
        title=joined(speech.translate("paper.title")),
        author=letterhead.issuer_name,
        items=(
            *marks,
            *_folds(),
            _title(facts, speech),
            _code(issuance.hc1),
            _holder(facts),
            _facts(facts, speech),
            _about(facts, speech),
            _use(facts, speech),
        ),
    )


def _folds() -> tuple[PageItem, ...]:
    return (
        PageFold(x1=0, y1=_FOLD_Y, x2=_WIDTH, y2=_FOLD_Y),
        PageFold(x1=_FOLD_X, y1=0, x2=_FOLD_X, y2=_HEIGHT),
    )


def _training_marks(speech: Speech) -> tuple[PageItem, ...]:
    """The word across each quarter, so that the folded paper says it on both sides.

    The code hides most of it in the first quarter, so there it also stands above the title.
    """
    texts = speech.translate("paper.training")
    warning = PageText(text=joined(texts), size=11.0, bold=True)
    return (
        *(
            PageMark(x=x, y=y, text=texts[0], size=34.0)
            for y in (_FOLD_Y / 2, _FOLD_Y * 3 / 2)
            for x in (_FOLD_X / 2, _FOLD_X * 3 / 2)
        ),
        _column(_LEFT, _WARNING_TOP, height=_UPPER - _WARNING_TOP, rows=(_paragraph(warning),)),
    )


def _title(facts: Content, speech: Speech) -> PageColumn:
    first, *others = dict.fromkeys(speech.translate("paper.title"))
    return _column(
        _LEFT,
        _UPPER,
        height=_TITLE_HEIGHT,
        rows=(
            _paragraph(PageText(text=facts.disease.value, size=_HEADING, quiet=True)),
            _paragraph(PageText(text=first, size=25.0, bold=True)),
            *(_paragraph(PageText(text=other, size=_HEADING, quiet=True)) for other in others),
        ),
    )


def _code(text: str) -> PageCode:
    return PageCode(x=_LEFT, y=_CODE_TOP, edge=_CODE_EDGE, text=text, level=Level.Q)


def _holder(facts: Content) -> PageColumn:
    born = f"{facts.born.label}  {facts.born.value}"
    size = _NAME if len(facts.name) <= _LONG else _LONG_NAME
    return _column(
        _LEFT,
        _NAME_TOP,
        height=_FOLD_Y - _GUTTER - _NAME_TOP,
        rows=(
            _paragraph(PageText(text=facts.name, size=size, bold=True, fallback=facts.plain_name)),
            _paragraph(PageText(text=born, size=_TEXT, quiet=True), before=1.0),
        ),
    )


def _facts(facts: Content, speech: Speech) -> PageColumn:
    pairs = (
        (facts.machine_name,),
        (facts.born, facts.disease),
        (facts.vaccine,),
        (facts.kind,),
        (facts.manufacturer,),
        (facts.dose, facts.date),
        (facts.country, facts.issued),
        (facts.issuer,),
        (facts.pharmacy,),
        (facts.identifier,),
        (facts.valid_until,),
    )
    shown = tuple(tuple(fact for fact in pair if fact.value) for pair in pairs)
    return _column(
        _RIGHT,
        _UPPER,
        height=_QUARTER,
        rows=(
            *_heading(speech.translate("paper.facts")),
            *(PageRow(tuple(_labelled(fact) for fact in row), before=2.4) for row in shown if row),
        ),
    )


def _about(facts: Content, speech: Speech) -> PageColumn:
    texts = (
        speech.translate("paper.about.proof", disease=facts.disease.value),
        speech.translate("paper.about.identity"),
        speech.translate("paper.about.rules"),
        speech.translate("paper.about.expiry", date=facts.valid_until.value),
    )
    return _column(
        _LEFT,
        _LOWER,
        height=_QUARTER,
        rows=(
            *_heading(speech.translate("paper.about")),
            *(_in_all_languages(text) for text in texts),
        ),
    )


def _use(facts: Content, speech: Speech) -> PageColumn:
    place = facts.pharmacy.value or facts.issuer.value
    steps = (
        speech.translate("paper.use.scan"),
        speech.translate("paper.use.fold"),
        speech.translate("paper.use.show"),
        speech.translate("paper.use.care"),
        speech.translate("paper.use.private"),
        speech.translate("paper.use.wrong", place=place),
    )
    return _column(
        _RIGHT,
        _LOWER,
        height=_QUARTER,
        rows=(
            *_heading(speech.translate("paper.use")),
            *(_in_all_languages(step) for step in steps),
        ),
    )


def _column(x: float, y: float, *, height: float, rows: tuple[PageRow, ...]) -> PageColumn:
    return PageColumn(x=x, y=y, width=_COLUMN, height=height, rows=rows)


def _paragraph(text: PageText, *, before: float = 0.0) -> PageRow:
    return PageRow(((text,),), before=before)


def _heading(texts: Iterable[str]) -> tuple[PageRow, ...]:
    first, *others = dict.fromkeys(texts)
    return (
        _paragraph(PageText(text=first, size=_HEADING, bold=True)),
        *(_paragraph(PageText(text=other, size=_TEXT, quiet=True)) for other in others),
    )


def _in_all_languages(texts: tuple[str, ...]) -> PageRow:
    first, *others = dict.fromkeys(texts)
    return PageRow(
        (
            (
                PageText(text=first, size=_TEXT),
                *(PageText(text=other, size=_SMALL, quiet=True) for other in others),
            ),
        ),
        before=3.0,
    )


def _labelled(fact: Fact) -> tuple[PageText, ...]:
    return (
        PageText(text=fact.label, size=_LABEL, quiet=True),
        PageText(text=fact.value, size=_TEXT),
    )
