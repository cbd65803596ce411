"""Where the published test data lie: beside the checkout, or where TRESEN_DATA says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[1]


def shared_data() -> Path | None:
    """The folder of published data, or None where it is absent."""
    named = os.environ.get("TRESEN_DATA")
    folder = Path(named) if named else _ROOT.parent / "shared" / "data"
    return folder if folder.is_dir() else None


def required(name: str) -> Path:
    """A file or folder of the published data; skips the test where it is absent."""
    folder = shared_data()
    if folder is None or not (folder / name).exists():
        pytest.skip(f"published data {name} not found beside the checkout or in TRESEN_DATA")
    return folder / name
