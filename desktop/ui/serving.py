"""Serving one customer after the other: from an empty form to the code on screen.

A :class:`Serving` takes commands (a key stroke, a scan, F12) and publishes a :class:`Scene`; the
pages show it. Nothing of a certificate is in a scene before its commit has returned.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from desktop.core.issuance import Issuance
from desktop.core.messages import mark
from desktop.core.outbox import OutboxState
from desktop.core.scan.classify import CertificateScan, classify
from desktop.ui.counter import Entry
from desktop.ui.notices import Action, of_failure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.core.form import Field, Problem
    from desktop.core.issuance import HistoryLine
    from desktop.services.reading import ReadResult
    from desktop.services.terminal import Terminal
    from desktop.ui.lanes import Failure, Lanes
    from desktop.ui.notices import Notices

_KEY: Final = "issue"
_LOOK_BACK: Final = 50


class Phase(Enum):
    """Where we are with the customer."""

    FILLING = auto()
    ISSUING = auto()
    SHOWING = auto()


class Why(Enum):
    """Why a certificate is on screen."""

    ISSUED = auto()
    RECOVERED = auto()
    """It was committed, and the program ended before anybody saw it."""
    AGAIN = auto()
    """Somebody asked for it in the history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanAnswer:
    """The one sentence that answers a scan.

    Attributes:
        message: Id of the sentence.
        values: For its placeholders.
        changed: Fields that the scan filled.
        ignored: It was not used.
    """

    message: str
    values: Mapping[str, str] = field(default_factory=dict)
    changed: frozenset[Field] = frozenset()
    ignored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """A certificate on screen.

    Attributes:
        issuance: The certificate; committed.
        why: Why it is there.
        state: Where its event stands.
        differs: The form had been changed after an earlier try had already been committed.
    """

    issuance: Issuance
    why: Why
    state: OutboxState = OutboxState.PENDING
    differs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """All that the counter's two pages show.

    Attributes:
        phase: Where we are with the customer.
        entry: What has been entered.
        problems: What is wrong with it, in the order of the fields.
        answer: What the last scan did, until a key is pressed.
        showing: The certificate on screen.
    """

    phase: Phase
    entry: Entry
    problems: tuple[Problem, ...] = ()
    answer: ScanAnswer | None = None
    showing: Showing | None = None


class Serving(QObject):
    """Serves.

    Signals:
        changed: There is another Scene.
        begun: An empty form is on screen: its first field wants the keyboard.
        refused: F12 was pressed and something is wrong: the first such field wants the keyboard.
        answered: A scan was answered.
        issued: A certificate was committed.
    """

    changed = Signal(object)
    begun = Signal()
    refused = Signal()
    answered = Signal()
    issued = Signal()

    def __init__(self, terminal: Terminal, lanes: Lanes, notices: Notices) -> None:
        super().__init__()
        self._terminal = terminal
        self._lanes = lanes
        self._notices = notices
        self._scans: deque[str] = deque()
        self._reading = False
        self._asked = False
        self.scene = self._empty()

    def start(self) -> None:
        """Begin, with the certificate that nobody has seen, if there is one."""
        self.changed.emit(self.scene)
        self.begun.emit()
        self._look_for_unseen()

    def typed(self, name: Field, text: str) -> None:
        """A person changed a field."""
        self._enter(self.scene.entry.typed(name, text))

    def restore(self, entry: Entry) -> None:
        """Back to what stood there before a scanner typed into it."""
        self._enter(entry)

    def left(self, name: Field) -> None:
        """A person left a field."""
        if self.scene.phase is Phase.FILLING:
            self._publish(replace(self.scene, entry=self.scene.entry.left(name)))

    def confirm_record(self, *, seen: bool) -> None:
        """A person says whether they have seen the record behind an unchecked certificate."""
        self._enter(self.scene.entry.confirmed(seen=seen))

    def undo(self) -> None:
        """One step back."""
        self._enter(self.scene.entry.undone())

    def start_over(self) -> None:
        """An empty form; from a certificate of the history back to the form as it was."""
        if self.scene.phase is Phase.FILLING:
            blank = self.scene.entry.is_blank
            entry = self.scene.entry.started_over(self._terminal.issuing.begin())
            answer = None if blank else ScanAnswer(message=mark("issue.started_over"))
            self._publish(self._checked(entry, answer))
            self.begun.emit()
        elif self.scene.showing is not None and self.scene.showing.why is Why.AGAIN:
            self.next_customer()

    def scanned(self, text: str) -> None:
        """A scan arrived, whatever is on screen."""
        showing = self.scene.showing
        if self.scene.phase is Phase.ISSUING:
            self._say(ScanAnswer(message=mark("issue.scan_while_issuing"), ignored=True))
            return
        if showing is not None:
            if _is_code_of(text, showing.issuance):
                self._say(ScanAnswer(message=mark("result.scanned_back")))
                return
            self.next_customer()
        self._scans.append(text)
        self._read_next()

    def issue(self) -> None:
        """Certify what the form says, if nothing is wrong with it; once, however often asked.

        While scans are still being read it waits for what they say.
        """
        if self.scene.phase is not Phase.FILLING:
            return
        if self._reading:
            self._asked = True
            return
        scene = self._checked(self.scene.entry.asked(), None)
        if scene.problems:
            self._publish(scene)
            self.refused.emit()
            return
        self._notices.withdraw(_KEY)
        self._publish(replace(scene, phase=Phase.ISSUING))
        form, issuing = scene.entry.form, self._terminal.issuing
        self._lanes.store.run(lambda: issuing.issue(form), self._issued, self._failed)

    def painted(self, hc1: str) -> None:
        """The code of this text was on screen for the first time."""
        showing = self.scene.showing
        if showing is None or showing.issuance.hc1 != hc1:
            return
        issuance, issuing = showing.issuance, self._terminal.issuing
        self._lanes.store.run(lambda: issuing.shown(issuance), _nothing, self._failed)

    def show_again(self, issuance: Issuance) -> None:
        """Show a certificate of the history; the form waits."""
        if self.scene.phase is not Phase.ISSUING:
            self._show(Showing(issuance=issuance, why=Why.AGAIN))

    def next_customer(self) -> None:
        """Away with the code: an empty form, or the one that waited."""
        showing = self.scene.showing
        if showing is None:
            return
        self._publish(self._checked(self.scene.entry, None))
        self.begun.emit()
        if showing.why is Why.RECOVERED:
            self._look_for_unseen()

    def follow(self) -> None:
        """The centre may have spoken: look where the event on screen stands."""
        if self.scene.showing is None:
            return
        listing = self._terminal.listing
        self._lanes.store.run(lambda: listing.history(_LOOK_BACK), self._followed, _ignore)

    def _empty(self) -> Scene:
        return self._checked(Entry(form=self._terminal.issuing.begin()), None)

    def _look_for_unseen(self) -> None:
        issuing = self._terminal.issuing
        self._lanes.store.run(issuing.never_shown, self._unseen, self._failed)

    def _unseen(self, issuance: Issuance | None) -> None:
        if issuance is not None and self.scene.phase is Phase.FILLING:
            self._show(Showing(issuance=issuance, why=Why.RECOVERED))

    def _enter(self, entry: Entry) -> None:
        if self.scene.phase is Phase.FILLING and entry is not self.scene.entry:
            self._publish(self._checked(entry, None))

    def _say(self, answer: ScanAnswer) -> None:
        self._publish(replace(self.scene, answer=answer))
        self.answered.emit()

    def _read_next(self) -> None:
        """One scan after the other: each is read into the form that the one before has left."""
        if self._reading or not self._scans:
            return
        self._reading = True
        text, form = self._scans.popleft(), self.scene.entry.form
        reading = self._terminal.reading
        self._lanes.store.run(lambda: reading.read(text, form), self._read, self._unread)

    def _read(self, result: ReadResult) -> None:
        self._reading = False
        begun_anew = result.form.attempt_id != self.scene.entry.form.attempt_id
        if self.scene.phase is Phase.FILLING and not begun_anew:
            self._take(result)
            self._asked = self._asked and not result.ignored
        self._after_scan()

    def _unread(self, failure: Failure) -> None:
        self._reading = self._asked = False
        self._failed(failure)
        self._after_scan()

    def _after_scan(self) -> None:
        if self._scans:
            self._read_next()
        elif self._asked:
            self._asked = False
            self.issue()

    def _take(self, result: ReadResult) -> None:
        answer = ScanAnswer(
            message=result.message,
            values=result.values,
            changed=result.changed,
            ignored=result.ignored,
        )
        entry = self.scene.entry.scanned(result.form, result.changed)
        self._publish(self._checked(entry, answer))
        self.answered.emit()

    def _issued(self, result: Issuance | tuple[Problem, ...]) -> None:
        if not isinstance(result, Issuance):
            self._publish(replace(self.scene, phase=Phase.FILLING, problems=result))
            self.refused.emit()
            return
        asked = self._terminal.issuing.check(self.scene.entry.form)
        differs = isinstance(asked, type(result.certificate)) and asked != result.certificate
        self.scene = self._empty()
        self._show(Showing(issuance=result, why=Why.ISSUED, differs=differs))
        self.issued.emit()

    def _show(self, showing: Showing) -> None:
        self._publish(replace(self.scene, phase=Phase.SHOWING, answer=None, showing=showing))
        self.follow()

    def _followed(self, lines: tuple[HistoryLine, ...]) -> None:
        showing = self.scene.showing
        if showing is None:
            return
        for line in lines:
            if line.event_id == showing.issuance.event_id and line.state is not showing.state:
                self._publish(replace(self.scene, showing=replace(showing, state=line.state)))

    def _failed(self, failure: Failure) -> None:
        if self.scene.phase is not Phase.ISSUING:
            self._notices.tell(of_failure(_KEY, failure))
            return
        self._publish(replace(self.scene, phase=Phase.FILLING))
        self._notices.tell(of_failure(_KEY, failure, Action(mark("action.retry"), self.issue)))

    def _checked(self, entry: Entry, answer: ScanAnswer | None) -> Scene:
        outcome = self._terminal.issuing.check(entry.form)
        problems = outcome if isinstance(outcome, tuple) else ()
        return Scene(phase=Phase.FILLING, entry=entry, problems=problems, answer=answer)

    def _publish(self, scene: Scene) -> None:
        if scene != self.scene:
            self.scene = scene
            self.changed.emit(scene)


def _is_code_of(text: str, issuance: Issuance) -> bool:
    scan = classify(text)
    return isinstance(scan, CertificateScan) and scan.text == issuance.hc1


def _nothing(_: object) -> None:
    """What was done needs no answer."""


def _ignore(_: Failure) -> None:
    """It is asked again after the next sync; nothing on screen depends on it."""
