"""``tresen outbox``: what the centre has not acknowledged, as one JSON object.

``{"as_of", "waiting", "parked", "acknowledged", "oldest_waiting_at", "last_acknowledged_at",
"items": [{"event", "state", "attempts", "created_at", "due_at", "verdict", "reason"}, …]}``, parked
events first, then the oldest. Beside a running window the numbers are those that it has published
last, at ``as_of``, and ``items`` is null. There is no personal data in it.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final

from desktop.app import assemble, published
from desktop.cli import output
from desktop.cli.command import Exit
from desktop.core.errors import ErrorCode, TerminalError

if TYPE_CHECKING:
    from desktop.cli.command import CommandParser, Invocation
    from desktop.core.outbox import OutboxItem
    from desktop.core.ports import Words

MOST_ITEMS: Final = 10_000


def arguments(_parser: CommandParser, _words: Words) -> None:
    """Nothing but the common options."""


def run(invocation: Invocation) -> int:
    """Write the outbox, from the store or, beside a running window, as that has published it."""
    try:
        terminal = assemble(invocation.start)
    except TerminalError as error:
        if error.code is not ErrorCode.STORE_BUSY:
            raise
        saved = published(invocation.start)
        counts = None if saved is None else saved.content.get("outbox")
        if saved is None or not isinstance(counts, dict):
            raise
        output.write({"as_of": output.moment(saved.at), **counts, "items": None})
        return Exit.OK
    with closing(terminal):
        counts = terminal.listing.counts()
        items = terminal.listing.outstanding(MOST_ITEMS)
        now = terminal.clock.now()
    output.write(
        {
            "as_of": output.moment(now),
            "waiting": counts.waiting,
            "parked": counts.parked,
            "acknowledged": counts.acknowledged,
            "oldest_waiting_at": output.moment(counts.oldest_waiting_at),
            "last_acknowledged_at": output.moment(counts.last_acknowledged_at),
            "items": [_item(item) for item in items],
        }
    )
    return Exit.OK


def _item(item: OutboxItem) -> dict[str, object]:
    return {
        "event": item.event_id.hex(),
        "state": item.state,
        "attempts": item.attempts,
        "created_at": output.moment(item.created_at),
        "due_at": output.moment(item.due_at),
        "verdict": item.verdict,
        "reason": item.reason,
    }
