from __future__ import annotations

import shutil

import pytest

from tests.cli.program import Desk


@pytest.fixture(scope="session")
def enrolled(tmp_path_factory):
    """A terminal that the training centre has certified; only to be copied."""
    data = tmp_path_factory.mktemp("enrolled") / "terminal"
    done = Desk(data).run("selftest")
    assert done.code == 0, done
    return data


@pytest.fixture
def desk(enrolled, tmp_path):
    """A fresh copy of an enrolled terminal."""
    data = tmp_path / "terminal"
    shutil.copytree(enrolled, data)
    return Desk(data)
