"""Where work is done that may take time: three serial lanes beside the GUI thread.

A lane takes plain callables, does them one after the other on its worker, and gives each result
back on the GUI thread as a value or a :class:`Failure`. The worker is injected; tests drive it by
hand. Widgets never see a thread.
"""

from __future__ import annotations

import queue
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from desktop.core.errors import TerminalError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Worker(Protocol):
    """What does the work of a lane, one piece after the other."""

    def submit(self, work: Callable[[], None]) -> None:
        """Do this after everything that was submitted before; ``work`` never raises."""
        ...

    def stop(self) -> None:
        """Take no more work and drop what was not begun."""
        ...

    def wait(self, seconds: float) -> bool:
        """After ``stop``: wait for what was begun; whether the worker is idle for good."""
        ...


class ThreadWorker:
    """A worker with a thread of its own.

    The thread is a daemon: a printer that hangs for ever must not keep the program from ending.

    Args:
        name: The thread's name.
    """

    def __init__(self, name: str) -> None:
        self._queue: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[], None]) -> None:
        """Do this after everything that was submitted before."""
        self._queue.put(work)

    def stop(self) -> None:
        """Take no more work and drop what was not begun."""
        try:
            while True:
                self._queue.get_nowait()
        except queue.Empty:
            self._queue.put(None)

    def wait(self, seconds: float) -> bool:
        """After ``stop``: wait for what was begun; whether the worker is idle for good."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (work := self._queue.get()) is not None:
            work()


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a piece of work has no result.

    Attributes:
        error: The expected misfortune; None if the reason is a bug of ours.
        reference: For a bug: the number under which the log has the rest.
    """

    error: TerminalError | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class _Outcome:
    deliver: Callable[[], None]


class Lane(QObject):
    """A serial lane; lives on the GUI thread.

    Args:
        worker: Does the work.
        report: Writes an unexpected error into the log and names its reference number.
    """

    _done = Signal(object)

    def __init__(self, worker: Worker, report: Callable[[BaseException], str]) -> None:
        super().__init__()
        self._worker = worker
        self._report = report
        self._closed = False
        self._done.connect(self._deliver)

    def run(
        self,
        work: Callable[[], T],
        then: Callable[[T], Any],
        failed: Callable[[Failure], Any],
    ) -> None:
        """Do ``work`` on the lane; one of ``then`` and ``failed`` follows on the GUI thread.

        After :meth:`stop` neither follows.
        """
        if self._closed:
            return

        def perform() -> None:
            try:
                result = work()
            except TerminalError as error:
                failure = Failure(error)
            except BaseException as error:  # noqa: BLE001 - a bug of ours must reach the screen
                failure = Failure(reference=self._report(error))
            else:
                self._done.emit(_Outcome(lambda: then(result)))
                return
            self._done.emit(_Outcome(lambda: failed(failure)))

        self._worker.submit(perform)

    def stop(self) -> None:
        """Take no more work, drop what was not begun, deliver nothing any more."""
        self._closed = True
        self._worker.stop()

    def wait(self, seconds: float) -> bool:
        """After :meth:`stop`: wait for what was begun; whether the lane is idle for good."""
        return self._worker.wait(seconds)

    @Slot(object)
    def _deliver(self, outcome: _Outcome) -> None:
        if not self._closed:
            outcome.deliver()


@dataclass(frozen=True, slots=True)
class Lanes:
    """The three lanes of the terminal.

    Attributes:
        store: Everything that touches store and keys.
        network: Everything that talks to the centre.
        device: Everything that prints or writes files where a person chose.
    """

    store: Lane
    network: Lane
    device: Lane

    def close(self, deadline: float) -> bool:
        """End all lanes within so many seconds together; whether the store lane is idle for good.

        Only then the terminal may be given back: a printer that hangs is left alone.
        """
        end = time.monotonic() + deadline
        for lane in (self.network, self.device, self.store):
            lane.stop()
        idle = self.store.wait(deadline)
        for lane in (self.network, self.device):
            lane.wait(max(0.0, end - time.monotonic()))
        return idle


def threads(report: Callable[[BaseException], str]) -> Lanes:
    """Lanes with a thread each."""
    return Lanes(*(Lane(ThreadWorker(name), report) for name in ("store", "network", "device")))
