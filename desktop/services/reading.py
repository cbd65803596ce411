"""What a scan does to the form: fills it, or says why it does not.

A certificate fills the person and proposes the next dose; the code on a pack fills product, lot
and expiry; anything else is named and changes nothing, and so is a training certificate that is
not from our own training centre. What is not verified never gets in unmarked (design, section 6,
"Scanned certificates").
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from desktop.core.dates import typed
from desktop.core.form import Field
from desktop.core.messages import mark
from desktop.core.profile import TRAINING_ISSUER
from desktop.core.rules.doses import next_dose
from desktop.core.scan.classify import CertificateScan, ForeignScan, ScanKind, classify
from desktop.hcert.verify import Check, SignatureState, TimeState, read_certificate, verify

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from desktop.core.form import Form
    from desktop.core.ports import Clock
    from desktop.core.profile import IssuerProfile
    from desktop.core.scan.gs1 import PackScan
    from desktop.hcert.entries import Certificate
    from desktop.hcert.valuesets import Product, ValueSets
    from desktop.hcert.verify import Trust, Verification


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What became of a scan.

    Attributes:
        form: The form after it.
        message: Id of the one sentence that answers the scan.
        values: What fills the sentence's placeholders; nothing that names a person.
        changed: The fields that the scan filled.
        ignored: The scan was not used.
    """

    form: Form
    message: str
    values: Mapping[str, str] = field(default_factory=dict)
    changed: frozenset[Field] = frozenset()
    ignored: bool = False


_FOREIGN: Final[Mapping[ScanKind, str]] = {
    ScanKind.ADDRESS: mark("scan.foreign.address"),
    ScanKind.CONTACT: mark("scan.foreign.contact"),
    ScanKind.DISTORTED: mark("scan.foreign.distorted"),
    ScanKind.EMPTY: mark("scan.foreign.empty"),
    ScanKind.IDENTITY_DOCUMENT: mark("scan.foreign.identity_document"),
    ScanKind.MEDICATION_PLAN: mark("scan.foreign.medication_plan"),
    ScanKind.NUMBER: mark("scan.foreign.number"),
    ScanKind.PACK_NUMBER: mark("scan.foreign.pack_number"),
    ScanKind.PPN: mark("scan.foreign.ppn"),
    ScanKind.UNKNOWN: mark("scan.foreign.unknown"),
}


class Reading:
    """Reads scans into forms."""

    def __init__(
        self,
        *,
        value_sets: ValueSets,
        profile: IssuerProfile,
        clock: Clock,
        trust: Callable[[], Trust],
    ) -> None:
        self._value_sets = value_sets
        self._profile = profile
        self._clock = clock
        self._trust = trust

    def read(self, text: str, form: Form) -> ReadResult:
        """The form after a scan, and the sentence that answers it; never raises for any text."""
        scan = classify(text)
        if isinstance(scan, CertificateScan):
            return self._certificate(scan, form)
        if isinstance(scan, ForeignScan):
            return _ignored(form, _FOREIGN[scan.kind])
        return self._pack(scan, form)

    def _certificate(self, scan: CertificateScan, form: Form) -> ReadResult:
        seen = verify(scan.text, self._trust(), self._clock.now())
        refusal = _refusal(seen)
        if refusal is not None:
            return _ignored(form, refusal)
        certificate = read_certificate(seen)
        if certificate is None:
            return _ignored(form, mark("scan.certificate.other"))
        unverified = seen.signature is SignatureState.NO_KEY
        if unverified and seen.payload is not None and _is_training(seen.payload):
            return _ignored(form, mark("scan.certificate.training"))
        texts = self._proposal(certificate)
        return ReadResult(
            form=replace(_filled(form, texts), unverified=unverified),
            message=_acceptance(seen),
            values={"dose": texts[Field.DOSE], "doses": texts[Field.DOSES]},
            changed=frozenset(texts),
        )

    def _proposal(self, certificate: Certificate) -> dict[Field, str]:
        """The same person's next dose, given today, here."""
        person, earlier = certificate.person, certificate.vaccination
        dose, doses = next_dose(earlier.dose, earlier.doses)
        return {
            Field.GIVEN_NAME: person.given_name,
            Field.FAMILY_NAME: person.family_name,
            Field.BIRTH_DATE: typed(person.birth_date),
            Field.DOSE: str(dose),
            Field.DOSES: str(doses),
            Field.DATE: typed(self._profile.local_date(self._clock.now())),
            Field.COUNTRY: self._profile.country,
        }

    def _pack(self, pack: PackScan, form: Form) -> ReadResult:
        product = self._product(pack)
        if product is None and pack.batch is None:
            return _ignored(form, mark("scan.pack.unknown"))
        # What the pack does not say must not stay behind from another pack.
        texts = {
            Field.BATCH: pack.batch or "",
            Field.PACK_EXPIRY: typed(pack.expiry) if pack.expiry is not None else "",
        }
        if pack.number is not None:
            texts[Field.PRODUCT] = product.code if product else ""
        return ReadResult(
            form=_filled(form, texts),
            message=_pack_message(product, pack.batch),
            values={"product": product.display if product else "", "batch": pack.batch or ""},
            changed=frozenset(texts),
        )

    def _product(self, pack: PackScan) -> Product | None:
        """The product whose packs the profile knows by this number."""
        numbers = {pack.number, pack.pzn}
        for offered in self._profile.products:
            if not numbers.isdisjoint(offered.packs):
                return self._value_sets.products.get(offered.code)
        return None


def _refusal(seen: Verification) -> str | None:
    """Why nothing of a code may enter the form; None if it may."""
    if seen.signature is None or seen.claims is None:
        return mark("scan.certificate.unreadable")
    if (
        seen.signature is SignatureState.INVALID
        or seen.key_usage is Check.WRONG
        or seen.time is TimeState.NOT_YET
    ):
        return mark("scan.certificate.invalid")
    return None


def _is_training(dcc: Mapping[str, Any]) -> bool:
    """Whether a vaccination that can be understood was issued in training, as it says itself."""
    return bool(dcc["v"][0].get("is") == TRAINING_ISSUER)


def _acceptance(seen: Verification) -> str:
    """How what was filled in is to be taken; one out of date still proves an earlier dose."""
    if seen.signature is SignatureState.NO_KEY:
        return mark("scan.certificate.unverified")
    if seen.time is TimeState.EXPIRED:
        return mark("scan.certificate.expired")
    return mark("scan.certificate.filled")


def _pack_message(product: Product | None, batch: str | None) -> str:
    if product is None:
        return mark("scan.pack.choose_product")
    if batch is None:
        return mark("scan.pack.product")
    return mark("scan.pack.filled")


def _filled(form: Form, texts: Mapping[Field, str]) -> Form:
    for each, text in texts.items():
        form = form.with_text(each, text)
    return form


def _ignored(form: Form, message: str) -> ReadResult:
    return ReadResult(form=form, message=message, ignored=True)
