"""The main job: from a filled form to a certificate that exists.

``form → permit → parse → sign → verify → COMMIT``. Nothing may be shown or printed before
:meth:`Issuing.issue` has returned, because only then the certificate is in the store, together
with the event that tells the centre of it (facts on security, section 3.2).
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Final

from desktop.core.audit import AuditAction, AuditEntry
from desktop.core.dates import read_expiry
from desktop.core.errors import ErrorCode, SigningError
from desktop.core.form import Form
from desktop.core.issuance import Commit, Issuance
from desktop.core.outbox import OutboxItem, OutboxState
from desktop.core.parsing import parse
from desktop.core.permit import permit
from desktop.core.profile import UvciForm
from desktop.hcert import armour, uvci
from desktop.hcert.cose import ToBeSigned
from desktop.hcert.verify import Trust, read_certificate, verify
from desktop.wire.envelope import ContentType, EnvelopeToBeSigned, event_id
from desktop.wire.event import IssueEvent

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.core.form import Problem
    from desktop.core.ports import Chance, Clock, KeyRing, Store
    from desktop.core.profile import IssuerProfile
    from desktop.core.settings import Site
    from desktop.core.status import Realm
    from desktop.hcert.dsc import Dsc
    from desktop.hcert.entries import Certificate
    from desktop.hcert.valuesets import ValueSets

_ATTEMPT_BYTES: Final = 16


class Issuing:
    """Issues certificates under one terminal's key, each filled form once."""

    def __init__(  # noqa: PLR0913 - each argument is one outside of the main job
        self,
        *,
        store: Store,
        keys: KeyRing,
        clock: Clock,
        chance: Chance,
        profile: IssuerProfile,
        value_sets: ValueSets,
        site: Site,
        realm: Realm,
    ) -> None:
        self._store = store
        self._keys = keys
        self._clock = clock
        self._chance = chance
        self._profile = profile
        self._value_sets = value_sets
        self._site = site
        self._issuer_name = profile.issuer_in(realm)

    def begin(self) -> Form:
        """An empty form with an attempt id of its own and the issuer's country."""
        attempt_id = self._chance.token(_ATTEMPT_BYTES).hex()
        return Form(attempt_id=attempt_id, country=self._profile.country)

    def check(self, form: Form) -> Certificate | tuple[Problem, ...]:
        """What the form would certify now, or all that is wrong with it; changes nothing."""
        return self._parse(form, self._clock.now())

    def issue(self, form: Form) -> Issuance | tuple[Problem, ...]:
        """Certify what the form says; the same attempt again answers with the same certificate.

        When this returns an issuance it is durably in the store and may be shown. When it raises,
        nothing was issued and what was signed is forgotten.

        Raises:
            SigningError: The key is missing, out of its time or not for vaccinations, or our own
                check of what it signed failed.
            StoreError: The store could not promise to remember it; or ATTEMPT_ERASED: this attempt
                was issued, and its certificate has been erased since.
        """
        earlier = self._store.issuance_of_attempt(form.attempt_id)
        if earlier is not None:
            return earlier
        now = self._clock.now().replace(microsecond=0)
        dsc = self._permitted(now)
        certificate = self._parse(form, now)
        if isinstance(certificate, tuple):
            return certificate
        return self._store.commit(self._made(form, certificate, dsc, now))

    def never_shown(self) -> Issuance | None:
        """The latest certificate that was committed and that nobody has seen yet."""
        return self._store.never_shown()

    def shown(self, issuance: Issuance) -> None:
        """Remember that its code was on screen or handed out."""
        self._store.mark_shown(issuance.event_id, self._clock.now())

    def _parse(self, form: Form, now: datetime) -> Certificate | tuple[Problem, ...]:
        return parse(form, self._value_sets, self._profile.local_date(now))

    def _permitted(self, now: datetime) -> Dsc:
        """The certificate of the key that may sign now; without permission nothing is signed."""
        dsc = self._keys.dsc
        permission = permit(dsc, now)
        if dsc is None or not permission.rule.may_sign:
            raise SigningError(permission.fault or ErrorCode.PERMIT_REFUSED)
        return dsc

    def _made(self, form: Form, certificate: Certificate, dsc: Dsc, now: datetime) -> Commit:
        identifier = self._mint()
        expires_at = min(now + self._profile.validity, dsc.not_after)
        to_be_signed = ToBeSigned.of(
            certificate,
            uvci=identifier,
            country=self._profile.country,
            issuer_name=self._issuer_name,
            issued_at=now,
            expires_at=expires_at,
            kid=dsc.kid,
        )
        cose = to_be_signed.assemble(self._keys.sign(to_be_signed))
        hc1 = armour.wrap(cose)
        _check_own(hc1, certificate, identifier, dsc, now)
        event = self._event(form, identifier, cose, now)
        issuance = Issuance(
            attempt_id=form.attempt_id,
            uvci=identifier,
            event_id=event.event_id,
            certificate=certificate,
            hc1=hc1,
            issued_at=now,
            expires_at=expires_at,
        )
        audit = AuditEntry(
            at=now,
            actor="terminal",
            action=AuditAction.ISSUED,
            object=hashlib.sha256(identifier.encode()).hexdigest(),
        )
        return Commit(issuance, event, audit)

    def _mint(self) -> str:
        entropy = self._chance.token(uvci.ENTROPY_BYTES)
        if self._profile.uvci_form is UvciForm.GERMANY:
            return uvci.mint_germany(self._site.issuer_id, entropy)
        return uvci.mint_eu(self._profile.country, self._site.issuer_id, entropy)

    def _event(self, form: Form, identifier: str, cose: bytes, now: datetime) -> OutboxItem:
        """What the centre will be told, signed by the device key before anything is committed."""
        device = self._keys.device
        terminal, kid = device.terminal_id, device.kid
        if terminal is None or kid is None:
            raise SigningError(ErrorCode.KEY_MISSING)
        event = IssueEvent(
            terminal=terminal,
            uvci=identifier,
            cose=cose,
            issued_at=int(now.timestamp()),
            batch=form.batch.strip() or None,
            pack_expiry=_last_day(form.pack_expiry),
        )
        to_be_signed = EnvelopeToBeSigned.of(ContentType.EVENT, event.encode(), kid=kid)
        envelope = to_be_signed.assemble(device.sign(to_be_signed))
        return OutboxItem(
            event_id=event_id(envelope),
            body=envelope,
            state=OutboxState.PENDING,
            attempts=0,
            created_at=now,
            due_at=now,
        )


def _last_day(pack_expiry: str) -> str | None:
    """The expiry of a parsed form in ISO 8601, however it was typed; None if it has none."""
    day = read_expiry(pack_expiry)
    return day.isoformat() if isinstance(day, date) else None


def _check_own(
    hc1: str, certificate: Certificate, identifier: str, dsc: Dsc, now: datetime
) -> None:
    """Read the finished code as any verifier would; raises unless it says what was meant."""
    seen = verify(hc1, Trust.of([dsc]), now)
    dcc = seen.payload if seen.valid else None
    if dcc is None or read_certificate(seen) != certificate or dcc["v"][0]["ci"] != identifier:
        raise SigningError(ErrorCode.SELF_CHECK_FAILED)
