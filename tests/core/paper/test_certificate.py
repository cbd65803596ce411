from __future__ import annotations

import pytest

from desktop.core.paper.certificate import certificate_page
from desktop.core.paper.drawing import Level, PageCode, PageColumn, PageFold, PageMark
from desktop.core.status import Realm
from tests.papers import a_letterhead, a_paper_issuance, the_longest_issuance


def texts(page) -> list[str]:
    return [
        text.text
        for column in page.items
        if isinstance(column, PageColumn)
        for row in column.rows
        for cell in row.cells
        for text in cell
    ]


def only_code(page) -> PageCode:
    (code,) = (item for item in page.items if isinstance(item, PageCode))
    return code


def test_the_page_is_a4_and_folds_in_the_middle_both_ways():
    page = certificate_page(a_paper_issuance(), a_letterhead())
    assert (page.width, page.height) == (210, 297)
    folds = [item for item in page.items if isinstance(item, PageFold)]
    assert [(f.x1, f.y1, f.x2, f.y2) for f in folds] == [(0, 148.5, 210, 148.5), (105, 0, 105, 297)]


@pytest.mark.parametrize("issuance", [a_paper_issuance(), the_longest_issuance()])
def test_the_code_is_large_and_no_fold_comes_near_its_quiet_zone(issuance):
    code = only_code(certificate_page(issuance, a_letterhead()))
    assert code.text == issuance.hc1
    assert code.level is Level.Q
    assert code.edge >= 60
    widest_quiet_zone = 4 * code.edge / 73
    assert code.x - widest_quiet_zone > 5
    assert code.x + code.edge + widest_quiet_zone < 105 - 5
    assert code.y + code.edge + widest_quiet_zone < 148.5 - 5


def test_the_page_says_everything_that_the_code_says():
    issuance = a_paper_issuance()
    said = texts(certificate_page(issuance, a_letterhead()))
    for value in (
        "Erika Müstermann-Gößler",
        "MUESTERMANN<GOESSLER<<ERIKA",
        "1964-08-12",
        "COVID-19",
        "Comirnaty",
        "SARS-CoV-2 mRNA vaccine",
        "Biontech Manufacturing GmbH",
        "2 / 2",
        "2021-05-29",
        "DE",
        "Robert Koch-Institut",
        "Löwen-Apotheke",
        issuance.uvci,
        "2021-06-01",
        "2022-06-01",
    ):
        assert value in said


def test_the_page_explains_itself_and_says_where_to_come_back_to():
    said = texts(certificate_page(a_paper_issuance(), a_letterhead()))
    assert "paper.about.expiry date=2022-06-01" in said
    assert "paper.use.wrong place=Löwen-Apotheke" in said


def test_without_a_pharmacy_name_the_issuer_is_the_place_to_come_back_to():
    said = texts(certificate_page(a_paper_issuance(), a_letterhead(pharmacy="")))
    assert "paper.use.wrong place=Robert Koch-Institut" in said
    assert "paper.pharmacy" not in said


def test_what_a_viewer_shows_as_title_names_no_person():
    page = certificate_page(a_paper_issuance(), a_letterhead())
    assert (page.title, page.author, page.language) == ("paper.title", "Robert Koch-Institut", "de")


def test_a_training_page_says_so_across_each_quarter_and_above_the_title():
    page = certificate_page(a_paper_issuance(), a_letterhead(realm=Realm.TRAINING))
    marks = [item for item in page.items if isinstance(item, PageMark)]
    assert {(mark.x > 105, mark.y > 148.5) for mark in marks} == {
        (False, False),
        (True, False),
        (False, True),
        (True, True),
    }
    assert {mark.text for mark in marks} == {"paper.training"}
    assert texts(page)[0] == "paper.training"


def test_a_real_page_says_nothing_of_training():
    page = certificate_page(a_paper_issuance(), a_letterhead())
    assert not any(isinstance(item, PageMark) for item in page.items)
    assert "paper.training" not in texts(page)


def test_a_very_long_name_is_set_small_so_that_the_birth_date_below_stays_legible():
    def size_of_name(issuance) -> float:
        page = certificate_page(issuance, a_letterhead())
        columns = (item for item in page.items if isinstance(item, PageColumn))
        rows = [row for column in columns for row in column.rows]
        (name,) = (text for row in rows for cell in row.cells for text in cell if text.fallback)
        return name.size

    assert size_of_name(the_longest_issuance()) < size_of_name(a_paper_issuance())
