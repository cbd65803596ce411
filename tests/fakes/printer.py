"""A receipt printer that keeps what it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.errors import DeviceError, ErrorCode

if TYPE_CHECKING:
    from desktop.core.paper.drawing import Slip


class FakePrinter:
    """The SlipPrinter port; ``fault`` makes the next prints fail until it is cleared."""

    def __init__(self, dots: int = 576) -> None:
        self._dots = dots
        self.slips: list[Slip] = []
        self.fault: ErrorCode | None = None

    @property
    def dots(self) -> int:
        return self._dots

    def print(self, slip: Slip) -> None:
        if self.fault is not None:
            raise DeviceError(self.fault)
        self.slips.append(slip)
