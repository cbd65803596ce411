"""The system's clock: the only place that reads it."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """The Clock port on the operating system's clock."""

    def now(self) -> datetime:
        """This moment, UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the port that everybody else takes it from
