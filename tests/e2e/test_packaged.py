"""The packaged program does its job on its own, and says nothing that was not expected."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from desktop import __version__
from tests.e2e.program import BUILT, Window, command
from tests.e2e.scenes import fill
from tests.e2e.test_counter import SECOND_DOSE

pytestmark = pytest.mark.packaged

CHECKS = 8


def run(*words: str, data: object) -> subprocess.CompletedProcess[str]:
    # Nothing of the source tree or its environment may help.
    bare = {"PATH": "/usr/bin:/bin", "HOME": str(data), "LANG": "C.UTF-8"}
    return subprocess.run(
        [*BUILT, *words],
        cwd="/",
        env=bare if os.name == "posix" else None,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_it_names_its_version(tmp_path):
    done = run("--version", data=tmp_path)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, f"tresen {__version__}", "")


def test_the_selftest_passes_with_both_code_writers_and_says_nothing_else(tmp_path):
    data = tmp_path / "data"
    done = run("selftest", "--training", "--data-dir", str(data), "--language", "en", data=tmp_path)
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert [line for line in lines if not line.startswith("ok ")] == []
    assert len(lines) == CHECKS
    assert any("zxing-cpp, qrcode" in line for line in lines)
    assert done.returncode == 0


def test_it_issues_and_verifies_what_it_issued(tmp_path):
    data = tmp_path / "data"
    issued = json.loads(command("issue", "-", data=data, given=SECOND_DOSE, program=BUILT))
    trust = tmp_path / "dsc.pem"
    trust.write_text(command("selftest", "--print-dsc", data=data, program=BUILT))
    answer = command(
        "verify", "-", "--trust", str(trust), data=data, given=issued["hc1"], program=BUILT
    )
    assert json.loads(answer)["valid"] is True


def test_its_page_is_written(tmp_path):
    data, out = tmp_path / "data", tmp_path / "out"
    command("issue", "-", "--pdf", str(out), data=data, given=SECOND_DOSE, program=BUILT)
    [page] = out.glob("*.pdf")
    assert page.read_bytes().startswith(b"%PDF-")


def test_its_window_issues_by_keyboard(display, stage):
    data = stage.terminal()
    with Window(display, data, program=BUILT) as window:
        fill(window)
        window.press("F12")
        assert window.code().startswith("HC1:")
        assert window.close() == 0
        said = window.log.read_text()
    assert said == ""


def test_about_lists_the_licences_of_what_is_inside():
    [file] = Path(BUILT[0]).parent.rglob("licences.json")
    rows = json.loads(file.read_text(encoding="utf-8"))
    assert {row["name"].lower() for row in rows} >= {"pyside6_essentials", "cryptography", "python"}
    assert [row["name"] for row in rows if not row["text"].strip()] == []
