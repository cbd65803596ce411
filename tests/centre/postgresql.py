"""A PostgreSQL server for tests: the one in ``TRESEN_POSTGRESQL``, or one that we start."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import secrets
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy

if TYPE_CHECKING:
    from collections.abc import Iterator

VARIABLE = "TRESEN_POSTGRESQL"
"""URL of a server where tests may make and drop databases: ``postgresql+psycopg://…``."""

_SETTINGS = "-c fsync=off -c listen_addresses='' -c unix_socket_directories={folder}"


@dataclass(frozen=True)
class Cluster:
    """A server that makes databases."""

    url: str

    def empty(self) -> str:
        """The URL of a new, empty database."""
        name = f"tresen_{secrets.token_hex(8)}"
        engine = sqlalchemy.create_engine(self.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        engine.dispose()
        parsed = sqlalchemy.make_url(self.url).set(database=name)
        return parsed.render_as_string(hide_password=False)


@contextlib.contextmanager
def cluster() -> Iterator[Cluster]:
    """A server while the block runs; skips the test where there is none to be had."""
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("psycopg, the driver of PostgreSQL, is not installed")
    if given := os.environ.get(VARIABLE):
        yield Cluster(given)
        return
    tools = _tools()
    # not below pytest's own folder: nobody but its owner gets in there
    with tempfile.TemporaryDirectory(prefix="tresen-pg-") as name:
        folder = Path(name)
        runner = _unprivileged(folder)
        _run(runner, tools / "initdb", "-D", folder / "data", "-A", "trust", "-U", "tresen", "-N")
        control = (tools / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log")
        _run(runner, *control, "-o", _SETTINGS.format(folder=folder), "start")
        try:
            yield Cluster(f"postgresql+psycopg://tresen@/postgres?host={folder}")
        finally:
            _run(runner, *control, "-m", "immediate", "stop")


def _tools() -> Path:
    """Where PostgreSQL's programs lie; Debian keeps them out of the path."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not folders:
        pytest.skip(f"no PostgreSQL server found, and {VARIABLE} names none")
    return folders[-1]


def _unprivileged(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: then it runs as nobody, in a folder that is nobody's."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("PostgreSQL does not run as root, and setpriv is not there to change that")
    nobody = 65534
    os.chown(folder, nobody, nobody)
    return [setpriv, f"--reuid={nobody}", f"--regid={nobody}", "--clear-groups"]


def _run(runner: list[str], *command: object) -> None:
    subprocess.run(
        [*runner, *map(str, command)],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=60,
    )
