"""One worker from its first line to its end."""

from __future__ import annotations

import socket
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.centre.processes import command, running


def run(*options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*options),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_the_first_line_is_the_address_and_it_listens_there(tmp_path):
    with running("--data-dir", tmp_path) as centre:
        assert centre.url.startswith("http://127.0.0.1:")
        assert httpx.get(f"{centre.url}/v1/health", trust_env=False).status_code == 200


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other access rights")
def test_nobody_else_can_read_the_register(tmp_path):
    with running("--data-dir", tmp_path / "new"):
        mode = (tmp_path / "new" / "centre.db").stat().st_mode

    assert stat.S_IMODE(mode) == 0o600


def test_the_database_can_lie_elsewhere(tmp_path):
    with running("--data-dir", tmp_path / "data", "--database", f"sqlite:///{tmp_path}/other.db"):
        pass

    assert (tmp_path / "other.db").exists()
    assert not (tmp_path / "data" / "centre.db").exists()


def test_any_name_of_the_data_folder_is_a_name(tmp_path):
    folder = tmp_path / "Löwen 100%? #1"
    with running("--data-dir", folder) as centre:
        assert httpx.get(f"{centre.url}/v1/health", trust_env=False).status_code == 200

    assert (folder / "centre.db").exists()


def test_a_port_that_is_taken_is_one_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        ended = run("--data-dir", tmp_path, "--port", port, "--language", "de")

    assert ended.returncode == 69
    assert ended.stdout == ""
    assert ended.stderr == (
        f"tresen: Anschluss {port} ist auf diesem Rechner nicht frei. "
        "Bitte mit --port einen anderen wählen.\n"
    )


@pytest.mark.parametrize(
    "database",
    [
        "sqlite:////nowhere/at/all/centre.db",
        "",
        "nodb://",
        "nodb://host:port/name",
        "sqlite:///file:nowhere?uri=true&mode=ro&frob=1",
        "postgresql+nodriver://localhost/centre",
    ],
)
def test_a_database_that_cannot_be_opened_is_one_sentence(tmp_path, database):
    ended = run("--data-dir", tmp_path, "--database", database, "--language", "en")

    assert ended.returncode == 69
    assert ended.stderr == (
        "tresen: The database cannot be opened. Please check its address and the access rights.\n"
    )


def test_a_database_without_its_driver_is_another_sentence(tmp_path):
    # a driver that exists and that nobody here has installed
    ended = run("--data-dir", tmp_path, "--database", "oracle://nowhere/x", "--language", "en")

    assert ended.returncode == 69
    assert ended.stderr.startswith("tresen: The driver for this database is not installed.")


@pytest.mark.parametrize("database", ["sqlite://", "sqlite:///:memory:"])
def test_what_is_taken_is_never_kept_in_memory_only(tmp_path, database):
    assert run("--data-dir", tmp_path, "--port", 0, "--database", database).returncode == 69


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("where the folder should be")

    ended = run("--data-dir", tmp_path / "file", "--language", "en")

    assert ended.returncode == 73
    assert ended.stderr.startswith("tresen: The file cannot be saved here")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_an_address_that_nobody_can_be_told_is_no_fault_of_the_port(tmp_path):
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            command("--data-dir", tmp_path, "--port", 0, "--language", "en"),
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )

    assert ended.returncode == 73
    assert "port" not in ended.stderr.lower()


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path):
    (tmp_path / "centre.db").write_text("somebody's letter")

    ended = run("--data-dir", tmp_path)

    assert ended.returncode == 69
    assert (tmp_path / "centre.db").read_text() == "somebody's letter"


@pytest.mark.parametrize("port", ["65536", "http"])
def test_a_port_that_is_none_is_a_wrong_call(tmp_path, port):
    assert run("--data-dir", tmp_path, f"--port={port}").returncode == 2


def test_what_was_taken_is_there_after_a_new_start(tmp_path):
    for _ in range(2):
        with running("--training", "--data-dir", tmp_path):
            pass

    with sqlite3.connect(tmp_path / "centre.db") as connection:
        assert connection.execute("SELECT count(*) FROM authority").fetchone() == (1,)
    connection.close()
