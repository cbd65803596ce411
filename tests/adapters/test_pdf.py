from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image
from PySide6.QtCore import QBuffer, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

from desktop.adapters.pdf import PdfPageWriter
from desktop.adapters.words import Catalogue
from desktop.core.paper.certificate import certificate_page
from desktop.core.paper.drawing import Page, PageColumn, PageMark, PageRow, PageText
from desktop.core.status import Realm
from tests.builders import a_certificate, a_person
from tests.codes import read_code
from tests.papers import a_letterhead, a_paper_issuance, the_longest_issuance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.core.issuance import Issuance

MM = 72 / 25.4
FORBIDDEN = {
    "/JS", "/JavaScript", "/AA", "/OpenAction", "/URI", "/Launch", "/Annots", "/EmbeddedFiles",
    "/AcroForm", "/XFA", "/GoToR", "/SubmitForm", "/RichMedia",
}  # fmt: skip
NAMES = [
    ("Łukasz Żółć", "Wiśniewski-Dąbrowska"),
    ("Ștefan Țuțea", "Ănescu"),
    ("Ğülşen İpek", "Işıkoğlu"),
    ("Ķērsta", "Ņikitiņš-Ģērmanis"),
    ("Őrs Űrfi", "Hőgyészy"),
    ("Ċensu Ħal", "Żammit Ġawhar"),
    ("Áŋŋel", "Đuoŧŧa"),
    ("Đặng Thị Ngọc", "Nguyễn Ưởng"),
    ("Þórdís Æsa", "Ólafsdóttir"),
    ("Ελένη Ευφροσύνη", "Παπαδοπούλου"),
    ("Їжак Ґалаґан", "Щербаківська"),
    ("Ѓорѓи Љубомир", "Ќосев Џумхур"),
    ("Jürgen Renée Zoë", "Straße-d’Œuvre"),
]  # fmt: skip


def pdf_of(
    issuance: Issuance,
    *,
    realm: Realm = Realm.PRODUCTION,
    languages: tuple[str, ...] = ("de", "en"),
) -> bytes:
    letterhead = a_letterhead(words=Catalogue("de"), realm=realm, languages=languages)
    return PdfPageWriter().write(certificate_page(issuance, letterhead))


def named(given_name: str, family_name: str) -> Issuance:
    person = a_person(given_name=given_name, family_name=family_name)
    return a_paper_issuance(certificate=a_certificate(person=person))


def poppler(program: str, pdf: bytes, folder: Path, *arguments: str) -> bytes:
    """What a program of poppler-utils makes of a file, which the arguments name ``page.pdf``.

    Skips where the program is not installed.
    """
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed (poppler-utils)")
    file = folder / "page.pdf"
    file.write_bytes(pdf)
    done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, check=True)
    assert not done.stderr
    return done.stdout


def rendered(pdf: bytes, folder: Path, dpi: int) -> Image.Image:
    return Image.open(BytesIO(poppler("pdftoppm", pdf, folder, "-r", str(dpi), "-png", "page.pdf")))


def text_of(pdf: bytes, folder: Path) -> str:
    text = poppler("pdftotext", pdf, folder, "-enc", "UTF-8", "page.pdf", "-").decode()
    return unicodedata.normalize("NFC", re.sub(r"\s+", " ", text))


@dataclass(frozen=True)
class Word:
    """A word on the page, its edges in mm from the upper left corner."""

    left: float
    upper: float
    right: float
    lower: float


def words_of(pdf: bytes, folder: Path) -> Iterator[Word]:
    boxes = poppler("pdftotext", pdf, folder, "-bbox", "page.pdf", "-").decode()
    pattern = r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">'
    for match in re.finditer(pattern, boxes):
        yield Word(*(float(edge) / MM for edge in match.groups()))


@pytest.mark.parametrize("realm", list(Realm))
@pytest.mark.parametrize("issuance", [a_paper_issuance(), the_longest_issuance()])
def test_the_code_on_the_page_reads_at_150_dpi_and_is_at_least_60_mm_wide(
    issuance, realm, tmp_path
):
    code = read_code(rendered(pdf_of(issuance, realm=realm), tmp_path, 150))
    assert code.text == issuance.hc1
    assert code.level == "Q"
    width = (code.box[2] - code.box[0]) / 150 * 25.4
    height = (code.box[3] - code.box[1]) / 150 * 25.4
    assert width == pytest.approx(74, abs=0.4)
    assert height == pytest.approx(width, abs=0.4)
    assert width >= 60


def test_the_code_reads_in_qts_own_view_of_the_page_too():
    issuance = a_paper_issuance()
    buffer = QBuffer()
    buffer.setData(pdf_of(issuance))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    assert document.pageCount() == 1
    size = QSize(round(210 / 25.4 * 150), round(297 / 25.4 * 150))
    page = QImage(size, QImage.Format.Format_RGB32)
    page.fill("white")  # QPdfDocument draws on transparent ground
    painter = QPainter(page)
    painter.drawImage(0, 0, document.render(0, size))
    painter.end()
    grey = page.convertToFormat(QImage.Format.Format_Grayscale8)
    stride = grey.bytesPerLine()
    picture = Image.frombytes(
        "L", (size.width(), size.height()), bytes(grey.constBits()), "raw", "L", stride
    )
    assert read_code(picture).text == issuance.hc1
    document.close()


@pytest.mark.parametrize(("given_name", "family_name"), NAMES)
def test_names_in_every_european_script_can_be_read_and_copied(given_name, family_name, tmp_path):
    issuance = named(given_name, family_name)
    text = text_of(pdf_of(issuance), tmp_path)
    assert f"{given_name} {family_name}" in text
    assert issuance.certificate.person.family_machine in text


def test_the_page_gives_back_all_that_the_certificate_says(tmp_path):
    issuance = a_paper_issuance()
    text = text_of(pdf_of(issuance), tmp_path)
    for value in ("Impfzertifikat", "Vaccination certificate", "1964-08-12", "Comirnaty"):
        assert value in text
    assert issuance.uvci in text.replace("/ ", "/")


def test_a_name_that_the_font_lacks_stands_in_plain_capitals(tmp_path):
    text = text_of(pdf_of(named("محمد", "علي")), tmp_path)
    person = named("محمد", "علي").certificate.person
    assert f"{person.given_machine} {person.family_machine}" in text


@pytest.mark.parametrize("realm", list(Realm))
@pytest.mark.parametrize("languages", [("de", "en"), ("en", "de"), ("de",), ("en",)])
@pytest.mark.parametrize("issuance", [a_paper_issuance(), the_longest_issuance()])
def test_no_word_leaves_its_quarter_of_the_page(issuance, languages, realm, tmp_path):
    letterhead = a_letterhead(words=Catalogue("de"), realm=realm, languages=languages)
    page = certificate_page(issuance, letterhead)
    small = tuple(item for item in page.items if not isinstance(item, PageMark))
    words = list(words_of(PdfPageWriter().write(replace(page, items=small)), tmp_path))
    assert len(words) > 100
    for word in words:
        assert word.left > 12
        assert word.right < 198
        assert word.upper > 6
        assert word.lower < 292
        assert word.right < 105 - 8 or word.left > 105 + 8
        assert word.lower < 148.5 - 8 or word.upper > 148.5 + 8


@pytest.mark.parametrize("issuance", [a_paper_issuance(), the_longest_issuance()])
def test_no_word_touches_the_code_or_its_quiet_zone(issuance, tmp_path):
    pdf = pdf_of(issuance)
    code = read_code(rendered(pdf, tmp_path, 150))
    left, upper, right, lower = (edge / 150 * 25.4 for edge in code.box)
    quiet = 4 * (right - left) / code.modules
    for word in words_of(pdf, tmp_path):
        beside = word.left > right + quiet or word.right < left - quiet
        assert beside or word.lower < upper - quiet + 0.8 or word.upper > lower + quiet - 0.8


def keys_of(pdf: bytes) -> set[str]:
    keys: set[str] = set()
    with pikepdf.open(BytesIO(pdf)) as document:
        for thing in document.objects:
            if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
                keys |= set(thing.keys())
    return keys


@pytest.mark.parametrize(
    "name",
    [
        "Erika",
        "(Tj) /JS (app.alert\\(1\\))",
        ") Tj /URI (x",
        "\u202ex\u2066y\x1b\x00z",
        "<</AA 1>>",
    ],
)
def test_the_file_has_nothing_active_in_it_whatever_the_name(name, tmp_path):
    pdf = pdf_of(named(name, "Müstermann"))
    assert not keys_of(pdf) & FORBIDDEN
    text = text_of(pdf, tmp_path)
    assert not any(unicodedata.category(sign) in ("Cc", "Cf") for sign in text)


def test_the_metadata_name_the_kind_of_document_and_no_person():
    with pikepdf.open(BytesIO(pdf_of(a_paper_issuance()))) as document:
        said = {str(key): str(value) for key, value in document.docinfo.items()}
        assert said["/Title"] == "Impfzertifikat · Vaccination certificate"
        assert said["/Author"] == "Robert Koch-Institut"
        assert str(document.Root.Lang) == "de"
        assert str(document.Root.ViewerPreferences.PrintScaling) == "/None"
    assert not any("Erika" in value or "URN" in value for value in said.values())


def test_every_font_is_embedded():
    with pikepdf.open(BytesIO(pdf_of(a_paper_issuance()))) as document:
        fonts = list(document.pages[0].Resources.Font.values())
        assert fonts
        for font in fonts:
            assert "NotoSans" in str(font.BaseFont)
            assert "/FontFile2" in font.FontDescriptor


def test_the_same_page_gives_the_same_bytes():
    assert pdf_of(a_paper_issuance()) == pdf_of(a_paper_issuance())


def test_a_page_may_have_empty_rows_and_empty_texts():
    column = PageColumn(
        x=10, y=10, width=80, height=20, rows=(PageRow(((),)), PageRow(((PageText(text=""),),)))
    )
    page = Page(width=100, height=100, language="en", title="t", author="a", items=(column,))
    assert PdfPageWriter().write(page).startswith(b"%PDF-")
