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
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tests.e2e.display import VirtualDisplay, Watcher
from tests.e2e.program import PROGRAM, ROOT, Window, command
from tests.e2e.scenes import Stage, committed, fill
from tests.e2e.waiting import eventually

CALLS = ("pwrite64", "fdatasync", "fsync", "write", "writev", "sendto", "sendmsg", "ftruncate")
"""Everything that can change a file or leave the process."""


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
        words = ["strace", "-f", "-q", "-p", str(pid), "-o", str(log)]
        words += ["-e", f"trace={call}", "-e", f"inject={injection}"]
        self._process = subprocess.Popen(words, stderr=subprocess.DEVNULL)
        eventually(lambda: _traced(pid), "strace is attached", within=20)

    def end(self) -> None:
        """Let the process go, if it still lives."""
        self._process.terminate()
        self._process.wait(20)


def _traced(pid: int) -> bool:
    tasks = list(Path(f"/proc/{pid}/task").glob("*/status"))
    return bool(tasks) and all("TracerPid:\t0\n" not in task.read_text() for task in tasks)


def issue_and_kill(
    display: VirtualDisplay, stage: Stage, call: str, nth: int, tally: Tally
) -> bool:
    """One run over issuing in the window; whether the program survived."""
    data = stage.terminal()
    before = set(stage.centre.uvcis())
    with Window(display, data) as window, Watcher(display) as watcher:
        fill(window)
        tracer = Tracer(window.pid, f"{call}:signal=SIGKILL:when={nth}", data.parent / "strace.log")
        window.press("F12")
        eventually(lambda: bool(watcher.seen) or not window.alive, f"{call} {nth}: code or death")
        if window.alive:
            window.press("F12")  # the next customer, so that *shown* is committed as well
            eventually(
                lambda: not display.codes() or not window.alive, "the code leaves the screen"
            )
        survived = window.alive
        tracer.end()
    tally.runs += 1
    tally.kills += not survived
    tally.seen |= watcher.seen
    _restart_and_compare(display, stage, data, before, watcher.seen, f"{call} {nth}", tally)
    return survived


def _restart_and_compare(  # the facts of one run, and where to write them down
    display: VirtualDisplay,
    stage: Stage,
    data: Path,
    before: set[str],
    seen: set[str],
    name: str,
    tally: Tally,
) -> None:
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


def sync_and_kill(stage: Stage, data: Path, call: str, nth: int, tally: Tally) -> bool:
    """One run over ``tresen sync --once`` with what waits in a store; whether it survived."""
    expected = sorted(issuance.uvci for issuance in committed(data))
    before = set(stage.centre.uvcis())
    traced = ["strace", "-f", "-q", "-o", "/dev/null", "-e", f"trace={call}"]
    traced += ["-e", f"inject={call}:signal=SIGKILL:when={nth}"]
    words = ["sync", "--once", "--training", "--data-dir", str(data)]
    with stage.centre:
        done = subprocess.run(
            [*traced, *PROGRAM, *words], cwd=ROOT, capture_output=True, check=False
        )
        command("sync", "--once", data=data)
    tally.runs += 1
    tally.kills += done.returncode != 0
    arrived = sorted(uvci for uvci in stage.centre.uvcis() if uvci not in before)
    if arrived != expected:
        tally.faults.append(f"sync {call} {nth}: centre {len(arrived)}, committed {len(expected)}")
    return done.returncode == 0


def main() -> int:
    """Run all of it; 0 if nothing was lost, doubled, or shown before it was stored."""
    tally = Tally()
    line = (
        '{{"given_name":"Erika","family_name":"Muster","birth_date":"1964","product":"EU/1/20/1528",'
        '"dose":1,"doses":2,"date":"2021-06-0{}"}}\n'
    )
    with tempfile.TemporaryDirectory(prefix="tresen-crash-") as folder, VirtualDisplay() as display:
        stage = Stage(Path(folder))
        stage.prepare()
        for call in CALLS:
            for nth in itertools.count(1):
                survived = issue_and_kill(display, stage, call, nth, tally)
                if survived:
                    break
            tally.say(f"issuing: {call} survives from n = {nth}; faults so far {len(tally.faults)}")
        for call in CALLS:
            for nth in itertools.count(1):
                data = stage.terminal()
                command("issue", "-", data=data, given=line.format(1) + line.format(2))
                if sync_and_kill(stage, data, call, nth, tally):
                    break
            tally.say(f"sync: {call} survives from n = {nth}; faults so far {len(tally.faults)}")
    for fault in tally.faults:
        tally.say(f"FAULT {fault}")
    tally.say(
        f"runs {tally.runs}, kills {tally.kills}, codes seen {len(tally.seen)}, "
        f"offered after a restart {tally.offered}, faults {len(tally.faults)}"
    )
    return 1 if tally.faults or not tally.kills else 0


if __name__ == "__main__":
    sys.exit(main())
