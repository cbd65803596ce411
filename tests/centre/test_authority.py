"""The certificates of terminals, field by field (facts on security, section 1.4)."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from desktop.centre.authority import Authority, Subject
from desktop.hcert.dsc import Dsc, Usage
from tests import certificates
from tests.fakes.clock import NOON

SUBJECT = Subject(country="DE", issuer_id="APO1", terminal="T-1")
KEY = certificates.key(5).public_key()


Kind = TypeVar("Kind", bound=x509.ExtensionType)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.create("CSCA-T TEST", NOON)


@pytest.fixture(scope="module")
def root(authority) -> x509.Certificate:
    return x509.load_der_x509_certificate(authority.certificate)


@pytest.fixture(scope="module")
def signing(authority) -> x509.Certificate:
    return x509.load_der_x509_certificate(authority.certify_signing(KEY, SUBJECT, NOON))


@pytest.fixture(scope="module")
def device(authority) -> x509.Certificate:
    return x509.load_der_x509_certificate(authority.certify_device(KEY, SUBJECT, NOON))


@pytest.fixture(params=["signing", "device"])
def leaf(request) -> x509.Certificate:
    certificate: x509.Certificate = request.getfixturevalue(request.param)
    return certificate


def extension(certificate: x509.Certificate, kind: type[Kind]) -> Kind:
    return certificate.extensions.get_extension_for_class(kind).value


def test_the_authority_certifies_itself_and_leaves_only(root):
    root.verify_directly_issued_by(root)
    assert extension(root, x509.BasicConstraints) == x509.BasicConstraints(True, 0)
    assert extension(root, x509.KeyUsage).key_cert_sign
    assert not extension(root, x509.KeyUsage).digital_signature


def test_a_leaf_names_country_pharmacy_and_terminal(leaf):
    names = {attribute.oid: attribute.value for attribute in leaf.subject}

    assert names == {
        NameOID.COUNTRY_NAME: "DE",
        NameOID.ORGANIZATION_NAME: "APO1",
        NameOID.COMMON_NAME: "T-1",
    }


def test_a_leaf_is_issued_by_the_authority_and_says_so(leaf, root):
    leaf.verify_directly_issued_by(root)
    authority_key = extension(leaf, x509.AuthorityKeyIdentifier).key_identifier
    assert authority_key == extension(root, x509.SubjectKeyIdentifier).digest
    assert extension(leaf, x509.SubjectKeyIdentifier) == (
        x509.SubjectKeyIdentifier.from_public_key(KEY)
    )


def test_a_leaf_signs_and_does_nothing_else(leaf):
    usage = extension(leaf, x509.KeyUsage)

    assert usage.digital_signature
    assert not any((usage.key_cert_sign, usage.content_commitment, usage.key_agreement))


def test_a_leaf_is_valid_before_the_terminal_s_clock_has_caught_up(leaf):
    assert leaf.not_valid_before_utc == NOON - timedelta(minutes=10)


def test_serial_numbers_are_random(authority):
    serials = {
        x509.load_der_x509_certificate(authority.certify_device(KEY, SUBJECT, NOON)).serial_number
        for _ in range(20)
    }

    assert len(serials) == 20
    assert all(0 < serial < 2**128 for serial in serials)
    assert max(serials).bit_length() > 110


def test_a_dsc_may_certify_vaccinations_for_thirty_days_and_outlives_its_certificates(signing):
    dsc = Dsc.from_der(signing.public_bytes(Encoding.DER))

    assert dsc.usages == {Usage.VACCINATION}
    assert dsc.is_p256
    assert (dsc.use_from, dsc.use_until) == (
        NOON - timedelta(minutes=10),
        NOON + timedelta(days=30),
    )
    assert dsc.not_after == NOON + timedelta(days=30 + 365)


def test_a_device_certificate_authenticates_for_a_year(device):
    assert list(extension(device, x509.ExtendedKeyUsage)) == [ExtendedKeyUsageOID.CLIENT_AUTH]
    assert device.not_valid_after_utc == NOON + timedelta(days=365)


def test_an_authority_is_loaded_as_it_was_written(authority):
    again = Authority.load(*authority.export())

    leaf = x509.load_der_x509_certificate(again.certify_device(KEY, SUBJECT, NOON))
    leaf.verify_directly_issued_by(x509.load_der_x509_certificate(authority.certificate))


def test_another_kind_of_key_is_no_authority(authority):
    key = rsa.generate_private_key(65537, 2048)
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())

    with pytest.raises(ValueError, match="elliptic"):
        Authority.load(private, authority.certificate)
