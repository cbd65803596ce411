"""What tests of the screen share: a dressed application, stages that are closed, no lost timers."""

from __future__ import annotations

import gc
import os

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from desktop.cli.window import furnish
from tests.ui.keyboard import Keyboard
from tests.ui.stage import Stage

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def qapp_cls():
    return QApplication


@pytest.fixture(scope="session")
def dressed(qapp):
    furnish(qapp)
    return qapp


@pytest.fixture
def open_stage(dressed, qtbot):  # noqa: ARG001 - the application has to be dressed before
    """Opens terminals on screen: ``open_stage(printer=True)``; they are closed with the test."""
    stages: list[Stage] = []
    before = set(QApplication.topLevelWidgets())

    def open_one(*, start: bool = True, size: tuple[int, int] = (1366, 768), **how) -> Stage:
        stage = Stage(**how)
        stages.append(stage)
        if start:
            show(stage, qtbot, size)
        return stage

    yield open_one
    for stage in stages:
        if not stage.store.closed:
            stage.close()
        stage.program.frame.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [stage.bugs for stage in stages if stage.bugs] == []
    assert set(QApplication.topLevelWidgets()) <= before


def show(stage: Stage, qtbot, size: tuple[int, int] = (1366, 768)) -> Stage:
    """Start a stage and wait until its window can be used."""
    frame = stage.program.frame
    stage.start()
    frame.showNormal()
    frame.resize(*size)
    with qtbot.waitActive(frame):
        frame.activateWindow()
    QApplication.processEvents()  # a test may; the window itself never does
    return stage


@pytest.fixture
def stage(open_stage):
    """A terminal of production on screen, set up, with fakes around it."""
    return open_stage()


@pytest.fixture
def keyboard(stage):
    """The keyboard of its window."""
    return Keyboard(stage.program.frame.windowHandle())


@pytest.fixture(autouse=True)
def _no_timer_keeps_running(request):
    """A test that leaves a timer running fails."""
    yield
    if "qtbot" not in request.fixturenames:
        return
    running = [
        each
        for each in gc.get_objects()
        if isinstance(each, QTimer) and isValid(each) and each.isActive()
    ]
    names = [f"{type(each.parent()).__name__} {each.interval()} ms" for each in running]
    assert not names, f"timers left running: {names}"
