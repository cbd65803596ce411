"""The published test data, read by the product; ``make conformance`` prints the whole table."""

from __future__ import annotations

import gzip
import json

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


def test_the_command_fails_when_anything_disagrees(tmp_path, capsys):
    case = next(conformance.cases(required("hcert-testdata")))
    for expected, code in ((True, 0), (False, 1)):
        content = case.content | {"EXPECTEDRESULTS": {"EXPECTEDVERIFY": expected}}
        row = {"path": "common/1.json", "picture": None, "case": content}
        with gzip.open(tmp_path / "cases.jsonl.gz", "wt") as lines:
            lines.write(json.dumps(row) + "\n")
        (tmp_path / "contradictions.csv").write_text("path,key\n")
        assert conformance.main([str(tmp_path)]) == code
    assert "disagree: common/1.json EXPECTEDVERIFY" in capsys.readouterr().out


def test_every_expectation_that_is_refuted_is_so_for_us_too(outcomes):
    known = conformance.contradictions(required("hcert-testdata"))
    ours = {what for what, outcome in outcomes.items() if outcome == "contradiction"}
    assert ours == {what for what in known if what in outcomes}
