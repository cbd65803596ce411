"""One terminal, one process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.adapters.lock import TerminalLock
from desktop.core.errors import ErrorCode, StoreError

ROOT = Path(__file__).resolve().parents[2]

HOLDER = """
import sys
from pathlib import Path
from desktop.adapters.lock import TerminalLock
lock = TerminalLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def file(tmp_path):
    return tmp_path / "data" / "terminal.lock"


def refusal(file):
    with pytest.raises(StoreError) as caught:
        TerminalLock(file)
    return caught.value.code


def held_elsewhere(file):
    return subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(file)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_the_first_has_it_and_the_second_is_told_that_it_is_busy(file):
    with TerminalLock(file):
        assert refusal(file) is ErrorCode.STORE_BUSY


def test_it_can_be_taken_again_after_it_was_given_back(file):
    TerminalLock(file).release()
    TerminalLock(file).release()


def test_another_process_has_it_until_it_ends_even_if_it_is_killed(file):
    with held_elsewhere(file) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert refusal(file) is ErrorCode.STORE_BUSY
        holder.kill()
        holder.wait()
        TerminalLock(file).release()


def test_a_child_process_does_not_inherit_it(file):
    lock = TerminalLock(file)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        lock.release()
        TerminalLock(file).release()
        child.kill()


def test_a_place_that_cannot_be_written_is_named_as_that(tmp_path):
    (tmp_path / "data").write_bytes(b"")
    assert refusal(tmp_path / "data" / "terminal.lock") is ErrorCode.FILE_UNWRITABLE
