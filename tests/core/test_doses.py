from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.rules.doses import next_dose


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((1, 2), (2, 2)),
        ((1, 3), (2, 3)),
        ((2, 3), (3, 3)),
        ((2, 2), (3, 3)),
        ((3, 3), (4, 4)),
        ((1, 1), (2, 1)),
        ((2, 1), (3, 1)),
        ((3, 2), (4, 4)),
    ],
)
def test_the_next_dose_is_numbered_by_the_german_rules(before, after):
    assert next_dose(*before) == after


@given(st.integers(1, 50), st.integers(1, 50))
def test_each_dose_counts_one_more_and_fits_its_course(dose, doses):
    after, course = next_dose(dose, doses)
    assert after == dose + 1
    assert course == 1 or after <= course
