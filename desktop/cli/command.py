"""What each command of the command line is: a module with two functions.

::

    def arguments(parser: CommandParser, words: Words) -> None   # declares what it takes
    def run(invocation: Invocation) -> int                       # does it; returns the exit code

``desktop.cli.main`` imports only the module of the command that was asked for, turns a raised
``TerminalError`` into one sentence and an exit code, and anything else into a reference number.
The common options (``--training``, ``--data-dir``, ``--language``) are taken out before; a command
never sees them.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

from desktop.core.messages import mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.core.ports import Words
    from desktop.core.start import StartOptions


class Exit(IntEnum):
    """Exit codes (the upper ones as in BSD ``sysexits.h``); an interrupt is in ``__main__``."""

    OK = 0
    REFUSED = 1
    USAGE = 2
    UNAVAILABLE = 69
    INTERNAL = 70
    UNWRITABLE = 73
    INPUT_OUTPUT = 74
    BUSY = 75
    NOT_SET_UP = 78


@dataclass(frozen=True, slots=True)
class Invocation:
    """One call of one command.

    Attributes:
        start: Which terminal is meant.
        words: The catalogue in the user's language.
        arguments: What the command's own arguments were parsed to.
    """

    start: StartOptions
    words: Words
    arguments: argparse.Namespace


class UsageError(Exception):
    """The command line cannot be understood.

    Args:
        message: Id of the sentence that says so; may hold ``{argument}``.
        argument: What it is about, as it was typed.
    """

    def __init__(self, message: str, argument: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.argument = argument


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Argparse's help under headings in the user's language."""

    def __init__(self, prog: str, *, usage: str) -> None:
        super().__init__(prog)
        self._usage = usage

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """The first line."""
        super().add_usage(usage, actions, groups, prefix or self._usage)


class CommandParser(argparse.ArgumentParser):
    """Argparse that speaks the user's language and never ends the process.

    Args:
        prog: The command as it is typed.
        summary: What it does, one sentence.
        words: The catalogue.

    Raises:
        UsageError: (from parsing) something is missing, unknown or of the wrong kind.
    """

    def __init__(self, prog: str, summary: str, words: Words) -> None:
        common = words.translate("cli.help.common")
        super().__init__(
            prog=prog,
            description=summary,
            epilog=f"{common}:\n{common_options(words)}",
            add_help=False,
            allow_abbrev=False,
            exit_on_error=False,
            formatter_class=partial(_Formatter, usage=words.translate("cli.help.usage")),
        )
        self._group = self.add_argument_group(words.translate("cli.help.arguments"))
        self.declare("-h", "--help", action="store_true", help=words.translate("cli.common.help"))

    def declare(self, *names: str, **how: Any) -> None:  # noqa: ANN401 - argparse's own arguments
        """Add an argument, as ``add_argument`` does, below a heading in the user's language."""
        self._group.add_argument(*names, **how)

    def read(self, arguments: Iterable[str]) -> argparse.Namespace:
        """What the arguments say."""
        try:
            namespace, unknown = self.parse_known_args(list(arguments))
        except argparse.ArgumentError as error:
            raise UsageError(mark("cli.usage.value"), error.argument_name or "") from error
        if unknown:
            raise UsageError(mark("cli.usage.unknown"), unknown[0])
        return namespace

    def error(self, message: str) -> NoReturn:
        """Called by argparse where something required is missing; its words are English."""
        raise UsageError(mark("cli.usage.missing")) from ValueError(message)


def columns(rows: Iterable[tuple[str, str]]) -> str:
    """Names and what they mean, in two columns."""
    kept = list(rows)
    width = max(len(name) for name, _ in kept)
    return "\n".join(f"  {name:{width}}  {text}" for name, text in kept)


def common_options(words: Words) -> str:
    """What may stand with every command, in two columns."""
    folder = words.translate("cli.metavar.folder")
    return columns(
        [
            ("--training", words.translate("cli.common.training")),
            (f"--data-dir {folder}", words.translate("cli.common.data_dir")),
            ("--language de|en", words.translate("cli.common.language")),
        ]
    )
