from __future__ import annotations

import math

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from qrcode import constants
from qrcode.main import QRCode
from qrcode.util import MODE_ALPHA_NUM, QRData

from desktop.adapters import qrcode_writer
from desktop.hcert import qr
from tests.hcert.issuer import Issuer

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
LEVELS = ("L", "M", "Q", "H")
TEXTS = st.text(DIGITS, min_size=1, max_size=900).map(lambda digits: f"HC1:{digits}")

FORMAT_MASK = 0b101010000010010
LEVEL_BITS = {0b01: "L", 0b00: "M", 0b11: "Q", 0b10: "H"}


def format_of(code: qr.Matrix) -> tuple[str, int]:
    """Level and mask, from the modules beside the upper left finder (ISO/IEC 18004, 7.9)."""
    places = [(8, y) for y in (0, 1, 2, 3, 4, 5, 7, 8)]
    places += [(x, 8) for x in (7, 5, 4, 3, 2, 1, 0)]
    bits = sum(code.dark(x, y) << place for place, (x, y) in enumerate(places))
    information = (bits ^ FORMAT_MASK) >> 10
    return LEVEL_BITS[information >> 3], information & 0b111


def picture(code: qr.Matrix, scale: int = 3) -> Image.Image:
    image = Image.new("L", (code.size + 8, code.size + 8), 255)
    for y in range(code.size):
        for x in range(code.size):
            image.putpixel((x + 4, y + 4), 0 if code.dark(x, y) else 255)
    return image.resize((image.width * scale, image.height * scale), Image.Resampling.NEAREST)


@settings(max_examples=40)
@given(TEXTS, st.sampled_from(LEVELS))
def test_pictures_read_back_at_the_level_that_was_asked_for(text, level):
    code = qr.matrix(text, level)
    assert format_of(code)[0] == level
    found = zxingcpp.read_barcodes(picture(code), text_mode=zxingcpp.TextMode.Plain)
    assert [(each.text, each.ec_level) for each in found] == [(text, level)]
    assert qr.read(code) == text


@settings(max_examples=25)
@given(TEXTS, st.sampled_from(LEVELS))
def test_the_mode_is_alphanumeric_throughout(text, level):
    """An independent writer, held to that mode and to our mask, makes the same modules."""
    code = qr.matrix(text, level)
    assert qrcode_writer.matrix(text, level).size == code.size
    assert independent(text, level, (code.size - 17) // 4, format_of(code)[1]) == code.rows


def independent(text: str, level: str, version: int, mask: int) -> tuple[bytes, ...]:
    error_correction = getattr(constants, f"ERROR_CORRECT_{level}")
    code = QRCode(version, error_correction=error_correction, border=0, mask_pattern=mask)
    code.add_data(QRData(text, mode=MODE_ALPHA_NUM), optimize=0)
    code.make(fit=False)
    return tuple(bytes(map(bool, row)) for row in code.modules)


def test_a_real_certificate_reads_back_in_the_size_that_is_expected():
    text = Issuer().issue()
    code = qr.matrix(text, "Q")
    assert qr.read(code) == text
    assert 73 <= code.size <= 97


def test_finders_stand_where_they_belong_and_dark_means_dark():
    code = qr.matrix("HC1:TEST", "Q")
    end = code.size - 1
    assert [code.dark(x, y) for x, y in ((0, 0), (end, 0), (0, end), (end, end))][:3] == [True] * 3
    assert [code.dark(x, 3) for x in range(8)] == [
        True,
        False,
        True,
        True,
        True,
        False,
        True,
        False,
    ]
    assert all(len(row) == code.size for row in code.rows)
    found = zxingcpp.read_barcode(picture(code))
    assert found is not None
    assert math.isclose(found.orientation, 0, abs_tol=1)
    assert found.position.top_left.x < found.position.top_right.x


@pytest.mark.parametrize("level", ["", "q", "X", "LM"])
def test_other_levels_are_refused(level):
    with pytest.raises(ValueError, match="L, M, Q or H"):
        qr.matrix("HC1:TEST", level)


@pytest.mark.parametrize(("level", "most"), [("L", 4296), ("M", 3391), ("Q", 2420), ("H", 1852)])
def test_codes_hold_what_the_standard_says_and_no_more(level, most):
    assert qr.matrix("A" * most, level).size == 177
    with pytest.raises(ValueError, match="too long"):
        qr.matrix("A" * (most + 1), level)


def test_spoiled_matrices_are_not_read():
    code = qr.matrix("HC1:TEST", "Q")
    assert qr.read(qr.Matrix(tuple(row[::-1] for row in code.rows))) is None
    assert qr.read(qr.Matrix(tuple(bytes(1 - dot for dot in row) for row in code.rows))) is None
    assert qr.read(qr.Matrix(tuple(bytes(code.size) for _ in code.rows))) is None
    assert qr.read(qr.Matrix(())) is None


def test_spaces_survive_reading():
    text = "HC1: A  B   :"
    assert qr.read(qr.matrix(text, "M")) == text
