"""The program as IT starts it: real processes, answers as they come out of the pipe."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

ERIKA = {
    "given_name": "Erika",
    "family_name": "Müstermann-Gößler",
    "birth_date": "1964-08-12",
    "product": "EU/1/20/1528",
    "dose": 2,
    "doses": 2,
    "date": "2021-06-01",
}
"""One line that can be certified."""

PROGRAM = (sys.executable, "-m", "desktop")


def line(**changes: object) -> str:
    """Erika's line with some members changed; None takes a member out."""
    record = {name: value for name, value in (ERIKA | changes).items() if value is not None}
    return json.dumps(record, ensure_ascii=False) + "\n"


def environment(**changes: str) -> dict[str, str]:
    """This machine's environment in plain English, with some variables changed."""
    rest = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    return rest | {"LANG": "C.UTF-8", "PYTHONDEVMODE": ""} | changes


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def answers(self) -> list[dict[str, Any]]:
        """The JSON lines that it wrote."""
        return [json.loads(each) for each in self.out.splitlines()]

    @property
    def answer(self) -> dict[str, Any]:
        """The only one of them."""
        (only,) = self.answers
        return only


def run(*words: str, given: str | bytes = "", **variables: str) -> Done:
    """Run the program to its end."""
    done = subprocess.run(
        [*PROGRAM, *words],
        input=given.encode() if isinstance(given, str) else given,
        env=environment(**variables),
        capture_output=True,
        check=False,
        timeout=120,
    )
    return Done(done.returncode, _lines(done.stdout), _lines(done.stderr))


def _lines(written: bytes) -> str:
    """What was written, with the ends of lines that Python has on every system."""
    return written.decode().replace("\r\n", "\n")


@dataclass(frozen=True)
class Desk:
    """One terminal in training, and commands that are meant for it."""

    data: Path

    def options(self) -> list[str]:
        return ["--training", "--data-dir", str(self.data)]

    def run(self, command: str, *words: str, given: str | bytes = "", **variables: str) -> Done:
        return run(command, *self.options(), *words, given=given, **variables)

    def issue(self, *words: str, given: str | bytes, **variables: str) -> Done:
        return self.run("issue", "-", *words, given=given, **variables)
