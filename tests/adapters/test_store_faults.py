"""The store against killed processes and failing disks, with real ones.

strace injects the errors; it is skipped where it is missing or not allowed to trace.
"""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.adapters.store.store import SqliteStore
from desktop.core.errors import ErrorCode
from desktop.core.status import Realm
from tests.adapters.store_writer import KEY
from tests.adapters.tracing import injecting
from tests.builders import an_issuance

ROOT = Path(__file__).resolve().parents[2]
COUNT = 3


def writer(file: Path, first: int, count: int, *prefix: str) -> list[str]:
    module = "tests.adapters.store_writer"
    return [*prefix, sys.executable, "-m", module, str(file), str(first), str(count)]


def committed(lines: list[str]) -> set[int]:
    return {int(line.split()[1]) for line in lines if line.startswith("committed ")}


def issued(file: Path, numbers: range) -> set[int]:
    """What a new start finds; it also has to find each event and history line exactly once."""
    store = SqliteStore.open(file, key=KEY, realm=Realm.TRAINING)
    try:
        found = {n for n in numbers if store.issuance_of_attempt(f"attempt-{n}") is not None}
        assert store.counts().waiting == len(store.history(100_000)) == len(found)
        assert all(store.issuance_of_attempt(f"attempt-{n}") == an_issuance(n) for n in found)
        return found
    finally:
        store.close()


def test_whatever_was_acknowledged_survives_being_killed(tmp_path):
    file = tmp_path / "terminal.db"
    chance = random.Random(20)  # noqa: S311 - one seed is one history
    acknowledged: set[int] = set()
    first = 0
    for _ in range(20):
        with subprocess.Popen(
            writer(file, first, 100_000), cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "opened\n"
            heard = [process.stdout.readline() for _ in range(chance.randrange(30))]
            process.kill()
            heard += process.stdout.readlines()
        whole = [line for line in heard if line.endswith("\n")]
        assert not [line for line in whole if line.startswith("failed")]
        acknowledged |= committed(whole)
        first = max(acknowledged, default=first) + 2
    found = issued(file, range(first))
    assert acknowledged <= found
    assert len(found - acknowledged) <= 20, "at most the one commit of each life that was cut short"


@pytest.fixture
def injected(tmp_path):
    """Runs the writer on a fresh store with an injected fault; its lines, and the store's file."""
    runs = iter(range(1000))

    def run(fault: str) -> tuple[list[str], Path]:
        folder = tmp_path / str(next(runs))
        folder.mkdir()
        file = folder / "terminal.db"
        strace = injecting(fault, str(file), f"{file}-wal")
        command = writer(file, 0, COUNT, *strace)
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert "Traceback" not in done.stderr, done.stderr
        return done.stdout.splitlines(), file

    return run


def failures(lines: list[str]) -> list[str]:
    return [line.split()[-1] for line in lines if line.split()[0] in ("failed", "unopened")]


def test_a_disk_that_fails_for_good_stops_issuing_and_loses_nothing(injected):
    for n in range(1, 30):
        lines, file = injected(f"fdatasync:error=EIO:when={n}+")
        found = issued(file, range(COUNT))
        done = committed(lines)
        assert done <= found
        assert len(found - done) <= 1, "at most the one whose commit failed may turn out durable"
        assert set(failures(lines)) <= {ErrorCode.STORE_BROKEN}
        if not failures(lines):
            return
        last_words = [line for line in lines if line != "opened"][len(done) :]
        assert not committed(last_words), "nothing is issued after the first failure"
    pytest.fail("no run survived")


def test_a_disk_that_fails_once_costs_one_try_and_issues_nothing_twice(injected):
    for n in range(1, 30):
        lines, file = injected(f"fdatasync:error=EIO:when={n}")
        found = issued(file, range(COUNT))
        assert committed(lines) <= found
        assert len(failures(lines)) <= 1
        if "opened" in lines:
            assert committed(lines) == set(range(COUNT)) == found
        if not failures(lines):
            return
    pytest.fail("no run survived")


def test_a_full_disk_is_called_full_and_loses_nothing(injected):
    codes = set()
    for n in range(1, 200, 13):
        lines, file = injected(f"pwrite64:error=ENOSPC:when={n}+")
        assert committed(lines) <= issued(file, range(COUNT))
        if not failures(lines):
            break
        codes |= set(failures(lines))
    assert ErrorCode.STORE_FULL in codes
    assert codes <= {ErrorCode.STORE_FULL, ErrorCode.STORE_BROKEN}


def test_issuing_goes_on_when_room_was_made_on_a_full_disk(injected):
    lines, file = injected("pwrite64:error=ENOSPC:when=70")
    assert failures(lines) == [ErrorCode.STORE_FULL]
    assert committed(lines) == set(range(COUNT)) == issued(file, range(COUNT))
