"""The published test data, read by the product; ``make conformance`` prints the whole table."""

from __future__ import annotations

import pytest

from tests.oracle import conformance
from tests.shared_data import required


@pytest.fixture(scope="module")
def outcomes():
    """What became of each expectation of each case."""
    folder = required("hcert-testdata")
    known = conformance.contradictions(folder)
    return {
        (each.path, each.key): each.outcome
        for case in conformance.cases(folder)
        for each in conformance.findings(case, known)
    }


def test_the_common_cases_agree_in_full(outcomes):
    common = {what: outcome for what, outcome in outcomes.items() if what[0].startswith("common/")}
    assert len({path for path, _ in common}) == 38
    assert set(common.values()) == {"agree"}


def test_nothing_disagrees_but_where_the_data_contradict_themselves(outcomes):
    wrong = {what for what, outcome in outcomes.items() if outcome in ("disagree", "skipped")}
    assert not wrong


def test_every_expectation_that_is_refuted_is_so_for_us_too(outcomes):
    known = conformance.contradictions(required("hcert-testdata"))
    ours = {what for what, outcome in outcomes.items() if outcome == "contradiction"}
    assert ours == {what for what in known if what in outcomes}
