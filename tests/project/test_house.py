"""The house stands as planned: the top level, the size of files, nothing of one machine in it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from desktop.core.errors import ErrorCode

ROOT = Path(__file__).resolve().parents[2]
FIXED = {
    "desktop",
    "resources",
    "installers",
    "tests",
    "pyproject.toml",
    "build_spec.py",
    "README.md",
}
USUAL = {"Makefile", "CHANGELOG.md", "LICENSE", "SECURITY.md", ".ci", ".github", ".gitignore"}
USUAL |= {"requirements", "docs"}

LONGEST_FILE = 400


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file()]


def test_the_top_level_is_the_one_that_the_plan_fixes():
    names = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert names >= FIXED
    assert names <= FIXED | USUAL


def test_no_module_is_so_long_that_two_things_must_live_in_it():
    modules = [path for path in tracked() if path.suffix == ".py"]
    lengths = {
        str(p.relative_to(ROOT)): len(p.read_text(encoding="utf-8").splitlines()) for p in modules
    }
    assert {name: n for name, n in lengths.items() if n > LONGEST_FILE} == {}


def test_no_file_names_a_package_index():
    host = re.compile(r"--index-url|--extra-index-url|--find-links\s|https?://[^\s\"')]*/simple\b")
    texts = [p for p in tracked() if p.suffix in {".txt", ".toml", ".py", ".sh", ".yml", ".in"}]
    told = [
        str(p.relative_to(ROOT))
        for p in texts
        if p != Path(__file__) and host.search(p.read_text(encoding="utf-8"))
    ]
    assert told == []


def test_the_readme_lists_every_error_code():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [code for code in ErrorCode if f"`{code}`" not in readme] == []
