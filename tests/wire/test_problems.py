"""Problem documents."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.wire import problems
from desktop.wire.problems import Action, ProblemDocument
from desktop.wire.version import WireError

OURS = [value for value in vars(problems).values() if isinstance(value, ProblemDocument)]


@pytest.mark.parametrize("document", OURS, ids=lambda document: document.name)
def test_each_of_ours_is_read_as_it_was_written(document):
    read = ProblemDocument.decode(document.status, document.encode())

    assert (read.name, read.status, read.action) == (
        document.name,
        document.status,
        document.action,
    )


def test_each_of_ours_has_a_name_of_its_own_and_an_error_status():
    assert len({document.name for document in OURS}) == len(OURS)
    assert all(400 <= document.status < 600 for document in OURS)
    assert all(document.title for document in OURS)


@pytest.mark.parametrize(("status", "action"), [(400, Action.PARK), (500, Action.RETRY)])
@pytest.mark.parametrize("said", ["destroy", None, 7, ["retry"]])
def test_an_unknown_action_never_deletes_anything(status, action, said):
    body = json.dumps({"type": "urn:tresen:problem:new", "action": said}).encode()

    assert ProblemDocument.decode(status, body) == ProblemDocument("new", status, action)


def test_the_type_of_somebody_else_is_called_other():
    body = b'{"type": "about:blank", "title": "Frau Mustermann"}'

    assert ProblemDocument.decode(404, body) == ProblemDocument("other", 404, Action.PARK)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Please log in</html>",
        b"[]",
        b'{"title": "no type"}',
        b'{"type": 7}',
        b"\xff",
        b"[" * 15_000,
        b'{"type": "' + b"a" * problems.DOCUMENT_BYTES + b'"}',
    ],
    ids=["empty", "page", "list", "no type", "number", "no text", "deep", "long"],
)
def test_refuses_what_is_no_problem_document(body):
    with pytest.raises(WireError):
        ProblemDocument.decode(400, body)


@given(st.binary(max_size=100) | st.text(max_size=100).map(lambda text: json.dumps(text).encode()))
def test_any_bytes_are_a_document_or_refused(body):
    try:
        ProblemDocument.decode(500, body)
    except WireError:
        return
