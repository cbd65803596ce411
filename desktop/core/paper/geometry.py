"""How large a code may be on narrow paper, so that any phone reads it.

Measured (203 dpi, 20 trials each of blur, dead dots, faded bands and stains): three dots a module
fail under blur whatever the error correction, four succeed; then error correction helps against
stains and fading, up to Q. So first dots, up to four, then error correction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desktop.core.paper.drawing import Level, SlipCode
from desktop.core.settings import Paper
from desktop.hcert.qr import QUIET_ZONE, matrix

if TYPE_CHECKING:
    from collections.abc import Mapping

PRINTABLE_DOTS: Final[Mapping[Paper, int]] = {Paper.NARROW: 384, Paper.WIDE: 576}
"""Dots that a print head of 203 dpi has across each paper: 48 mm and 72 mm."""

PAPER_MARGIN: Final = 32
"""White paper beside the print width on each side, in dots: 4 mm, the smaller of both papers'."""

_CHOICES: Final = ((4, Level.Q), (4, Level.M), (3, Level.Q), (3, Level.M))
"""Dots a module and error correction, the best first."""


def slip_code(text: str, dots: int) -> SlipCode | None:
    """The best code for a paper, or None if the paper is too narrow for a code that reads well.

    Args:
        text: What the code says.
        dots: Printable width at 203 dpi. The modules themselves must fit into it; the quiet zone
            beside them may use the paper's own margin.
    """
    for module, level in _CHOICES:
        modules = matrix(text, level.value).size
        code = modules * module
        with_quiet_zone = (modules + 2 * QUIET_ZONE) * module
        if code <= dots and with_quiet_zone <= dots + 2 * PAPER_MARGIN:
            return SlipCode(text, level, module)
    return None
