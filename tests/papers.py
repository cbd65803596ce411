"""Certificates for paper: plain ones, and the longest that the rules allow."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.core.paper.content import Letterhead
from desktop.core.status import Realm
from desktop.hcert.valuesets import Entry, Product, ValueSet, ValueSets
from tests.builders import COMIRNATY, a_certificate, a_person, a_profile, an_issuance
from tests.fakes.words import FakeWords

if TYPE_CHECKING:
    from desktop.core.issuance import Issuance
    from desktop.core.ports import Words
    from desktop.hcert.entries import Certificate

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_UVCI = "URN:UVCI:01DE/A80013335/TCXSI5Q08B0DIJGMIZJDFL#T"

LONGEST_TEXT = 1272
"""Characters of the largest code that a legal certificate can need (all names 80 long)."""

USUAL_TEXT = 590
"""Characters of most codes."""

TRAINING_ISSUER = "TRAINING – UNGÜLTIG / NOT VALID"

_SETS = ValueSets(
    products={
        COMIRNATY: Product(COMIRNATY, "Comirnaty", "ORG-100030215", "1119349007", active=True)
    },
    countries=ValueSet("countries", "2021-04-27", {"DE": Entry("Germany", active=True)}),
    diseases=ValueSet("diseases", "2021-04-27", {"840539006": Entry("COVID-19", active=True)}),
    manufacturers=ValueSet(
        "manufacturers",
        "2022-01-26",
        {"ORG-100030215": Entry("Biontech Manufacturing GmbH", active=True)},
    ),
    prophylaxis=ValueSet(
        "prophylaxis",
        "2023-01-25",
        {"1119349007": Entry("SARS-CoV-2 mRNA vaccine", active=True)},
    ),
    test_devices=ValueSet("test devices", "2021-04-27", {}),
    test_results=ValueSet("test results", "2021-04-27", {}),
    test_types=ValueSet("test types", "2021-04-27", {}),
)


def code_text(length: int = USUAL_TEXT) -> str:
    """A text of so many characters that needs as large a code as a certificate of that length."""
    body = "".join(_ALPHABET[(n * n * 7 + n * 3) % len(_ALPHABET)] for n in range(length - 4))
    return f"HC1:{body}"


def a_paper_issuance(
    *, certificate: Certificate | None = None, length: int = USUAL_TEXT
) -> Issuance:
    issuance = an_issuance(certificate=certificate, hc1=code_text(length))
    return replace(issuance, uvci=_UVCI)


def the_longest_issuance() -> Issuance:
    """80 characters in every name, one of them without a border, and the largest code."""
    person = a_person(
        family_name=("Wolfeschlegelsteinhausenbergerdorff" * 3)[:80],
        given_name=("Maximiliane-Friederike Charlotte Theodora Wilhelmine Amalie " * 2)[
            :80
        ].strip(),
    )
    return a_paper_issuance(certificate=a_certificate(person=person), length=LONGEST_TEXT)


def a_letterhead(
    *,
    words: Words | None = None,
    realm: Realm = Realm.PRODUCTION,
    languages: tuple[str, ...] = ("de", "en"),
    pharmacy: str = "Löwen-Apotheke",
) -> Letterhead:
    training = realm is Realm.TRAINING
    return Letterhead(
        issuer_name=TRAINING_ISSUER if training else "Robert Koch-Institut",
        pharmacy=pharmacy,
        profile=replace(a_profile(), paper_languages=languages),
        value_sets=_SETS,
        words=words or FakeWords(),
        realm=realm,
    )
