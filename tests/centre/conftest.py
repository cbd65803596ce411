"""Registers to test against: SQLite always, PostgreSQL where there is one."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from desktop.centre.enrolment import Enrolment
from desktop.centre.intake import Intake
from desktop.centre.register import Register
from tests.centre.postgresql import Cluster, cluster
from tests.fakes.clock import FixedClock
from tests.fakes.keys import FakeKeys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """A PostgreSQL server for this test run, or a skipped test."""
    with cluster() as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path) -> Path | str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        file: Path = tmp_path / "centre.db"
        return file
    found: Cluster = request.getfixturevalue("postgresql")
    return found.empty()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def register(database) -> Iterator[Register]:
    opened = Register(database)
    yield opened
    opened.close()


@pytest.fixture
def enrolment(register, clock) -> Enrolment:
    return Enrolment(register, name="CSCA-T TEST", now=clock.now)


@pytest.fixture
def intake(register, clock) -> Intake:
    return Intake(register, training=True, now=clock.now)


@pytest.fixture
def enrolled(enrolment) -> Callable[[], FakeKeys]:
    """Makes terminals that this centre knows, each with keys of its own."""

    def make() -> FakeKeys:
        keys = FakeKeys(next(_NUMBERS))
        keys.accept(enrolment.enrol(keys.request()))
        return keys

    return make
