"""Forgetting in time: what the journal no longer may keep is erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.retention import closed_before

if TYPE_CHECKING:
    from desktop.core.ports import Clock, Store
    from desktop.core.profile import IssuerProfile


class Closing:
    """Erases journal rows whose time is over; asked at start, after each sync and every hour."""

    def __init__(self, *, store: Store, clock: Clock, profile: IssuerProfile) -> None:
        self._store = store
        self._clock = clock
        self._profile = profile

    def erase(self) -> int:
        """Erase what is due; how many rows.

        Raises:
            StoreError: Nothing was erased; ask again later.
        """
        now = self._clock.now()
        return self._store.erase_due(now, closed_before(now, self._profile))
