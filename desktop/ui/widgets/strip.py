"""The status strip: four answers, each a shape, a word and a colour, each a door to its detail."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from desktop.core.messages import mark, of_permit
from desktop.core.permit import Severity
from desktop.core.status import Reach
from desktop.ui.icons import Icon
from desktop.ui.widgets.basics import button, label, set_property, with_role

if TYPE_CHECKING:
    from datetime import datetime

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
        severity: Its colour.
    """

    icon: Icon
    text: str
    severity: Severity


def pills(status: TerminalStatus, wording: Wording, now: datetime) -> dict[Question, Pill]:
    """What the strip says about a terminal."""
    return {
        Question.CONNECTION: _connection(status, wording, now),
        Question.WAITING: _waiting(status, wording, now),
        Question.PERMIT: _permit(status, wording),
        Question.PRINTER: _printer(status, wording),
    }


def _connection(status: TerminalStatus, wording: Wording, now: datetime) -> Pill:
    words, connection = wording.words, status.connection
    if connection.reach is Reach.ONLINE:
        return Pill(Icon.ONLINE, words.translate("strip.online"), Severity.GOOD)
    if connection.reach is Reach.UNKNOWN or connection.since is None:
        return Pill(Icon.ONLINE, words.translate("strip.unknown"), Severity.GOOD)
    since = wording.moment(connection.since, now)
    return Pill(Icon.OFFLINE, words.translate("strip.offline", since=since), Severity.WARN)


def _waiting(status: TerminalStatus, wording: Wording, now: datetime) -> Pill:
    words, outbox = wording.words, status.outbox
    if outbox.parked:
        text = words.translate("strip.parked", count=outbox.parked)
        return Pill(Icon.PARKED, text, Severity.WARN)
    if not outbox.waiting:
        return Pill(Icon.SENT, words.translate("strip.nothing_waits"), Severity.GOOD)
    oldest = outbox.oldest_waiting_at or now
    since = wording.moment(oldest, now)
    text = words.translate("strip.waiting", count=outbox.waiting, since=since)
    offline = status.connection.reach is Reach.OFFLINE
    return Pill(Icon.WAITING, text, Severity.WARN if offline else Severity.GOOD)


def _permit(status: TerminalStatus, wording: Wording) -> Pill:
    permit = status.permit
    severity = permit.rule.severity
    if permit.rule.may_sign and permit.until is not None:
        text = wording.words.translate("strip.permit", until=wording.short_day(permit.until))
        icon = Icon.PERMIT if severity is Severity.GOOD else Icon.WARN
        return Pill(icon, text, severity)
    message = of_permit(permit.state, permit.fault)
    icon = Icon.STOP if severity is Severity.STOP else Icon.WARN
    return Pill(icon, wording.words.translate(message.title), severity)


def _printer(status: TerminalStatus, wording: Wording) -> Pill:
    if not status.printer_set_up:
        text = wording.words.translate("strip.no_printer")
        return Pill(Icon.PRINTER, text, Severity.GOOD)
    if status.printer_fault is not None:
        return Pill(Icon.WARN, wording.words.translate("strip.printer_fails"), Severity.WARN)
    return Pill(Icon.PRINTER, wording.words.translate("strip.printer"), Severity.GOOD)


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
        layout = QHBoxLayout(self)
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
        for question, pill in pills(status, wording, now).items():
            shown = self.buttons[question]
            shown.setText(pill.text)
            shown.setIcon(face.icon(pill.icon, colours[pill.severity], 18))
            shown.setAccessibleName(f"{face.say(_NAMES[question])}: {pill.text}")
            set_property(shown, "tone", pill.severity.value)
        self.today.setText(face.words.translate("strip.today", count=status.issued_today))
