from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.scan import gs1
from desktop.core.scan.gs1 import PackScan
from tests.packs import ntin_of

GS = "\x1d"
VECTORS = [
    ("13832707", "04150138327077"),
    ("03752864", "04150037528643"),
    ("17895975", "04150178959757"),
]
PACK = PackScan(
    number="04150138327077",
    pzn="13832707",
    batch="403751B",
    expiry=date(2027, 1, 31),
    serial="A1B2",
)


@pytest.mark.parametrize(("pzn", "ntin"), VECTORS)
def test_pzn_and_ntin_belong_together(pzn, ntin):
    assert gs1.is_gtin(ntin)
    assert gs1.pzn_of(ntin) == pzn


@pytest.mark.parametrize(
    "pzn", ["13832707", "03752864", "03752870", "17895975", "17895981", "17491077"]
)
def test_known_pzns_have_their_check_digit(pzn):
    assert gs1.is_pzn(pzn)


@pytest.mark.parametrize("text", ["13832706", "1383270", "138327077", "١3832707", ""])
def test_other_texts_are_no_pzn(text):
    assert not gs1.is_pzn(text)


def test_a_pzn_whose_check_would_be_ten_does_not_exist():
    # 1·6 + 2·0 + 3·0 + 4·1 = 10
    assert not any(gs1.is_pzn(f"6001000{digit}") for digit in range(10))


@pytest.mark.parametrize(
    "number",
    [
        "04150138327078",  # its own check digit is wrong
        "04150138327060",  # the PZN's check digit is wrong
        "08713746000013",  # not of Germany
        "0415013832707",
    ],
)
def test_other_numbers_hold_no_pzn(number):
    assert gs1.pzn_of(number) is None


@pytest.mark.parametrize(
    "text",
    [
        f"010415013832707721A1B2{GS}1727013110403751B",
        f"01041501383270771727013110403751B{GS}21A1B2",
        f"{GS}0104150138327077{GS}17270131{GS}10403751B{GS}{GS}21A1B2{GS}",
        "(01)04150138327077(17)270131(10)403751B(21)A1B2",
        "(01)04150138327077(17)270100(10)403751B(21)A1B2",
        "010415013832707721A1B2<GS>1727010010403751B",
        "010415013832707721A1B2<gs>1727013110403751B",
        "010415013832707721A1B2^]1727013110403751B",
        "010415013832707721A1B2{GS}1727013110403751B",
        "010415013832707721A1B2[GS]1727013110403751B",
        "010415013832707721A1B2␝1727013110403751B",
        f"0104150138327077112501011727013121A1B2{GS}7101234567{GS}10403751B",
        f"01041501383270772001{GS}1727013110403751B{GS}21A1B2",
        f"010415013832707710403751B{GS}10403751B{GS}1727013121A1B2",
    ],
)
def test_a_pack_is_read_in_every_way_that_scanners_send_it(text):
    assert gs1.read(text) == PACK


def test_a_month_of_expiry_ends_on_its_last_day():
    pack = gs1.read("010415013832707717280200")
    assert pack is not None
    assert pack.expiry == date(2028, 2, 29)


def test_a_foreign_gtin_has_no_pzn():
    assert gs1.read("010871374600001310ABC") == PackScan("08713746000013", None, "ABC", None, None)


def test_a_lot_alone_is_enough():
    assert gs1.read("10ABC") == PackScan(None, None, "ABC", None, None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        GS,
        "hello",
        "0104150138327078",  # wrong check digit
        "010415013832707",  # breaks off
        f"01041501{GS}327077",
        "01041501383270771727013",  # date breaks off
        "0104150138327077172713311",
        "010415013832707717270232",
        "0104150138327077172700",
        "010415013832707717ABCDEF",
        "010415013832707711250230",  # made on a day that does not exist
        "01041501383270770A",
        "010415013832707710",  # empty lot
        "010415013832707710" + "X" * 21,
        "010415013832707710Ä",
        f"010415013832707710A{GS}10B",  # contradicts itself
        "17270131",  # neither number nor lot
        "37100",
        "(01)04150138327077(17)",
        "(01)0415(0138",
        "(1)04150138327077",
        "()",
        "01041501383270\u0661\u0661",
    ],
)
def test_what_breaks_the_rules_is_no_pack(text):
    assert gs1.read(text) is None


def test_a_text_longer_than_any_symbol_is_not_looked_at():
    assert gs1.read(f"10A{GS}" * 1_000_000) is None


pzns = (
    st.integers(0, 9_999_999)
    .map(lambda n: f"{n:07}")
    .map(lambda seven: seven + str(sum(int(d) * i for i, d in enumerate(seven, 1)) % 11))
    .filter(lambda pzn: len(pzn) == 8)
)
lots = st.text(
    st.sampled_from("!\"%&'()*+,-./0123456789:;<=>?ABCZ_abcz"), min_size=1, max_size=20
).filter(lambda lot: "<gs>" not in lot.lower())
expiries = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(pzns)
def test_every_pzn_comes_back_from_its_ntin(pzn):
    assert gs1.pzn_of(ntin_of(pzn)) == pzn


@given(pzns, lots, expiries, lots, st.permutations(["01", "10", "17", "21"]))
def test_fields_are_read_in_any_order(pzn, batch, expiry, serial, order):
    ntin = ntin_of(pzn)
    fields = {"01": ntin, "10": batch + GS, "17": f"{expiry:%y%m%d}", "21": serial + GS}
    text = "".join(identifier + fields[identifier] for identifier in order)
    assert gs1.read(text) == PackScan(ntin, pzn, batch, expiry, serial)


fragments = st.lists(
    st.sampled_from(
        ["01", "04150138327077", "10", "17", "270131", "21", GS, "(", ")", "<GS>", "A", "9"]
    )
).map("".join)


@given(st.one_of(st.text(), fragments))
def test_any_text_is_answered(text):
    pack = gs1.read(text)
    if pack is not None:
        assert pack.number is None or gs1.is_gtin(pack.number)
        assert pack.pzn is None or gs1.is_pzn(pack.pzn)
        assert pack.number or pack.batch
        assert all(part is None or gs1.is_lot(part) for part in (pack.batch, pack.serial))
