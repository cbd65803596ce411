from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.scan.classify import CertificateScan, ForeignScan, ScanKind, classify
from desktop.core.scan.gs1 import PackScan

GS = "\x1d"
PACK = PackScan("04150178959757", "17895975", "FA5765", date(2027, 1, 31), None)


@pytest.mark.parametrize("text", ["HC1:NCF A", "HC1:NCF A\r", "\r\nHC1:NCF A\r\n", "]Q1HC1:NCF A"])
def test_a_certificate_loses_only_line_ends_and_symbology(text):
    assert classify(text) == CertificateScan("HC1:NCF A")


def test_blanks_of_a_certificate_stay():
    assert classify("HC1: A  B \n") == CertificateScan("HC1: A  B ")


def test_a_certificate_typed_with_caps_lock_is_read_in_capitals():
    assert classify("hc1:ncf a+b") == CertificateScan("HC1:NCF A+B")


@pytest.mark.parametrize(
    "text",
    [
        f"]d2010415017895975710FA5765{GS}17270131",
        "01041501789597571727013110FA5765",
        f"{GS}01041501789597571727013110FA5765\r\n",
        "]C1(01)04150178959757(17)270131(10)FA5765",
    ],
)
def test_a_pack_is_read_with_and_without_symbology(text):
    assert classify(text) == PACK


@pytest.mark.parametrize("text", ["]d210FA5765", f"{GS}10FA5765"])
def test_a_lot_alone_is_believed_where_the_symbol_says_that_it_is_one(text):
    assert classify(text) == PackScan(None, None, "FA5765", None, None)


@pytest.mark.parametrize("text", ["10FA5765", "]d110FA5765"])
def test_a_lot_alone_is_not_believed_otherwise(text):
    assert classify(text) == ForeignScan(ScanKind.UNKNOWN)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", ScanKind.EMPTY),
        (" \r\n", ScanKind.EMPTY),
        ("]Q1", ScanKind.EMPTY),
        ("HC1ÖNCF", ScanKind.DISTORTED),
        ("https://example.org/?a=1", ScanKind.ADDRESS),
        ("]Q1HTTP://EXAMPLE.ORG", ScanKind.ADDRESS),
        ("www.example.org", ScanKind.ADDRESS),
        ("BEGIN:VCARD\r\nVERSION:3.0\r\nN:Muster;Erika\r\nEND:VCARD", ScanKind.CONTACT),
        ('<MP v="027" U="0"><P g="Erika" f="Muster" b="19640812"/></MP>', ScanKind.MEDICATION_PLAN),
        ("[)>\x1e06\x1d9N110375286414\x1d1T12345ABCD\x1e\x04", ScanKind.PPN),
        ("9N110375286414\x1d1T12345ABCD", ScanKind.PPN),
        ("069N110375286414", ScanKind.PPN),
        (
            "IDD<<D231458907<<<<<<<<<<<<<<<\n7408122F1204159D<<<<<<<<<<<<<6\nMUSTER<<ERIKA<<<<<<<<<<<<<<<<<",
            ScanKind.IDENTITY_DOCUMENT,
        ),
        ("-17895975", ScanKind.PACK_NUMBER),
        ("PZN 17895975", ScanKind.PACK_NUMBER),
        ("PZN-1234567", ScanKind.PACK_NUMBER),
        ("17895975", ScanKind.PACK_NUMBER),
        ("4150178959757", ScanKind.PACK_NUMBER),
        ("]E04150178959757", ScanKind.PACK_NUMBER),
        ("12345670", ScanKind.PACK_NUMBER),
        ("4711", ScanKind.NUMBER),
        ("0", ScanKind.NUMBER),
        ("1234567890123", ScanKind.NUMBER),
        ("Erika Mustermann", ScanKind.UNKNOWN),
        ("HC2:NCF", ScanKind.UNKNOWN),
        ("0104150178959758", ScanKind.NUMBER),
    ],
)
def test_anything_else_is_named(text, kind):
    assert classify(text) == ForeignScan(kind)


starts = st.sampled_from(["", "]Q1", "]d2", "]", "HC1:", "HC1", "01", "<MP ", "(", GS, "-"])


@given(starts, st.text())
def test_any_text_is_answered(start, text):
    scan = classify(start + text)
    assert isinstance(scan, (CertificateScan, PackScan, ForeignScan))


base45 = st.text(st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"))


@given(base45, st.sampled_from(["", "]Q1"]), st.sampled_from(["", "\r", "\n", "\r\n"]))
def test_the_text_of_a_certificate_is_never_changed(digits, prefix, end):
    assert classify(f"{prefix}HC1:{digits}{end}") == CertificateScan(f"HC1:{digits}")
