"""Our certificates, read by a reader that shares no code with us."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import builders, certificates
from tests.hcert.issuer import EXPIRES, ISSUED, Issuer, dcc_of

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".oracle" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

PEOPLE = [
    builders.a_person(),
    builders.a_person(family_name="Suharto", given_name="", born="1964"),
    builders.a_person(family_name="Παπαδόπουλος", given_name="Έλλη", born="1964-08"),
    builders.a_person(family_name="Щербаков", given_name="Игорь"),
    builders.a_person(family_name="x" * 80, given_name="ÄÖÜ " * 19 + "Å"),
]


def answers(*questions):
    if not PYTHON.exists():
        pytest.skip("no .oracle environment: run `make oracle`")
    finished = subprocess.run(
        [PYTHON, ROOT / "tests" / "oracle" / "verify_with_cwt.py"],
        input="".join(json.dumps(question) + "\n" for question in questions),
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    assert not finished.stderr
    return [json.loads(line) for line in finished.stdout.splitlines()]


def test_an_independent_reader_accepts_our_certificates():
    issuer = Issuer()
    issued = [builders.a_certificate(person=person) for person in PEOPLE]
    asked = [{"hc1": issuer.issue(one), "dsc": issuer.dsc.pem()} for one in issued]
    for certificate, answer in zip(issued, answers(*asked), strict=True):
        assert answer == {
            "ok": True,
            "iss": "DE",
            "iat": int(ISSUED.timestamp()),
            "exp": int(EXPIRES.timestamp()),
            "payload": dcc_of(certificate),
        }


def test_the_independent_reader_is_one_that_refuses():
    issuer, stranger = Issuer(), Issuer(key=certificates.key(9))
    good = issuer.issue()
    asked = [
        {"hc1": good[4:], "dsc": issuer.dsc.pem()},
        {"hc1": stranger.issue(), "dsc": issuer.dsc.pem()},
        {"hc1": good[:50] + good[51:], "dsc": issuer.dsc.pem()},
    ]
    assert [answer["ok"] for answer in answers(*asked)] == [False] * 3
