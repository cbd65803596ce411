"""Who becomes a terminal."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from desktop.centre import enrolment as module
from desktop.centre import tables
from desktop.centre.enrolment import Enrolment, RefusedError
from desktop.centre.register import Register
from desktop.hcert.dsc import Dsc
from tests.fakes.keys import FakeKeys

if TYPE_CHECKING:
    from desktop.wire.enrolment import EnrolmentRequest


def csr(key) -> bytes:
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    algorithm = None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return builder.sign(key, algorithm).public_bytes(Encoding.DER)


def with_csr(request: EnrolmentRequest, part: str, der: bytes) -> EnrolmentRequest:
    if part == "signing_csr":
        return replace(request, signing_csr=der)
    return replace(request, device_csr=der)


def refused(enrolment: Enrolment, request) -> str:
    with pytest.raises(RefusedError) as caught:
        enrolment.enrol(request)
    return caught.value.document.name


def count(register: Register, table) -> int:
    with register.begin() as transaction:
        return len(transaction._connection.execute(select(table)).all())


def test_the_certificates_name_pharmacy_and_terminal(enrolment):
    reply = enrolment.enrol(FakeKeys(1, issuer_id="IZ12345A").request())

    subject = x509.load_der_x509_certificate(reply.dsc).subject.rfc4514_string()
    assert subject == f"CN={reply.terminal_id},O=IZ12345A,C=DE"


def test_terminals_of_one_pharmacy_are_told_apart(enrolment, register):
    one, other = (enrolment.enrol(FakeKeys(number).request()) for number in (1, 2))

    assert one.terminal_id != other.terminal_id
    assert count(register, tables.PHARMACY) == 1
    assert count(register, tables.TERMINAL) == 2


def test_the_same_keys_again_are_answered_with_the_first_certificates(enrolment, register, clock):
    request = FakeKeys(1).request()
    first = enrolment.enrol(request)
    clock.forward(days=1)

    assert enrolment.enrol(request) == first
    assert count(register, tables.KEY) == 2


def test_many_requests_for_the_same_keys_make_one_terminal(database, register, clock):
    request = FakeKeys(1).request()
    registers = [Register(database) for _ in range(4)]
    centres = [Enrolment(each, name="CSCA-T TEST", now=clock.now) for each in registers]

    with ThreadPoolExecutor(4) as pool:
        replies = set(pool.map(lambda centre: centre.enrol(request), centres * 3))

    for each in registers:
        each.close()
    assert len(replies) == 1
    assert count(register, tables.TERMINAL) == 1
    assert count(register, tables.AUTHORITY) == 1


def test_all_workers_and_starts_have_one_authority(register, clock, enrolment):
    again = Enrolment(register, name="CSCA-T OTHER", now=clock.now)
    one = enrolment.enrol(FakeKeys(1).request())
    other = again.enrol(FakeKeys(2).request())

    issuers = {x509.load_der_x509_certificate(each.dsc).issuer for each in (one, other)}
    assert len(issuers) == 1


def test_a_reply_has_the_terminal_s_own_certificate_first_and_then_the_newest(register, clock):
    enrolment = Enrolment(register, name="CSCA-T TEST", now=clock.now, roots=2)
    dscs = []
    for number in (1, 2, 3):
        dscs.append(enrolment.enrol(FakeKeys(number).request()).dsc)
        clock.forward(minutes=1)

    assert enrolment.enrol(FakeKeys(1).request()).roots == (dscs[0], dscs[2], dscs[1])
    assert enrolment.enrol(FakeKeys(3).request()).roots == (dscs[2], dscs[1])


def test_published_are_signing_keys_only(enrolment, register):
    reply = enrolment.enrol(FakeKeys(1).request())

    with register.begin() as transaction:
        assert transaction.published(10) == (reply.dsc,)
    assert Dsc.from_der(reply.dsc).may_certify_vaccination


@pytest.mark.parametrize(
    "key",
    [
        ec.generate_private_key(ec.SECP384R1()),
        rsa.generate_private_key(65537, 2048),
        ed25519.Ed25519PrivateKey.generate(),
    ],
    ids=["P-384", "RSA", "Ed25519"],
)
@pytest.mark.parametrize("part", ["signing_csr", "device_csr"])
def test_a_key_of_another_kind_is_refused(enrolment, key, part):
    request = with_csr(FakeKeys(1).request(), part, csr(key))

    assert refused(enrolment, request) == "enrolment-refused"


@pytest.mark.parametrize("part", ["signing_csr", "device_csr"])
def test_a_request_that_its_key_has_not_signed_is_refused(enrolment, part):
    good = FakeKeys(1).request()
    broken = bytearray(getattr(good, part))
    broken[-1] ^= 1

    assert refused(enrolment, with_csr(good, part, bytes(broken))) == "enrolment-refused"


def test_one_key_for_both_purposes_is_refused(enrolment):
    request = FakeKeys(1).request()

    assert refused(enrolment, replace(request, device_csr=request.signing_csr)) == (
        "enrolment-refused"
    )


@pytest.mark.parametrize("issuer_id", ["", "apo1", "APO 1", "APO1\n", "ÄPO1", "A" * 33])
def test_an_issuer_id_that_no_identifier_can_hold_is_refused(enrolment, issuer_id):
    request = replace(FakeKeys(1).request(), issuer_id=issuer_id)

    assert refused(enrolment, request) == "enrolment-refused"


@pytest.mark.parametrize("country", ["", "D", "DEU", "de", "D1"])
def test_a_country_that_is_none_is_refused(enrolment, country):
    assert refused(enrolment, replace(FakeKeys(1).request(), country=country)) == (
        "enrolment-refused"
    )


@pytest.mark.parametrize(
    "change",
    [
        {"device_csr": FakeKeys(2).request().device_csr},
        {"signing_csr": FakeKeys(2).request().signing_csr},
        {
            "signing_csr": FakeKeys(1).request().device_csr,
            "device_csr": FakeKeys(1).request().signing_csr,
        },
        {"issuer_id": "APO2"},
        {"country": "AT"},
    ],
    ids=["other device key", "other signing key", "swapped", "other pharmacy", "other country"],
)
def test_a_key_that_is_known_otherwise_is_a_conflict(enrolment, change):
    request = FakeKeys(1).request()
    enrolment.enrol(request)

    assert refused(enrolment, replace(request, **change)) == "enrolment-conflict"


@given(st.binary(max_size=300))
def test_any_bytes_are_a_request_or_refused(data):
    with pytest.raises(RefusedError):
        module._public_key(data)
