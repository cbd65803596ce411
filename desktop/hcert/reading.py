"""What a vaccination certificate says, in our own types."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from desktop.hcert.dates import PartialDate
from desktop.hcert.entries import Certificate, Person, Vaccination
from desktop.hcert.names import MACHINE_NAME, transliterate, unsupported

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATE_LENGTH: Final = len("YYYY-MM-DD")


def certificate_of(dcc: Mapping[Any, Any]) -> Certificate | None:
    """The person and the vaccination in an EU DCC; None if they cannot be understood.

    More generous than the schema: blanks around texts and times behind dates are overlooked.
    """
    try:
        return Certificate(_person(dcc), _vaccination(dcc["v"][0]))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError):
        return None


def _person(dcc: Mapping[Any, Any]) -> Person:
    names = dcc["nam"]
    family, given = _name(names, "fn"), _name(names, "gn")
    return Person(
        family_name=family or given,
        given_name=given if family else "",
        birth_date=PartialDate.from_iso(dcc["dob"][:_DATE_LENGTH]),
    )


def _name(names: Mapping[str, Any], member: str) -> str:
    """The written name, or what machines call it if it is missing or in a script unknown to us."""
    written = _text(names.get(member) or "")
    if MACHINE_NAME.fullmatch(transliterate(written)) and not unsupported(written):
        return written
    return _text(names.get(f"{member}t") or "").replace("<", " ")


def _vaccination(entry: Mapping[str, Any]) -> Vaccination:
    return Vaccination(
        disease=_text(entry["tg"]),
        prophylaxis=_text(entry["vp"]),
        product=_text(entry["mp"]),
        manufacturer=_text(entry["ma"]),
        dose=_count(entry["dn"]),
        doses=_count(entry["sd"]),
        date=date.fromisoformat(entry["dt"][:_DATE_LENGTH]),
        country=_text(entry["co"]),
    )


def _text(value: str) -> str:
    return unicodedata.normalize("NFC", value.strip())


def _count(value: float) -> int:
    """A number of doses; some issuers wrote 2.0."""
    if value != int(value):
        msg = "not a whole number"
        raise ValueError(msg)
    return int(value)
