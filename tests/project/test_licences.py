"""Nothing is shipped under terms that we did not choose."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


collect = runpy.run_path(str(ROOT / "installers" / "licences" / "collect.py"))


def test_every_shipped_package_has_a_licence_on_the_list_and_its_text(tmp_path):
    target = tmp_path / "licences.json"
    names = collect["pinned"](ROOT / "requirements" / "run.txt")
    collect["write"](target, collect["collect"](names))
    rows = json.loads(target.read_text(encoding="utf-8"))
    assert {row["name"] for row in rows} >= {"pyside6-essentials", "python-escpos", "cryptography"}
    assert [row["name"] for row in rows if not row["licence"] or not row["text"].strip()] == []


def test_a_licence_that_is_not_on_the_list_stops_the_build():
    # GPL: fine as a tool of ours, not inside the program
    with pytest.raises(collect["ForeignLicenceError"], match="pyinstaller"):
        collect["collect"](["pyinstaller"])
