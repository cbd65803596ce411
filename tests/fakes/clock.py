"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

NOON = datetime(2021, 6, 1, 12, 0, tzinfo=UTC)
"""When tests happen unless they say otherwise: a summer noon, 14:00 in Berlin."""


class FixedClock:
    """The Clock port, set by hand; ``ticks`` steps forward at each look if that is wanted."""

    def __init__(self, now: datetime = NOON, *, ticks: timedelta = timedelta(0)) -> None:
        self.at = now
        self.ticks = ticks

    def now(self) -> datetime:
        now = self.at
        self.at += self.ticks
        return now

    def forward(self, **span: float) -> datetime:
        """Move on by ``hours=2`` or the like; the new time."""
        self.at += timedelta(**span)
        return self.at
