from __future__ import annotations

import threading

import pytest

from desktop.core.errors import ErrorCode, StoreError
from desktop.ui.lanes import Failure, Lane, Lanes, ThreadWorker, threads
from tests.ui.stage import HandWorker

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def reports():
    return []


@pytest.fixture
def lane(reports):
    def report(error: BaseException) -> str:
        reports.append(error)
        return "4711"

    made = Lane(ThreadWorker("test"), report)
    yield made
    made.stop()
    assert made.wait(5)


class Desk:
    """Keeps what came back, and on which thread."""

    def __init__(self) -> None:
        self.values: list[object] = []
        self.failures: list[Failure] = []
        self.here = threading.get_ident()
        self.strange = 0

    def then(self, value: object) -> None:
        self.strange += threading.get_ident() != self.here
        self.values.append(value)

    def failed(self, failure: Failure) -> None:
        self.strange += threading.get_ident() != self.here
        self.failures.append(failure)


class Hanging:
    """Work that does not end until a test says so."""

    def __init__(self) -> None:
        self.begun, self.ends = threading.Event(), threading.Event()

    def __call__(self) -> None:
        self.begun.set()
        self.ends.wait(60)


def fail_with(error: BaseException):
    def work() -> None:
        raise error

    return work


def test_a_result_comes_back_as_a_value_on_the_gui_thread(lane, qtbot):
    desk = Desk()
    lane.run(threading.get_ident, desk.then, desk.failed)
    qtbot.waitUntil(lambda: bool(desk.values))
    assert desk.values != [threading.get_ident()]
    assert desk.strange == 0


def test_a_misfortune_comes_back_as_a_value_too(lane, qtbot):
    desk, error = Desk(), StoreError(ErrorCode.STORE_FULL)
    lane.run(fail_with(error), desk.then, desk.failed)
    qtbot.waitUntil(lambda: bool(desk.failures))
    assert desk.failures == [Failure(error)]
    assert desk.strange == 0


def test_a_bug_of_ours_comes_back_as_a_reference_number_and_is_reported(lane, reports, qtbot):
    desk, error = Desk(), ZeroDivisionError("Erika Müstermann")
    lane.run(fail_with(error), desk.then, desk.failed)
    qtbot.waitUntil(lambda: bool(desk.failures))
    assert desk.failures == [Failure(reference="4711")]
    assert reports == [error]


def test_work_is_done_one_after_the_other_in_order(lane, qtbot):
    desk, log = Desk(), []
    for number in range(20):
        lane.run(lambda n=number: log.append(n), desk.then, desk.failed)
    qtbot.waitUntil(lambda: len(desk.values) == 20)
    assert log == list(range(20))


def test_nothing_comes_back_after_the_end():
    worker, desk = HandWorker(eager=False), Desk()
    lane = Lane(worker, str)
    lane.run(lambda: 1, desk.then, desk.failed)
    work = worker.waiting[0]
    lane.stop()
    work()
    lane.run(lambda: 2, desk.then, desk.failed)
    assert desk.values == []
    assert worker.waiting == []


def test_ending_waits_for_what_was_begun_and_drops_the_rest():
    worker, first, log = ThreadWorker("test"), Hanging(), []
    worker.submit(first)
    worker.submit(lambda: log.append("second"))
    first.begun.wait(5)
    worker.stop()
    assert not worker.wait(0)
    first.ends.set()
    assert worker.wait(5)
    assert log == []


def test_a_printer_that_hangs_for_ever_does_not_keep_the_program_from_ending():
    lanes, hangs = threads(str), Hanging()
    lanes.device.run(hangs, lambda _: None, lambda _: None)
    hangs.begun.wait(5)
    assert lanes.close(0.2)
    hangs.ends.set()


def test_a_store_that_hangs_is_told_so_that_nobody_closes_it():
    lanes, hangs = threads(str), Hanging()
    lanes.store.run(hangs, lambda _: None, lambda _: None)
    hangs.begun.wait(5)
    assert not lanes.close(0.1)
    hangs.ends.set()


def test_tests_drive_a_lane_by_hand():
    worker, desk = HandWorker(eager=False), Desk()
    lane = Lane(worker, str)
    lane.run(lambda: 1, desk.then, desk.failed)
    assert desk.values == []
    worker.run()
    assert desk.values == [1]


def test_the_three_lanes_are_three_workers():
    lanes = threads(str)
    assert isinstance(lanes, Lanes)
    names = {each.name for each in threading.enumerate()}
    assert {"store", "network", "device"} <= names
    assert lanes.close(5)
