"""One terminal: everything that a window or a command needs, assembled and open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.core.ports import Clock, Words
    from desktop.core.profile import IssuerProfile
    from desktop.core.settings import Settings, Site
    from desktop.core.status import Realm, TerminalStatus
    from desktop.hcert.valuesets import ValueSets
    from desktop.services.checking import Checking
    from desktop.services.closing import Closing
    from desktop.services.configuring import Configuring
    from desktop.services.enrolling import Enrolling
    from desktop.services.issuing import Issuing
    from desktop.services.listing import Listing
    from desktop.services.printing import Printing
    from desktop.services.reading import Reading
    from desktop.services.reporting import Reporting
    from desktop.services.syncing import Syncing


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """The services of one open terminal, made by ``desktop.app.assemble``.

    Attributes:
        realm: Production or training.
        site: The pharmacy that it belongs to.
        profile: Its issuer profile.
        value_sets: The codes of the standard.
        words: The catalogue in the language of this start.
        clock: Where the time comes from.
        publish: Tells other processes how the terminal stands (``status.json``); store lane.
        release: Gives back all that is open, in order; called once, by :meth:`close`.
    """

    realm: Realm
    site: Site
    profile: IssuerProfile
    value_sets: ValueSets
    words: Words
    clock: Clock
    issuing: Issuing
    syncing: Syncing
    reading: Reading
    printing: Printing
    listing: Listing
    reporting: Reporting
    enrolling: Enrolling
    configuring: Configuring
    checking: Checking
    closing: Closing
    publish: Callable[[TerminalStatus], None]
    release: Callable[[], None]

    @property
    def settings(self) -> Settings:
        """What IT and staff have chosen, as it is now."""
        return self.configuring.settings

    def close(self) -> None:
        """Give everything back; nothing of the terminal may be used afterwards."""
        self.release()
