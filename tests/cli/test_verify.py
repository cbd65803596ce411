from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import run
from tests.hcert.issuer import DURING, Issuer

ISSUER = Issuer()
CODE = ISSUER.issue()
AT = ("--at", DURING.isoformat())


@pytest.fixture
def verify(tmp_path):
    """The command, beside no terminal at all; its log goes where nobody minds."""

    def call(*words, given):
        return run("verify", "--data-dir", str(tmp_path / "nothing"), *words, given=given)

    return call


@pytest.fixture
def trusted(tmp_path):
    """A file with the issuer's certificate, and what makes the program believe it."""
    file = tmp_path / "dsc.der"
    file.write_bytes(ISSUER.dsc.der)
    return ("--trust", str(file))


def test_each_line_has_its_answer_and_the_exit_code_tells_if_all_are_valid(
    verify, trusted, tmp_path
):
    file = tmp_path / "codes.txt"
    file.write_bytes(f"{CODE}\r\n\n{CODE}\n".encode())
    done = verify(str(file), *trusted, *AT, given="")
    assert (done.code, done.err) == (0, "")
    assert [answer["valid"] for answer in done.answers] == [True, True]
    with file.open("a") as codes:
        codes.write("hello")
    done = verify(str(file), *trusted, *AT, given="")
    assert done.code == 1
    assert [answer["problems"] for answer in done.answers] == [[], [], ["prefix"]]


@pytest.mark.parametrize("words", [(), ("-",)])
def test_texts_come_from_standard_input_too(verify, trusted, words):
    done = verify(*words, *trusted, *AT, given=CODE)
    assert (done.code, done.answer["valid"]) == (0, True)


def test_certificates_to_trust_come_in_several_files_and_in_pem(verify, trusted, tmp_path):
    other = tmp_path / "others.pem"
    other.write_text(Issuer().dsc.pem() * 2)
    done = verify("--trust", str(other), *trusted, *AT, given=CODE)
    assert done.answer["signature"] == "valid"


def test_without_trust_nothing_is_valid(verify):
    done = verify(*AT, given=CODE)
    assert (done.code, done.answer["signature"]) == (1, "no_key")


def test_without_a_moment_it_is_now(verify, trusted):
    assert verify(*trusted, given=CODE).answer["time"] == "expired"


def test_a_file_from_windows_is_read_like_any_other(verify, trusted):
    done = verify(*trusted, *AT, given=f"\ufeff{CODE}\r\n{CODE}\r\n")
    assert [answer["valid"] for answer in done.answers] == [True, True]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="a file whose reading fails")
def test_a_file_that_cannot_be_read_after_all_is_one_sentence(verify):
    done = verify("/proc/self/mem", "--language", "en", given="")
    assert (done.code, done.out) == (2, "")
    assert done.err == "tresen: The file “/proc/self/mem” cannot be read.\n"


def test_input_that_is_no_text_is_answered_line_by_line(verify):
    done = verify(given=b"\xff\xfe\n" + b"HC1:" + b"0" * 200_000 + b"\nHC1:\n")
    assert done.code == 1
    problems = [answer["problems"] for answer in done.answers]
    assert problems == [["prefix"], ["too_long"], ["compression"]]


@pytest.mark.parametrize(
    "words",
    [
        ("--at", "yesterday"),
        ("--at", "2021-06-01T12:00:00"),
        ("--trust", "/does/not/exist"),
        ("--trust", __file__),
        ("/does/not/exist",),
        ("--unknown",),
    ],
)
def test_what_cannot_be_understood_is_one_sentence(verify, words):
    done = verify(*words, given=CODE)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("tresen: ")
    assert done.err.count("\n") == 1
    assert "Traceback" not in done.err
