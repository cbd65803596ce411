"""Telling the centre what was issued, until it has said of each event that it knows it.

One round is three steps, so that a window can run each on its lane: :meth:`Syncing.claim` and
:meth:`Syncing.settle` belong to the store, :meth:`Syncing.send` to the network. No answer means
*unknown*: the event goes back to pending, and the centre knows a repeat by its id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from desktop.core import outbox
from desktop.core.errors import ErrorCode, ServerError
from desktop.core.outbox import Backoff, OutboxState
from desktop.core.status import Connection, Reach

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from desktop.core.outbox import OutboxItem
    from desktop.core.ports import Centre, Chance, Clock, Store
    from desktop.wire.batch import EventVerdict

_ANSWERING: Final = frozenset({ErrorCode.CENTRE_REFUSED})
"""Errors that only the centre itself can give: it was reached."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one batch.

    Attributes:
        verdicts: The centre's word on single events; what it left out is unknown.
        error: Why there is no answer, or no clear one; then all is unknown.
    """

    verdicts: tuple[EventVerdict, ...] = ()
    error: ServerError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """What became of one round or of several.

    Attributes:
        sent: Events handed over.
        acknowledged: Of these, how many the centre now answers for.
        parked: Of these, how many wait for a person.
        connection: Whether the centre answers.
        next_at: When the next event may be sent (UTC); None if none waits.
    """

    sent: int
    acknowledged: int
    parked: int
    connection: Connection
    next_at: datetime | None


class Syncing:
    """Brings the outbox to the centre, one batch after the other."""

    def __init__(
        self,
        *,
        store: Store,
        centre: Centre,
        clock: Clock,
        chance: Chance,
        backoff: Backoff = Backoff(),  # noqa: B008 - frozen, and the constants of the product
    ) -> None:
        self._store = store
        self._centre = centre
        self._clock = clock
        self._chance = chance
        self._backoff = backoff
        self._connection = Connection()
        self._open = True

    @property
    def connection(self) -> Connection:
        """Whether the centre answers, as far as is known."""
        return self._connection

    def recover(self) -> int:
        """Put back to pending what was in flight when something ended early; how many.

        Raises:
            StoreError: Nothing was put back.
        """
        recovered = self._store.recover()
        self._open = False
        return recovered

    def claim(self) -> tuple[OutboxItem, ...]:
        """The next batch, if anything is due; a batch that was never settled is recovered first.

        Raises:
            StoreError: Nothing was claimed.
        """
        if self._open:
            self.recover()
        items = self._store.claim(self._clock.now())
        self._open = bool(items)
        return items

    def send(self, items: Sequence[OutboxItem]) -> Answer:
        """Hand a batch over; never raises a TerminalError."""
        try:
            return Answer(self._centre.send(items))
        except ServerError as error:
            return Answer(error=error)

    def settle(self, items: Sequence[OutboxItem], answer: Answer) -> SyncReport:
        """Write down what became of a batch.

        Raises:
            StoreError: Nothing was written; the next claim starts with recovering.
        """
        now = self._clock.now()
        verdicts = {verdict.event_id: verdict for verdict in answer.verdicts}
        settled = [
            outbox.settle(
                item,
                verdicts.get(item.event_id),
                now=now,
                chance=self._chance.fraction(),
                backoff=self._backoff,
            )
            for item in items
        ]
        self._store.settle(settled, now)
        self._open = False
        self._connection = self._seen(answer.error, now)
        return self._report(
            len(settled),
            _count(settled, OutboxState.ACKNOWLEDGED),
            _count(settled, OutboxState.PARKED),
        )

    def rest(self) -> SyncReport:
        """The report of a round in which nothing was due.

        Raises:
            StoreError: The store cannot be read.
        """
        return self._report(0, 0, 0)

    def once(self) -> SyncReport:
        """Round after round until nothing is due, the centre fails or a round moves nothing.

        Raises:
            StoreError: The store failed; what the centre has taken it will know again.
        """
        sent = acknowledged = parked = 0
        while items := self.claim():
            answer = self.send(items)
            report = self.settle(items, answer)
            sent += report.sent
            acknowledged += report.acknowledged
            parked += report.parked
            if answer.error is not None or report.acknowledged + report.parked == 0:
                break
        return self._report(sent, acknowledged, parked)

    def _report(self, sent: int, acknowledged: int, parked: int) -> SyncReport:
        return SyncReport(
            sent=sent,
            acknowledged=acknowledged,
            parked=parked,
            connection=self._connection,
            next_at=self._store.next_due(),
        )

    def _seen(self, error: ServerError | None, now: datetime) -> Connection:
        if error is None:
            return self._connection.seen(Reach.ONLINE, now)
        reach = Reach.ONLINE if error.code in _ANSWERING else Reach.OFFLINE
        return self._connection.seen(reach, now, error.code)


def _count(items: Sequence[OutboxItem], state: OutboxState) -> int:
    return sum(item.state is state for item in items)
