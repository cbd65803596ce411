"""What the pages of an open terminal have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.services.terminal import Terminal
    from desktop.ui.lanes import Lanes
    from desktop.ui.notices import Notices
    from desktop.ui.wording import Wording


@dataclass(frozen=True, slots=True)
class Desk:
    """An open terminal and what surrounds it on screen.

    Attributes:
        terminal: Its services.
        lanes: Where their work is done.
        notices: Where facts beside the work are said.
        wording: How its values are said.
    """

    terminal: Terminal
    lanes: Lanes
    notices: Notices
    wording: Wording
