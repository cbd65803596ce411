"""How long the journal keeps what names a customer (design, section 6, "What is kept").

A row goes an hour after the centre has acknowledged its event, and in any case at the close of
business of the local day after the one on which it was issued. Close of business is 24:00 in the
issuer's zone, whether that day has 23, 24 or 25 hours.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

KEPT_AFTER_ACKNOWLEDGEMENT: Final = timedelta(minutes=60)
"""How long a certificate can still be shown and printed after its event was acknowledged."""

HISTORY_KEPT: Final = timedelta(days=90)
"""How long a history line stays once the centre has acknowledged its event."""

_DAYS_KEPT: Final = 2
"""The day of issue and the next one."""


def close_of_business(day: date, zone: str) -> datetime:
    """24:00 of a local day, in UTC.

    Args:
        day: The issuer's date.
        zone: IANA name of the issuer's zone.
    """
    midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
    return midnight.astimezone(UTC)


def closed_before(now: datetime, zone: str) -> datetime:
    """Rows issued before this moment (UTC) are erased now, acknowledged or not.

    Args:
        now: Aware.
        zone: IANA name of the issuer's zone.
    """
    today = now.astimezone(ZoneInfo(zone)).date()
    return close_of_business(today - timedelta(days=_DAYS_KEPT), zone)
