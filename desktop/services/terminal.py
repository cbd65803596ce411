"""One terminal: everything that a window or a command needs, assembled and open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.core.paper.content import Letterhead
from desktop.hcert.verify import Trust
from desktop.services.checking import Checking
from desktop.services.closing import Closing
from desktop.services.enrolling import Enrolling
from desktop.services.issuing import Issuing
from desktop.services.listing import Listing
from desktop.services.printing import Printing
from desktop.services.reading import Reading
from desktop.services.reporting import Reporting
from desktop.services.syncing import Syncing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from desktop.core.ports import (
        Centre,
        Chance,
        Clock,
        CodeWriter,
        KeyRing,
        PageWriter,
        SlipPrinter,
        Store,
        Words,
    )
    from desktop.core.profile import IssuerProfile
    from desktop.core.settings import Settings, Site
    from desktop.core.status import Realm, TerminalStatus
    from desktop.hcert.valuesets import ValueSets
    from desktop.services.configuring import Configuring


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """The services of one open terminal, made by :func:`furnish`.

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Everything that the services of one terminal stand on.

    Attributes:
        printer: The receipt printer that the settings name just now, None if they name none.
        writers: The writers of codes that the self-test compares, by name.
        publish: As in :class:`Terminal`.
        release: As in :class:`Terminal`.
    """

    realm: Realm
    configuring: Configuring
    site: Site
    profile: IssuerProfile
    value_sets: ValueSets
    words: Words
    clock: Clock
    chance: Chance
    store: Store
    keys: KeyRing
    centre: Centre
    printer: Callable[[], SlipPrinter | None]
    pages: PageWriter
    writers: Mapping[str, CodeWriter]
    publish: Callable[[TerminalStatus], None]
    release: Callable[[], None]


def furnish(around: Surroundings) -> Terminal:
    """The services of a terminal; it owns from now on what ``release`` gives back."""
    realm, site, profile, words = around.realm, around.site, around.profile, around.words
    store, keys, clock = around.store, around.keys, around.clock
    value_sets, configuring = around.value_sets, around.configuring
    printing = Printing(
        store=store,
        printer=around.printer,
        pages=around.pages,
        letterhead=Letterhead(
            issuer_name=profile.issuer_in(realm),
            pharmacy=site.pharmacy,
            profile=profile,
            value_sets=value_sets,
            words=words,
            realm=realm,
        ),
    )
    return Terminal(
        realm=realm,
        site=site,
        profile=profile,
        value_sets=value_sets,
        words=words,
        clock=clock,
        issuing=Issuing(
            store=store,
            keys=keys,
            clock=clock,
            chance=around.chance,
            profile=profile,
            value_sets=value_sets,
            site=site,
            realm=realm,
        ),
        syncing=Syncing(store=store, centre=around.centre, clock=clock, chance=around.chance),
        reading=Reading(
            value_sets=value_sets,
            profile=profile,
            clock=clock,
            trust=lambda: Trust.of(keys.roots),
        ),
        printing=printing,
        listing=Listing(store),
        reporting=Reporting(
            store=store,
            keys=keys,
            clock=clock,
            profile=profile,
            realm=realm,
            printer_set_up=lambda: bool(configuring.settings.printer.host),
        ),
        enrolling=Enrolling(keys=keys, centre=around.centre, store=store, clock=clock),
        configuring=configuring,
        checking=Checking(
            store=store,
            keys=keys,
            clock=clock,
            words=words,
            profile=profile,
            value_sets=value_sets,
            printing=printing,
            writers=around.writers,
        ),
        closing=Closing(store=store, clock=clock, profile=profile),
        publish=around.publish,
        release=around.release,
    )
