"""The status strip: four answers, each a shape, a word and a colour, each a door to its detail."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from desktop.core.messages import mark, of_permit
from desktop.core.permit import PermitState, Severity
from desktop.core.status import Reach, Realm
from desktop.ui.icons import Icon
from desktop.ui.widgets.basics import button, label, set_property, with_role

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QResizeEvent

    from desktop.core.ports import Words
    from desktop.core.status import TerminalStatus
    from desktop.ui.face import Face
    from desktop.ui.wording import Wording


class Question(Enum):
    """What the strip answers."""

    CONNECTION = auto()
    WAITING = auto()
    PERMIT = auto()
    PRINTER = auto()


@dataclass(frozen=True, slots=True)
class Pill:
    """One answer.

    Attributes:
        icon: Its shape.
        text: Its words.
        short: The same where there is less room.
        severity: Its colour.
    """

    icon: Icon
    text: str
    short: str
    severity: Severity


def pills(status: TerminalStatus, wording: Wording, now: datetime) -> dict[Question, Pill]:
    """What the strip says about a terminal."""
    return {
        Question.CONNECTION: _connection(status, wording, now),
        Question.WAITING: _waiting(status, wording, now),
        Question.PERMIT: _permit(status, wording),
        Question.PRINTER: _printer(status, wording.words),
    }


def _connection(status: TerminalStatus, wording: Wording, now: datetime) -> Pill:
    words, connection = wording.words, status.connection
    if connection.reach is Reach.ONLINE:
        return Pill(
            Icon.ONLINE,
            words.translate("strip.online"),
            words.translate("strip.online.short"),
            Severity.GOOD,
        )
    if connection.reach is Reach.UNKNOWN or connection.since is None:
        return Pill(
            Icon.ONLINE,
            words.translate("strip.unknown"),
            words.translate("strip.unknown.short"),
            Severity.GOOD,
        )
    since = wording.moment(connection.since, now)
    return Pill(
        Icon.OFFLINE,
        words.translate("strip.offline", since=since),
        words.translate("strip.offline.short", since=since),
        Severity.WARN,
    )


def _waiting(status: TerminalStatus, wording: Wording, now: datetime) -> Pill:
    words, outbox = wording.words, status.outbox
    since = wording.moment(outbox.oldest_waiting_at or now, now)
    counts = {"parked": outbox.parked, "waiting": outbox.waiting}
    if outbox.parked and outbox.waiting:
        short = words.translate("strip.both.short", **counts)
        return Pill(Icon.PARKED, words.translate("strip.both", **counts), short, Severity.WARN)
    if outbox.parked:
        text = words.translate("strip.parked", count=outbox.parked)
        return Pill(Icon.PARKED, text, text, Severity.WARN)
    if not outbox.waiting:
        short = words.translate("strip.nothing_waits.short")
        return Pill(Icon.SENT, words.translate("strip.nothing_waits"), short, Severity.GOOD)
    text = (
        words.translate("strip.waiting.one", since=since)
        if outbox.waiting == 1
        else words.translate("strip.waiting", count=outbox.waiting, since=since)
    )
    offline = status.connection.reach is Reach.OFFLINE
    short = words.translate("strip.waiting.short", count=outbox.waiting)
    return Pill(Icon.WAITING, text, short, Severity.WARN if offline else Severity.GOOD)


def _permit(status: TerminalStatus, wording: Wording) -> Pill:
    words, permit = wording.words, status.permit
    severity = permit.rule.severity
    if permit.rule.may_sign and permit.until is not None:
        until = wording.short_day(permit.until)
        text, short = (
            words.translate("strip.permit", until=until),
            words.translate("strip.permit.short", until=until),
        )
        icon = Icon.PERMIT if severity is Severity.GOOD else Icon.WARN
        return Pill(icon, text, short, severity)
    if status.realm is Realm.TRAINING and permit.state is PermitState.NOT_ENROLLED:
        text = words.translate("strip.preparing")
        return Pill(Icon.WAITING, text, text, Severity.WARN)
    message = of_permit(permit.state, permit.fault)
    icon = Icon.STOP if severity is Severity.STOP else Icon.WARN
    return Pill(icon, words.translate(message.title), words.translate("strip.blocked"), severity)


def _printer(status: TerminalStatus, words: Words) -> Pill:
    if not status.printer_set_up:
        return Pill(
            Icon.PRINTER,
            words.translate("strip.no_printer"),
            words.translate("strip.no_printer.short"),
            Severity.GOOD,
        )
    if status.printer_fault is not None:
        short = words.translate("strip.printer_fails.short")
        return Pill(Icon.WARN, words.translate("strip.printer_fails"), short, Severity.WARN)
    return Pill(
        Icon.PRINTER,
        words.translate("strip.printer"),
        words.translate("strip.printer.short"),
        Severity.GOOD,
    )


_NAMES = {
    Question.CONNECTION: mark("strip.name.connection"),
    Question.WAITING: mark("strip.name.waiting"),
    Question.PERMIT: mark("strip.name.permit"),
    Question.PRINTER: mark("strip.name.printer"),
}


class Strip(QFrame):
    """Shows the pills.

    Signals:
        asked: A person wants to know more about a Question.
    """

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        with_role(self, "strip")
        self.buttons: dict[Question, QPushButton] = {}
        self.today = label("quiet")
        self._pills: dict[Question, Pill] = {}
        layout = self._layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 16, 6)
        layout.setSpacing(8)
        for question in Question:
            pill = button("pill")
            pill.setIconSize(QSize(18, 18))
            pill.clicked.connect(lambda _=False, q=question: self.asked.emit(q))
            self.buttons[question] = pill
            layout.addWidget(pill)
        layout.addStretch(1)
        layout.addWidget(self.today)

    def show_status(
        self, status: TerminalStatus, face: Face, wording: Wording, now: datetime
    ) -> None:
        """Say how the terminal stands."""
        colours = {
            Severity.GOOD: face.tokens.good,
            Severity.WARN: face.tokens.warn,
            Severity.STOP: face.tokens.stop,
        }
        self._pills = pills(status, wording, now)
        for question, pill in self._pills.items():
            shown = self.buttons[question]
            shown.setIcon(face.icon(pill.icon, colours[pill.severity], 18))
            shown.setAccessibleName(f"{face.say(_NAMES[question])}: {pill.text}")
            shown.setToolTip(pill.text)
            set_property(shown, "tone", pill.severity.value)
        self.today.setText(face.words.translate("strip.today", count=status.issued_today))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Say it shorter where there is less room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Full sentences if all of them fit; else what is fine is said shorter, then all of it."""
        quiet = {q for q, pill in self._pills.items() if pill.severity is Severity.GOOD}
        steps: tuple[set[Question], ...] = (set(), quiet, set(self._pills))
        for shortened in steps:
            for question, pill in self._pills.items():
                self.buttons[question].setText(pill.short if question in shortened else pill.text)
            if self._wanted() <= self.width():
                return

    def _wanted(self) -> int:
        parts = [*self.buttons.values(), self.today]
        room = sum(part.sizeHint().width() + self._layout.spacing() for part in parts)
        margins = self._layout.contentsMargins()
        return room + margins.left() + margins.right()
