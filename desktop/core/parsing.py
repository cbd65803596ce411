"""From a form to a certificate, or to everything that is wrong with it.

Sources: EU DCC schema 1.3.0 (lengths, at least one name), eHealth Network value set guidelines
(products, and what follows from them), the German issuing rules for dose numbers, GS1 General
Specifications (the lot) and facts on security, threats T28, T29 and T31 (signs that must not
reach a printer or deceive a reader).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, TypeVar

from desktop.core.dates import read_birth_date, read_date, read_expiry
from desktop.core.form import Field, Problem, ProblemCode
from desktop.core.scan import gs1
from desktop.hcert.entries import NAME_LIMIT, Certificate, Person, Vaccination
from desktop.hcert.names import transliterate, unsupported
from desktop.hcert.valuesets import COVID_19

if TYPE_CHECKING:
    from datetime import date

    from desktop.core.form import Form
    from desktop.hcert.valuesets import Product, ValueSets

_T = TypeVar("_T")

_PASTE_LIMIT: Final = 1000
"""A name beyond this is not even looked at: a page was pasted into the field."""

_UNSEEN: Final = dict.fromkeys(
    map(ord, "\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f")
)
"""Soft hyphens, zero-width signs and direction marks: pasting brings them along, and a name reads
the same without them, so they are taken out."""

_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs"})
"""Controls, direction overrides (a name reads otherwise than it is written), halves of pairs."""

_BLANKS: Final = "\t\r\n"
"""Controls that a table or a wrapped line brings along; they become blanks."""

_NAME_SIGNS: Final = frozenset(" -.,/()'`´·0123456789ʹʺʻʼʽˈ‐‑‒–—―‘’‛′")
_NAME_MARKS: Final = (range(0x0300, 0x0370), range(0x0483, 0x0488), range(0x064B, 0x0671))
"""Accents of Latin and Greek, of Cyrillic, and the vowel signs of Arabic."""

_DOSE: Final = re.compile(r"\d{1,3}", re.ASCII)
_MOST_DOSES: Final = 9


def parse(form: Form, value_sets: ValueSets, today: date) -> Certificate | tuple[Problem, ...]:
    """The certificate that the form asks for, or all its problems in the order of the fields.

    Never raises, whatever stands in the form. Manufacturer and prophylaxis follow from the
    product; who has one name only has it as family name.

    Args:
        form: Texts as people, scanners and files gave them.
        value_sets: The codes that a certificate may carry.
        today: The issuer's date.
    """
    reader = _Reader()
    if form.unverified:
        reader.refuse(Field.GIVEN_NAME, ProblemCode.UNVERIFIED)
    person = _person(form, today, reader)
    vaccination = _vaccination(form, value_sets, today, reader)
    if person is None or vaccination is None or reader.problems:
        return tuple(reader.problems)
    return Certificate(person, vaccination)


class _Reader:
    """Keeps the problems of the fields that were read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def refuse(self, field: Field, code: ProblemCode) -> None:
        """One problem more."""
        self.problems.append(Problem(field, code))

    def take(self, field: Field, outcome: _T | ProblemCode) -> _T | None:
        """The value that was read from a field; None, and a problem more, if there is none."""
        if isinstance(outcome, ProblemCode):
            self.refuse(field, outcome)
            return None
        return outcome


def _person(form: Form, today: date, reader: _Reader) -> Person | None:
    given = reader.take(Field.GIVEN_NAME, _name(form.given_name))
    family = reader.take(Field.FAMILY_NAME, _name(form.family_name))
    nameless = given == family == ""
    if nameless:
        reader.refuse(Field.FAMILY_NAME, ProblemCode.NAME_MISSING)
    birth_date = reader.take(Field.BIRTH_DATE, read_birth_date(form.birth_date, today))
    if given is None or family is None or nameless or birth_date is None:
        return None
    if not family:
        family, given = given, ""
    return Person(family_name=family, given_name=given, birth_date=birth_date)


def _vaccination(
    form: Form, value_sets: ValueSets, today: date, reader: _Reader
) -> Vaccination | None:
    product = reader.take(Field.PRODUCT, _product(form.product, value_sets))
    dose = reader.take(Field.DOSE, _dose(form.dose))
    doses = reader.take(Field.DOSES, _dose(form.doses))
    if dose is not None and doses is not None and dose > doses > 1:
        reader.refuse(Field.DOSE, ProblemCode.DOSE_IMPOSSIBLE)
    day = reader.take(Field.DATE, _day(form, today))
    country = reader.take(Field.COUNTRY, _country(form.country, value_sets))
    reader.take(Field.BATCH, _batch(form.batch))
    reader.take(
        Field.PACK_EXPIRY, read_expiry(form.pack_expiry) if form.pack_expiry.strip() else ""
    )
    if product is None or dose is None or doses is None or day is None or country is None:
        return None
    return Vaccination(
        disease=COVID_19,
        prophylaxis=product.prophylaxis,
        product=product.code,
        manufacturer=product.manufacturer,
        dose=dose,
        doses=doses,
        date=day,
        country=country,
    )


def _name(text: str) -> str | ProblemCode:
    """A name in NFC with single blanks; empty if there is none."""
    if len(text) > _PASTE_LIMIT:
        return ProblemCode.NAME_TOO_LONG
    seen = text.translate(_UNSEEN)
    if any(unicodedata.category(sign) in _HIDDEN and sign not in _BLANKS for sign in seen):
        return ProblemCode.NAME_CONTROL
    name = unicodedata.normalize("NFC", " ".join(seen.split()))
    if unsupported(name) or not all(map(_stands_in_names, name)):
        return ProblemCode.NAME_SCRIPT
    if name and not transliterate(name):
        return ProblemCode.NAME_NO_LETTERS
    return name if len(name) <= NAME_LIMIT else ProblemCode.NAME_TOO_LONG


def _stands_in_names(sign: str) -> bool:
    """Letters, the accents that belong to them, and the few signs between them."""
    category = unicodedata.category(sign)
    if category.startswith("M"):
        return any(ord(sign) in marks for marks in _NAME_MARKS)
    return category.startswith("L") or category == "Nl" or sign in _NAME_SIGNS


def _product(text: str, value_sets: ValueSets) -> Product | ProblemCode:
    """A product by its code or by the name that people call it."""
    wanted = " ".join(text.split()).casefold()
    if not wanted:
        return ProblemCode.MISSING
    for product in value_sets.products.values():
        if wanted in (product.code.casefold(), product.display.casefold()):
            return product if product.active else ProblemCode.PRODUCT_INACTIVE
    return ProblemCode.PRODUCT_UNKNOWN


def _dose(text: str) -> int | ProblemCode:
    number = text.strip()
    if not number:
        return ProblemCode.MISSING
    if not _DOSE.fullmatch(number):
        return ProblemCode.DOSE_UNREADABLE
    return int(number) if 1 <= int(number) <= _MOST_DOSES else ProblemCode.DOSE_IMPOSSIBLE


def _day(form: Form, today: date) -> date | ProblemCode:
    """The day of the dose, not before the birth, whatever else is wrong."""
    day = read_date(form.date, today)
    birth = read_birth_date(form.birth_date, today)
    if isinstance(day, ProblemCode) or isinstance(birth, ProblemCode):
        return day
    return day if day >= birth.earliest else ProblemCode.DATE_BEFORE_BIRTH


def _country(text: str, value_sets: ValueSets) -> str | ProblemCode:
    code = text.strip().upper()
    if not code:
        return ProblemCode.MISSING
    entry = value_sets.countries.entries.get(code)
    return code if entry is not None and entry.active else ProblemCode.COUNTRY_UNKNOWN


def _batch(text: str) -> str | ProblemCode:
    batch = text.strip()
    return batch if not batch or gs1.is_lot(batch) else ProblemCode.BATCH_UNREADABLE
