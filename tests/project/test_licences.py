"""Nothing is shipped under terms that we did not choose."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COLLECT = ROOT / "installers" / "licences" / "collect.py"


def test_every_shipped_package_has_a_licence_on_the_list_and_its_text(tmp_path):
    target = tmp_path / "licences.json"
    subprocess.run([sys.executable, COLLECT, target], check=True, timeout=120)
    rows = json.loads(target.read_text(encoding="utf-8"))
    assert {"pyside6-essentials", "python-escpos", "cryptography"} <= {row["name"] for row in rows}
    assert [row["name"] for row in rows if not row["licence"] or not row["text"].strip()] == []


def test_a_licence_that_is_not_on_the_list_stops_the_build(tmp_path):
    collect = runpy.run_path(str(COLLECT))
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("pyinstaller==0 \\\n    --hash=sha256:00\n")  # GPL: fine as a tool only
    with pytest.raises(collect["ForeignLicenceError"], match="pyinstaller"):
        collect["collect"](requirements)
