"""Files that hold one task a line, or the same from standard input."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from desktop.cli.command import UsageError
from desktop.core.messages import mark

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST: Final = 64 * 1024
"""Bytes of a line; what is longer comes cut, and no task is that long."""


@contextmanager
def opened(file: str) -> Iterator[BinaryIO]:
    """The file of this name, or what is handed in for ``-``.

    Raises:
        UsageError: It cannot be read.
    """
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        source = Path(file).open("rb")  # noqa: SIM115 - closed below; here only opening may fail
    except OSError as error:
        raise UsageError(mark("cli.file_unreadable"), file) from error
    with source:
        yield source


def numbered(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Each line that is not blank, with its number; one that is far too long comes cut."""
    number = 0
    while line := source.readline(LONGEST):
        number += 1
        rest = line
        while len(rest) == LONGEST and not rest.endswith(b"\n"):
            rest = source.readline(LONGEST)
        if line.strip():
            yield number, line
