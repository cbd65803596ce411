"""Kills the program at every write, one by one, and counts what becomes of the certificates.

``make crash``. For each kind of system call that can carry something out of the process, and for
n = 1, 2, …: start the window, fill the form by keyboard, let strace kill the process at the n-th
such call after F12, restart with the centre up, and compare: what the centre has is what the
terminal has committed, once each; what was committed but never seen is what the restarted window
offers; each code that was ever on screen is in the store. The same for one ``tresen sync --once``.
The last line prints how many runs and kills there were and how many codes were seen.
"""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.e2e.display import VirtualDisplay, Watcher
from tests.e2e.program import PROGRAM, ROOT, Window, command
from tests.e2e.scenes import Stage, committed, fill
from tests.e2e.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

CALLS = ("pwrite64", "fdatasync", "fsync", "write", "writev", "sendto", "sendmsg", "ftruncate")
"""Everything that can change a file or leave the process."""


_FINISHED = re.compile(r"^\d+ +(\d+\.\d+) \w+\(.*\) += .*<(\d+\.\d+)>$", re.MULTILINE)

WAITING = (
    '{{"given_name":"Erika","family_name":"Muster","birth_date":"1964","product":"EU/1/20/1528",'
    '"dose":1,"doses":2,"date":"2021-06-0{}"}}\n'
)


@dataclass(slots=True)
class Tally:
    """What happened so far."""

    runs: int = 0
    kills: int = 0
    seen: set[str] = field(default_factory=set)
    stored: set[str] = field(default_factory=set)
    offered: int = 0
    faults: list[str] = field(default_factory=list)

    def say(self, line: str) -> None:
        """One line for whoever watches."""
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


class Tracer:
    """strace on a running process; ready when the constructor returns."""

    def __init__(self, pid: int, injection: str, log: Path) -> None:
        call = injection.partition(":")[0]
        self._file = log
        words = ["strace", "-f", "-q", "-ttt", "-T", "-p", str(pid), "-o", str(log)]
        words += ["-e", f"trace={call}", "-e", f"inject={injection}"]
        self._process = subprocess.Popen(words, stderr=subprocess.DEVNULL)
        eventually(lambda: _traced(pid), "strace is attached", within=20)

    @property
    def log(self) -> str:
        """The calls so far."""
        return self._file.read_text() if self._file.exists() else ""

    @property
    def spans(self) -> list[tuple[float, float]]:
        """Begin and end of each finished call, in seconds since 1970."""
        lines = _FINISHED.finditer(self.log)
        return [(float(at), float(at) + float(took)) for at, took in (m.groups() for m in lines)]

    def end(self) -> None:
        """Let the process go, if it still lives."""
        self._process.terminate()
        self._process.wait(20)


def _traced(pid: int) -> bool:
    tasks = list(Path(f"/proc/{pid}/task").glob("*/status"))
    return bool(tasks) and all("TracerPid:\t0\n" not in task.read_text() for task in tasks)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where one run takes place, and where it is counted."""

    display: VirtualDisplay
    stage: Stage
    tally: Tally


def issue_and_kill(desk: Desk, call: str, nth: int) -> bool:
    """One run over issuing in the window; whether the program survived."""
    display, stage, tally = desk.display, desk.stage, desk.tally
    data = stage.terminal()
    before = set(stage.centre.uvcis())
    with Window(display, data) as window, Watcher(display) as watcher:
        fill(window)
        tracer = Tracer(window.pid, f"{call}:signal=SIGKILL:when={nth}", data.parent / "strace.log")
        window.press("F12")
        eventually(lambda: bool(watcher.seen) or not window.alive, f"{call} {nth}: code or death")
        if window.alive:
            window.next_customer()  # so that *shown* is committed as well
        survived = window.alive
        tracer.end()
    tally.runs += 1
    tally.kills += not survived
    tally.seen |= watcher.seen
    _restart_and_compare(desk, data, f"{call} {nth}", before=before, seen=watcher.seen)
    return survived


def _restart_and_compare(
    desk: Desk, data: Path, name: str, *, before: set[str], seen: set[str]
) -> None:
    display, stage, tally = desk.display, desk.stage, desk.tally
    stored = committed(data)
    unseen = [issuance for issuance in stored if issuance.shown_at is None]
    with stage.centre, Window(display, data) as window:
        if unseen:
            offered = window.code()
            tally.offered += 1
            if offered != unseen[0].hc1:
                tally.faults.append(f"{name}: the restart offers another certificate")
        window.confirmed()
        if not unseen and display.codes():
            tally.faults.append(f"{name}: the restart offers a certificate that was shown before")
    arrived = [uvci for uvci in stage.centre.uvcis() if uvci not in before]
    if sorted(arrived) != sorted(issuance.uvci for issuance in stored):
        tally.faults.append(f"{name}: centre {len(arrived)}, committed {len(stored)}")
    tally.stored |= {issuance.hc1 for issuance in stored}
    if seen - tally.stored:
        tally.faults.append(f"{name}: a code was shown that is not in the store")


def sync_and_kill(desk: Desk, call: str, nth: int) -> bool:
    """One run over ``tresen sync --once`` with two events waiting; whether it survived."""
    stage, tally = desk.stage, desk.tally
    data = stage.terminal()
    command("issue", "-", data=data, given=WAITING.format(1) + WAITING.format(2))
    expected = sorted(issuance.uvci for issuance in committed(data))
    before = set(stage.centre.uvcis())
    traced = ["strace", "-f", "-q", "-o", "/dev/null", "-e", f"trace={call}"]
    traced += ["-e", f"inject={call}:signal=SIGKILL:when={nth}"]
    words = ["sync", "--once", "--training", "--data-dir", str(data)]
    with stage.centre:
        done = subprocess.run(
            [*traced, *PROGRAM, *words], cwd=ROOT, capture_output=True, check=False, timeout=120
        )
        command("sync", "--once", data=data)
    tally.runs += 1
    tally.kills += done.returncode != 0
    arrived = sorted(uvci for uvci in stage.centre.uvcis() if uvci not in before)
    if arrived != expected:
        tally.faults.append(f"sync {call} {nth}: centre {len(arrived)}, committed {len(expected)}")
    return done.returncode == 0


def sweep(
    name: str, run: Callable[[Desk, str, int], bool], desk: Desk, calls: Sequence[str]
) -> None:
    """For each kind of call n = 1, 2, …, until a run survives."""
    for call in calls:
        for nth in itertools.count(1):
            if run(desk, call, nth):
                break
        faults = len(desk.tally.faults)
        desk.tally.say(f"{name}: {call} survives from n = {nth}; faults so far {faults}")


def main(calls: Sequence[str]) -> int:
    """Run all of it; 0 if nothing was lost, doubled, or shown before it was stored."""
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="tresen-crash-") as folder, VirtualDisplay() as display:
        desk = Desk(display, Stage(Path(folder)), tally)
        desk.stage.prepare()
        sweep("issuing", issue_and_kill, desk, calls)
        sweep("sync", sync_and_kill, desk, calls)
    for fault in tally.faults:
        tally.say(f"FAULT {fault}")
    tally.say(
        f"runs {tally.runs}, kills {tally.kills}, codes seen {len(tally.seen)}, "
        f"offered after a restart {tally.offered}, faults {len(tally.faults)}"
    )
    return 1 if tally.faults or not tally.kills else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or CALLS))
