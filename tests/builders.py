"""Ready-made values for tests; each argument varies one thing, the rest is a plain good case."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from desktop.core.audit import AuditAction, AuditEntry
from desktop.core.form import Field, Form
from desktop.core.issuance import Commit, Issuance
from desktop.core.outbox import OutboxItem, OutboxState
from desktop.core.profile import IssuerProfile, ProfileProduct, UvciForm
from desktop.core.settings import Site
from desktop.hcert.dates import PartialDate
from desktop.hcert.dsc import Dsc
from desktop.hcert.entries import Certificate, Person, Vaccination
from tests import certificates
from tests.fakes.clock import NOON

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec

COMIRNATY = "EU/1/20/1528"
COVID_19 = "840539006"


def a_person(
    *, family_name: str = "Müstermann-Gößler", given_name: str = "Erika", born: str = "1964-08-12"
) -> Person:
    return Person(
        family_name=family_name, given_name=given_name, birth_date=PartialDate.from_iso(born)
    )


def a_vaccination(
    *, product: str = COMIRNATY, dose: int = 2, doses: int = 2, on: date = date(2021, 5, 29)
) -> Vaccination:
    return Vaccination(
        disease=COVID_19,
        prophylaxis="1119349007",
        product=product,
        manufacturer="ORG-100030215",
        dose=dose,
        doses=doses,
        date=on,
        country="DE",
    )


def a_certificate(
    *, person: Person | None = None, vaccination: Vaccination | None = None
) -> Certificate:
    return Certificate(person or a_person(), vaccination or a_vaccination())


def a_form(attempt_id: str = "attempt-1", **texts: str) -> Form:
    """A filled form; keyword arguments replace single texts."""
    filled = {
        "given_name": "Erika",
        "family_name": "Müstermann-Gößler",
        "birth_date": "1964-08-12",
        "product": COMIRNATY,
        "dose": "2",
        "doses": "2",
        "date": "2021-05-29",
    }
    form = Form(attempt_id=attempt_id)
    for name, text in (filled | texts).items():
        form = form.with_text(Field(name), text)
    return form


def a_profile(*, validity_days: int = 365) -> IssuerProfile:
    return IssuerProfile(
        name="de",
        country="DE",
        issuer_name="Robert Koch-Institut",
        uvci_form=UvciForm.GERMANY,
        zone="Europe/Berlin",
        validity_days=validity_days,
        products=(ProfileProduct(COMIRNATY, ("04150123456782",)),),
        paper_languages=("de", "en"),
    )


def a_site() -> Site:
    return Site(profile="de", pharmacy="Löwen-Apotheke", issuer_id="APO1")


def an_item(  # noqa: PLR0913 - each argument is one column that tests vary
    number: int = 1,
    *,
    body: bytes | None = None,
    state: OutboxState = OutboxState.PENDING,
    attempts: int = 0,
    created_at: datetime = NOON,
    due_at: datetime | None = None,
) -> OutboxItem:
    content = b"event %d" % number if body is None else body
    return OutboxItem(
        event_id=hashlib.sha256(content).digest(),
        body=content,
        state=state,
        attempts=attempts,
        created_at=created_at,
        due_at=created_at if due_at is None else due_at,
    )


def an_issuance(
    number: int = 1,
    *,
    attempt_id: str | None = None,
    certificate: Certificate | None = None,
    hc1: str | None = None,
    issued_at: datetime = NOON,
) -> Issuance:
    return Issuance(
        attempt_id=f"attempt-{number}" if attempt_id is None else attempt_id,
        uvci=f"URN:UVCI:01DE/APO1/{number:022}#X",
        event_id=an_item(number).event_id,
        certificate=certificate or a_certificate(),
        hc1=f"HC1:{number:06}" if hc1 is None else hc1,
        issued_at=issued_at,
        expires_at=issued_at + timedelta(days=365),
    )


def an_entry(
    *,
    at: datetime = NOON,
    action: AuditAction = AuditAction.ISSUED,
    actor: str = "terminal",
    object_: str = "00" * 32,
) -> AuditEntry:
    return AuditEntry(at=at, actor=actor, action=action, object=object_)


def a_commit(
    number: int = 1,
    *,
    issuance: Issuance | None = None,
    item: OutboxItem | None = None,
    at: datetime = NOON,
) -> Commit:
    """The number-th issuance at a moment, with its event and its audit entry."""
    issued = issuance or an_issuance(number, issued_at=at)
    uvci_hash = hashlib.sha256(issued.uvci.encode()).hexdigest()
    return Commit(
        issuance=issued,
        event=item or an_item(number, created_at=at),
        audit=an_entry(at=at, object_=uvci_hash),
    )


def a_dsc(
    key: ec.EllipticCurvePrivateKey | None = None,
    *,
    born: datetime = certificates.BORN,
    use: timedelta | None = certificates.USE,
) -> Dsc:
    """A DSC for vaccinations, of key number 2 (that of ``FakeKeys()``) unless told otherwise."""
    signing = key or certificates.key(2)
    return Dsc.from_der(certificates.certificate(signing.public_key(), born=born, use=use))
