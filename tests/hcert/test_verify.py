from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import timedelta

import base45
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from desktop.hcert import armour, cbor, cose
from desktop.hcert.dsc import Dsc
from desktop.hcert.errors import Fault
from desktop.hcert.verify import (
    Check,
    SignatureState,
    TimeState,
    Trust,
    Verification,
    read_certificate,
    verify,
)
from tests import builders, certificates
from tests.hcert import der_writer
from tests.hcert.issuer import DURING, EXPIRES, ISSUED, Issuer, dcc_of, message, sign, tagged

ISSUER = Issuer()
CODE = ISSUER.issue()
STEPS = ("prefix", "base45", "compression", "cose", "cbor")


def dsc_for(*usages: bytes) -> Dsc:
    extensions = [der_writer.usages(*usages)] if usages else []
    return Dsc.from_der(
        der_writer.certificate(*extensions, public_key=certificates.key(7).public_key())
    )


def test_a_good_code_is_valid():
    seen = verify(CODE, ISSUER.trust, DURING)
    assert seen.valid
    assert seen == Verification(
        prefix=True,
        base45=True,
        compression=True,
        cose=True,
        signature=SignatureState.VALID,
        kid=ISSUER.dsc.kid,
        cbor=True,
        time=TimeState.OK,
        key_usage=Check.OK,
        schema=Check.OK,
        problems=(),
        claims=seen.claims,
        dsc=ISSUER.dsc,
    )
    assert seen.payload == dcc_of()


def test_nothing_read_is_not_valid():
    assert not Verification().valid
    assert Verification().payload is None


@pytest.mark.parametrize(
    ("text", "fault", "reached"),
    [
        ("hello", Fault.PREFIX, 0),
        (CODE[4:], Fault.PREFIX, 0),
        (CODE + "\n", Fault.BASE45, 1),
        (CODE.replace(" ", ""), Fault.BASE45, 1),
        ("HC1:" + "0" * 9000, Fault.TOO_LONG, 1),
        ("HC1:" + base45.b45encode(b"no zlib").decode(), Fault.COMPRESSION, 2),
        (armour.wrap(bytes(70_000)), Fault.TOO_LARGE, 2),
        (armour.wrap(b""), Fault.CBOR, 3),
        (armour.wrap(cbor.encode([])), Fault.COSE, 3),
        (armour.wrap(tagged(message({1: -257}), 18)), Fault.ALGORITHM, 3),
        (ISSUER.sign_payload(b""), Fault.CBOR, 4),
        (ISSUER.sign_payload(cbor.encode({})), Fault.CLAIMS, 4),
    ],
)
def test_reading_ends_where_it_cannot_go_on(text, fault, reached):
    seen = verify(text, ISSUER.trust, DURING)
    assert [getattr(seen, step) for step in STEPS] == [
        True if at < reached else False if at == reached else None for at in range(len(STEPS))
    ]
    assert seen.problems == (fault,)
    assert not seen.valid
    assert seen.payload is None
    assert (seen.time, seen.key_usage, seen.schema) == (None, None, None)
    assert (seen.signature is None) == (reached < 4)


def test_without_the_key_everything_else_is_still_judged():
    seen = verify(CODE, Trust(), DURING)
    assert seen.signature is SignatureState.NO_KEY
    assert (seen.time, seen.key_usage, seen.schema) == (TimeState.OK, None, Check.OK)
    assert seen.problems == ("no_key",)
    assert not seen.valid
    assert seen.dsc is None


def test_a_changed_payload_has_no_valid_signature():
    read = cose.SignedMessage.read(armour.unwrap(CODE))
    payload = read.payload.replace(b"Erika", b"Erikb")
    changed = cose.assemble(read.protected, payload, cose.Signature(read.signature))
    seen = verify(armour.wrap(changed), ISSUER.trust, DURING)
    assert seen.signature is SignatureState.INVALID
    assert seen.problems == ("signature",)
    assert (seen.schema, seen.key_usage) == (Check.OK, None)
    assert not seen.valid


def test_all_certificates_with_a_kid_are_tried():
    stranger = replace(ISSUER.dsc, public_key=certificates.key(8).public_key(), der=b"other")
    seen = verify(CODE, Trust.of([stranger, ISSUER.dsc, ISSUER.dsc]), DURING)
    assert seen.dsc == ISSUER.dsc
    assert verify(CODE, Trust.of([stranger]), DURING).signature is SignatureState.INVALID


def signed_with_kid(kid: object) -> str:
    header = cbor.encode({1: -7, 4: kid})
    payload = cose.SignedMessage.read(armour.unwrap(CODE)).payload
    signature = sign(ISSUER.key, cose.sig_structure(header, payload))
    return armour.wrap(cose.assemble(header, payload, signature))


def test_of_a_long_kid_the_begin_counts():
    seen = verify(signed_with_kid(ISSUER.dsc.kid + bytes(8)), ISSUER.trust, DURING)
    assert seen.valid
    assert seen.kid == ISSUER.dsc.kid + bytes(8)


@pytest.mark.parametrize("kid", [None, b"", b"short", bytes(8)])
def test_an_unknown_kid_has_no_key(kid):
    seen = verify(signed_with_kid(kid), ISSUER.trust, DURING)
    assert seen.signature is SignatureState.NO_KEY
    assert seen.kid == kid


def test_p_384_under_es256_is_accepted():
    key = ec.derive_private_key(7, ec.SECP384R1())
    dsc = Dsc.from_der(der_writer.certificate(public_key=key.public_key()))
    issuer = Issuer(key, dsc)
    assert verify(issuer.issue(), issuer.trust, DURING).valid


@pytest.mark.parametrize(
    ("at", "state", "problems"),
    [
        (ISSUED - timedelta(seconds=1), TimeState.NOT_YET, ("not_yet",)),
        (ISSUED, TimeState.OK, ()),
        (EXPIRES, TimeState.OK, ()),
        (EXPIRES + timedelta(milliseconds=1), TimeState.EXPIRED, ("expired",)),
    ],
)
def test_time_lies_between_issue_and_expiry(at, state, problems):
    seen = verify(CODE, ISSUER.trust, at)
    assert (seen.time, seen.problems, seen.valid) == (state, problems, not problems)


def test_moments_that_are_not_stated_do_not_bound():
    text = ISSUER.sign_dcc(dcc_of(), issued_at=None, expires_at=None)
    assert verify(text, ISSUER.trust, DURING).valid


KINDS = {"v": der_writer.VACCINATION, "t": der_writer.TEST, "r": der_writer.RECOVERY}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("usage", [*KINDS, None])
def test_the_key_must_be_for_the_kind(kind, usage):
    dcc = {key: value for key, value in dcc_of().items() if key != "v"} | {kind: [{}]}
    issuer = Issuer(dsc=dsc_for(*([KINDS[usage]] if usage else [])))
    seen = verify(issuer.sign_dcc(dcc), issuer.trust, DURING)
    good = usage in (kind, None)
    assert seen.key_usage is (Check.OK if good else Check.WRONG)
    assert ("key_usage" in seen.problems) is not good


def test_a_key_must_be_for_every_kind_that_is_there():
    dcc = dcc_of() | {"t": [{}], "r": None}
    issuer = Issuer(dsc=dsc_for(der_writer.VACCINATION))
    assert verify(issuer.sign_dcc(dcc), issuer.trust, DURING).key_usage is Check.WRONG
    issuer = Issuer(dsc=dsc_for(der_writer.VACCINATION, der_writer.TEST_0))
    assert verify(issuer.sign_dcc(dcc), issuer.trust, DURING).key_usage is Check.OK


def test_breaches_of_the_schema_are_named_by_their_place():
    dcc = dcc_of() | {"ver": 1}
    dcc["v"][0]["dn"] = 0
    seen = verify(ISSUER.sign_dcc(dcc), ISSUER.trust, DURING)
    assert seen.schema is Check.WRONG
    assert seen.problems == ("schema:/ver", "schema:/v/0/dn")
    assert not seen.valid


def test_a_health_certificate_of_another_kind_is_read_but_not_valid():
    payload = cbor.encode({1: "XL", -260: {-6: {"n": "Anna"}}})
    seen = verify(ISSUER.sign_payload(payload), ISSUER.trust, DURING)
    assert (seen.signature, seen.cbor, seen.schema) == (SignatureState.VALID, True, None)
    assert seen.problems == ("no_dcc",)
    assert not seen.valid


@given(st.text(max_size=300) | st.text("0123456789ABC $%*+-./:", max_size=300))
def test_any_text_is_judged(text):
    assert not verify(text, ISSUER.trust, DURING).valid
    assert not verify("HC1:" + text, ISSUER.trust, DURING).valid


@given(st.binary(max_size=200))
def test_any_compressed_bytes_are_judged(data):
    text = "HC1:" + base45.b45encode(zlib.compress(data)).decode()
    assert not verify(text, ISSUER.trust, DURING).valid


@given(st.binary(max_size=200))
def test_any_signed_bytes_are_judged(payload):
    seen = verify(ISSUER.sign_payload(payload), ISSUER.trust, DURING)
    assert seen.signature is SignatureState.VALID
    assert not seen.valid


@given(st.integers(0, len(CODE) - 1), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $"))
def test_a_mistyped_code_is_never_valid_with_another_payload(at, sign_typed):
    text = CODE[:at] + sign_typed + CODE[at + 1 :]
    seen = verify(text, ISSUER.trust, DURING)
    assert not seen.valid or seen.payload == dcc_of()


def test_our_own_certificate_reads_back():
    seen = verify(CODE, ISSUER.trust, DURING)
    assert read_certificate(seen) == builders.a_certificate()


def test_an_unchecked_certificate_may_be_read_and_a_forged_one_not():
    assert read_certificate(verify(CODE, Trust(), DURING)) == builders.a_certificate()
    forger = Issuer(key=certificates.key(9))
    seen = verify(forger.issue(), ISSUER.trust, DURING)
    assert seen.signature is SignatureState.INVALID
    assert read_certificate(seen) is None


def test_what_could_not_be_read_has_no_certificate():
    assert read_certificate(verify("hello", ISSUER.trust, DURING)) is None
