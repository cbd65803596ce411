"""The certificate on narrow paper: what a receipt printer hands over in two seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desktop.core.errors import DeviceError, ErrorCode
from desktop.core.paper.content import content
from desktop.core.paper.drawing import SlipFact, SlipRule, SlipSpace, SlipText
from desktop.core.paper.geometry import slip_code

if TYPE_CHECKING:
    from desktop.core.issuance import Issuance
    from desktop.core.paper.content import Content, Letterhead
    from desktop.core.paper.drawing import Slip
    from desktop.core.paper.speech import Speech

_TITLE: Final = 38
_NAME: Final = 34
_BODY: Final = 24
_SMALL: Final = 20


def receipt(issuance: Issuance, letterhead: Letterhead, dots: int) -> Slip:
    """The slip of an issuance for a printer with so many dots across, at 203 dpi.

    Raises:
        DeviceError: PRINTER_TOO_NARROW: the code would be too fine to read well on this paper;
            the A4 page has room.
    """
    code = slip_code(issuance.hc1, dots)
    if code is None:
        raise DeviceError(ErrorCode.PRINTER_TOO_NARROW)
    speech = letterhead.speech
    facts = content(issuance, letterhead)
    return (
        *_training(letterhead, speech),
        *_head(facts, speech),
        code,
        *_person(facts),
        *_vaccination(facts),
        *_advice(speech),
        *_training(letterhead, speech),
    )


def _training(letterhead: Letterhead, speech: Speech) -> Slip:
    if not letterhead.training:
        return ()
    texts = dict.fromkeys(speech.translate("paper.training"))
    return (
        SlipSpace(8),
        *(SlipText(text, size=_BODY, bold=True, centred=True, inverse=True) for text in texts),
        SlipSpace(8),
    )


def _head(facts: Content, speech: Speech) -> Slip:
    title, *others = speech.translate("paper.title")
    return (
        SlipText(facts.disease.value, size=_BODY, centred=True),
        SlipText(title, size=_TITLE, bold=True, centred=True),
        *(SlipText(other, size=_BODY, centred=True) for other in dict.fromkeys(others)),
    )


def _person(facts: Content) -> Slip:
    return (
        SlipText(facts.name, size=_NAME, bold=True, fallback=facts.plain_name),
        SlipText(facts.machine_name.value, size=_SMALL),
        SlipSpace(8),
        SlipFact(facts.born.label, facts.born.value),
        SlipSpace(8),
        SlipRule(),
        SlipSpace(8),
    )


def _vaccination(facts: Content) -> Slip:
    shown = (
        facts.vaccine,
        facts.dose,
        facts.date,
        facts.country,
        facts.issuer,
        facts.pharmacy,
        facts.valid_until,
        facts.identifier,
    )
    return (
        *(SlipFact(fact.label, fact.value) for fact in shown if fact.value),
        SlipSpace(8),
        SlipRule(),
        SlipSpace(8),
    )


def _advice(speech: Speech) -> Slip:
    first, *others = speech.translate("paper.slip_advice")
    return (
        SlipText(first, size=_BODY),
        *(SlipText(other, size=_SMALL) for other in dict.fromkeys(others)),
        SlipSpace(8),
    )
