"""The log says what happened where, and can say nothing personal."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.adapters import log
from desktop.adapters.log import AllowList, Diary, Known
from desktop.core.errors import ErrorCode, ServerError
from tests.adapters.modes import is_private

CANARY = "Quendoline"
START = datetime(2021, 6, 1, 12, tzinfo=UTC)


def record(text="said", *args, name="desktop.somewhere", at=START, error=None):
    made = logging.LogRecord(
        name,
        logging.ERROR,
        "/home/quendoline/file.py",
        7,
        text,
        args,
        (type(error), error, error.__traceback__) if error else None,
    )
    made.created = at.timestamp()
    return made


def line(made):
    return json.loads(AllowList().format(made))


@pytest.fixture
def diary(tmp_path):
    made = Diary(tmp_path / "log")
    yield made
    made.close()


def written(diary):
    return [
        json.loads(each)
        for file in sorted(diary._folder.iterdir())
        for each in file.read_text().splitlines()
    ]


def raised(error, cause=None):
    try:
        raise error from cause
    except type(error) as caught:
        return caught


class TestWhatIsWritten:
    def test_time_level_room_and_the_text_as_it_stands_in_the_code(self):
        assert line(record("sent %d of %d", 3, 4)) == {
            "at": "2021-06-01T12:00:00.000+00:00",
            "level": "error",
            "room": "desktop.somewhere",
            "said": "sent %d of %d",
            "with": [3, 4],
        }

    def test_numbers_codes_and_known_texts_are_written(self):
        arguments = (1, 2.5, True, None, ErrorCode.STORE_FULL, Known("issue.title"))
        assert line(record("x", *arguments))["with"] == [
            1,
            2.5,
            True,
            None,
            "store.full",
            "issue.title",
        ]

    @pytest.mark.parametrize(
        "value", [CANARY, CANARY.encode(), [CANARY], ValueError(CANARY), Path(CANARY)]
    )
    def test_of_anything_else_only_its_type(self, value):
        written = line(record("x %s", value))["with"]
        assert written == [f"<{type(value).__name__}>"]
        assert CANARY not in str(written)

    def test_named_arguments_are_not_written(self):
        made = record("%(name)s")
        made.args = {"name": CANARY}
        assert line(made)["with"] == []

    def test_of_an_error_its_type_code_and_place_but_not_its_text(self):
        cause = raised(ValueError(CANARY))
        error = raised(ServerError(ErrorCode.CENTRE_TIMEOUT, host=CANARY), cause)
        told = line(record(error=error))["errors"]
        assert [each["type"] for each in told] == ["ServerError", "ValueError"]
        assert told[0]["code"] == "centre.timeout"
        assert "test_log.py" in told[0]["frames"][-1]
        assert CANARY not in json.dumps(told)

    def test_errors_that_cause_each_other_come_to_an_end(self):
        one, other = ValueError(), TypeError()
        one.__cause__, other.__cause__ = other, one
        assert len(line(record(error=one))["errors"]) == 2

    def test_of_a_library_only_who_and_where_in_its_code(self):
        told = line(record(f"GET /people/{CANARY}", name="httpx"))
        assert told["where"] == "file.py:7"
        assert "said" not in told
        assert "uendoline" not in json.dumps(told)

    def test_nothing_is_taken_from_exc_info_without_an_error(self):
        made = record()
        made.exc_info = (None, None, None)
        assert "errors" not in line(made)


class TestFiles:
    def test_one_a_day_private_and_continued_after_a_restart(self, diary, tmp_path):
        diary.handle(record("one"))
        diary.close()
        again = Diary(tmp_path / "log")
        again.handle(record("two"))
        again.handle(record("three", at=START + timedelta(days=1)))
        again.close()
        assert [each["said"] for each in written(diary)] == ["one", "two", "three"]
        names = [file.name for file in sorted(tmp_path.joinpath("log").iterdir())]
        assert names == ["2021-06-01.001.log", "2021-06-02.001.log"]
        for file in tmp_path.joinpath("log").iterdir():
            assert is_private(file)

    def test_a_full_file_is_followed_by_another(self, diary, tmp_path):
        text = "x" * (log.FILE_BYTES // 2)
        for _ in range(5):
            diary.handle(record(text))
        assert len(list(tmp_path.joinpath("log").iterdir())) == 3
        assert len(written(diary)) == 5

    def test_files_of_more_than_two_weeks_ago_go(self, diary, tmp_path):
        for day in range(30):
            diary.handle(record(at=START + timedelta(days=day)))
        names = [file.name for file in sorted(tmp_path.joinpath("log").iterdir())]
        assert len(names) == 15
        assert names[-1] == "2021-06-30.001.log"

    def test_never_more_than_twenty_megabytes_are_kept(self, diary, tmp_path):
        text = "x" * (log.FILE_BYTES // 2)
        for _ in range(60):
            diary.handle(record(text))
        files = list(tmp_path.joinpath("log").iterdir())
        assert sum(file.stat().st_size for file in files) <= log.KEPT_BYTES
        assert len(files) > 15

    def test_other_files_in_the_folder_are_left_alone(self, diary, tmp_path):
        (tmp_path / "log").mkdir()
        note = tmp_path / "log" / "note.txt"
        note.write_text("x")
        for day in range(30):
            diary.handle(record(at=START + timedelta(days=day)))
        assert note.exists()

    def test_a_log_that_cannot_be_written_stops_nobody(self, tmp_path, capsys):
        (tmp_path / "log").write_bytes(b"")
        made = Diary(tmp_path / "log")
        made.handle(record())
        made.close()
        assert capsys.readouterr() == ("", "")

    def test_a_full_disk_stops_nobody(self, diary, tmp_path):
        if not sys.platform.startswith("linux"):
            pytest.skip("needs /dev/full")
        (tmp_path / "log").mkdir()
        (tmp_path / "log" / "2021-06-01.001.log").symlink_to("/dev/full")
        diary.handle(record())


class TestStarting:
    @pytest.mark.expects_log
    def test_our_lines_are_written_and_of_others_only_warnings(self, tmp_path):
        diary = log.start(tmp_path / "log")
        try:
            logging.getLogger("desktop.here").info("ours")
            logging.getLogger("desktop.here").debug("too quiet")
            logging.getLogger("library").info("theirs")
            logging.getLogger("library").warning("theirs, loud")
        finally:
            log.stop(diary)
        logging.getLogger("desktop.here").warning("too late")
        assert [(each["room"], each["level"]) for each in written(diary)] == [
            ("desktop.here", "info"),
            ("library", "warning"),
        ]
