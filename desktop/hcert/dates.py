"""Birth dates that may lack the day, or the day and the month."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_SCHEMA_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the year, the month or the day (EU DCC schema 1.3.0, ``dob``).

    A value that exists is a real date within the years that the schema allows, 1900 to 2099.

    Raises:
        ValueError: There is no such date, or a day stands without a month.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.year not in _SCHEMA_YEARS:
            msg = "year outside 1900 to 2099"
            raise ValueError(msg)
        if self.month is None and self.day is not None:
            msg = "a day without a month"
            raise ValueError(msg)
        month, day = (1 if part is None else part for part in (self.month, self.day))
        date(self.year, month, day)

    @classmethod
    def from_iso(cls, text: str) -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; raises ValueError for anything else."""
        match = _ISO.fullmatch(text)
        if match is None:
            msg = "not an ISO 8601 date, month or year"
            raise ValueError(msg)
        year, month, day = (int(part) if part else None for part in match.groups())
        return cls(year or 0, month, day)

    @property
    def earliest(self) -> date:
        """The first day that this can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that this can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)
