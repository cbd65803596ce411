"""What holds for every test: nothing leaks, nothing is said that was not expected."""

from __future__ import annotations

import logging
import threading

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "tresen", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("tresen")


@pytest.fixture(autouse=True)
def _no_leaked_threads():
    """A test that leaves a thread running fails, and names it."""
    before = set(threading.enumerate())
    yield
    leaked = [t for t in threading.enumerate() if t not in before and t.is_alive()]
    for thread in leaked:
        thread.join(timeout=5)
    names = [t.name for t in leaked if t.is_alive()]
    assert not names, f"threads left running: {names}"


@pytest.fixture(autouse=True)
def _no_unexpected_log(caplog, request):
    """A warning or worse in the log fails the test unless it is marked as expected."""
    yield
    if request.node.get_closest_marker("expects_log"):
        return
    said = [
        record.getMessage()
        for when in ("setup", "call")
        for record in caplog.get_records(when)
        if record.levelno >= logging.WARNING and record.name.startswith("desktop")
    ]
    assert not said, f"unexpected log lines: {said}"
