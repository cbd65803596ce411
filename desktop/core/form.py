"""The one form behind every way to enter a vaccination, and what it becomes.

Scanning, typing, lists and the command line all fold into an immutable :class:`Form` of texts as a
person wrote them. ``parse`` turns it into a valid certificate or says what is wrong, field by
field; it never raises.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Field(StrEnum):
    """The fields of the form, in the order in which they are filled."""

    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    BIRTH_DATE = "birth_date"
    PRODUCT = "product"
    DOSE = "dose"
    DOSES = "doses"
    DATE = "date"
    COUNTRY = "country"
    BATCH = "batch"
    PACK_EXPIRY = "pack_expiry"


class ProblemCode(StrEnum):
    """What can be wrong with a field; each has words that say what to do."""

    MISSING = "missing"
    NAME_MISSING = "name_missing"
    NAME_SCRIPT = "name_script"
    NAME_NO_LETTERS = "name_no_letters"
    NAME_TOO_LONG = "name_too_long"
    NAME_CONTROL = "name_control"
    DATE_UNREADABLE = "date_unreadable"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_INCOMPLETE = "date_incomplete"
    DATE_FUTURE = "date_future"
    DATE_TOO_EARLY = "date_too_early"
    DATE_BEFORE_BIRTH = "date_before_birth"
    PRODUCT_UNKNOWN = "product_unknown"
    PRODUCT_INACTIVE = "product_inactive"
    DOSE_UNREADABLE = "dose_unreadable"
    DOSE_IMPOSSIBLE = "dose_impossible"
    COUNTRY_UNKNOWN = "country_unknown"
    BATCH_UNREADABLE = "batch_unreadable"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with one field; a value, because bad input is normal life."""

    field: Field
    code: ProblemCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What has been entered so far, as text, exactly as a person or a scanner gave it.

    Attributes:
        attempt_id: Minted when the form is begun, unique in the store: issuing the same attempt
            twice answers with the same certificate.
        unverified: A scanned certificate filled this form although nobody could check its
            signature; staff must confirm that they have seen the record.
    """

    attempt_id: str
    given_name: str = ""
    family_name: str = ""
    birth_date: str = ""
    product: str = ""
    dose: str = ""
    doses: str = ""
    date: str = ""
    country: str = ""
    batch: str = ""
    pack_expiry: str = ""
    unverified: bool = False

    def text(self, field: Field) -> str:
        """What stands in a field."""
        value: str = getattr(self, field.value)
        return value

    def with_text(self, field: Field, text: str) -> Form:
        """The form with other text in one field."""
        change: dict[str, Any] = {field.value: text}
        return replace(self, **change)

    def confirmed(self) -> Form:
        """The form after staff have compared it with the record that the customer showed."""
        return replace(self, unverified=False)
