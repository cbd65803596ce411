"""How long the journal keeps what names a customer (design, section 6, "What is kept").

A row goes an hour after the centre has acknowledged its event, and in any case at the close of
business of the local day after the one on which it was issued. Close of business is 24:00 in the
issuer's zone, whether that day has 23, 24 or 25 hours.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.core.profile import IssuerProfile

KEPT_AFTER_ACKNOWLEDGEMENT: Final = timedelta(minutes=60)
"""How long a certificate can still be shown and printed after its event was acknowledged."""

HISTORY_KEPT: Final = timedelta(days=90)
"""How long a history line stays once the centre has acknowledged its event."""


def closed_before(now: datetime, profile: IssuerProfile) -> datetime:
    """Rows issued before this moment (UTC) are erased now, acknowledged or not.

    Args:
        now: Aware.
        profile: Whose days are meant.
    """
    yesterday = profile.local_date(now) - timedelta(days=1)
    return profile.start_of(yesterday)
