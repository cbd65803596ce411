"""How the terminal stands: everything that the status strip answers, as one value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.permit import permit
from desktop.core.status import TerminalStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.core.errors import ErrorCode
    from desktop.core.ports import Clock, KeyRing, Store
    from desktop.core.profile import IssuerProfile
    from desktop.core.status import Connection, Realm


class Reporting:
    """Looks at store, keys and clock; writes nothing."""

    def __init__(  # noqa: PLR0913 - each argument is one source of the status
        self,
        *,
        store: Store,
        keys: KeyRing,
        clock: Clock,
        profile: IssuerProfile,
        realm: Realm,
        printer_set_up: Callable[[], bool],
    ) -> None:
        self._store = store
        self._keys = keys
        self._clock = clock
        self._profile = profile
        self._realm = realm
        self._printer_set_up = printer_set_up

    def status(self, connection: Connection, printer_fault: ErrorCode | None) -> TerminalStatus:
        """The terminal now; connection and printer are what their lanes saw last.

        Raises:
            StoreError: The store cannot be read.
        """
        now = self._clock.now()
        return TerminalStatus(
            realm=self._realm,
            connection=connection,
            outbox=self._store.counts(),
            permit=permit(self._keys.dsc, now),
            printer_fault=printer_fault,
            printer_set_up=self._printer_set_up(),
            issued_today=self._store.issued_since(
                self._profile.start_of(self._profile.local_date(now))
            ),
        )
