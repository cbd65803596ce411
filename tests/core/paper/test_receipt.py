from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.core.errors import DeviceError, ErrorCode
from desktop.core.paper.drawing import SlipCode, SlipFact, SlipText
from desktop.core.paper.receipt import receipt
from desktop.core.status import Realm
from tests.papers import a_letterhead, a_paper_issuance, the_longest_issuance


def texts(slip) -> list[str]:
    return [part.text for part in slip if isinstance(part, SlipText)]


def facts(slip) -> dict[str, str]:
    return {part.label: part.value for part in slip if isinstance(part, SlipFact)}


def test_a_slip_says_whose_code_it_is_and_what_for():
    issuance = a_paper_issuance()
    slip = receipt(issuance, a_letterhead(), 576)
    assert [part.text for part in slip if isinstance(part, SlipCode)] == [issuance.hc1]
    assert "Erika Müstermann-Gößler" in texts(slip)
    assert "MUESTERMANN<GOESSLER<<ERIKA" in texts(slip)
    assert facts(slip) == {
        "paper.born": "1964-08-12",
        "paper.vaccine": "Comirnaty",
        "paper.dose": "2 / 2",
        "paper.date": "2021-05-29",
        "paper.country": "DE",
        "paper.issuer": "Robert Koch-Institut",
        "paper.pharmacy": "Löwen-Apotheke",
        "paper.valid_until": "2022-06-01",
        "paper.identifier": issuance.uvci,
    }
    assert "paper.slip_advice" in texts(slip)


def test_a_name_that_the_font_cannot_draw_has_plain_capitals_ready():
    slip = receipt(a_paper_issuance(), a_letterhead(), 576)
    named = [part for part in slip if isinstance(part, SlipText) and part.fallback]
    assert [part.fallback for part in named] == ["ERIKA MUESTERMANN GOESSLER"]


def test_a_terminal_without_a_pharmacy_name_leaves_the_line_out():
    assert "paper.pharmacy" not in facts(
        receipt(a_paper_issuance(), a_letterhead(pharmacy=""), 576)
    )


def test_a_training_slip_says_so_first_and_last_in_white_on_black():
    slip = receipt(a_paper_issuance(), a_letterhead(realm=Realm.TRAINING), 384)
    shown = [part for part in slip if isinstance(part, (SlipText, SlipCode, SlipFact))]
    for part in (shown[0], shown[-1]):
        assert isinstance(part, SlipText)
        assert part.inverse
        assert part.text == "paper.training"


def test_a_real_slip_says_nothing_of_training():
    assert "paper.training" not in texts(receipt(a_paper_issuance(), a_letterhead(), 384))


def test_a_paper_too_narrow_for_the_code_is_refused_before_anything_is_printed():
    with pytest.raises(DeviceError) as raised:
        receipt(the_longest_issuance(), a_letterhead(), 300)
    assert raised.value.code is ErrorCode.PRINTER_TOO_NARROW


def test_what_is_on_the_slip_does_not_depend_on_what_became_of_the_certificate():
    issuance = a_paper_issuance()
    shown = replace(issuance, shown_at=issuance.issued_at)
    assert receipt(issuance, a_letterhead(), 576) == receipt(shown, a_letterhead(), 576)
