"""What a certificate says: who was vaccinated, with what, when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.hcert.names import MACHINE_NAME, transliterate

if TYPE_CHECKING:
    from datetime import date

    from desktop.hcert.dates import PartialDate

NAME_LIMIT = 80
"""Longest name, in characters (EU DCC schema 1.3.0, ``nam``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The holder.

    Attributes:
        family_name: As in the identity document, NFC, at most 80 characters; never empty: who has
            one name only has it here (schema 1.3.0 requires ``fnt``).
        given_name: All given names, likewise; empty if the person has one name only.
        birth_date: Known to the year, the month or the day.

    Raises:
        ValueError: A name is too long or has no machine-readable form.
    """

    family_name: str
    given_name: str
    birth_date: PartialDate

    def __post_init__(self) -> None:
        names = [self.family_name] + ([self.given_name] if self.given_name else [])
        for name in names:
            if len(name) > NAME_LIMIT or not MACHINE_NAME.fullmatch(transliterate(name)):
                msg = "a name that cannot stand in a certificate"
                raise ValueError(msg)

    @property
    def family_machine(self) -> str:
        """``fnt``: the family name as ICAO 9303-3 section 6 transliterates it."""
        return transliterate(self.family_name)

    @property
    def given_machine(self) -> str:
        """``gnt``: the given names, transliterated; empty if there are none."""
        return transliterate(self.given_name) if self.given_name else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vaccination:
    """One dose, in the codes of the value sets (EU DCC schema 1.3.0, ``v``).

    Attributes:
        disease: ``tg``.
        prophylaxis: ``vp``, derived from the product.
        product: ``mp``.
        manufacturer: ``ma``, derived from the product.
        dose: ``dn``, at least 1.
        doses: ``sd``, at least 1.
        date: ``dt``.
        country: ``co``, ISO 3166-1 alpha-2.
    """

    disease: str
    prophylaxis: str
    product: str
    manufacturer: str
    dose: int
    doses: int
    date: date
    country: str

    def __post_init__(self) -> None:
        if min(self.dose, self.doses) < 1:
            msg = "doses are counted from 1"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A person and a vaccination that may be certified; exists only if it is valid."""

    person: Person
    vaccination: Vaccination
