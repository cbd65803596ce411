"""The codes that a certificate may carry, and what people call them.

eHealth Network, *Value Sets for EU Digital COVID Certificates*, as converted into
``resources/valuesets`` (see the NOTICE there).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

COVID_19: Final = "840539006"
"""The one disease of the value set (SNOMED CT)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One code: its English name, and whether new certificates may carry it."""

    display: str
    active: bool


@dataclass(frozen=True, slots=True)
class Product:
    """A vaccine, with everything that follows from it (value set guidelines, annex A).

    Attributes:
        code: ``mp``.
        display: Its name.
        manufacturer: ``ma``, the one that goes with it.
        prophylaxis: ``vp``, the most specific one that goes with it.
        active: New certificates may carry it.
    """

    code: str
    display: str
    manufacturer: str
    prophylaxis: str
    active: bool


@dataclass(frozen=True, slots=True)
class ValueSet:
    """One value set: its name, the day it was published, its entries by code."""

    id: str
    date: str
    entries: Mapping[str, Entry]

    def display(self, code: str) -> str:
        """What people call a code; the code itself if it is unknown."""
        entry = self.entries.get(code)
        return entry.display if entry else code

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> ValueSet:
        """Read one document; raises KeyError or TypeError if it is none of ours."""
        entries = {
            code: Entry(entry["display"], entry["active"])
            for code, entry in document["entries"].items()
        }
        return cls(document["id"], document["date"], entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueSets:
    """All value sets of one release."""

    products: Mapping[str, Product]
    countries: ValueSet
    diseases: ValueSet
    manufacturers: ValueSet
    prophylaxis: ValueSet
    test_devices: ValueSet
    test_results: ValueSet
    test_types: ValueSet

    @classmethod
    def from_documents(cls, documents: Mapping[str, Mapping[str, Any]]) -> ValueSets:
        """Read the documents of ``resources/valuesets`` by file stem.

        Raises:
            ValueError: One is missing or not of the form that the converter writes.
        """
        try:
            return cls(
                products=_products(documents["products"]),
                countries=ValueSet.from_document(documents["countries"]),
                diseases=ValueSet.from_document(documents["diseases"]),
                manufacturers=ValueSet.from_document(documents["manufacturers"]),
                prophylaxis=ValueSet.from_document(documents["prophylaxis"]),
                test_devices=ValueSet.from_document(documents["test_devices"]),
                test_results=ValueSet.from_document(documents["test_results"]),
                test_types=ValueSet.from_document(documents["test_types"]),
            )
        except (KeyError, TypeError, AttributeError) as error:
            msg = "value sets incomplete or not in our form"
            raise ValueError(msg) from error


def _products(document: Mapping[str, Any]) -> dict[str, Product]:
    return {
        code: Product(
            code=code,
            display=entry["display"],
            manufacturer=entry["manufacturer"],
            prophylaxis=entry["prophylaxis"],
            active=entry["active"],
        )
        for code, entry in document["entries"].items()
    }
