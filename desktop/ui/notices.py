"""What the program has to say beside the work at hand: facts with at most one action each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from desktop.core.messages import mark, of_error
from desktop.core.permit import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from desktop.core.errors import TerminalError
    from desktop.ui.lanes import Failure

_LOUDNESS: Final = {Severity.GOOD: 0, Severity.WARN: 1, Severity.STOP: 2}


@dataclass(frozen=True, slots=True)
class Action:
    """The one thing to do about a notice.

    Attributes:
        label: Id of what stands on the button.
        run: What happens.
    """

    label: str
    run: Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One fact.

    Attributes:
        key: What it is about; a newer notice about the same takes its place.
        title: Id: what happened.
        advice: Id: what it means and what to do; empty if the title says it all.
        severity: How loud.
        values: For the placeholders of both.
        actions: What can be done, at most two; the first is the likeliest.
    """

    key: str
    title: str
    advice: str = ""
    severity: Severity = Severity.GOOD
    values: Mapping[str, str | int] = field(default_factory=dict)
    actions: tuple[Action, ...] = ()


class Notices(QObject):
    """All that is to be said now; the loudest is shown, among equals the newest.

    Signals:
        changed: Another notice is to be shown, or none.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._notices: dict[str, Notice] = {}

    @property
    def current(self) -> Notice | None:
        """What is to be shown."""
        newest_first = reversed(self._notices.values())
        return max(newest_first, key=lambda notice: _LOUDNESS[notice.severity], default=None)

    def tell(self, notice: Notice) -> None:
        """Say something, instead of what was said about the same before."""
        self._notices.pop(notice.key, None)
        self._notices[notice.key] = notice
        self.changed.emit()

    def withdraw(self, key: str) -> None:
        """It is not so any more, or was read."""
        if self._notices.pop(key, None) is not None:
            self.changed.emit()

    def dismiss(self) -> bool:
        """A person has read what is shown; whether there was anything."""
        current = self.current
        if current is not None:
            self.withdraw(current.key)
        return current is not None


def of_misfortune(key: str, error: TerminalError, *actions: Action) -> Notice:
    """The notice for an expected misfortune."""
    message = of_error(error.code)
    return Notice(
        key=key,
        title=message.title,
        advice=message.advice,
        severity=message.severity,
        values=error.facts,
        actions=actions,
    )


def of_failure(key: str, failure: Failure, *actions: Action) -> Notice:
    """The notice for work that has no result: a misfortune, or a bug with its number."""
    if failure.error is not None:
        return of_misfortune(key, failure.error, *actions)
    return Notice(
        key=key,
        title=mark("bug.title"),
        advice=mark("bug.advice"),
        severity=Severity.WARN,
        values={"reference": failure.reference},
        actions=actions,
    )
