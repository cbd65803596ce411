"""What every paper says of a certificate: the same facts, the same words, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.core.paper.speech import Speech, joined
from desktop.core.status import Realm

if TYPE_CHECKING:
    from desktop.core.issuance import Issuance
    from desktop.core.ports import Words
    from desktop.core.profile import IssuerProfile
    from desktop.hcert.entries import Person
    from desktop.hcert.valuesets import ValueSets


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What all papers of one terminal have in common.

    Attributes:
        issuer_name: ``is`` of the certificates, as it stands in the code.
        pharmacy: The pharmacy, as people know it.
        profile: The issuer profile: languages of the paper, zone of its dates.
        value_sets: Where codes get their display text from.
        words: The catalogue, in any language.
        realm: Whether the paper is real.
    """

    issuer_name: str
    pharmacy: str
    profile: IssuerProfile
    value_sets: ValueSets
    words: Words
    realm: Realm

    @property
    def speech(self) -> Speech:
        """The words in the languages of the paper."""
        return Speech.of(self.words, self.profile.paper_languages)

    @property
    def training(self) -> bool:
        """Whether the word must stand across the paper."""
        return self.realm is Realm.TRAINING


@dataclass(frozen=True, slots=True)
class Fact:
    """A named value.

    Attributes:
        label: What it is, in all languages of the paper.
        value: The value, which is the same in all languages: dates are ISO 8601.
    """

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The facts of one certificate as paper shows them.

    Attributes:
        name: Given and family name, as in the identity document.
        plain_name: The same in plain capitals, for a font that lacks a letter of ``name``.
        machine_name: The name as machines compare it, ``FAMILY<<GIVEN``.
    """

    name: str
    plain_name: str
    machine_name: Fact
    born: Fact
    disease: Fact
    vaccine: Fact
    kind: Fact
    manufacturer: Fact
    dose: Fact
    date: Fact
    country: Fact
    issuer: Fact
    pharmacy: Fact
    identifier: Fact
    issued: Fact
    valid_until: Fact


def content(issuance: Issuance, letterhead: Letterhead) -> Content:
    """The facts of an issuance; a code that the value sets do not know stands for itself."""
    speech = letterhead.speech
    sets = letterhead.value_sets
    person = issuance.certificate.person
    entry = issuance.certificate.vaccination
    product = sets.products.get(entry.product)
    day = letterhead.profile.local_date
    machine = _machine_name(person)
    return Content(
        name=f"{person.given_name} {person.family_name}".strip(),
        plain_name=f"{person.given_machine} {person.family_machine}".replace("<", " ").strip(),
        machine_name=Fact(joined(speech.translate("paper.machine_name")), machine),
        born=Fact(joined(speech.translate("paper.born")), str(person.birth_date)),
        disease=Fact(
            joined(speech.translate("paper.disease")), sets.diseases.display(entry.disease)
        ),
        vaccine=Fact(
            joined(speech.translate("paper.vaccine")), product.display if product else entry.product
        ),
        kind=Fact(
            joined(speech.translate("paper.kind")), sets.prophylaxis.display(entry.prophylaxis)
        ),
        manufacturer=Fact(
            joined(speech.translate("paper.manufacturer")),
            sets.manufacturers.display(entry.manufacturer),
        ),
        dose=Fact(joined(speech.translate("paper.dose")), f"{entry.dose} / {entry.doses}"),
        date=Fact(joined(speech.translate("paper.date")), entry.date.isoformat()),
        country=Fact(joined(speech.translate("paper.country")), entry.country),
        issuer=Fact(joined(speech.translate("paper.issuer")), letterhead.issuer_name),
        pharmacy=Fact(joined(speech.translate("paper.pharmacy")), letterhead.pharmacy),
        identifier=Fact(joined(speech.translate("paper.identifier")), issuance.uvci),
        issued=Fact(joined(speech.translate("paper.issued")), day(issuance.issued_at).isoformat()),
        valid_until=Fact(
            joined(speech.translate("paper.valid_until")), day(issuance.expires_at).isoformat()
        ),
    )


def _machine_name(person: Person) -> str:
    return "<<".join(part for part in (person.family_machine, person.given_machine) if part)
