from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from desktop.app import StartOptions, assemble
from desktop.core.status import Realm
from tests.cli.program import ERIKA, PROGRAM, Desk, environment, line, run


def test_one_line_in_one_certificate_out_and_the_picture_says_the_same(tmp_path):
    desk = Desk(tmp_path / "new")
    out = tmp_path / "out"
    done = desk.issue("--png", str(out), given=line())
    assert (done.code, done.err) == (0, "")
    answer = done.answer
    assert answer["uvci"].startswith("URN:UVCI:01DE/TRAINING01/")
    (picture,) = out.iterdir()
    assert answer["png"] == str(picture)
    seen = zxingcpp.read_barcode(Image.open(picture), try_invert=False)
    assert seen is not None
    assert seen.text == answer["hc1"]
    dsc = tmp_path / "dsc.pem"
    dsc.write_text(desk.run("selftest", "--print-dsc").out)
    judged = run("verify", "--trust", str(dsc), given=answer["hc1"] + "\n")
    assert (judged.code, judged.answer["valid"]) == (0, True)
    assert judged.answer["payload"]["nam"]["fnt"] == "MUESTERMANN<GOESSLER"


def test_the_picture_has_a_quiet_zone_and_whole_pixels(desk, tmp_path):
    answer = desk.issue("--png", str(tmp_path), given=line()).answer
    picture = Image.open(answer["png"]).convert("L")
    assert set(picture.tobytes()) == {0, 255}
    dark = picture.point(lambda grey: 255 - grey).getbbox()
    assert dark is not None
    edge = picture.width
    module = dark[0] // 4
    assert module >= 4
    assert dark == (4 * module, 4 * module, edge - 4 * module, edge - 4 * module)
    assert (edge // module) * module == edge


def test_files_are_named_after_the_day_and_belong_to_their_owner_only(desk, tmp_path):
    out = tmp_path / "deep" / "out"
    answer = desk.issue("--pdf", str(out), "--png", str(out), given=line()).answer
    names = sorted(file.name for file in out.iterdir())
    day = answer["issued_at"][:10]
    assert len(names) == 2
    assert all(re.fullmatch(rf"{day}_[0-9a-f]{{16}}\.(pdf|png)", name) for name in names)
    assert Path(answer["pdf"]).read_bytes().startswith(b"%PDF-")
    if os.name == "posix":
        assert {stat.S_IMODE(file.stat().st_mode) for file in out.iterdir()} == {0o600}


def test_a_bad_line_says_what_is_wrong_and_the_others_go_on(desk):
    lines = [
        line(),
        "this is no JSON\n",
        "\n",
        line(date="2021-02-31", dose="two"),
        line(given_name=None, family_name="Müller"),
    ]
    done = desk.issue(given="".join(lines))
    assert done.code == 1
    assert [answer["line"] for answer in done.answers] == [1, 2, 4, 5]
    first, broken, wrong, last = done.answers
    assert "hc1" in first
    assert "hc1" in last
    assert [problem["code"] for problem in broken["problems"]] == ["line_unreadable"]
    told = {problem["field"]: problem["code"] for problem in wrong["problems"]}
    assert told == {"date": "date_impossible", "dose": "dose_unreadable"}
    assert all(problem["text"] for answer in (broken, wrong) for problem in answer["problems"])


UNREADABLE = ["line_unreadable"]
BAD_LINES = {
    "a list": (b"[1]", UNREADABLE),
    "a text": (b'"Erika"', UNREADABLE),
    "a member twice": (b'{"dose": 1, "dose": 2}', UNREADABLE),
    "nested for ever": (b"[" * 60_000, UNREADABLE),
    "longer than any line": (b"{" + b" " * 70_000 + b"}", UNREADABLE),
    "a number without end": (b'{"dose": ' + b"1" * 5000 + b"}", UNREADABLE),
    "not UTF-8": (b'{"given_name": "\xff"}', UNREADABLE),
    "an unknown member": (line(dosis=2).encode(), ["member_unknown"]),
    "a fraction": (line(dose=2.5).encode(), ["value_kind"]),
    "a truth": (line(dose=True).encode(), ["value_kind"]),
    "a list of batches": (line(batch=["A"]).encode(), ["value_kind"]),
    "an attempt that names somebody": (line(attempt="Erika Müller").encode(), ["attempt_form"]),
    "an empty attempt": (line(attempt="").encode(), ["attempt_form"]),
    "half a character": (
        json.dumps(ERIKA | {"family_name": "\ud800"}).encode(),
        ["name_control"],
    ),
}


@pytest.fixture(scope="module")
def refusals(enrolled):
    """What the program answers to each bad line, all in one run."""
    lines = [text.rstrip(b"\n") + b"\n" for text, _ in BAD_LINES.values()]
    done = Desk(enrolled).issue(given=b"".join(lines))
    assert (done.code, done.err) == (1, "")
    return dict(zip(BAD_LINES, done.answers, strict=True))


@pytest.mark.parametrize("name", BAD_LINES)
def test_whatever_stands_in_a_line_is_a_problem_and_never_a_fault(refusals, name):
    _, codes = BAD_LINES[name]
    assert [problem["code"] for problem in refusals[name]["problems"]] == codes


def test_problems_are_told_in_the_language_that_was_asked_for(desk):
    told = {
        language: desk.issue("--language", language, given=line(dosis=1)).answer["problems"][0]
        for language in ("de", "en")
    }
    assert told["de"]["text"].startswith("Diese Angabe")
    assert told["en"]["text"].startswith("There is no")


def test_the_same_attempt_is_issued_once_however_often_the_file_is_run(desk):
    text = line(attempt="list-7:1")
    first, again = desk.issue(given=text).answer, desk.issue(given=text + text).answers
    assert {answer["hc1"] for answer in again} == {first["hc1"]}
    assert desk.run("outbox").answer["waiting"] == 1


def test_one_attempt_never_answers_with_the_certificate_of_somebody_else(desk):
    lines = line(attempt="1") + line(attempt="1", given_name="Max")
    first, second = desk.issue(given=lines).answers
    assert "hc1" in first
    assert [problem["code"] for problem in second["problems"]] == ["attempt_taken"]


def test_a_file_from_windows_is_read_like_any_other(desk):
    text = "\ufeff" + (line() + line(dosis=1)).replace("\n", "\r\n")
    good, wrong = desk.issue(given=text).answers
    assert "hc1" in good
    assert wrong["problems"][0]["code"] == "member_unknown"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_an_answer_that_cannot_be_written_is_a_misfortune_and_ends_the_command(desk):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, "issue", *desk.options(), "-"],
            input=(line() * 3).encode(),
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
            timeout=60,
        )
    assert done.returncode == 73
    assert done.stderr.count(b"\n") == 1
    assert desk.run("outbox").answer["waiting"] == 1


def test_without_an_attempt_each_line_is_a_certificate_of_its_own(desk):
    answers = desk.issue(given=line() * 2).answers
    assert len({answer["uvci"] for answer in answers}) == 2


def test_batch_and_pack_expiry_are_taken_and_null_stands_for_nothing(desk):
    record = ERIKA | {"batch": "FA5765", "pack_expiry": "2022-06-30", "country": None}
    assert desk.issue(given=json.dumps(record)).code == 0


def test_a_line_is_answered_before_the_next_one_is_there(desk):
    with subprocess.Popen(
        [*PROGRAM, "issue", *desk.options(), "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in (1, 2):
            process.stdin.write(line())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["line"] == number
        process.stdin.close()
        assert process.wait(30) == 0


def test_what_was_handed_out_is_not_offered_again_by_the_window(desk):
    desk.issue(given=line())
    options = StartOptions(Realm.TRAINING, desk.data, "de")
    with closing(assemble(options)) as terminal:
        assert terminal.issuing.never_shown() is None


def test_a_folder_that_cannot_be_written_is_found_before_anything_is_issued(desk, tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("a file, not a folder")
    done = desk.issue("--png", str(taken), given=line())
    assert (done.code, done.out) == (73, "")
    assert done.err.count("\n") == 1
    assert desk.run("outbox").answer["waiting"] == 0


def test_a_file_that_is_not_there_is_a_mistake_in_the_command(desk):
    done = desk.run("issue", "nowhere.jsonl")
    assert done.code == 2
    assert "nowhere.jsonl" in done.err


def test_lines_may_come_from_a_file(desk, tmp_path):
    file = tmp_path / "list.jsonl"
    file.write_text(line() + line(), encoding="utf-8")
    assert len(desk.run("issue", str(file)).answers) == 2


@pytest.mark.skipif(os.name != "posix", reason="POSIX signals and pipes")
def test_a_reader_that_leaves_ends_the_command_without_noise(desk):
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [*PROGRAM, "issue", *desk.options(), "-"],
            input=line().encode(),
            stdout=write,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
            timeout=60,
        )
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (74, b"")
    options = StartOptions(Realm.TRAINING, desk.data, "de")
    with closing(assemble(options)) as terminal:
        assert terminal.issuing.never_shown() is not None


@pytest.mark.skipif(os.name != "posix", reason="POSIX signals and pipes")
def test_an_interrupt_ends_the_command_without_noise(desk):
    with subprocess.Popen(
        [*PROGRAM, "issue", *desk.options(), "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        text=True,
        encoding="utf-8",
        # A background job of a shell without job control inherits an ignored SIGINT.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads yet
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(line())
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, "", "")


def test_a_terminal_without_a_key_says_that_it_needs_its_centre_once(tmp_path):
    desk = Desk(tmp_path)
    (tmp_path / "terminal.toml").write_text('centre_url = "http://127.0.0.1:9"\n')
    done = desk.issue("--language", "en", given=line())
    assert (done.code, done.out) == (69, "")
    assert "(centre.unreachable). The first time, this terminal needs the centre" in done.err
    assert done.err.count("\n") == 1


def test_beside_an_open_terminal_nothing_is_issued(desk):
    with closing(assemble(StartOptions(Realm.TRAINING, desk.data, "de"))):
        done = desk.issue(given=line())
    assert (done.code, done.out) == (75, "")
    assert done.err.startswith("tresen: Tresen is already running")
    assert done.err.count("\n") == 1
