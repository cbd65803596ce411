"""The centre's HTTP face, in a real server process."""

from __future__ import annotations

import itertools
import json
import socket
from typing import TYPE_CHECKING

import httpx
import pytest

from desktop.centre.serve import TRAINING_AUTHORITY
from desktop.hcert.dsc import Dsc
from desktop.wire import batch, problems
from desktop.wire.batch import Verdict
from desktop.wire.enrolment import REQUEST_BYTES, EnrolmentReply
from desktop.wire.version import MEDIA_TYPE
from tests.centre.processes import running
from tests.events import an_event
from tests.fakes.keys import FakeKeys

if TYPE_CHECKING:
    from collections.abc import Iterator

CBOR = {"Content-Type": MEDIA_TYPE}
_NUMBERS = itertools.count(5000)


@pytest.fixture(scope="module")
def training(tmp_path_factory) -> Iterator[httpx.Client]:
    with (
        running("--training", "--data-dir", tmp_path_factory.mktemp("training")) as centre,
        httpx.Client(base_url=centre.url, trust_env=False) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def production(tmp_path_factory) -> Iterator[httpx.Client]:
    with (
        running("--data-dir", tmp_path_factory.mktemp("production")) as centre,
        httpx.Client(base_url=centre.url, trust_env=False) as client,
    ):
        yield client


def enrolled(client: httpx.Client) -> FakeKeys:
    keys = FakeKeys(next(_NUMBERS))
    answer = client.post("/v1/enrolments", content=keys.request().encode(), headers=CBOR)
    keys.accept(EnrolmentReply.decode(answer.content))
    return keys


def assert_problem(answer: httpx.Response, document: problems.ProblemDocument) -> None:
    assert answer.status_code == document.status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == json.loads(document.encode())


def test_takes_a_batch_and_answers_with_verdicts(training):
    item = an_event(enrolled(training), f"URN:UVCI:01DE/APO1/{next(_NUMBERS)}#X")

    answer = training.post(
        "/v1/issuances:batch", content=batch.encode_request([item.body]), headers=CBOR
    )

    assert answer.status_code == 200
    assert answer.headers["content-type"] == MEDIA_TYPE
    (verdict,) = batch.decode_reply(answer.content)
    assert (verdict.event_id, verdict.verdict) == (item.event_id, Verdict.ACCEPTED)


def test_publishes_the_dscs_that_verifiers_trust(training):
    keys = enrolled(training)

    answer = training.get("/v1/trust")

    assert answer.status_code == 200
    assert keys.dsc in Dsc.all_from(answer.content)


def test_says_that_it_is_well(training):
    answer = training.get("/v1/health")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_a_training_authority_has_training_in_its_name(training):
    assert "TRAINING" in TRAINING_AUTHORITY
    dsc = enrolled(training).dsc
    assert dsc is not None
    assert TRAINING_AUTHORITY.encode() in dsc.der


def test_a_production_centre_certifies_nobody(production):
    request = FakeKeys(next(_NUMBERS)).request()

    answer = production.post("/v1/enrolments", content=request.encode(), headers=CBOR)

    assert_problem(answer, problems.ENROLMENT_CLOSED)


def test_a_production_centre_knows_no_training_terminal(production, training):
    item = an_event(enrolled(training), "URN:UVCI:01DE/APO1/1#X")

    answer = production.post(
        "/v1/issuances:batch", content=batch.encode_request([item.body]), headers=CBOR
    )

    (verdict,) = batch.decode_reply(answer.content)
    assert verdict.reason == "terminal.unknown"


def test_a_production_centre_publishes_nothing_yet(production):
    assert production.get("/v1/trust").content == b""


@pytest.mark.parametrize("content", [b"", b"noise", batch.encode_request([])])
def test_what_is_no_batch_is_named(training, content):
    answer = training.post("/v1/issuances:batch", content=content, headers=CBOR)

    assert_problem(answer, problems.BATCH_UNREADABLE)


def test_what_is_no_enrolment_is_named(training):
    answer = training.post("/v1/enrolments", content=b"noise", headers=CBOR)

    assert_problem(answer, problems.ENROLMENT_UNREADABLE)


@pytest.mark.parametrize("headers", [{}, {"Content-Type": "application/json"}])
@pytest.mark.parametrize("path", ["/v1/issuances:batch", "/v1/enrolments"])
def test_another_media_type_is_named(training, path, headers):
    assert_problem(training.post(path, content=b"{}", headers=headers), problems.WRONG_MEDIA_TYPE)


@pytest.mark.parametrize(
    ("path", "limit"),
    [("/v1/issuances:batch", batch.REQUEST_BYTES), ("/v1/enrolments", REQUEST_BYTES)],
)
def test_a_body_is_read_no_further_than_its_limit(training, path, limit):
    def endless():
        for _ in range(10 * limit // 65536 + 2):
            yield bytes(65536)

    assert_problem(training.post(path, content=endless(), headers=CBOR), problems.TOO_LARGE)


@pytest.mark.parametrize("path", ["/", "/v1", "/v1/issuances", "/v2/health", "/v1/trust/1"])
def test_what_is_not_there_is_named(training, path):
    assert_problem(training.get(path), problems.NOT_FOUND)


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/v1/enrolments"), ("PUT", "/v1/issuances:batch"), ("POST", "/v1/trust")],
)
def test_a_method_that_is_not_meant_is_named(training, method, path):
    assert_problem(training.request(method, path), problems.WRONG_METHOD)


def test_a_terminal_that_hangs_up_in_the_middle_disturbs_nobody(training):
    url = training.base_url
    with socket.create_connection((url.host, url.port or 0)) as connection:
        connection.sendall(
            b"POST /v1/issuances:batch HTTP/1.1\r\nHost: centre\r\n"
            b"Content-Type: application/cbor\r\nContent-Length: 1000\r\n\r\nhalf"
        )

    assert training.get("/v1/health").status_code == 200
