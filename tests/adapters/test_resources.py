"""The same files are found from the source tree, installed, and frozen."""

from __future__ import annotations

import compileall
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.adapters import resources
from desktop.adapters.profile import load_profile, profile_names
from desktop.adapters.valuesets import load_value_sets
from desktop.core.errors import ErrorCode, SetupError

ROOT = Path(__file__).resolve().parents[2]
NAME = "profiles/de.toml"

READER = f"""
import sys
from desktop.adapters import resources
print(resources.root())
sys.stdout.write(resources.read_text({NAME!r}))
"""


def read_in(folder: Path) -> tuple[Path, str]:
    """Where a program in this folder finds its resources, and what it reads there."""
    # Without site, or a development install of this very program would answer instead.
    command = [
        sys.executable,
        "-P",
        "-S",
        "-c",
        f"import sys; sys.path[:0] = [{str(folder)!r}]\n{READER}",
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    place, _, text = done.stdout.partition("\n")
    return Path(place), text


def copy_program(into: Path) -> None:
    kept_out = shutil.ignore_patterns("__pycache__", "resources")
    shutil.copytree(ROOT / "desktop", into / "desktop", ignore=kept_out)


def copy_resources(into: Path) -> None:
    for name in ("__init__.py", NAME):
        into.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "resources" / name, into / name)


EXPECTED = (ROOT / "resources" / NAME).read_text(encoding="utf-8")


def test_from_the_source_tree(tmp_path):
    copy_program(tmp_path)
    copy_resources(tmp_path / "resources")
    assert read_in(tmp_path) == (tmp_path / "resources", EXPECTED)


def test_installed(tmp_path):
    copy_program(tmp_path)
    copy_resources(tmp_path / "desktop" / "resources")
    assert read_in(tmp_path) == (tmp_path / "desktop" / "resources", EXPECTED)


def test_frozen_with_compiled_modules_and_no_sources(tmp_path):
    copy_program(tmp_path)
    copy_resources(tmp_path / "desktop" / "resources")
    compileall.compile_dir(tmp_path / "desktop", quiet=1, legacy=True)
    for source in tmp_path.rglob("*.py"):
        source.unlink()
    assert read_in(tmp_path) == (tmp_path / "desktop" / "resources", EXPECTED)


def test_frozen_where_the_package_of_resources_is_only_data(tmp_path):
    """PyInstaller keeps modules in an archive; their folder holds nothing but the data."""
    copy_program(tmp_path)
    copy_resources(tmp_path / "desktop" / "resources")
    (tmp_path / "desktop" / "resources" / "__init__.py").unlink()
    assert read_in(tmp_path)[1] == EXPECTED


def test_a_program_without_resources_says_so(tmp_path):
    copy_program(tmp_path)
    with pytest.raises(subprocess.CalledProcessError) as caught:
        read_in(tmp_path)
    assert "FileNotFoundError" in caught.value.stderr


def test_a_resource_that_is_not_there_is_missed():
    with pytest.raises(FileNotFoundError):
        resources.read_bytes("profiles/nowhere.toml")


def test_bytes_text_and_path_are_the_same_file():
    assert resources.read_bytes(NAME) == resources.path(NAME).read_bytes()
    assert resources.read_text(NAME).encode() == resources.read_bytes(NAME)


def test_every_profile_is_complete_and_offers_active_products():
    value_sets = load_value_sets()
    assert "de" in profile_names()
    for name in profile_names():
        profile = load_profile(name)
        assert profile.name == name
        assert profile.validity_days > 0
        assert len(profile.issuer_name) <= 80
        assert {"de", "en"} >= set(profile.paper_languages) > set()
        assert profile.products
        for product in profile.products:
            assert value_sets.products[product.code].active, product.code
            assert all(len(pack) in (8, 14) and pack.isdigit() for pack in product.packs)


@pytest.mark.parametrize("name", ["", "xx", "../valuesets/products", "de.toml"])
def test_an_unknown_profile_is_named_as_that(name):
    with pytest.raises(SetupError) as caught:
        load_profile(name)
    assert caught.value.code is ErrorCode.PROFILE_UNKNOWN
