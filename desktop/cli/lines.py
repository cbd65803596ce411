"""Files that hold one task a line, or the same from standard input."""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
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
def opened(file: str) -> Iterator[Iterator[tuple[int, bytes]]]:
    """The lines that are not blank, with their numbers, of this file or of what comes for ``-``.

    A line that is far too long comes cut. The mark with which Windows begins texts is left out.

    Raises:
        UsageError: It cannot be read, now or half-way.
    """
    if file == "-" and sys.stdin is not None:
        yield _numbered(sys.stdin.buffer, file)
        return
    try:
        source = Path(file).open("rb")  # noqa: SIM115 - closed below; here only opening may fail
    except OSError as error:
        raise UsageError(mark("cli.file_unreadable"), file) from error
    with source:
        yield _numbered(source, file)


def _numbered(source: BinaryIO, file: str) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := _part(source, file):
        number += 1
        rest = line
        while len(rest) == LONGEST and not rest.endswith(b"\n"):
            rest = _part(source, file)
        if number == 1:
            line = line.removeprefix(BOM_UTF8)
        if line.strip():
            yield number, line


def _part(source: BinaryIO, file: str) -> bytes:
    """The next part of a line, as long as a line may be."""
    try:
        return source.readline(LONGEST)
    except OSError as error:
        raise UsageError(mark("cli.file_unreadable"), file) from error
