from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.adapters.valuesets import load_value_sets
from desktop.core.form import Field, Form
from desktop.core.parsing import parse
from desktop.core.profile import TRAINING_ISSUER, ProfileProduct
from desktop.hcert import armour, cbor, cose
from desktop.hcert.claims import Claims
from desktop.hcert.cose import ToBeSigned
from desktop.hcert.dates import PartialDate
from desktop.hcert.verify import Trust
from desktop.services.reading import Reading, ReadResult
from tests import certificates
from tests.builders import COMIRNATY, a_certificate, a_form, a_person, a_profile, a_vaccination
from tests.fakes.clock import NOON, FixedClock
from tests.fakes.keys import FakeKeys
from tests.packs import ntin_of

if TYPE_CHECKING:
    from cryptography import x509

    from desktop.hcert.entries import Certificate

VALUE_SETS = load_value_sets()
PACKS = (
    ProfileProduct(COMIRNATY, ("17895975",)),
    ProfileProduct("EU/1/21/1529", (ntin_of("17491077"),)),
    ProfileProduct("not in the value sets", ("13832707",)),
)
PERSON = frozenset(
    {
        Field.GIVEN_NAME,
        Field.FAMILY_NAME,
        Field.BIRTH_DATE,
        Field.DOSE,
        Field.DOSES,
        Field.DATE,
        Field.COUNTRY,
    }
)
PACK = frozenset({Field.PRODUCT, Field.BATCH, Field.PACK_EXPIRY})
EMPTY = Form(attempt_id="a")


def keys() -> FakeKeys:
    return FakeKeys.enrolled()


def code(
    certificate: Certificate | None = None,
    *,
    by: FakeKeys | None = None,
    issuer_name: str = "Ministry of Health, Austria",
    issued_at=NOON - timedelta(days=3),
) -> str:
    """The text of another issuer's code."""
    signer = by or keys()
    assert signer.dsc is not None
    to_be_signed = ToBeSigned.of(
        certificate or a_certificate(),
        uvci="URN:UVCI:01:AT:10807843F94AEE0EE5093FBC254BD813#B",
        country="AT",
        issuer_name=issuer_name,
        issued_at=issued_at,
        expires_at=issued_at + timedelta(days=300),
        kid=signer.dsc.kid,
    )
    return armour.wrap(to_be_signed.assemble(signer.sign(to_be_signed)))


def reading(*, now=NOON, trusted: FakeKeys | None = None) -> Reading:
    signer = trusted or keys()
    return Reading(
        value_sets=VALUE_SETS,
        profile=replace(a_profile(), products=PACKS),
        clock=FixedClock(now),
        trust=lambda: Trust.of(signer.roots),
    )


def read(text: str, form: Form = EMPTY, **where) -> ReadResult:
    return reading(**where).read(text, form)


def test_a_verified_certificate_fills_person_and_next_dose_today_here():
    result = read(code())
    assert result == ReadResult(
        form=Form(
            attempt_id="a",
            given_name="Erika",
            family_name="Müstermann-Gößler",
            birth_date="12.08.1964",
            dose="3",
            doses="3",
            date="01.06.2021",
            country="DE",
        ),
        message="scan.certificate.filled",
        values={"dose": "3", "doses": "3"},
        changed=PERSON,
        ignored=False,
    )


def test_with_a_pack_it_is_all_that_a_booster_needs():
    form = read("]d201041501789597571727013110FA5765", read(code()).form).form
    booster = parse(form, VALUE_SETS, NOON.date())
    assert booster == a_certificate(
        vaccination=a_vaccination(dose=3, doses=3, on=date(2021, 6, 1)),
    )


def test_today_is_the_date_of_the_issuers_zone():
    evening = NOON.replace(hour=22)
    assert read(code(), now=evening).form.date == "02.06.2021"


def test_a_partial_birth_date_stays_partial():
    person = replace(a_person(), birth_date=PartialDate(1964, 8))
    assert read(code(a_certificate(person=person))).form.birth_date == "08.1964"


def test_a_certificate_leaves_product_and_lot_alone():
    before = a_form(batch="FA5765", pack_expiry="31.01.2027")
    after = read(code(), before).form
    assert (after.product, after.batch, after.pack_expiry) == (
        before.product,
        "FA5765",
        "31.01.2027",
    )


def test_a_training_certificate_from_elsewhere_fills_nothing_not_even_marked():
    training = code(by=FakeKeys.enrolled(2), issuer_name=TRAINING_ISSUER)
    assert_ignored(read(training), EMPTY, "scan.certificate.training")


def test_in_training_the_own_training_certificates_fill_the_form():
    assert read(code(issuer_name=TRAINING_ISSUER)).message == "scan.certificate.filled"


def test_a_genuine_certificate_out_of_date_still_fills_and_says_so():
    result = read(code(), now=NOON + timedelta(days=400))
    assert result.message == "scan.certificate.expired"
    assert result.changed == PERSON
    assert not result.form.unverified


def test_a_certificate_whose_key_nobody_knows_fills_but_is_marked():
    result = read(code(by=FakeKeys.enrolled(7)))
    assert result.message == "scan.certificate.unverified"
    assert result.form.unverified
    assert result.form.given_name == "Erika"


def test_a_verified_certificate_takes_the_mark_away_again():
    marked = read(code(by=FakeKeys.enrolled(7))).form
    assert not read(code(), marked).form.unverified


def test_a_pack_does_not_take_the_mark_away():
    marked = read(code(by=FakeKeys.enrolled(7))).form
    assert read("010415017895975710FA5765", marked).form.unverified


def assert_ignored(result: ReadResult, form: Form, message: str) -> None:
    assert result == ReadResult(form=form, message=message, ignored=True)


def tampered(text: str) -> str:
    """The same claims under the same kid with a signature that is not theirs."""
    message = cose.SignedMessage.read(armour.unwrap(text))
    wrong = bytes(len(message.signature))
    return armour.wrap(cose.assemble(message.protected, message.payload, cose.Signature(wrong)))


def test_a_certificate_with_a_wrong_signature_never_fills():
    form = a_form()
    assert_ignored(read(tampered(code()), form), form, "scan.certificate.invalid")


def test_a_certificate_from_the_future_never_fills():
    assert_ignored(
        read(code(issued_at=NOON + timedelta(days=1))), EMPTY, "scan.certificate.invalid"
    )


def keys_for(*usages: x509.ObjectIdentifier) -> FakeKeys:
    """The same key, certified for something else."""
    signer = keys()
    assert signer.reply is not None
    der = certificates.certificate(signer.key.public_key(), usages=usages)
    signer.reply = replace(signer.reply, dsc=der, roots=(der,))
    return signer


def test_a_certificate_by_a_key_that_is_not_for_vaccinations_never_fills():
    signer = keys_for(certificates.RECOVERY)
    assert_ignored(read(code(by=signer), trusted=signer), EMPTY, "scan.certificate.invalid")


@pytest.mark.parametrize("text", ["HC1:", "HC1:NCF ABC", "HC1:ü"])
def test_a_damaged_certificate_is_named_and_ignored(text):
    assert_ignored(read(text), EMPTY, "scan.certificate.unreadable")


def signed(payload: bytes, signer: FakeKeys) -> str:
    """Any payload under a good signature."""
    assert signer.dsc is not None
    header = cbor.encode({cose.HEADER_ALGORITHM: cose.ES256, cose.HEADER_KID: signer.dsc.kid})
    to_be_signed = ToBeSigned(header, payload)
    return armour.wrap(to_be_signed.assemble(signer.sign(to_be_signed)))


def test_a_signature_over_nonsense_is_damaged():
    assert_ignored(read(signed(b"\xff", keys())), EMPTY, "scan.certificate.unreadable")


def test_a_test_certificate_is_named_and_ignored():
    dcc = {
        "ver": "1.3.0",
        "nam": {"fn": "Muster", "fnt": "MUSTER"},
        "dob": "1964-08-12",
        "t": [{"tg": "840539006"}],
    }
    claims = Claims(
        issuer="AT",
        issued_at=int((NOON - timedelta(days=1)).timestamp()),
        expires_at=int((NOON + timedelta(days=1)).timestamp()),
        dcc=dcc,
    )
    signer = keys_for()
    text = signed(claims.encode(), signer)
    assert_ignored(read(text, trusted=signer), EMPTY, "scan.certificate.other")


@pytest.mark.parametrize(
    ("text", "product", "display", "batch", "expiry"),
    [
        ("01041501789597571727013110FA5765", COMIRNATY, "Comirnaty", "FA5765", "31.01.2027"),
        (f"01{ntin_of('17491077')}10ABX12", "EU/1/21/1529", "Vaxzevria", "ABX12", ""),
    ],
)
def test_a_known_pack_fills_product_lot_and_expiry(text, product, display, batch, expiry):
    result = read(text)
    assert (result.form.product, result.form.batch) == (product, batch)
    assert result.form.pack_expiry == expiry
    assert result.message == "scan.pack.filled"
    assert result.values == {"product": display, "batch": batch}
    assert result.changed == PACK


def test_a_known_pack_without_a_lot_says_so_and_leaves_none_of_another_pack():
    result = read("0104150178959757", a_form(batch="OLD", pack_expiry="01/27"))
    assert (result.form.batch, result.form.pack_expiry) == ("", "")
    assert result.message == "scan.pack.product"
    assert result.values == {"product": "Comirnaty", "batch": ""}


@pytest.mark.parametrize("pzn", ["03752864", "13832707"])
def test_a_pack_whose_product_is_not_known_fills_the_lot_and_asks_for_the_product(pzn):
    result = read(f"01{ntin_of(pzn)}10FA5765")
    assert (result.form.product, result.form.batch) == ("", "FA5765")
    assert result.message == "scan.pack.choose_product"
    assert result.values == {"product": "", "batch": "FA5765"}
    assert result.changed == PACK


def test_the_product_of_another_pack_does_not_stay_with_the_lot_of_an_unknown_one():
    first = read("0104150178959757", EMPTY).form
    assert read(f"01{ntin_of('03752864')}10FA5765", first).form.product == ""


def test_a_lot_in_a_code_of_its_own_goes_with_the_product_that_was_scanned_before():
    first = read("0104150178959757", EMPTY).form
    second = read("]d210FA5765", first).form
    assert (second.product, second.batch) == (COMIRNATY, "FA5765")


def test_a_pack_that_tells_nothing_is_ignored():
    assert_ignored(read(f"01{ntin_of('03752864')}"), EMPTY, "scan.pack.unknown")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("https://example.org", "scan.foreign.address"),
        ("HC1Ö", "scan.foreign.distorted"),
        ("", "scan.foreign.empty"),
    ],
)
def test_anything_else_is_named_and_changes_nothing(text, message):
    form = a_form()
    assert_ignored(read(text, form), form, message)


READING = reading()
CODE = code()


@given(st.one_of(st.text(), st.text().map("HC1:".__add__), st.text(max_size=9).map("0104".__add__)))
def test_any_scan_is_answered_and_what_is_ignored_changes_nothing(text):
    result = READING.read(text, EMPTY)
    assert result.ignored == (result.form == EMPTY)
    assert result.message.startswith("scan.")


@given(st.integers(4, len(CODE) - 1), st.sampled_from("0A$:"))
def test_a_code_with_one_wrong_character_is_the_same_or_ignored(place, sign):
    changed = CODE[:place] + sign + CODE[place + 1 :]
    result = READING.read(changed, EMPTY)
    assert result.ignored or result.form.unverified or changed == CODE
