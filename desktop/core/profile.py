"""The issuer profile: what a country's issuers have in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from desktop.core.status import Realm
from desktop.wire import event

if TYPE_CHECKING:
    from datetime import date

TRAINING_ISSUER: Final = event.TRAINING_ISSUER
"""``is`` of every certificate made in training, whatever the profile says."""


class UvciForm(StrEnum):
    """How a certificate identifier is built and checked."""

    EU = "eu"
    GERMANY = "germany"


@dataclass(frozen=True, slots=True)
class ProfileProduct:
    """A product offered at the counter, and the pack numbers that mean it.

    Attributes:
        code: Key of the value set ``vaccines-covid-19-names``.
        packs: Numbers of its packs: PZN (8 digits) or GTIN (14 digits).
    """

    code: str
    packs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerProfile:
    """Country, names, identifier form, zone and validity of one kind of issuer.

    Attributes:
        name: The profile's file name without ending, ``de``.
        country: ISO 3166-1 alpha-2; becomes ``iss`` of the CWT and ``co`` of the entry's default.
        issuer_name: ``is`` of the entry, at most 80 characters.
        uvci_form: How identifiers are built.
        zone: IANA name of the zone in which *today* and *close of business* are meant.
        validity_days: How long a certificate is technically valid, cut at the DSC's end.
        products: What the counter offers, in this order.
        paper_languages: Languages of the paper, most important first.
    """

    name: str
    country: str
    issuer_name: str
    uvci_form: UvciForm
    zone: str
    validity_days: int
    products: tuple[ProfileProduct, ...]
    paper_languages: tuple[str, ...]

    @property
    def validity(self) -> timedelta:
        """How long a certificate is technically valid."""
        return timedelta(days=self.validity_days)

    def issuer_in(self, realm: Realm) -> str:
        """``is`` of the certificates that are made in a realm."""
        return TRAINING_ISSUER if realm is Realm.TRAINING else self.issuer_name

    def start_of(self, day: date) -> datetime:
        """When a day of the issuer begins, in UTC; it may have 23, 24 or 25 hours."""
        return datetime.combine(day, time(), ZoneInfo(self.zone)).astimezone(UTC)

    def local_date(self, now: datetime) -> date:
        """The issuer's date at a moment (aware datetime)."""
        return now.astimezone(ZoneInfo(self.zone)).date()
