"""An open terminal on screen: real services, words and value sets around fakes, all at hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.adapters import resources
from desktop.adapters.profile import load_profile
from desktop.adapters.valuesets import load_value_sets
from desktop.adapters.words import Catalogue
from desktop.core.settings import ReceiptPrinter, Settings
from desktop.core.status import Realm
from desktop.hcert import qr
from desktop.services.configuring import Configuring
from desktop.services.terminal import Surroundings, furnish
from desktop.ui.lanes import Lane, Lanes
from desktop.ui.outside import Outside
from desktop.ui.program import Program
from tests.builders import a_site
from tests.fakes.centre import FakeCentre
from tests.fakes.chance import SeededChance
from tests.fakes.clock import FixedClock
from tests.fakes.keys import FakeKeys
from tests.fakes.pages import FakePages
from tests.fakes.printer import FakePrinter
from tests.fakes.settings import FakeSettingsFile
from tests.fakes.store import FakeStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.core.errors import TerminalError
    from desktop.core.status import TerminalStatus
    from desktop.services.terminal import Terminal
    from desktop.ui.pages.history import HistoryPage
    from desktop.ui.pages.issue import IssuePage
    from desktop.ui.pages.result import ResultPage
    from desktop.ui.pages.settings import SettingsPage
    from desktop.ui.serving import Phase, Serving
    from desktop.ui.workplace import Workplace


class HandWorker:
    """A lane's worker that works when a test says so, on the test's own thread.

    ``eager`` workers do everything at once, which is what most tests want.
    """

    def __init__(self, *, eager: bool) -> None:
        self.eager = eager
        self.waiting: list[Callable[[], None]] = []
        self.closed = False

    def submit(self, work: Callable[[], None]) -> None:
        if self.eager:
            work()
        else:
            self.waiting.append(work)

    def stop(self) -> None:
        self.closed = True
        self.waiting.clear()

    def wait(self, seconds: float) -> bool:
        del seconds
        return True

    def step(self) -> None:
        """Do the next piece of work."""
        self.waiting.pop(0)()

    def run(self) -> None:
        """Do all there is, and what follows from it."""
        while self.waiting:
            self.step()


class Stage:
    """A terminal, its fakes, and the program on screen.

    Args:
        realm: Production or training.
        settings: What was chosen.
        keys: Its keys; enrolled ones unless told otherwise.
        printer: Whether a receipt printer is set up.
        set_up: Whether the terminal is set up at all.
        language: What the command line asked for.
        eager: Lanes that work at once; otherwise the test drives them by hand.
    """

    def __init__(  # noqa: PLR0913 - each argument is one thing that tests vary
        self,
        *,
        realm: Realm = Realm.PRODUCTION,
        settings: Settings | None = None,
        keys: FakeKeys | None = None,
        printer: bool = False,
        set_up: bool = True,
        language: str | None = None,
        eager: bool = True,
    ) -> None:
        chosen = settings or Settings()
        if printer:
            chosen = replace(chosen, printer=ReceiptPrinter(host="bondrucker"))
        self.realm = realm
        self.centre = FakeCentre()
        self.file = FakeSettingsFile(chosen)
        self.keys = keys or FakeKeys()
        if keys is None:
            self.keys.accept(self.centre.enrol(self.keys.request()))
        self.clock = FixedClock()
        self.chance = SeededChance()
        self.memory = FakeStore()
        self.paper = FakePrinter()
        self.pages = FakePages()
        self.published: list[TerminalStatus] = []
        self.written: list[tuple[Path, bytes]] = []
        self.write_fault: TerminalError | None = None
        self.assembly_fault: TerminalError | None = None
        self.bugs: list[BaseException] = []
        self.released = False
        self.is_set_up = set_up
        self.store = HandWorker(eager=eager)
        self.network = HandWorker(eager=eager)
        self.device = HandWorker(eager=eager)
        self.lanes = Lanes(
            *(Lane(worker, self._report) for worker in (self.store, self.network, self.device))
        )
        self.program = Program(
            outside=self._outside(),
            lanes=self.lanes,
            words=Catalogue("de"),
            settings=chosen,
            language=language,
        )

    def start(self) -> Stage:
        """Open the window."""
        self.program.start(self.realm)
        return self

    def close(self) -> None:
        """Close the window and give everything back."""
        self.program.frame.close()
        self.program.close(1.0)

    @property
    def workplace(self) -> Workplace:
        """The places of the open terminal."""
        assert self.program.workplace is not None
        return self.program.workplace

    @property
    def serving(self) -> Serving:
        return self.workplace.serving

    @property
    def phase(self) -> Phase:
        """Where the counter is with its customer, just now."""
        return self.serving.scene.phase

    @property
    def issue(self) -> IssuePage:
        return self.workplace.issue

    @property
    def result(self) -> ResultPage:
        return self.workplace.result

    @property
    def history(self) -> HistoryPage:
        return self.workplace.history

    @property
    def settings(self) -> SettingsPage:
        return self.workplace.settings

    def assemble(self, realm: Realm) -> Terminal:
        """The terminal: real services around the fakes."""
        if self.assembly_fault is not None:
            raise self.assembly_fault
        configuring = Configuring(self.file, self.file.load())
        return furnish(
            Surroundings(
                realm=realm,
                configuring=configuring,
                site=a_site(),
                profile=load_profile("de"),
                value_sets=load_value_sets(),
                words=Catalogue("de"),
                clock=self.clock,
                chance=self.chance,
                store=self.memory,
                keys=self.keys,
                centre=self.centre,
                printer=lambda: self.paper if configuring.settings.printer.host else None,
                pages=self.pages,
                writers={"zxing-cpp": qr.matrix},
                publish=self.published.append,
                release=self._release,
            )
        )

    def _outside(self) -> Outside:
        return Outside(
            read=resources.read_bytes,
            is_set_up=lambda _: self.is_set_up,
            assemble=self.assemble,
            set_up=self._set_up,
            write_page=self._write,
            profiles=("at", "de"),
        )

    def _set_up(self, settings: Settings) -> None:
        self.file.save(settings)
        self.is_set_up = True

    def _write(self, path: Path, content: bytes) -> None:
        if self.write_fault is not None:
            raise self.write_fault
        self.written.append((path, content))

    def _release(self) -> None:
        self.released = True

    def _report(self, error: BaseException) -> str:
        self.bugs.append(error)
        return f"{len(self.bugs):08}"
