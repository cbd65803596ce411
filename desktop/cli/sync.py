"""``tresen sync --once``: hands over what is due now and says what became of it.

Out: ``{"sent", "acknowledged", "parked", "reach", "fault", "next_at"}``. Beside a running window
there is nothing to do: it says so and ends with 0. The exit code is 69 if the centre did not take
what was due.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from desktop.app import assemble
from desktop.cli import output
from desktop.cli.command import Exit
from desktop.core.errors import ErrorCode, TerminalError

if TYPE_CHECKING:
    from desktop.cli.command import CommandParser, Invocation
    from desktop.core.ports import Words


def arguments(parser: CommandParser, words: Words) -> None:
    """Declare what the command takes."""
    parser.declare(
        "--once", action="store_true", required=True, help=words.translate("cli.sync.once")
    )


def run(invocation: Invocation) -> int:
    """Hand over what is due, in as many batches as it takes."""
    try:
        terminal = assemble(invocation.start)
    except TerminalError as error:
        if error.code is not ErrorCode.STORE_BUSY:
            raise
        output.remark(invocation.words.translate("cli.sync.window_syncs"))
        return Exit.OK
    with closing(terminal):
        report = terminal.syncing.once()
    fault = report.connection.fault
    output.write(
        {
            "sent": report.sent,
            "acknowledged": report.acknowledged,
            "parked": report.parked,
            "reach": report.connection.reach,
            "fault": fault,
            "next_at": output.moment(report.next_at),
        }
    )
    return Exit.OK if fault is None else Exit.UNAVAILABLE
