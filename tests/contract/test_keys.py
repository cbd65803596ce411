"""What every KeyRing promises, from before its first contact with the centre."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography import x509

from desktop.adapters.keys.software import SoftwareKeys
from desktop.adapters.vault import Vault
from desktop.core.errors import ErrorCode, SigningError
from desktop.hcert.cose import ES256, ToBeSigned
from desktop.hcert.dsc import Dsc
from desktop.wire.envelope import ContentType, EnvelopeToBeSigned
from tests.builders import a_certificate
from tests.certificates import BORN, enrolment_reply
from tests.fakes.clock import NOON
from tests.fakes.keys import FakeKeys

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.core.ports import KeyRing


@pytest.fixture(params=["software", "fake"])
def keys(request: pytest.FixtureRequest, tmp_path: Path) -> KeyRing:
    if request.param == "fake":
        return FakeKeys()
    return SoftwareKeys(Vault.open(tmp_path / "vault"), issuer_id="APO1", country="DE")


CERTIFICATE = ToBeSigned.of(
    a_certificate(),
    uvci="URN:UVCI:01DE/APO1/1#X",
    country="DE",
    issuer_name="Test",
    issued_at=NOON,
    expires_at=NOON + timedelta(days=365),
    kid=bytes(8),
)
MESSAGE = EnvelopeToBeSigned.of(ContentType.EVENT, b"payload", kid=bytes(8))


class TestBeforeEnrolment:
    def test_there_is_no_certificate_and_no_name(self, keys):
        assert keys.dsc is None
        assert keys.device.terminal_id is None
        assert keys.device.kid is None
        assert keys.roots == ()

    def test_nothing_is_signed_even_if_the_keys_are_made(self, keys):
        keys.request()
        for sign in (lambda: keys.sign(CERTIFICATE), lambda: keys.device.sign(MESSAGE)):
            with pytest.raises(SigningError) as caught:
                sign()
            assert caught.value.code is ErrorCode.KEY_MISSING

    def test_the_request_proves_two_different_keys(self, keys):
        request = keys.request()
        signing, device = map(x509.load_der_x509_csr, (request.signing_csr, request.device_csr))
        assert signing.is_signature_valid
        assert device.is_signature_valid
        assert signing.public_key() != device.public_key()
        assert (request.issuer_id, request.country) == ("APO1", "DE")

    def test_asking_again_asks_for_the_same_keys(self, keys):
        first, second = (
            [
                x509.load_der_x509_csr(csr).public_key()
                for csr in (request.signing_csr, request.device_csr)
            ]
            for request in (keys.request(), keys.request())
        )
        assert first == second


class TestEnrolled:
    def test_the_centre_s_answer_is_kept(self, keys):
        reply = enrolment_reply(keys.request(), terminal_id="T-0007")
        keys.accept(reply)
        assert keys.dsc == Dsc.from_der(reply.dsc)
        assert keys.device.terminal_id == "T-0007"
        assert keys.device.kid == Dsc.from_der(reply.device_certificate).kid
        assert [root.der for root in keys.roots] == list(reply.roots)
        assert keys.roots[0] == keys.dsc

    def test_each_key_signs_what_its_certificate_verifies_and_the_other_does_not(self, keys):
        reply = enrolment_reply(keys.request())
        keys.accept(reply)
        device = Dsc.from_der(reply.device_certificate)
        signature, envelope = keys.sign(CERTIFICATE), keys.device.sign(MESSAGE)
        assert len(signature) == len(envelope) == 64
        assert keys.dsc.verify(ES256, CERTIFICATE.message, signature)
        assert device.verify(ES256, MESSAGE.message, envelope)
        assert not device.verify(ES256, CERTIFICATE.message, signature)

    def test_a_newer_answer_replaces_the_older(self, keys):
        request = keys.request()
        keys.accept(enrolment_reply(request))
        renewed = enrolment_reply(request, born=BORN + timedelta(days=30))
        keys.accept(renewed)
        assert keys.dsc == Dsc.from_der(renewed.dsc)


class TestWrongAnswers:
    def test_certificates_of_other_keys_are_refused_and_change_nothing(self, keys):
        keys.accept(enrolment_reply(keys.request()))
        before = keys.dsc
        with pytest.raises(SigningError) as caught:
            keys.accept(enrolment_reply(FakeKeys(7).request()))
        assert caught.value.code is ErrorCode.CENTRE_GARBLED
        assert keys.dsc == before

    def test_swapped_certificates_are_refused(self, keys):
        reply = enrolment_reply(keys.request())
        swapped = replace(reply, dsc=reply.device_certificate, device_certificate=reply.dsc)
        with pytest.raises(SigningError):
            keys.accept(swapped)
        assert keys.dsc is None

    def test_what_is_no_certificate_is_refused(self, keys):
        reply = enrolment_reply(keys.request())
        for broken in (replace(reply, dsc=b"0"), replace(reply, roots=(b"0",))):
            with pytest.raises(SigningError) as caught:
                keys.accept(broken)
            assert caught.value.code is ErrorCode.CENTRE_GARBLED
        assert keys.dsc is None
