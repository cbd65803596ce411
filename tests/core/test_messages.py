from __future__ import annotations

import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from desktop.core.dates import _MONTHS
from desktop.core.errors import ErrorCode
from desktop.core.form import Field, Problem, ProblemCode
from desktop.core.messages import explain, mark, of_error, of_permit, of_problem
from desktop.core.permit import RULES, PermitState, Severity
from desktop.core.scan.classify import ScanKind
from desktop.services.reading import _FOREIGN
from tests.builders import a_form
from tests.fakes.words import FakeWords

WORDS = Path(__file__).resolve().parents[2] / "resources" / "words"


@pytest.fixture(scope="module", params=["de", "en"])
def catalogue(request) -> dict[str, str]:
    with (WORDS / f"{request.param}.po").open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id}


def test_marking_an_id_changes_nothing():
    assert mark("a.b") == "a.b"


@pytest.mark.parametrize("code", ErrorCode)
def test_every_error_has_a_title_and_advice(code, catalogue):
    message = of_error(code)
    assert message.title == f"error.{code}.title"
    assert message.advice == f"error.{code}.advice"
    assert catalogue[message.title]
    assert catalogue[message.advice]


@pytest.mark.parametrize("code", ErrorCode)
def test_no_error_is_told_in_green(code):
    assert of_error(code).severity is not Severity.GOOD


@pytest.mark.parametrize("code", ProblemCode)
def test_every_problem_has_a_sentence_that_needs_no_values(code, catalogue):
    assert of_problem(code) == f"problem.{code}"
    sentence = catalogue[of_problem(code)]
    assert sentence
    assert not [name for _, name, _, _ in string.Formatter().parse(sentence) if name]


@pytest.mark.parametrize("state", PermitState)
def test_every_state_of_the_permit_has_words(state, catalogue):
    message = of_permit(state)
    assert message.title == f"permit.{state}.title"
    assert message.severity is RULES[state].severity
    assert catalogue[message.title]
    assert catalogue[message.advice]


def test_a_fault_of_the_key_says_more_than_the_state():
    message = of_permit(PermitState.BLOCKED, ErrorCode.KEY_EXPIRED)
    assert message.title == "error.key.expired.title"
    assert message.severity is Severity.STOP


def test_the_name_problem_is_told_as_agreed():
    with (WORDS / "de.po").open("rb") as file:
        german = {entry.id: entry.string for entry in read_po(file)}
    assert (
        german[of_problem(ProblemCode.NAME_SCRIPT)]
        == "Bitte den Namen in lateinischer Schrift eingeben, wie im Ausweis."
    )


def test_a_date_that_does_not_exist_is_named():
    problem = Problem(Field.BIRTH_DATE, ProblemCode.DATE_IMPOSSIBLE)
    form = a_form(birth_date=" 31.02.1964 ")
    assert explain(problem, form, FakeWords()) == "problem.date_impossible.text text=31.02.1964"


def test_other_problems_are_told_as_they_are():
    problem = Problem(Field.DOSE, ProblemCode.MISSING)
    assert explain(problem, a_form(), FakeWords()) == "problem.missing"


def test_every_month_and_every_kind_of_scan_has_words(catalogue):
    assert len(_MONTHS) == 12
    assert set(_FOREIGN) == set(ScanKind)
    assert all(catalogue[id_] for id_ in [*_MONTHS, *_FOREIGN.values()])
