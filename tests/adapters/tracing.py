"""strace, where it is there and allowed to trace."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache

import pytest


@cache
def _may_trace() -> bool:
    strace = shutil.which("strace")
    if strace is None:
        return False
    done = subprocess.run([strace, "-qq", "-o", "/dev/null", "true"], check=False)
    return done.returncode == 0


def injecting(fault: str, *paths: str) -> list[str]:
    """The command line that runs a program under a fault, on calls that touch these paths.

    Skips the test where that is impossible.
    """
    if not _may_trace():
        pytest.skip("strace is missing or may not trace")
    call = fault.partition(":")[0]
    options = ["-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}"]
    if "signal=" not in fault:
        options.append("--seccomp-bpf")  # fast, but strace 6.1 then injects no signals
    for path in paths:
        options += ["-P", path]
    return ["strace", *options, "-e", f"inject={fault}"]
