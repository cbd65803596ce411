"""The CodeWriter port: two writers that know nothing of each other, and one reader."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.adapters import qrcode_writer
from desktop.core.paper.drawing import Level
from desktop.hcert import qr

BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
WRITERS = {"zxing-cpp": qr.matrix, "qrcode": qrcode_writer.matrix}
TEXTS = st.text(BASE45, min_size=1, max_size=900).map(lambda rest: f"HC1:{rest}")

FINDER = ("1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111")


def corner(code: qr.Matrix, left: int, top: int) -> tuple[str, ...]:
    return tuple(
        "".join(str(int(code.dark(left + x, top + y))) for x in range(7)) for y in range(7)
    )


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
class TestCodeWriter:
    @settings(max_examples=25)
    @given(text=TEXTS, level=st.sampled_from(Level))
    def test_what_is_written_reads_back(self, writer, text, level):
        assert qr.read(writer(text, level)) == text

    def test_the_code_stands_upright_and_dark_on_light(self, writer):
        code = writer("HC1:NCFOXN%TS", Level.Q)
        far = code.size - 7
        assert [corner(code, x, y) for x, y in ((0, 0), (far, 0), (0, far))] == [FINDER] * 3
        assert corner(code, far, far) != FINDER
        assert code.dark(8, code.size - 8)

    def test_a_level_that_does_not_exist_is_refused(self, writer):
        with pytest.raises((ValueError, KeyError)):
            writer("HC1:", "X")


@settings(max_examples=25)
@given(text=TEXTS, level=st.sampled_from(Level))
def test_the_fast_writer_never_needs_the_larger_code(text, level):
    assert qr.matrix(text, level).size <= qrcode_writer.matrix(text, level).size
