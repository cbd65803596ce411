from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.audit import AuditAction
from desktop.core.errors import ErrorCode, SigningError, StoreError
from desktop.core.form import Field, Problem, ProblemCode
from desktop.core.issuance import Issuance
from desktop.core.outbox import OutboxState
from desktop.core.profile import TRAINING_ISSUER, UvciForm
from desktop.core.status import Realm
from desktop.hcert import armour
from desktop.hcert.claims import Claims
from desktop.hcert.cose import ES256, Signature, SignedMessage
from desktop.hcert.dsc import Dsc
from desktop.hcert.entries import Certificate
from desktop.hcert.verify import Trust, read_certificate, verify
from desktop.services.issuing import _check_own
from desktop.wire.envelope import Envelope, event_id
from desktop.wire.event import IssueEvent
from tests import certificates
from tests.builders import a_certificate, a_person, a_profile
from tests.fakes.clock import NOON
from tests.fakes.keys import FakeKeys
from tests.fakes.store import FakeStore
from tests.services.counter import Counter

if TYPE_CHECKING:
    from collections.abc import Mapping


def claims_of(issuance: Issuance) -> Claims:
    return Claims.read(SignedMessage.read(armour.unwrap(issuance.hc1)).payload)


def entry_of(issuance: Issuance) -> Mapping[str, Any]:
    dcc = claims_of(issuance).dcc
    assert dcc is not None
    entry: Mapping[str, Any] = dcc["v"][0]
    return entry


def event_of(counter: Counter, issuance: Issuance) -> IssueEvent:
    body = counter.store.outbox[issuance.event_id].body
    return IssueEvent.decode(Envelope.read(body).payload)


def test_each_form_begins_with_an_attempt_of_its_own_and_the_issuers_country():
    counter = Counter()
    forms = [counter.issuing.begin() for _ in range(3)]
    assert len({form.attempt_id for form in forms}) == 3
    assert {form.country for form in forms} == {"DE"}


def test_a_certificate_verifies_under_the_terminals_own_certificate():
    counter = Counter()
    issuance = counter.issued()
    seen = verify(issuance.hc1, Trust.of([counter.dsc]), NOON)
    assert seen.valid
    assert read_certificate(seen) == issuance.certificate
    assert entry_of(issuance)["ci"] == issuance.uvci


def test_what_is_issued_is_in_the_store_with_its_event_and_its_audit_entry():
    counter = Counter()
    issuance = counter.issued()
    item = counter.store.outbox[issuance.event_id]
    entry = counter.store.audit[-1][0]
    assert counter.store.issuance(issuance.event_id) == issuance
    assert item.event_id == event_id(item.body)
    assert (item.state, item.attempts, item.due_at) == (OutboxState.PENDING, 0, NOON)
    assert entry.action is AuditAction.ISSUED
    assert entry.object == hashlib.sha256(issuance.uvci.encode()).hexdigest()


def test_the_event_is_signed_by_the_device_key_and_not_by_the_signing_key():
    counter = Counter()
    issuance = counter.issued()
    message = SignedMessage.read(counter.store.outbox[issuance.event_id].body)
    assert message.kid == counter.keys.device.kid
    device = certificates.certificate(counter.keys.device.key.public_key())
    assert Dsc.from_der(device).verify(ES256, message.message, message.signature)
    assert not counter.dsc.verify(ES256, message.message, message.signature)


def test_batch_and_pack_expiry_go_to_the_centre_and_not_into_the_certificate():
    counter = Counter()
    issuance = counter.issued(counter.filled(batch=" FA5765 ", pack_expiry="06.2022"))
    event = event_of(counter, issuance)
    assert (event.batch, event.pack_expiry) == ("FA5765", "2022-06-30")
    assert "FA5765" not in str(claims_of(issuance).dcc)
    assert event.cose == armour.unwrap(issuance.hc1)
    assert event.terminal == counter.keys.device.terminal_id
    assert event.issued_at == int(NOON.timestamp())


def test_however_an_expiry_was_typed_the_centre_can_read_the_event():
    counter = Counter()
    wide = counter.filled(pack_expiry="30." + " " * 100_000 + "06.22")
    assert event_of(counter, counter.issued(wide)).pack_expiry == "2022-06-30"


def test_without_a_batch_the_event_says_so():
    counter = Counter()
    event = event_of(counter, counter.issued())
    assert (event.batch, event.pack_expiry) == (None, None)


def test_times_are_whole_seconds():
    counter = Counter()
    counter.clock.at = NOON.replace(microsecond=999_999)
    issuance = counter.issued()
    assert issuance.issued_at == NOON
    assert claims_of(issuance).issued_at == int(NOON.timestamp())


def test_a_certificate_lives_as_long_as_the_profile_says():
    counter = Counter(profile=a_profile(validity_days=180))
    issuance = counter.issued()
    assert issuance.expires_at == NOON + timedelta(days=180)
    assert claims_of(issuance).expires_at == int(issuance.expires_at.timestamp())


def test_a_certificate_never_outlives_the_certificate_of_its_key():
    counter = Counter(profile=a_profile(validity_days=10_000))
    assert counter.issued().expires_at == counter.dsc.not_after


@pytest.mark.parametrize(
    ("form", "start"),
    [(UvciForm.EU, "URN:UVCI:01:DE:APO1/"), (UvciForm.GERMANY, "URN:UVCI:01DE/APO1/")],
)
def test_the_identifier_has_the_form_of_the_profile(form, start):
    counter = Counter(profile=replace(a_profile(), uvci_form=form))
    assert counter.issued().uvci.startswith(start)


def test_in_training_every_certificate_says_that_it_is_not_valid():
    real, training = Counter(), Counter(realm=Realm.TRAINING)
    assert entry_of(real.issued())["is"] == "Robert Koch-Institut"
    assert entry_of(training.issued())["is"] == TRAINING_ISSUER


def test_the_same_attempt_answers_with_the_same_certificate_without_signing_again():
    counter = Counter()
    form = counter.filled()
    first = counter.issued(form)
    counter.keys.fault = ErrorCode.KEY_UNREADABLE
    assert counter.issuing.issue(form) == first
    assert len(counter.store.outbox) == 1


def test_an_attempt_whose_certificate_was_erased_is_refused_before_anything_is_signed():
    counter = Counter()
    form = counter.filled()
    counter.issued(form)
    counter.store.erase_due(NOON, NOON + timedelta(days=1))
    counter.keys.fault = ErrorCode.KEY_UNREADABLE
    with pytest.raises(StoreError) as caught:
        counter.issuing.issue(form)
    assert caught.value.code is ErrorCode.ATTEMPT_ERASED
    assert len(counter.store.outbox) == 1


def test_two_forms_make_two_certificates_even_for_the_same_person():
    counter = Counter()
    first, second = counter.issued(), counter.issued()
    assert first.uvci != second.uvci
    assert len(counter.store.outbox) == 2


def test_a_form_with_problems_issues_nothing():
    counter = Counter()
    problems = counter.issuing.issue(counter.filled(family_name="", given_name=""))
    assert problems == (Problem(Field.FAMILY_NAME, ProblemCode.NAME_MISSING),)
    assert not counter.store.outbox


def test_checking_a_form_tells_what_would_be_certified_and_issues_nothing():
    counter = Counter()
    certificate = counter.issuing.check(counter.filled())
    assert isinstance(certificate, Certificate)
    assert counter.issuing.check(counter.filled(dose="x")) == (
        Problem(Field.DOSE, ProblemCode.DOSE_UNREADABLE),
    )
    assert not counter.store.journal


def test_today_is_the_issuers_date():
    counter = Counter()
    counter.clock.at = NOON.replace(hour=22, minute=30)
    assert counter.clock.at.astimezone(ZoneInfo("Europe/Berlin")).day == 2
    assert isinstance(counter.issuing.check(counter.filled(date="2021-06-02")), Certificate)
    counter.clock.at = NOON
    assert counter.issuing.check(counter.filled(date="2021-06-02")) == (
        Problem(Field.DATE, ProblemCode.DATE_FUTURE),
    )


def keys_with(**certified: Any) -> FakeKeys:
    """Keys whose DSC differs from a good one."""
    keys = FakeKeys()
    reply = certificates.enrolment_reply(keys.request())
    dsc = certificates.certificate(keys.key.public_key(), **certified)
    keys.reply = replace(reply, dsc=dsc, roots=(dsc,))
    return keys


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        (FakeKeys(), ErrorCode.KEY_MISSING),
        (keys_with(born=NOON + timedelta(days=1)), ErrorCode.KEY_NOT_YET_VALID),
        (keys_with(use=timedelta(days=7)), ErrorCode.KEY_EXPIRED),
        (keys_with(usages=(certificates.RECOVERY,)), ErrorCode.KEY_WRONG_USAGE),
    ],
)
def test_without_permission_nothing_is_signed(keys, code):
    counter = Counter(keys=keys)
    with pytest.raises(SigningError) as caught:
        counter.issuing.issue(counter.filled())
    assert caught.value.code is code
    assert not counter.store.outbox


class NamelessKeys(FakeKeys):
    """A terminal that has its DSC but whose device key the centre has not certified."""

    class _Device:
        terminal_id = None
        kid = None

    @property
    def device(self):
        return self._Device() if self.reply else super().device


def test_a_terminal_without_a_name_cannot_issue_what_it_could_never_report():
    counter = Counter(keys=NamelessKeys.enrolled())
    with pytest.raises(SigningError) as caught:
        counter.issuing.issue(counter.filled())
    assert caught.value.code is ErrorCode.KEY_MISSING
    assert not counter.store.outbox


class ForgetfulKeys(FakeKeys):
    """A key store that answers with the signature of another message."""

    def sign(self, to_be_signed):
        super().sign(to_be_signed)
        return Signature(bytes(63) + b"\x01")


def test_what_does_not_verify_is_never_committed():
    counter = Counter(keys=ForgetfulKeys.enrolled())
    with pytest.raises(SigningError) as caught:
        counter.issuing.issue(counter.filled())
    assert caught.value.code is ErrorCode.SELF_CHECK_FAILED
    assert not counter.store.journal
    assert not counter.store.audit


@pytest.mark.parametrize(
    "changed",
    [
        {"hc1": "HC1:NCF"},
        {"certificate": a_certificate(person=a_person(family_name="Muster"))},
        {"identifier": "URN:UVCI:01DE/APO1/0000000000000000000000#0"},
        {"dsc": FakeKeys.enrolled(2).dsc},
        {"now": NOON - timedelta(seconds=1)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_our_own_reader_accepts_a_code_only_if_it_says_all_that_was_meant(changed):
    counter = Counter()
    made = counter.issued()
    meant: dict[str, Any] = {
        "hc1": made.hc1,
        "certificate": made.certificate,
        "identifier": made.uvci,
        "dsc": counter.dsc,
        "now": NOON,
    }
    _check_own(**meant)
    with pytest.raises(SigningError) as caught:
        _check_own(**(meant | changed))
    assert caught.value.code is ErrorCode.SELF_CHECK_FAILED


class FullStore(FakeStore):
    """A store that can be read but takes nothing more."""

    def commit(self, _commit):
        raise StoreError(ErrorCode.STORE_FULL)


def test_when_the_store_takes_nothing_there_is_no_certificate():
    counter = Counter(store=FullStore())
    with pytest.raises(StoreError):
        counter.issuing.issue(counter.filled())
    assert not counter.store.journal


def test_after_a_failure_the_same_attempt_gets_a_new_signature_and_one_certificate():
    counter = Counter()
    form = counter.filled()
    counter.store.fault = ErrorCode.STORE_BROKEN
    with pytest.raises(StoreError):
        counter.issuing.issue(form)
    counter.store.fault = None
    issuance = counter.issued(form)
    assert list(counter.store.journal.values()) == [issuance]


def test_the_latest_certificate_that_nobody_saw_is_offered_until_it_was_shown():
    counter = Counter()
    assert counter.issuing.never_shown() is None
    issuance = counter.issued()
    assert counter.issuing.never_shown() == issuance
    counter.issuing.shown(issuance)
    assert counter.issuing.never_shown() is None
    assert counter.kept(issuance).shown_at == NOON


NAMES = st.text(st.characters(codec="utf-8"), max_size=100)


@given(given_name=NAMES, family_name=NAMES, born=st.sampled_from(["1964", "8.1964", "12.8.64"]))
def test_whatever_the_names_are_there_is_a_verified_certificate_or_a_problem(
    given_name, family_name, born
):
    counter = Counter()
    form = counter.filled(given_name=given_name, family_name=family_name, birth_date=born)
    outcome = counter.issuing.issue(form)
    assert isinstance(outcome, Issuance) == bool(counter.store.journal)
    if isinstance(outcome, Issuance):
        assert event_of(counter, outcome).cose == armour.unwrap(outcome.hc1)
    else:
        assert all(isinstance(each, Problem) for each in outcome)
