"""The self test: can this terminal, as it is installed here, do its main job."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from desktop.core.audit import AuditAction, AuditEntry
from desktop.core.errors import ErrorCode, TerminalError
from desktop.core.form import ProblemCode
from desktop.core.issuance import Issuance
from desktop.core.messages import mark, of_error, of_permit, of_problem
from desktop.core.paper.drawing import Level
from desktop.core.permit import PermitState, permit
from desktop.core.settings import LANGUAGES
from desktop.hcert import armour, qr
from desktop.hcert.cose import Signature, ToBeSigned
from desktop.hcert.dates import PartialDate
from desktop.hcert.entries import Certificate, Person, Vaccination
from desktop.hcert.valuesets import COVID_19
from desktop.hcert.verify import SignatureState, Trust, verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from desktop.core.ports import Clock, CodeWriter, KeyRing, Store, Words
    from desktop.core.profile import IssuerProfile
    from desktop.hcert.dsc import Dsc
    from desktop.hcert.valuesets import ValueSets
    from desktop.services.printing import Printing

_SAMPLE_ISSUER: Final = "TEST – UNGÜLTIG / NOT VALID"
_SAMPLE_UVCI: Final = "URN:UVCI:01DE/SELFTEST/0#0"
_SAMPLE_SIGNATURE: Final = Signature(hashlib.sha512(b"tresen self test").digest())
_PDF: Final = b"%PDF-"


@dataclass(frozen=True, slots=True)
class Check:
    """What one part of the self test found.

    Attributes:
        name: Id of the words for what was looked at.
        ok: Whether it works.
        detail: What was found, for IT; never personal data.
    """

    name: str
    ok: bool
    detail: str


class _Unfit(Exception):  # noqa: N818 - a finding, not an error of ours
    """A part does not do what it should; says what was found instead."""

    def __init__(self, *found: object) -> None:
        super().__init__(" ".join(map(str, found)))


class Checking:
    """Tries every part of the main job; issues nothing.

    What is signed on the way has expired before it is made, and is forgotten at once.

    Args:
        writers: The writers of QR codes by name; all have to write what our reader reads.
    """

    def __init__(  # noqa: PLR0913 - each argument is one part that is looked at
        self,
        *,
        store: Store,
        keys: KeyRing,
        clock: Clock,
        words: Words,
        profile: IssuerProfile,
        value_sets: ValueSets,
        printing: Printing,
        writers: Mapping[str, CodeWriter],
    ) -> None:
        self._store = store
        self._keys = keys
        self._clock = clock
        self._words = words
        self._profile = profile
        self._value_sets = value_sets
        self._printing = printing
        self._writers = writers

    @property
    def dsc(self) -> Dsc | None:
        """This terminal's document signer certificate, None while it is not enrolled."""
        return self._keys.dsc

    def run(self) -> tuple[Check, ...]:
        """Look at every part, also if an earlier one is broken."""
        parts = {
            mark("check.words"): self._all_words,
            mark("check.value_sets"): self._all_codes,
            mark("check.zone"): self._zone,
            mark("check.store"): self._writable,
            mark("check.permit"): self._permitted,
            mark("check.signature"): self._signs,
            mark("check.codes"): self._code_reads_back,
            mark("check.page"): self._page,
        }
        return tuple(_looked_at(name, part) for name, part in parts.items())

    def _all_words(self) -> str:
        for language in LANGUAGES:
            words = self._words.in_language(language)
            missing = [message for message in _messages() if words.translate(message) == message]
            if missing:
                raise _Unfit(language, missing[0])
        return ", ".join(LANGUAGES)

    def _all_codes(self) -> str:
        sets = self._value_sets
        offered = [product.code for product in self._profile.products]
        unknown = [code for code in offered if code not in sets.products]
        if self._profile.country not in sets.countries.entries:
            unknown.append(self._profile.country)
        if unknown or COVID_19 not in sets.diseases.entries:
            raise _Unfit(", ".join(unknown) or COVID_19)
        return f"{len(offered)} / {len(sets.products)}"

    def _zone(self) -> str:
        return f"{self._profile.zone} {self._profile.local_date(self._clock.now())}"

    def _writable(self) -> str:
        now = self._clock.now()
        self._store.record(
            AuditEntry(at=now, actor="terminal", action=AuditAction.CHECKED, object="")
        )
        return str(self._store.counts().waiting)

    def _permitted(self) -> str:
        permission = permit(self._keys.dsc, self._clock.now())
        if not permission.rule.may_sign:
            raise _Unfit(permission.fault or permission.state)
        return permission.state

    def _signs(self) -> str:
        dsc = self._keys.dsc
        if dsc is None:
            raise _Unfit(ErrorCode.KEY_MISSING)
        seen = verify(self._sample(dsc).hc1, Trust.of([dsc]), self._clock.now())
        if seen.signature is not SignatureState.VALID or seen.valid:
            raise _Unfit(seen.signature, *seen.problems)
        return dsc.kid.hex()

    def _code_reads_back(self) -> str:
        text = self._sample(None).hc1
        wrong = [
            name for name, write in self._writers.items() if qr.read(write(text, Level.Q)) != text
        ]
        if wrong:
            raise _Unfit(", ".join(wrong))
        return ", ".join(self._writers)

    def _page(self) -> str:
        page = self._printing.page(self._sample(None))
        if not page.startswith(_PDF):
            raise _Unfit(page[: len(_PDF)].hex())
        return f"{len(page)} B"

    def _sample(self, dsc: Dsc | None) -> Issuance:
        """A certificate of nobody that has expired when it begins; signed if there is a DSC."""
        born = dsc.not_before if dsc else self._clock.now()
        certificate = self._nobody()
        to_be_signed = ToBeSigned.of(
            certificate,
            uvci=_SAMPLE_UVCI,
            country=self._profile.country,
            issuer_name=_SAMPLE_ISSUER,
            issued_at=born,
            expires_at=born,
            kid=dsc.kid if dsc else bytes(8),
        )
        signature = self._keys.sign(to_be_signed) if dsc else _SAMPLE_SIGNATURE
        hc1 = armour.wrap(to_be_signed.assemble(signature))
        return Issuance(
            attempt_id="selftest",
            uvci=_SAMPLE_UVCI,
            event_id=hashlib.sha256(hc1.encode()).digest(),
            certificate=certificate,
            hc1=hc1,
            issued_at=born,
            expires_at=born,
        )

    def _nobody(self) -> Certificate:
        product = self._value_sets.products[self._profile.products[0].code]
        vaccination = Vaccination(
            disease=COVID_19,
            prophylaxis=product.prophylaxis,
            product=product.code,
            manufacturer=product.manufacturer,
            dose=1,
            doses=1,
            date=self._profile.local_date(self._clock.now()),
            country=self._profile.country,
        )
        person = Person(
            family_name="Müstermann-Gößler", given_name="Erika", birth_date=PartialDate(1964, 8, 12)
        )
        return Certificate(person, vaccination)


def _looked_at(name: str, part: Callable[[], str]) -> Check:
    try:
        return Check(name, True, part())
    except _Unfit as finding:
        return Check(name, False, str(finding))
    except TerminalError as error:
        return Check(name, False, error.code)
    except Exception as error:  # noqa: BLE001 - whatever is broken in this installation is a finding
        return Check(name, False, type(error).__name__)


def _messages() -> Iterator[str]:
    """The ids of the words that no counter can do without."""
    for code in ErrorCode:
        yield from (of_error(code).title, of_error(code).advice)
    for problem in ProblemCode:
        yield of_problem(problem)
    for state in PermitState:
        yield from (of_permit(state).title, of_permit(state).advice)
