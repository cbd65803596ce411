"""A centre as a process of its own, started the way anybody starts it."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Running(NamedTuple):
    """A centre that accepts connections."""

    url: str
    process: subprocess.Popen[bytes]


def command(*options: object) -> list[str]:
    return [sys.executable, "-m", "desktop", "centre", *map(str, options)]


@contextlib.contextmanager
def running(*options: object) -> Iterator[Running]:
    """A centre while the block runs; it has to end by itself when its pipe is closed."""
    process = subprocess.Popen(
        command("--port", 0, "--parent-pipe", *options),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stderr is not None
    try:
        yield Running(process.stdout.readline().decode().strip(), process)
        process.stdin.close()
        said = process.stderr.read()
        assert process.wait(timeout=30) == 0
        assert not said
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            pipe.close()
