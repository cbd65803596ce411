"""Assembly: settings and adapters become the services of one open terminal, without Qt."""

from __future__ import annotations

import logging
from contextlib import ExitStack, suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from desktop.adapters import qrcode_writer
from desktop.adapters.centre import HttpCentre, LateCentre
from desktop.adapters.chance import SystemChance
from desktop.adapters.clock import SystemClock
from desktop.adapters.keys.software import SoftwareKeys
from desktop.adapters.lock import TerminalLock
from desktop.adapters.paths import Paths
from desktop.adapters.pdf import PdfPageWriter
from desktop.adapters.printers.escpos import EscposNetworkPrinter
from desktop.adapters.profile import load_profile, profile_names
from desktop.adapters.settings import TomlSettings
from desktop.adapters.status_file import StatusFile
from desktop.adapters.store.store import SqliteStore
from desktop.adapters.training import TrainingCentre
from desktop.adapters.valuesets import load_value_sets
from desktop.adapters.vault import Vault
from desktop.adapters.words import Catalogue
from desktop.core.errors import ErrorCode, SetupError, StoreError
from desktop.core.settings import Site
from desktop.core.start import StartOptions
from desktop.core.status import Realm
from desktop.hcert import qr
from desktop.services.configuring import Configuring
from desktop.services.terminal import Surroundings, furnish

if TYPE_CHECKING:
    from desktop.adapters.status_file import SavedStatus
    from desktop.core.ports import Centre, SlipPrinter
    from desktop.core.profile import IssuerProfile
    from desktop.core.settings import ReceiptPrinter, Settings
    from desktop.core.status import TerminalStatus
    from desktop.services.terminal import Terminal

__all__ = ["StartOptions", "assemble", "configure", "is_set_up", "profiles", "published"]

_log = logging.getLogger(__name__)

TRAINING_SITE: Final = Site(profile="de", pharmacy="Übungs-Apotheke", issuer_id="TRAINING01")
"""Who issues in training, unless the settings name another pharmacy."""


def assemble(options: StartOptions) -> Terminal:
    """Open a terminal: this process owns it until ``Terminal.close``.

    Whatever fails on the way, what was opened before is given back.

    Raises:
        SetupError: It is not set up, or set up in a way that cannot work.
        StoreError: Another process has it, or the store cannot be used.
        SigningError: The vault or what lies in it cannot be read.
    """
    paths = Paths.of(options)
    configuring = configure(options)
    site = _site(options.realm, configuring.settings)
    profile = load_profile(site.profile)
    with ExitStack() as opened:
        opened.callback(TerminalLock(paths.lock).release)
        vault = Vault.open(paths.vault)
        store = SqliteStore.open(paths.store, key=vault.secret("store"), realm=options.realm)
        opened.callback(store.close)
        keys = SoftwareKeys(vault, issuer_id=site.issuer_id, country=profile.country)
        centre = _centre(options.realm, configuring.settings, paths, opened)
        clock = SystemClock()
        terminal = furnish(
            Surroundings(
                realm=options.realm,
                configuring=configuring,
                site=site,
                profile=profile,
                value_sets=load_value_sets(),
                words=Catalogue(options.language or configuring.settings.language),
                clock=clock,
                chance=SystemChance(),
                store=store,
                keys=keys,
                centre=centre,
                printer=lambda: _printer(configuring.settings.printer),
                pages=PdfPageWriter(),
                writers={"zxing-cpp": qr.matrix, "qrcode": qrcode_writer.matrix},
                publish=partial(_publish, StatusFile(paths.status), clock),
                release=opened.pop_all().close,
            )
        )
    with suppress(StoreError):  # a store that takes nothing is shown in the window, not here
        terminal.closing.erase()
    return terminal


def is_set_up(options: StartOptions) -> bool:
    """Whether :func:`assemble` will find a pharmacy; in training there is always one.

    Raises:
        SetupError: ``terminal.toml`` cannot be read.
    """
    return options.realm is Realm.TRAINING or configure(options).settings.site is not None


def configure(options: StartOptions) -> Configuring:
    """The settings alone, for a terminal that is not open: before set-up, and to set it up.

    Raises:
        SetupError: ``terminal.toml`` cannot be read.
    """
    file = TomlSettings(Paths.of(options).settings)
    return Configuring(file, file.load())


def published(options: StartOptions) -> SavedStatus | None:
    """What the process that has this terminal open says of it; None if it has said nothing."""
    return StatusFile(Paths.of(options).status).read(SystemClock().now())


def profiles() -> tuple[IssuerProfile, ...]:
    """The issuer profiles that a terminal can be set up with."""
    return tuple(load_profile(name) for name in profile_names())


def _site(realm: Realm, settings: Settings) -> Site:
    if settings.site is not None:
        return settings.site
    if realm is Realm.TRAINING:
        return TRAINING_SITE
    raise SetupError(ErrorCode.NOT_SET_UP)


def _centre(realm: Realm, settings: Settings, paths: Paths, opened: ExitStack) -> Centre:
    """The centre that the settings name; in training the terminal's own, if they name none."""
    if realm is Realm.TRAINING and not settings.centre_url:
        own = TrainingCentre(paths.data)
        opened.callback(own.close)
        return LateCentre(own.start)
    if not settings.centre_url:
        raise SetupError(ErrorCode.SETTINGS_BROKEN, key="centre_url")
    return HttpCentre(settings.centre_url)


def _printer(chosen: ReceiptPrinter) -> SlipPrinter | None:
    if not chosen.host:
        return None
    return EscposNetworkPrinter(chosen.host, chosen.port, chosen.paper)


def _publish(file: StatusFile, clock: SystemClock, status: TerminalStatus) -> None:
    """Tell other processes; that they cannot be told stops nobody."""
    try:
        file.write(status, clock.now())
    except OSError:
        _log.warning("status could not be published")
