from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.paper.drawing import Level, SlipCode
from desktop.core.paper.geometry import PAPER_MARGIN, PRINTABLE_DOTS, slip_code
from desktop.core.settings import Paper
from desktop.hcert.qr import QUIET_ZONE, matrix
from tests.papers import LONGEST_TEXT, code_text

NARROW = PRINTABLE_DOTS[Paper.NARROW]
WIDE = PRINTABLE_DOTS[Paper.WIDE]


@pytest.mark.parametrize(
    ("length", "dots", "level", "module"),
    [
        (550, NARROW, Level.Q, 4),  # 93 modules: 372 dots, the quiet zone in the paper's margin
        (652, NARROW, Level.M, 4),
        (LONGEST_TEXT, NARROW, Level.M, 3),
        (550, WIDE, Level.Q, 4),
        (652, WIDE, Level.Q, 4),
        (LONGEST_TEXT, WIDE, Level.Q, 4),
    ],
)
def test_dots_come_first_up_to_four_and_then_error_correction(length, dots, level, module):
    code = slip_code(code_text(length), dots)
    assert code == SlipCode(code_text(length), level, module)


def test_a_code_that_would_need_less_than_three_dots_is_not_printed():
    assert slip_code(code_text(LONGEST_TEXT), 300) is None


def test_a_paper_whose_margins_cannot_hold_the_quiet_zone_gets_a_smaller_code():
    text = code_text(550)
    edge = matrix(text, "Q").size * 4
    assert slip_code(text, edge) == SlipCode(text, Level.Q, 4)
    assert slip_code(text, edge - 1) == SlipCode(text, Level.M, 4)


@given(length=st.integers(20, LONGEST_TEXT), dots=st.integers(100, 1000))
def test_every_code_fits_its_paper_with_four_white_modules_on_each_side(length, dots):
    code = slip_code(code_text(length), dots)
    if code is not None:
        modules = matrix(code.text, code.level.value).size
        assert code.dots in (3, 4)
        assert modules * code.dots <= dots
        assert (modules + 2 * QUIET_ZONE) * code.dots <= dots + 2 * PAPER_MARGIN
