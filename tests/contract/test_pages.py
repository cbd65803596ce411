"""What everything that makes files of pages promises, the real writer and the fake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.adapters.pdf import PdfPageWriter
from desktop.core.paper.drawing import Page, PageColumn, PageRow, PageText
from tests.fakes.pages import FakePages

if TYPE_CHECKING:
    from desktop.core.ports import PageWriter


@pytest.fixture(params=[FakePages, PdfPageWriter])
def pages(request: pytest.FixtureRequest) -> PageWriter:
    writer: PageWriter = request.param()
    return writer


def a_page(text: str = "Erika") -> Page:
    rows = (PageRow(((PageText(text=text),),)),)
    column = PageColumn(x=10, y=10, width=80, height=80, rows=rows)
    return Page(width=100, height=100, language="de", title="t", author="a", items=(column,))


def test_a_page_becomes_a_pdf_file(pages):
    assert pages.write(a_page()).startswith(b"%PDF-")


def test_the_same_page_becomes_the_same_bytes(pages):
    assert pages.write(a_page()) == pages.write(a_page())


@pytest.mark.parametrize("text", ["", "محمد", "\x00\x1b\u202e", "\ud800", "x" * 5000])
def test_any_text_becomes_a_file(pages, text):
    assert pages.write(a_page(text)).startswith(b"%PDF-")
