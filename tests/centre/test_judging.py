"""What the centre thinks of one event."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.centre.judging import Judgement, judge
from desktop.centre.register import DEVICE, SIGNING, KeyRow, TerminalRow
from desktop.hcert import cbor, cose
from desktop.hcert.cose import Signature
from desktop.hcert.dsc import Dsc
from desktop.wire.batch import EventVerdict, Reason, Verdict
from desktop.wire.envelope import Envelope, event_id
from desktop.wire.version import WireError
from tests.events import certified, dsc_of, signed, told
from tests.fakes.keys import FakeKeys

if TYPE_CHECKING:
    from collections.abc import Mapping

KEYS = FakeKeys.enrolled(31, terminal_id="T-31")
OTHER = FakeKeys.enrolled(32, terminal_id="T-32")
UVCI = "URN:UVCI:01DE/APO1/1#X"
PRODUCTION_ISSUER = "Robert Koch-Institut"


def row(keys: FakeKeys) -> TerminalRow:
    assert keys.reply is not None
    certificates = ((SIGNING, keys.reply.dsc), (DEVICE, keys.reply.device_certificate))
    return TerminalRow(
        id=keys.reply.terminal_id,
        country="DE",
        issuer_id="APO1",
        keys=tuple(
            KeyRow(purpose=purpose, public_key=der[:32], certificate=Dsc.from_der(der))
            for purpose, der in certificates
        ),
    )


SIGNERS = {keys.device.kid or b"": row(keys) for keys in (KEYS, OTHER)}


def judged(
    body: bytes, *, training: bool = True, signers: Mapping[bytes, TerminalRow] = SIGNERS
) -> Judgement:
    try:
        envelope = Envelope.read(body)
    except WireError:
        envelope = None
    return judge(event_id(body), envelope, signers, training=training)


def reason(body: bytes, *, training: bool = True) -> str | None:
    judgement = judged(body, training=training)
    assert judgement.answer.event_id == event_id(body)
    if judgement.answer.verdict is Verdict.PARKED:
        assert judgement.certificate is None
    return judgement.answer.reason


def test_a_good_event_enters_the_register():
    body = signed(KEYS, told(KEYS).encode())

    judgement = judged(body)

    assert judgement.answer == EventVerdict(event_id(body), Verdict.ACCEPTED)
    assert judgement.signer == "T-31"
    assert judgement.certificate is not None
    assert judgement.certificate.uvci == UVCI
    assert judgement.certificate.kid == dsc_of(KEYS).kid


def test_noise_is_parked_and_nobody_signed_it():
    judgement = judged(b"noise")

    assert (judgement.answer.reason, judgement.signer) == (Reason.EVENT_UNREADABLE, None)


def test_a_stranger_is_parked_and_nobody_signed_it():
    judgement = judged(signed(KEYS, told(KEYS).encode()), signers={})

    assert (judgement.answer.reason, judgement.signer) == (Reason.TERMINAL_UNKNOWN, None)


def test_a_signature_by_another_key_is_parked_and_nobody_signed_it():
    right = Envelope.read(signed(KEYS, told(KEYS).encode()))
    wrong = Envelope.read(signed(OTHER, told(KEYS).encode()))
    forged = dataclasses.replace(right, signature=wrong.signature)

    judgement = judge(bytes(32), forged, SIGNERS, training=True)

    assert (judgement.answer.reason, judgement.signer) == (Reason.EVENT_FORGED, None)


def test_an_event_of_another_kind_is_evidence():
    judgement = judged(signed(KEYS, cbor.encode({"version": 2})))

    assert (judgement.answer.reason, judgement.signer) == (Reason.EVENT_UNREADABLE, "T-31")


def test_a_terminal_speaks_for_itself_only():
    assert reason(signed(OTHER, told(KEYS).encode())) == Reason.TERMINAL_OTHER


def test_a_certificate_of_another_terminal_is_forged():
    event = told(KEYS, cose=certified(OTHER))

    assert reason(signed(KEYS, event.encode())) == Reason.CERTIFICATE_FORGED


def test_a_certificate_with_another_signature_is_forged():
    good = certified(KEYS)
    event = told(KEYS, cose=good[:-1] + bytes([good[-1] ^ 1]))

    assert reason(signed(KEYS, event.encode())) == Reason.CERTIFICATE_FORGED


@pytest.mark.parametrize(
    "cose_bytes",
    [
        b"",
        b"noise",
        cose.assemble(cbor.encode({1: -7}), b"noise", Signature(bytes(64))),
        cose.assemble(cbor.encode({1: -37}), cose.SignedMessage.read(certified(KEYS)).payload,
                      Signature(bytes(64))),
    ],
    ids=["empty", "noise", "no claims", "PS256"],
)  # fmt: skip
def test_a_certificate_that_nobody_can_read_is_parked(cose_bytes):
    event = told(KEYS, cose=cose_bytes)

    assert reason(signed(KEYS, event.encode())) == Reason.CERTIFICATE_UNREADABLE


def test_a_certificate_without_kid_is_forged():
    payload = cose.SignedMessage.read(certified(KEYS)).payload
    event = told(KEYS, cose=cose.assemble(cbor.encode({1: -7}), payload, Signature(bytes(64))))

    assert reason(signed(KEYS, event.encode())) == Reason.CERTIFICATE_FORGED


@pytest.mark.parametrize("uvci", ["URN UVCI", "URN:UVCI:\x00", "a" * 81, ""])
def test_an_identifier_that_no_register_can_hold_is_parked(uvci):
    assert reason(signed(KEYS, told(KEYS, uvci).encode())) == Reason.CERTIFICATE_UNREADABLE


@pytest.mark.parametrize("other", [{"uvci": "URN:UVCI:01DE/APO1/2#X"}, {"issued_at": 1}])
def test_an_event_that_says_other_than_its_certificate_is_parked(other):
    event = dataclasses.replace(told(KEYS), **other)

    assert reason(signed(KEYS, event.encode())) == Reason.CERTIFICATE_CONTRADICTS


def test_training_and_production_do_not_mix():
    real = told(KEYS, cose=certified(KEYS, issuer_name=PRODUCTION_ISSUER))
    played = told(KEYS)

    assert reason(signed(KEYS, real.encode()), training=True) == Reason.REALM_PRODUCTION
    assert reason(signed(KEYS, played.encode()), training=False) == Reason.REALM_TRAINING
    assert reason(signed(KEYS, real.encode()), training=False) is None
    assert reason(signed(KEYS, played.encode()), training=True) is None


@pytest.mark.parametrize(
    ("since_use", "until_use", "good"),
    [
        (timedelta(0), None, True),
        (timedelta(seconds=-1), None, False),
        (None, timedelta(seconds=-1), True),
        (None, timedelta(0), False),
    ],
)
def test_a_certificate_signed_outside_the_key_s_time_is_flagged(since_use, until_use, good):
    dsc = dsc_of(KEYS)
    issued_at = dsc.use_from + since_use if since_use is not None else dsc.use_until + until_use
    event = told(
        KEYS,
        cose=certified(KEYS, issued_at=issued_at),
        issued_at=int(issued_at.timestamp()),
    )

    judgement = judged(signed(KEYS, event.encode()))

    assert judgement.certificate is not None
    assert judgement.answer.verdict is (Verdict.ACCEPTED if good else Verdict.FLAGGED)
    assert judgement.answer.reason == (None if good else Reason.CERTIFICATE_KEY_TIME)


def test_a_certificate_that_outlives_its_key_s_is_flagged():
    late = dsc_of(KEYS).not_after + timedelta(seconds=1)
    event = told(KEYS, cose=certified(KEYS, expires_at=late))

    assert reason(signed(KEYS, event.encode())) == Reason.CERTIFICATE_KEY_TIME


@given(st.binary(max_size=400))
def test_any_payload_is_judged(payload):
    assert judged(signed(KEYS, payload)).answer.verdict is Verdict.PARKED


@given(st.binary(max_size=400))
def test_any_certificate_is_judged(cose_bytes):
    event = told(KEYS, cose=cose_bytes)

    assert judged(signed(KEYS, event.encode())).answer.verdict is Verdict.PARKED
