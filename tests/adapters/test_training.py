"""The training centre beside a terminal: there when it is needed, gone when we are."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import httpx
import pytest

from desktop.adapters.training import TrainingCentre
from desktop.core.errors import ErrorCode, ServerError


def answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/v1/health", trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


@pytest.fixture
def training(tmp_path):
    centre = TrainingCentre(tmp_path / "data")
    yield centre
    centre.close()


def test_it_is_started_once_and_ended(training, tmp_path):
    url = training.start()

    assert training.start() == url
    assert answers(url)
    assert (tmp_path / "data" / "centre" / "centre.db").exists()
    training.close()
    assert not answers(url)


def test_ending_what_does_not_run_is_nothing(training):
    training.close()
    training.close()


def test_one_that_died_is_started_again(training):
    url = training.start()
    process = training._process
    assert process is not None
    process.kill()
    process.wait()

    again = training.start()

    assert not answers(url) or again == url
    assert answers(again)


def test_one_that_says_nothing_in_time_is_ended_and_told(tmp_path):
    (tmp_path / "data" / "centre").mkdir(parents=True)
    training = TrainingCentre(tmp_path / "data", start_seconds=0)

    with pytest.raises(ServerError) as caught:
        training.start()

    assert caught.value.code is ErrorCode.CENTRE_UNREACHABLE
    assert training._process is None


def test_one_that_cannot_start_is_told(tmp_path):
    folder = tmp_path / "data" / "centre"
    folder.mkdir(parents=True)
    (folder / "centre.db").write_text("somebody's letter")
    training = TrainingCentre(tmp_path / "data")

    with pytest.raises(ServerError):
        training.start()

    assert "tresen: " in (folder / "centre.log").read_text(encoding="utf-8")


def test_a_place_where_nothing_can_be_written_is_told(tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")

    with pytest.raises(ServerError):
        TrainingCentre(tmp_path / "data").start()


def test_what_lies_in_the_current_folder_does_not_run_as_ours(training, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "random.py").write_text("open('ran', 'w').close()")

    assert answers(training.start())
    assert not (tmp_path / "ran").exists()


def test_a_data_folder_named_from_the_current_one_is_meant_from_there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    centre = TrainingCentre(Path("data"))

    centre.start()
    centre.close()

    assert (tmp_path / "data" / "centre" / "centre.db").exists()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for the process in /proc")
def test_it_dies_with_a_terminal_that_is_killed(tmp_path):
    program = textwrap.dedent(
        """
        import pathlib, sys
        from desktop.adapters.training import TrainingCentre
        training = TrainingCentre(pathlib.Path(sys.argv[1]))
        print(training.start(), training._process.pid, flush=True)
        sys.stdin.read()
        """
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    assert parent.stdin is not None
    url, child = parent.stdout.readline().split()
    assert answers(url)
    watched = os.pidfd_open(int(child))

    parent.send_signal(signal.SIGKILL)
    parent.wait()
    ended = _ends(watched)

    parent.stdin.close()
    parent.stdout.close()
    assert ended
    assert not answers(url)


def _ends(process: int) -> bool:
    """Whether the process ends; a pidfd is readable when it has."""
    readable, _, _ = select.select([process], [], [], 60)
    os.close(process)
    return bool(readable)
