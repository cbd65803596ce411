from __future__ import annotations

import json
import random
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.hcert.names import MACHINE_NAME, transliterate, unsupported
from tests.shared_data import required

ANY_TEXT = st.text(st.characters(), max_size=200)
SUPPORTED = "ABCXYZabcxyzÄÖÜßÆØÅÞðłıĳŋ ΑβγΔθψωΐΰ ЖщьЪЄїҐ عبدالله -'’.,0"

PAIRS = [
    # dgc-testdata
    ("Væåëýþÿüïöœœäßðèéùúĳðøáéóúí", "VAEAAEYTHYUEIOEOEOEAESSDEEUUIJDOEAEOUI"),
    ("'t Achternaam", "T<ACHTERNAAM"),
    ("Áçùþëýñääµ", "ACUTHEYNAEAE"),
    ("Jørgensen", "JOERGENSEN"),
    ("Åge", "AAGE"),
    ("Þarf Að Prófa", "THARF<AD<PROFA"),
    ("Yrjänä", "YRJAENAE"),
    ("Lövström", "LOEVSTROEM"),
    ("PREZIME01", "PREZIME"),
    ("الاسم الاخير", "ALASM<ALAXKHYR"),
    ("Μενεξές", "MENEXES"),
    ("επώνυμο", "EPONYMO"),
    ("Петков", "PETKOV"),
    # Latin
    ("Müstermann-Gößler", "MUESTERMANN<GOESSLER"),
    ("O'Neil", "ONEIL"),
    ("O´Neil", "ONEIL"),
    ("d’Artagnan", "DARTAGNAN"),
    ("Hawaiʻi", "HAWAII"),
    ("Nguyễn Văn Đức", "NGUYEN<VAN<DUC"),
    ("Żółć", "ZOLC"),
    ("İlkay Işık", "ILKAY<ISIK"),
    ("GROẞ", "GROSS"),
    ("Mª Carmen", "MA<CARMEN"),
    ("Al·la", "ALLA"),
    ("ŉ", "N"),
    ("ﬁ", "FI"),
    ("Ǆ", "DZ"),
    ("Ƙaura", "KAURA"),
    ("Ɖɛ", "DE"),
    ("Dr. Anna-Maria 3rd", "DR<ANNA<MARIA<RD"),
    ("Anna–Maria", "ANNA<MARIA"),
    ("Heinrich Ⅷ", "HEINRICH<VIII"),
    # Greek: what two letters sound like together (ELOT 743)
    ("Παπανδρέου", "PAPANDREOU"),
    ("Ευάγγελος", "EVANGELOS"),
    ("Αύγουστος", "AVGOUSTOS"),
    ("Ευθυμίου", "EFTHYMIOU"),
    ("Μπακογιάννη", "BAKOGIANNI"),
    ("Καραμπέτ", "KARAMPET"),
    ("Άυλος", "AYLOS"),
    ("Ταΰγετος", "TAYGETOS"),
    ("Σφιγξ", "SFINX"),
    # Cyrillic
    ("Щербаков Объедков", "SHCHERBAKOV<OBIEEDKOV"),
    ("Соловьёв", "SOLOVEV"),
    ("Қайрат", "KAIRAT"),
    # Arabic: shadda doubles, vowel marks vanish
    ("عبّاس", "EBBAS"),
    ("فضّة", "FXDZXDZXTA"),
    ("مُحَمَّد", "MXHMMD"),
    # nothing to write
    ("", ""),
    ("😀😃😄", ""),
    ("123", ""),
    ("-", ""),
    ("\ud800", ""),
    ("李", ""),
]


@pytest.mark.parametrize(("name", "machine"), PAIRS)
def test_reference_pairs_hold(name, machine):
    assert transliterate(name) == machine


@pytest.mark.parametrize("table", ["latin", "cyrillic", "arabic"])
def test_every_row_of_the_icao_tables_holds(table):
    facts = json.loads(required("icao/icao_facts.json").read_text(encoding="utf-8"))
    wrong = {
        letter: transliterate(letter)
        for letter, expected in facts[table].items()
        if transliterate(letter) != expected or unsupported(letter)
    }
    assert not wrong


@given(ANY_TEXT)
@example("\ud800\udfff")
@example("\u0345\u0651\u202e")
def test_any_text_becomes_a_machine_name_or_nothing(name):
    machine = transliterate(name)
    assert machine == "" or MACHINE_NAME.fullmatch(machine)
    assert len(machine) <= 80
    assert unsupported(name) in (True, False)


KINDS = [
    "abcdefghijklmnopqrstuvwxyz",
    "äöüßéèêçñåæøœþðđłřšžğıİ",
    "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώϊϋΐΰς",
    "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي\u0651\u064e",
    "李王张劉金木水山田中",
    "יוסףמשהदेवकথাวันกႠაბԱԲ",
    "😀👩‍👩‍👧‍👦🇩🇪🅰️ℹ️",
    "\x00\x07\x1b\x7f\x85\u2028",
    "\u202a\u202e\u2066\u2069\u200f\u061c",
    "\u0300\u0308\u0327\u0345\u20dd",
    "\ud800\udfff\ufffe\ufffd\U0010ffff",
    "0123456789٣ⅧªºµﬁǄ",
    " \t\u00a0\u3000-–—‐'’ʼ´`.,/<·",
]


def test_ten_thousand_names_of_every_kind_become_machine_names_or_nothing():
    chance = random.Random(9303)  # noqa: S311 - the same names in each run
    for _ in range(10_000):
        kinds = chance.choices(KINDS, k=chance.randint(1, 3))
        name = "".join(chance.choice(chance.choice(kinds)) for _ in range(chance.randint(0, 90)))
        machine = transliterate(name)
        assert machine == "" or MACHINE_NAME.fullmatch(machine), ascii(name)
        assert len(machine) <= 80, ascii(name)
        assert unsupported(name) in (True, False)


def test_every_single_sign_becomes_a_machine_name_or_nothing():
    for sign in map(chr, range(0x20000)):  # beyond lie Chinese characters and nothing
        machine = transliterate(sign)
        assert machine == "" or MACHINE_NAME.fullmatch(machine), hex(ord(sign))


@given(st.text(SUPPORTED, max_size=80))
def test_names_of_known_scripts_are_supported(name):
    assert not unsupported(name)


@given(ANY_TEXT)
def test_composed_and_decomposed_spellings_become_the_same(name):
    assert transliterate(unicodedata.normalize("NFD", name)) == transliterate(
        unicodedata.normalize("NFC", name)
    )


@pytest.mark.parametrize(
    "name", ["李", "ვაჟა", "Anna 李", "יוסף", "ऋषि", "ᏣᎳᎩ", "Ꝏ", "ƕ", "ڤ", "ݐ", "〇"]
)
def test_letters_of_other_scripts_are_unsupported(name):
    assert unsupported(name)


@pytest.mark.parametrize(
    "name", ["", "Anna😀", "O'Neil", "ʻOkina", "3", "µ", "\ud800", "\u202eAnna"]
)
def test_signs_that_are_no_letters_are_supported(name):
    assert not unsupported(name)


@pytest.mark.parametrize(
    ("name", "machine"),
    [
        ("A" * 100, "A" * 80),
        ("A" * 80 + " B", "A" * 80),
        ("A" * 79 + " B", "A" * 79),
        ("A" * 40 + " " + "B" * 39 + " C", "A" * 40 + "<" + "B" * 39),
        ("A" * 40 + " " + "B" * 40, "A" * 40),
        ("ß" * 41, "S" * 80),
        ("A" * 40 + " -  " + "B" * 80, "A" * 40),
    ],
)
def test_what_is_too_long_is_cut_between_names_if_possible(name, machine):
    assert transliterate(name) == machine
