from __future__ import annotations

import base64
import gzip
import hashlib
import json
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from hypothesis import given
from hypothesis import strategies as st

from desktop.hcert.cose import ES256, PS256
from desktop.hcert.dsc import Dsc, Usage
from desktop.hcert.errors import Fault
from tests import certificates
from tests.hcert import der_writer
from tests.hcert.issuer import fault_of, sign
from tests.shared_data import required

BEGIN, END = datetime(2021, 5, 1, tzinfo=UTC), datetime(2023, 5, 1, tzinfo=UTC)
ALL = frozenset(Usage)


def dsc(*extensions, **fields) -> Dsc:
    return Dsc.from_der(der_writer.certificate(*extensions, **fields))


@pytest.fixture(scope="module")
def rsa_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def test_a_certificate_is_read_as_a_strict_parser_reads_it():
    der = certificates.certificate(certificates.key(7).public_key())
    strict = x509.load_der_x509_certificate(der)
    period = strict.extensions.get_extension_for_class(x509.PrivateKeyUsagePeriod).value
    read = Dsc.from_der(der)
    assert read.der == der
    assert (read.not_before, read.not_after) == (
        strict.not_valid_before_utc,
        strict.not_valid_after_utc,
    )
    assert read.use_from.replace(tzinfo=None) == period.not_before
    assert read.use_until.replace(tzinfo=None) == period.not_after
    assert read.usages == {Usage.VACCINATION}
    assert read.public_key == strict.public_key()


def test_the_kid_is_the_begin_of_the_certificate_hash():
    der = der_writer.certificate()
    assert Dsc.from_der(der).kid == hashlib.sha256(der).digest()[:8]


@pytest.mark.parametrize(
    ("identifiers", "usages", "vaccination"),
    [
        (None, set(), True),
        ([], set(), True),
        ([der_writer.VACCINATION], {Usage.VACCINATION}, True),
        ([der_writer.VACCINATION_0], {Usage.VACCINATION}, True),
        ([der_writer.TEST, der_writer.TEST_0], {Usage.TEST}, False),
        ([der_writer.RECOVERY], {Usage.RECOVERY}, False),
        ([der_writer.RECOVERY_0, der_writer.VACCINATION, der_writer.TEST_0], ALL, True),
        ([der_writer.CLIENT_AUTHENTICATION], set(), True),
        ([der_writer.CLIENT_AUTHENTICATION, der_writer.TEST], {Usage.TEST}, False),
    ],
)
def test_extended_key_usage_says_what_may_be_certified(identifiers, usages, vaccination):
    read = dsc() if identifiers is None else dsc(der_writer.usages(*identifiers))
    assert read.usages == usages
    assert read.may_certify_vaccination is vaccination
    assert read.may_certify(Usage.TEST) is (not usages or Usage.TEST in usages)


def test_without_a_key_usage_period_the_certificate_bounds_the_use():
    read = dsc()
    assert (read.use_from, read.use_until) == (BEGIN, END)
    assert (read.not_before, read.not_after) == (BEGIN, END)


@pytest.mark.parametrize(
    ("times", "begin", "end"),
    [
        ([(0x80, b"20210601000000Z")], datetime(2021, 6, 1, tzinfo=UTC), END),
        ([(0x81, b"20210901000000Z")], BEGIN, datetime(2021, 9, 1, tzinfo=UTC)),
        ([], BEGIN, END),
        ([(0x80, b"20200101000000Z"), (0x81, b"20300101000000Z")], BEGIN, END),
    ],
)
def test_a_key_is_used_in_its_usage_period_and_while_its_certificate_is_valid(times, begin, end):
    read = dsc(der_writer.use_period(*(der_writer.element(*time) for time in times)))
    assert (read.use_from, read.use_until) == (begin, end)


@pytest.mark.parametrize(
    ("tag", "text", "year"),
    [
        (0x17, b"490101000000Z", 2049),
        (0x17, b"500101000000Z", 1950),
        (0x17, b"680101000000Z", 1968),
        (0x17, b"690101000000Z", 1969),
        (0x18, b"20690101000000Z", 2069),
    ],
)
def test_years_are_those_of_rfc_5280(tag, text, year):
    read = dsc(validity=((tag, text), (0x18, b"20990101000000Z")))
    assert read.not_before.year == year


@pytest.mark.parametrize(
    "fields",
    [
        {"serial": b"\x00"},
        {"serial": b"\xff"},
        {"version": b""},
    ],
)
def test_what_strict_parsers_refuse_is_read(fields):
    assert dsc(**fields).not_before == BEGIN


def test_an_explicit_false_and_unknown_extensions_are_read():
    constraints = der_writer.extension(
        der_writer.BASIC_CONSTRAINTS,
        der_writer.sequence(der_writer.element(0x01, b"\x00")),
        critical=True,
    )
    incomplete = der_writer.sequence(der_writer.element(0x06, b"\x55"))
    read = dsc(constraints, incomplete, der_writer.usages(der_writer.TEST))
    assert read.usages == {Usage.TEST}


GOOD = der_writer.certificate(der_writer.usages(der_writer.TEST))


@pytest.mark.parametrize(
    "der",
    [
        b"",
        b"\x30",
        b"\x30\x00",
        b"\x30\x80",
        b"\x30\x85\x00\x00\x00\x00\x01\x00",
        b"\x30\x81",
        b"\x31\x00",
        b"text",
        GOOD + b"\x00\x00",
        der_writer.sequence(b"\x02\x01\x01"),
        der_writer.sequence(der_writer.sequence()),
        der_writer.sequence(der_writer.sequence(*[b"\x02\x01\x01"] * 6)),
        der_writer.sequence(
            der_writer.sequence(
                b"\x02\x01\x01",
                der_writer.sequence(),
                der_writer.sequence(),
                der_writer.sequence(
                    *(der_writer.element(tag, text) for tag, text in der_writer.VALIDITY)
                ),
                der_writer.sequence(),
            )
        ),
        der_writer.certificate(validity=()),
        der_writer.certificate(validity=((0x17, b"210501000000Z"),)),
        der_writer.certificate(validity=((0x17, b"x"), (0x17, b"230501000000Z"))),
        der_writer.certificate(validity=((0x17, b"\xff"), (0x17, b"230501000000Z"))),
        der_writer.certificate(validity=((0x05, b""), (0x17, b"230501000000Z"))),
        der_writer.certificate(der_writer.use_period(der_writer.element(0x80, b"2021"))),
        der_writer.certificate(der_writer.extension(der_writer.EXTENDED_KEY_USAGE, b"\x02\x00")),
        der_writer.certificate(key_info=der_writer.sequence()),
        der_writer.certificate(key_info=b"\x02\x01\x01"),
    ],
)
def test_what_is_no_certificate_is_refused(der):
    assert fault_of(Dsc.from_der, der) is Fault.CERTIFICATE


def test_lengths_may_have_four_bytes():
    body = GOOD[2 + (GOOD[1] & 0x7F) :]
    assert Dsc.from_der(b"\x30\x84" + len(body).to_bytes(4, "big") + body).not_before == BEGIN


@given(st.data())
def test_damaged_certificates_are_read_or_one_error(data):
    at = data.draw(st.integers(0, len(GOOD) - 1))
    value = data.draw(st.integers(0, 255))
    damaged = GOOD[:at] + bytes([value]) + GOOD[at + 1 :]
    assert fault_of(Dsc.from_der, damaged) in (None, Fault.CERTIFICATE)


@given(st.binary(max_size=80))
def test_any_file_is_certificates_or_one_error(data):
    assert fault_of(Dsc.all_from, data) in (None, Fault.CERTIFICATE)


def test_a_file_holds_one_in_der_or_any_number_in_pem():
    one, other = dsc(), dsc(der_writer.usages(der_writer.TEST))
    assert Dsc.all_from(one.der) == (one,)
    assert Dsc.all_from(one.pem().encode()) == (one,)
    bundle = f"# first\r\n{one.pem()}\nissuer=…\n{other.pem()}".replace("\n", "\r\n")
    assert Dsc.all_from(bundle.encode()) == (one, other)


def test_one_unreadable_certificate_in_a_file_is_not_passed_over():
    good = dsc().pem()
    for bad in ("AAAA", "A", "!"):
        block = f"-----BEGIN CERTIFICATE-----\n{bad}\n-----END CERTIFICATE-----\n"
        assert fault_of(Dsc.all_from, (good + block).encode()) is Fault.CERTIFICATE


def test_pem_is_what_other_programs_read():
    text = dsc().pem()
    assert all(len(line) <= 64 for line in text.splitlines())
    assert x509.load_pem_x509_certificate(text.encode()).not_valid_before_utc == BEGIN


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1()])
def test_signatures_of_every_curve_verify_under_es256(curve):
    key = ec.derive_private_key(7, curve)
    read = dsc(public_key=key.public_key())
    signature = sign(key, b"message")
    assert read.verify(ES256, b"message", signature)
    assert not read.verify(ES256, b"other", signature)
    assert not read.verify(ES256, b"message", signature[:-1])
    assert not read.verify(ES256, b"message", b"foo")
    assert not read.verify(ES256, b"message", bytes(len(signature)))
    assert not read.verify(PS256, b"message", signature)
    assert read.is_p256 is isinstance(curve, ec.SECP256R1)


def test_signatures_of_rsa_verify_under_ps256(rsa_key):
    read = dsc(public_key=rsa_key.public_key())
    pss = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
    signature = rsa_key.sign(b"message", pss, hashes.SHA256())
    assert read.verify(PS256, b"message", signature)
    assert not read.verify(PS256, b"other", signature)
    assert not read.verify(ES256, b"message", signature)
    assert not read.verify(-257, b"message", signature)
    assert not read.is_p256


def test_other_paddings_do_not_verify(rsa_key):
    read = dsc(public_key=rsa_key.public_key())
    for other in (padding.PKCS1v15(), padding.PSS(padding.MGF1(hashes.SHA256()), 20)):
        signature = rsa_key.sign(b"message", other, hashes.SHA256())
        assert not read.verify(PS256, b"message", signature)


def test_keys_of_other_kinds_verify_nothing():
    key = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32))
    read = dsc(public_key=key.public_key())
    assert not read.verify(ES256, b"message", key.sign(b"message"))
    assert not read.is_p256


def test_every_certificate_of_a_national_list_is_read():
    lines = gzip.decompress(required("trustlists/de-dsc-list-covpass-sdk.txt.gz").read_bytes())
    listed = json.loads(lines.split(b"\n", 1)[1])["certificates"]
    assert len(listed) == 829
    for entry in listed:
        read = Dsc.from_der(base64.b64decode(entry["rawData"]))
        assert base64.b64encode(read.kid).decode() == entry["kid"]
        assert Dsc.all_from(read.pem().encode()) == (read,)
