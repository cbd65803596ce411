from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.hcert.verify import Trust
from desktop.services.verifying import Verifying, record
from tests.fakes.clock import FixedClock
from tests.hcert.issuer import DURING, EXPIRES, Issuer, dcc_of

ISSUER = Issuer()
CODE = ISSUER.issue()
KEYS = [
    "prefix", "base45", "compression", "cose", "cbor", "signature", "kid", "time", "key_usage",
    "schema", "valid", "problems", "payload",
]  # fmt: skip


def judged(line: str, trust: Trust = ISSUER.trust, **how):
    seen = Verifying(trust, FixedClock(DURING), **how).line(line)
    return json.loads(json.dumps(record(seen), allow_nan=False))


def test_a_good_line_is_told_in_full():
    assert judged(CODE) == {
        "prefix": True,
        "base45": True,
        "compression": True,
        "cose": True,
        "cbor": True,
        "signature": "valid",
        "kid": base64.b64encode(ISSUER.dsc.kid).decode(),
        "time": "ok",
        "key_usage": "ok",
        "schema": "ok",
        "valid": True,
        "problems": [],
        "payload": dcc_of(),
    }


def test_what_was_not_reached_is_null():
    said = judged("hello")
    assert list(said) == KEYS
    assert said == dict.fromkeys(KEYS) | {"prefix": False, "valid": False, "problems": ["prefix"]}


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\r"])
def test_line_ends_are_no_part_of_the_text(end):
    assert judged(CODE + end)["valid"]


@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0"])
def test_blanks_are_part_of_the_text(blank):
    assert not judged(CODE + blank)["valid"]
    assert judged(blank + CODE)["prefix"] is False


def test_the_moment_is_now_unless_another_is_asked_for():
    assert judged(CODE, at=EXPIRES.replace(year=2023))["time"] == "expired"
    late = Verifying(ISSUER.trust, FixedClock(EXPIRES.replace(year=2023)))
    assert record(late.line(CODE))["time"] == "expired"


def test_an_unknown_key_is_told_with_its_kid():
    said = judged(CODE, Trust())
    assert (said["signature"], said["key_usage"]) == ("no_key", None)
    assert base64.b64decode(said["kid"]) == ISSUER.dsc.kid
    assert said["payload"] == dcc_of()


# {"a": h'00ff', 2: NaN, "c": [Infinity, null, 1.5]} in the place of the DCC
STRANGE = bytes.fromhex("a1390103a101 a3 6161 4200ff 02 f97e00 6163 83 f97c00 f6 f93e00")


def test_what_json_cannot_say_is_told_otherwise():
    said = judged(ISSUER.sign_payload(STRANGE))
    assert said["payload"] == {"a": "00ff", "2": "nan", "c": ["inf", None, 1.5]}
    assert said["schema"] == "wrong"
    assert "schema:/ver" in said["problems"]


@given(st.text() | st.text("0123456789ABC $%*+-./:").map("HC1:".__add__))
def test_any_line_is_told(line):
    said = judged(line)
    assert list(said) == KEYS
    assert said["valid"] is False
    assert said["problems"]
