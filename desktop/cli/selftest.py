"""``tresen selftest``: tries every part of the main job; ``--print-dsc`` shows who signs."""

from __future__ import annotations

from contextlib import closing, suppress
from typing import TYPE_CHECKING

from desktop.app import assemble
from desktop.cli import output
from desktop.cli.command import Exit
from desktop.core.errors import ErrorCode, ServerError, SigningError

if TYPE_CHECKING:
    from desktop.cli.command import CommandParser, Invocation
    from desktop.core.ports import Words
    from desktop.services.checking import Checking


def arguments(parser: CommandParser, words: Words) -> None:
    """Declare what the command takes."""
    parser.declare(
        "--print-dsc", action="store_true", help=words.translate("cli.selftest.print_dsc")
    )


def run(invocation: Invocation) -> int:
    """One line a part, ``ok`` or ``!!`` first; or nothing but this terminal's DSC as PEM."""
    with closing(assemble(invocation.start)) as terminal:
        with suppress(ServerError):  # the self test says what follows from it
            terminal.enrolling.ensure()
        if invocation.arguments.print_dsc:
            return _print_dsc(terminal.checking)
        checks = terminal.checking.run()
        for check in checks:
            name = invocation.words.translate(check.name)
            output.say(f"{'ok' if check.ok else '!!'}  {name}  ({check.detail})\n")
    return Exit.OK if all(check.ok for check in checks) else Exit.REFUSED


def _print_dsc(checking: Checking) -> int:
    dsc = checking.dsc
    if dsc is None:
        raise SigningError(ErrorCode.KEY_MISSING)
    output.say(dsc.pem())
    return Exit.OK
