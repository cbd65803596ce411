"""How values of the terminal are said on screen, in the language of the moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desktop.core.dates import in_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from desktop.core.ports import Words
    from desktop.core.profile import IssuerProfile
    from desktop.hcert.dates import PartialDate
    from desktop.hcert.valuesets import ValueSets

CountryNames = dict[str, dict[str, str]]
"""Names of countries by code and language."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Says values.

    Attributes:
        words: The catalogue.
        profile: Whose zone and products these are.
        value_sets: What codes mean.
        countries: Names of countries by code and language.
    """

    words: Words
    profile: IssuerProfile
    value_sets: ValueSets
    countries: Mapping[str, Mapping[str, str]]

    def product(self, code: str) -> str:
        """``Comirnaty``; the code itself if it is unknown."""
        product = self.value_sets.products.get(code)
        return product.display if product else code

    def manufacturer(self, code: str) -> str:
        """Who makes a product; empty if it is unknown."""
        product = self.value_sets.products.get(code)
        return self.value_sets.manufacturers.display(product.manufacturer) if product else ""

    def country(self, code: str) -> str:
        """``Deutschland``; the code itself if it is unknown."""
        names = self.countries.get(code, {})
        return names.get(self.words.language) or self.value_sets.countries.display(code)

    def day(self, day: date | PartialDate) -> str:
        """``12. August 1964``."""
        return in_words(day, self.words)

    def dose(self, dose: int | str, doses: int | str) -> str:
        """``Dosis 2 von 2``."""
        return self.words.translate("counter.dose", dose=dose, doses=doses)

    def clock(self, moment: datetime) -> str:
        """``14:05`` at the issuer."""
        return self._local(moment).strftime("%H:%M")

    def moment(self, moment: datetime, now: datetime) -> str:
        """``14:05`` today, ``1.6., 14:05`` on another day."""
        local = self._local(moment)
        if local.date() == self._local(now).date():
            return self.clock(moment)
        return self.words.translate(
            "counter.moment", day=local.day, month=local.month, time=self.clock(moment)
        )

    def short_day(self, moment: datetime) -> str:
        """``24.12.2026`` at the issuer."""
        local = self._local(moment)
        return self.words.translate(
            "counter.day", day=local.day, month=local.month, year=local.year
        )

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self.profile.zone))
