"""The desk for end-to-end tests; without a virtual display they are skipped, with the reason."""

from __future__ import annotations

import shutil

import pytest

from tests.e2e.display import VirtualDisplay
from tests.e2e.scenes import Stage


@pytest.fixture(scope="module")
def display():
    missing = [tool for tool in ("Xvfb", "openbox", "xdotool") if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"no virtual display: {', '.join(missing)} missing")
    with VirtualDisplay() as desk:
        yield desk


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    prepared = Stage(tmp_path_factory.mktemp("stage"))
    prepared.prepare()
    yield prepared
    prepared.centre.stop()
